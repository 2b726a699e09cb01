"""Cuộc kiểm tra: inspections with at least one visit that counts."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from . import lists
from .figure import Figure, Reading
from .tallies import BY_FORM


def read(rows: Reading) -> int:
    return sum(inspections for _, inspections, _ in rows[BY_FORM])


FIGURE = Figure(
    name="inspections",
    titled=gettext_noop("Cuộc kiểm tra"),
    defined="Số cuộc khác nhau có ít nhất một lượt được tính trong kỳ, theo cách nhìn đã chọn.",
    definition_en="Distinct inspections with at least one counting visit in the period, in the chosen view.",
    tallies=(BY_FORM,),
    read=read,
    listing=lists.INSPECTIONS,
)
