"""The settings of follow-up: usual terms, what silence means, and who is told of what is overdue, and when.

The numbers are proposals that a practitioner should review.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kycuong.catalog.rules import Severity
from kycuong.core.problems import BadInput


class Silence(TextChoices):
    """What it means when the inspecting side does not look at a report of remedy in time."""

    WAITS = "waits", _("Báo cáo vẫn chờ; không tính quá hạn cho đơn vị; lãnh đạo được báo")
    ACCEPTED = "accepted", _("Báo cáo coi như được chấp nhận")


@dataclass(frozen=True, slots=True)
class FollowupTerms:
    """What holds from a day on. Days are working days."""

    days_minor: int = 20
    days_serious: int = 10
    check_days: int = 10
    check_silence: str = Silence.WAITS
    return_days: int = 5
    ahead: int = 3
    head_after: int = 0
    superior_after: int = 3
    leader_after: int = 7

    def days_for(self, severity: int) -> int:
        """The usual term for the gravest of the findings that a recommendation answers."""
        return self.days_serious if severity >= Severity.SERIOUS else self.days_minor


def ensure_terms(terms: FollowupTerms, *, valid_from: date, today: date) -> None:
    """Terms that somebody can keep, from today on: what is under way keeps the terms it began with."""
    if valid_from < today or valid_from > today + timedelta(days=366):
        raise BadInput(
            f"Ngày áp dụng phải từ {today:%d/%m/%Y} và trong vòng một năm.",
            en="The day from which they hold lies between today and a year from now.",
            errors=[{"field": "valid_from", "vi": "Hãy chọn ngày khác.", "en": "Choose another day."}],
        )
    for name in ("days_minor", "days_serious", "check_days", "return_days"):
        if not 1 <= getattr(terms, name) <= 120:
            raise BadInput(
                "Số ngày làm việc phải từ 1 đến 120.",
                en="Terms are between 1 and 120 working days.",
                errors=[{"field": name, "vi": "Phải từ 1 đến 120.", "en": "Between 1 and 120."}],
            )
    ensure_ladder(terms)


def ensure_ladder(terms: FollowupTerms) -> None:
    """Who stands higher is told later, or on the same day."""
    if not 0 <= terms.head_after <= terms.superior_after <= terms.leader_after <= 120:
        raise BadInput(
            "Cấp trên được báo không sớm hơn cấp dưới: thủ trưởng đơn vị, rồi cơ quan cấp trên, rồi lãnh đạo.",
            en="Who stands higher is told no earlier: the unit's head, then its superior, then the leader.",
            errors=[{"field": "superior_after", "vi": "Thứ tự chưa đúng.", "en": "Not in order."}],
        )
