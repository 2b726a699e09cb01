"""Who is to be told: the people who hold a verb at a unit itself, or stand in there for who does, or at the nearest unit above where somebody does."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from kycuong.orgs.models import Assignment, Closure, Lineage, Person, StandIn, Unit
from kycuong.orgs.roles import LENT, roles_with


def holders(unit: Unit, verb: str, *, on: date, or_above: bool = False) -> list[Person]:
    """Active people who hold a role with the verb at the unit on the day, not above it.

    Of a unit that has ended, those at the units that carry it on. With `or_above`, where nobody does: those at the nearest
    unit above at which somebody does.
    """
    return holders_by_unit([unit.pk], verb, on=on, or_above=or_above)[unit.pk]


def holders_by_unit(
    unit_ids: Collection[int], verb: str, *, on: date, or_above: bool = False
) -> dict[int, list[Person]]:
    """The same for many units, in four queries: every unit asked for is a key."""
    lineage = Lineage.objects.filter(origin_id__in=unit_ids, valid_from__lte=on, valid_to__gt=on)
    heirs = list(lineage.order_by("pk").values_list("origin_id", "heir_id"))
    above = Closure.objects.filter(descendant_id__in={heir for _, heir in heirs}, valid_from__lte=on, valid_to__gt=on)
    if not or_above:
        above = above.filter(depth=0)
    ladder: dict[int, list[int]] = {}
    for heir, unit in above.order_by("depth", "pk").values_list("descendant_id", "ancestor_id"):
        ladder.setdefault(heir, []).append(unit)
    at = _by_unit({unit for units in ladder.values() for unit in units}, verb, on)
    found: dict[int, dict[int, Person]] = {unit: {} for unit in unit_ids}
    for origin, heir in heirs:
        nearest = next((at[unit] for unit in ladder.get(heir, []) if unit in at), [])
        found[origin].update({person.pk: person for person in nearest})
    return {unit: list(people.values()) for unit, people in found.items()}


def _by_unit(units: Collection[int], verb: str, on: date) -> dict[int, list[Person]]:
    rows = Assignment.objects.filter(
        unit_id__in=units, role__in=roles_with(verb), valid_from__lte=on, valid_to__gt=on, person__is_active=True
    )
    found: dict[int, list[Person]] = {}
    for row in rows.select_related("person").order_by("person_id"):
        found.setdefault(row.unit_id, []).append(row.person)
    lent = (
        StandIn.objects.filter(unit_id__in=units, role__in=roles_with(verb)) if verb in LENT else StandIn.objects.none()
    )
    for one in lent.in_force(on=on).select_related("person").order_by("person_id"):
        if one.person not in found.setdefault(one.unit_id, []):
            found[one.unit_id].append(one.person)
    return found
