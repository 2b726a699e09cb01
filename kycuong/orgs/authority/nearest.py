"""Where a step waits for a person: at the own units, and further below where nobody stands nearer who could take it."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from kycuong.core.clock import today
from kycuong.orgs.models import Assignment, Closure
from kycuong.orgs.roles import roles_with

from .deciding import Someone, units_where


def waits_for(person: Someone, verb: str, unit: str) -> Q | None:
    """Rows whose `unit` (a path to its key) is one at which the person holds the verb, or one below where nobody at it, nor between, does.

    Authority reaches down to all that is below; what somebody nearer can do is theirs to do. None where the person holds the verb nowhere.
    """
    own = units_where(person, verb)
    return Q(**{f"{unit}__in": own}) | Q(**{f"{unit}__in": _without_anybody(own, verb)}) if own else None


def _without_anybody(own: list[int], verb: str) -> QuerySet[Any, Any]:
    """Keys of units below these where nobody active holds the verb at the unit or between. One subquery."""
    day = today()
    stands = Closure.objects.filter(valid_from__lte=day, valid_to__gt=day)
    holding = Assignment.objects.filter(
        unit=OuterRef("ancestor"),
        role__in=roles_with(verb),
        valid_from__lte=day,
        valid_to__gt=day,
        person__is_active=True,
    )
    nearer = stands.filter(Exists(holding), descendant=OuterRef("descendant"), depth__lt=OuterRef("depth"))
    return stands.filter(~Exists(nearer), ancestor__in=own, depth__gt=0).values("descendant")
