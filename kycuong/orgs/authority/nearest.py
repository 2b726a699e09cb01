"""Where a step waits for a person: at the own units, and further below where nobody stands nearer who could take it."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from kycuong.core.clock import today
from kycuong.orgs.models import Assignment, Closure
from kycuong.orgs.roles import roles_with

from .deciding import Someone, units_where


def waits_for(person: Someone, verb: str, unit: str, *, maker: str = "") -> Q | None:
    """Rows whose `unit` (a path to its key) is one at which the person holds the verb, or one below where nobody at it, nor between, does.

    Authority reaches down to all that is below; what somebody nearer can do is theirs to do. Whoever made the row (`maker`, a path) may not judge
    it and stands in nobody's way; leaving out the person's own rows is up to the caller (`of_others`). Units that have ended are not below.
    None where the person holds the verb nowhere.
    """
    own, day = units_where(person, verb), today()
    if not own:
        return None
    stands = Closure.objects.filter(valid_from__lte=day, valid_to__gt=day)
    holding = Assignment.objects.filter(
        unit=OuterRef("ancestor"),
        role__in=roles_with(verb),
        valid_from__lte=day,
        valid_to__gt=day,
        person__is_active=True,
    )
    if maker:
        holding = holding.exclude(person=OuterRef(OuterRef(OuterRef(maker))))
    nearer = stands.filter(Exists(holding), descendant=OuterRef("descendant"), depth__lt=OuterRef("depth"))
    below = stands.filter(~Exists(nearer), descendant=OuterRef(unit), ancestor__in=own, depth__gt=0)
    return Q(**{f"{unit}__in": own}) | Q(Exists(below))
