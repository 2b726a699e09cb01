"""Self-checks: not inspections, and reported apart."""

from __future__ import annotations

from dataclasses import replace

from kycuong.inspections.rules import Form

from . import lists
from .figure import Figure, Reading
from .tallies import BY_FORM

SELF_CHECKS_ONLY = (("forms", (str(Form.SELF_CHECK),)),)
SELF_CHECKS = replace(BY_FORM, values=SELF_CHECKS_ONLY)


def read(rows: Reading) -> int:
    return sum(visits for _, _, visits in rows[SELF_CHECKS])


FIGURE = Figure(
    name="self_checks",
    title="Lượt tự kiểm tra",
    definition="Lượt tự kiểm tra có biên bản đã ký trong kỳ. Tự kiểm tra không phải là kiểm tra và không nằm trong số nào khác.",
    definition_en="Self-check visits with signed minutes in the period: apart, in no other figure.",
    tallies=(SELF_CHECKS,),
    read=read,
    listing=lists.visits(values=SELF_CHECKS_ONLY),
)
