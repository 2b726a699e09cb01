"""As whom somebody acts, where two people must be two: oneself, and those in whose stead."""

from __future__ import annotations

from django.db.models import Model

from kycuong.audit.canonical import key_of
from kycuong.core.remembering import standing
from kycuong.orgs.models import Person, StandInAct, Unit
from kycuong.orgs.roles import LENT, roles_with

from .deciding import Someone, hands_of, rights_held, stands_in


def persons_in(person: Person, verb: str, *, at: Unit) -> list[Person]:
    """As whom the person acts here: as oneself, and as everybody whose role it needs. What one of them may not do, nobody does."""
    lent = hands_of(person, verb, at=at).lent
    if not lent:
        return [person]
    keys = sorted(one.principal for one in lent)
    found = standing(("people", *keys), lambda: list(Person.objects.filter(pk__in=keys).order_by("pk")))
    return [person, *found]


def stood_in_for(person: Someone, verb: str) -> list[int]:
    """Whose roles the person needs to `verb` anywhere: nobody's, where an own role gives it."""
    roles = roles_with(verb) if verb in LENT else []
    if not any(by for role, _unit, by in rights_held(person) if role in roles):
        return []
    if any(not by for role, _unit, by in rights_held(person) if role in roles):
        return []
    return list(stands_in(person).filter(role__in=roles).values_list("principal_id", flat=True))


def hand_behind(made: Model | None, maker: int | None, *, by: Person, verb: str, at: Unit) -> int | None:
    """Whose hand made something, where two must be two: `by` when one person stands on both sides, else the maker.

    Both count as themselves and as those in whose stead they act, or acted then: what the log says of the row.
    """
    if made is None or maker is None or maker == by.pk:
        return maker
    acts = StandInAct.objects.filter(model=made._meta.label, key=key_of(made), stand_in__person_id=maker)
    makers = {maker, *acts.values_list("stand_in__principal_id", flat=True)}
    return by.pk if makers & {one.pk for one in persons_in(by, verb, at=at)} else maker
