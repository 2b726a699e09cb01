"""As whom somebody acts, where two people must be two: oneself, and those in whose stead."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet

from kycuong.audit.canonical import key_of
from kycuong.core.clock import today
from kycuong.core.remembering import standing
from kycuong.orgs.models import Closure, Lineage, Person, StandInAct, Unit
from kycuong.orgs.roles import LENT, roles_with

from .deciding import Someone, hands_of, rights_held, stands_in, stands_in_for_somebody

Row = TypeVar("Row", bound=Model)


def persons_in(person: Person, verb: str, *, at: Unit) -> list[Person]:
    """As whom the person acts here: as oneself, and as whoever is named beside. What one of them may not do, nobody does."""
    needed = hands_of(person, verb, at=at).needed
    if not needed:
        return [person]
    keys = [one.principal for one in needed]
    found = standing(("people", *keys), lambda: list(Person.objects.filter(pk__in=keys).order_by("pk")))
    return [person, *found]


def lenders(person: Someone, verb: str, units: Collection[int]) -> dict[int, int]:
    """Unit → whose role the person needs to `verb` there. Where an own role gives it, or none does, the unit is no key.

    Two questions for who stands in for somebody, none for anybody else. Units that have ended, or passed something on, are rare,
    and asked of one by one.
    """
    roles = roles_with(verb) if verb in LENT else []
    rights = [(unit, by) for role, unit, by in rights_held(person) if role in roles]
    if not any(by for _unit, by in rights):
        return {}
    principals = dict(stands_in(person).values_list("pk", "principal_id"))
    near = _depths(units, {unit for unit, _by in rights})
    found = {}
    for unit in units:
        reach = near.get(unit, {})
        over = [(bool(by), reach[at], by) for at, by in rights if at in reach]
        if over and min(over)[2]:
            found[unit] = principals[min(over)[2]]
    for one in Unit.objects.filter(pk__in=set(units) - set(near)):
        needed = hands_of(person, verb, at=one).needed
        if needed:
            found[one.pk] = needed[0].principal
    return found


def _depths(units: Collection[int], above: Collection[int]) -> dict[int, dict[int, int]]:
    """Unit of today that passed nothing on → those of the units above it, and how far."""
    day = today()
    passed = Lineage.objects.filter(origin_id=OuterRef("descendant_id"), valid_from__lte=day, valid_to__gt=day)
    rows = Closure.objects.filter(Q(depth=0) | Q(ancestor_id__in=above), descendant_id__in=units)
    rows = rows.filter(~Exists(passed.exclude(heir=F("origin"))), valid_from__lte=day, valid_to__gt=day)
    found: dict[int, dict[int, int]] = {}
    for unit, ancestor, depth in rows.values_list("descendant_id", "ancestor_id", "depth"):
        found.setdefault(unit, {})[ancestor] = depth
    return found


def hand_behind(made: Model | None, maker: int | None, *, by: Person, verb: str, at: Unit) -> int | None:
    """Whose hand made something, where two must be two: `by` when one person stands on both sides, else the maker.

    Both count as themselves and as those in whose stead they act, or acted then: what the log says of the row.
    """
    if made is None or maker is None or maker == by.pk:
        return maker
    acts = StandInAct.objects.filter(model=made._meta.label, key=key_of(made), stand_in__person_id=maker)
    makers = {maker, *acts.values_list("stand_in__principal_id", flat=True)}
    return by.pk if makers & {one.pk for one in persons_in(by, verb, at=at)} else maker


def of_others(rows: QuerySet[Row], *, by: Person, verb: str, at: str, maker: str) -> QuerySet[Row]:
    """Of rows that somebody made, those that `by` may judge: the same as `hand_behind`, asked of a list, in at most five questions.

    at, maker: the paths to the unit where it is judged, and to who made the row.
    """
    units = set(rows.order_by().values_list(at, flat=True)) if stands_in_for_somebody(by) else set()
    judged: dict[int, list[int]] = {}
    for unit, principal in lenders(by, verb, units).items():
        judged.setdefault(principal, []).append(unit)
    mine = Q(**{maker: by.pk})
    for principal, places in judged.items():
        mine |= Q(**{maker: principal, f"{at}__in": places})
    acts = StandInAct.objects.filter(model=rows.model._meta.label, stand_in__principal__in={by.pk, *judged})
    found = acts.order_by().values_list("stand_in__principal_id", "stand_in__person_id", "key").distinct()
    keys: dict[tuple[int, int], list[str]] = {}
    for principal, person, key in found:
        keys.setdefault((principal, person), []).append(key)
    for (principal, person), made in keys.items():
        there = {} if principal == by.pk else {f"{at}__in": judged[principal]}
        mine |= Q(uid__in=made, **{maker: person}, **there)
    return rows.exclude(mine)
