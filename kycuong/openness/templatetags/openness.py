"""A number of a public row, or what stands in its place."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from kycuong.ui.formats import vn_number

register = template.Library()


@register.filter
def cell(row: Mapping[str, str | int], column: str) -> str:
    """«12», «< 3», «*»."""
    value = row[column]
    return vn_number(value) if isinstance(value, int) else value.replace("<", "< ")
