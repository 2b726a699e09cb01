"""When a unit that has not submitted is reminded: before the term, when it is over, and once more."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .settings import SelfCheckTerms

QUIET_DAYS = 7
"""A unit is told of its self-checks at most once in so many days, whatever the number of campaigns."""


class Level(TextChoices):
    """The steps, in order."""

    AHEAD = "ahead", _("Nhắc trước hạn")
    OVER = "over", _("Nhắc khi hết hạn")
    AGAIN = "again", _("Nhắc lần nữa")


def level_due(terms: SelfCheckTerms, *, days_over: int, taken: Collection[str]) -> Level | None:
    """The step to take today, if any: the furthest that is reached and was not taken; those before it are passed over.

    `days_over`: working days after the term, 1 on the first; 0 or below while the term runs.
    """
    if days_over > terms.again_after:
        reached = Level.AGAIN
    elif days_over > 0:
        reached = Level.OVER
    elif -days_over <= terms.ahead and terms.ahead:
        reached = Level.AHEAD
    else:
        return None
    order = list(Level)
    done = max((order.index(Level(one)) for one in taken), default=-1)
    return reached if order.index(reached) > done else None
