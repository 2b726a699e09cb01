"""Who is told of what is overdue, and after how many working days: the ladder of reminders."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .settings import FollowupTerms


class Level(TextChoices):
    """The steps of the ladder, from the nearest to the highest."""

    AHEAD = "ahead", _("Nhắc trước hạn")
    HEAD = "unit_head", _("Báo thủ trưởng đơn vị")
    SUPERIOR = "superior", _("Báo cơ quan cấp trên")
    LEADER = "leader", _("Báo lãnh đạo cơ quan kiểm tra")


def levels_reached(terms: FollowupTerms, *, days_over: int) -> Iterator[Level]:
    """Steps that are due. `days_over`: working days after the term, 1 on the first; 0 or below while the term runs."""
    if days_over <= 0:
        if terms.ahead > 0 and -days_over <= terms.ahead:
            yield Level.AHEAD
        return
    after = {Level.HEAD: terms.head_after, Level.SUPERIOR: terms.superior_after, Level.LEADER: terms.leader_after}
    for level, days in after.items():
        if days_over - 1 >= days:
            yield level
