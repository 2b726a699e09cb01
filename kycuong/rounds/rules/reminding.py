"""When an agency that owes a report is reminded: before the term, when it is over, once more; and whenever somebody asks."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .settings import RoundTerms


class Level(TextChoices):
    """The steps that come by themselves, in order; and a reminder by hand, which passes over none of them."""

    AHEAD = "ahead", _("Nhắc trước hạn")
    OVER = "over", _("Nhắc khi hết hạn")
    AGAIN = "again", _("Nhắc lần nữa")
    BY_HAND = "by_hand", _("Nhắc tay")


STEPS = (Level.AHEAD, Level.OVER, Level.AGAIN)


def level_due(terms: RoundTerms, *, days_over: int, taken: Collection[str]) -> Level | None:
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
    done = max((STEPS.index(Level(one)) for one in taken if one in STEPS), default=-1)
    return reached if STEPS.index(reached) > done else None
