"""Share of surprise inspections."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_noop

from kycuong.inspections.rules import Form

from . import lists
from .figure import Figure, Reading, rate
from .tallies import BY_FORM


def read(rows: Reading) -> dict[str, Any]:
    surprise = sum(inspections for form, inspections, _ in rows[BY_FORM] if form == Form.SURPRISE)
    return rate(surprise, sum(inspections for _, inspections, _ in rows[BY_FORM]))


FIGURE = Figure(
    name="surprise_share",
    titled=gettext_noop("Tỷ lệ cuộc đột xuất"),
    defined="Số cuộc đột xuất chia cho số cuộc kiểm tra.",
    definition_en="Surprise inspections / inspections.",
    tallies=(BY_FORM,),
    read=read,
    listing=replace(lists.INSPECTIONS, order="surprise DESC, last_visit DESC, inspection"),
)
