"""How what a unit declared of a criterion compares with what the next visit found. No database."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kycuong.catalog.rules import Outcome

NOT_ANSWERED = ""
"""What stands for a criterion that was not asked, does not apply, or whose finding was withdrawn."""
RANK = {Outcome.FAIL: 0, Outcome.PARTIAL: 1, Outcome.PASS: 2}


class Gap(TextChoices):
    """What the comparison of one criterion comes to."""

    AGREES = "agrees", _("Khớp")
    BETTER = "better", _("Tự khai tốt hơn phát hiện")
    WORSE = "worse", _("Tự khai nặng hơn phát hiện")
    ONE_SIDED = "one_sided", _("Chỉ một bên trả lời")


def gap_between(declared: str, found: str) -> Gap:
    """Outcomes of the two sides; what is no pass, partial or fail is no answer."""
    if declared not in RANK or found not in RANK:
        return Gap.ONE_SIDED
    said, seen = RANK[Outcome(declared)], RANK[Outcome(found)]
    if said == seen:
        return Gap.AGREES
    return Gap.BETTER if said > seen else Gap.WORSE


def honesty(gaps: Iterable[str]) -> tuple[int, int]:
    """(criteria answered by both where the unit did not declare better than was found, criteria answered by both)."""
    both = [gap for gap in gaps if gap != Gap.ONE_SIDED]
    return sum(gap != Gap.BETTER for gap in both), len(both)
