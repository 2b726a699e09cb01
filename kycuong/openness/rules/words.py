"""How it stands with the remedies of a visit, in words and without a number."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Remedy(TextChoices):
    """Nothing to remedy and all remedied are one: apart, they would tell that nothing was found. The other words do tell that something was."""

    DONE = "done", _("Không còn việc phải khắc phục")
    RUNNING = "running", _("Đang khắc phục, trong hạn")
    OVERDUE = "overdue", _("Có việc quá hạn khắc phục")


def remedy_of(*, owed: int, overdue: int) -> Remedy:
    """By how many recommendations are open, and how many of those are overdue."""
    if overdue:
        return Remedy.OVERDUE
    return Remedy.RUNNING if owed else Remedy.DONE
