"""Share of visits under surprise inspections."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop

from kycuong.inspections.rules import Form

from . import lists
from .figure import Figure, Reading, rate
from .tallies import BY_FORM


def read(rows: Reading) -> dict[str, Any]:
    surprise = sum(visits for form, _, visits in rows[BY_FORM] if form == Form.SURPRISE)
    return rate(surprise, sum(visits for _, _, visits in rows[BY_FORM]))


FIGURE = Figure(
    name="surprise_share_visits",
    titled=gettext_noop("Tỷ lệ lượt đột xuất"),
    defined="Số lượt của các cuộc đột xuất chia cho số lượt được tính.",
    definition_en="Visits under surprise inspections / counting visits.",
    tallies=(BY_FORM,),
    read=read,
    listing=lists.visits(),
)
