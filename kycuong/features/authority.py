"""Whether an optional part is on at a unit. On the hierarchy of today the nearest switch on the way up decides; without one it is on.

As long as nothing is switched off, the answer costs one question a request. A unit that has ended is as those that carry it
on: off only if it is off at every one of them. A unit that was made of others begins as they were when all of them agree.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import Exists, F, OuterRef, QuerySet

from kycuong.core.clock import today
from kycuong.core.remembering import standing
from kycuong.orgs.authority import Someone, carried_on, units_where
from kycuong.orgs.models import Closure, Lineage, Unit
from kycuong.orgs.queries import full_names
from kycuong.orgs.roles import titles_with

from .models import FeatureSwitch
from .rules import Setting, agreed, nearest, switched_off

SWITCH = "feature.switch"
FEW = 500
"""So many units are named in a question; for more, everything under the units with a switch is read instead."""


def ensure_offered(feature: str, *, at: Unit) -> None:
    """Raise RuleBroken, with who switched it off, since when and whom to ask, unless the part is on at the unit."""
    if found := off_at(feature, [at.pk]).get(at.pk):
        raise refusal(feature, found, at=at)


def refusal(feature: str, switch: FeatureSwitch, *, at: Unit) -> Exception:
    """The sentence, with names of today."""
    names = full_names({at.pk, switch.unit_id}, today())
    return switched_off(
        feature, at=names[at.pk], by=names[switch.unit_id], since=switch.set_at, ask=titles_with(SWITCH)
    )


def ensure_offered_somewhere(person: Someone, verb: str, feature: str) -> None:
    """Before a form is shown that asks where: raise RuleBroken unless the part is on at any unit where the person holds the verb, or below."""
    if wholly_off(units_where(person, verb), feature):
        raise refused_everywhere(person, verb, feature)


def refused_everywhere(person: Someone, verb: str, feature: str) -> Exception:
    """The same for who holds the verb only where the part is off."""
    held = Unit.objects.filter(pk__in=units_where(person, verb)).order_by("pk")
    off = off_at(feature, [unit.pk for unit in held])
    return next(refusal(feature, off[unit.pk], at=unit) for unit in held if unit.pk in off)


def is_offered(feature: str, *, at: Unit) -> bool:
    return at.pk not in off_at(feature, [at.pk])


def off_at(feature: str, units: Collection[int]) -> dict[int, FeatureSwitch]:
    """Of these units those at which the part is off, each with the switch that decides. Four questions at most, one if all is on."""
    switches = said_of(feature)
    if not units or all(one.setting != Setting.OFF for one in switches.values()):
        return {}
    day = today()
    found = _deciding(units, switches, day)
    ended = set(units) - _existing(units, day)
    if ended:
        found |= _of_ended(ended, switches, day)
    return {unit: one for unit, one in found.items() if one.setting == Setting.OFF}


def offered_to(person: Someone, verb: str, feature: str) -> bool:
    """Whether the part is on at any unit where the person holds the verb, or below: else its entries and buttons are not shown."""
    held = units_where(person, verb)
    return bool(held) and wholly_off(held, feature) is None


def wholly_off(units: Collection[int], feature: str) -> FeatureSwitch | None:
    """The switch by which the part is off at all of these units and everywhere below; None where it is on anywhere."""
    off = off_at(feature, units)
    if not off or len(off) < len(set(units)):
        return None
    on = [unit for unit, one in said_of(feature).items() if one.setting == Setting.ON]
    day = today()
    below = Closure.objects.filter(ancestor__in=units, descendant__in=on, valid_from__lte=day, valid_to__gt=day)
    return None if on and below.exists() else next(iter(off.values()))


def said_of(feature: str) -> dict[int, FeatureSwitch]:
    """Unit → its switch that says on or off: its own last one, or what all the units say that it was made of."""
    return standing(("features", feature), lambda: _with_heirs(_own(feature)))


def _own(feature: str) -> dict[int, FeatureSwitch]:
    """Each unit's last word on the part, also that it follows the unit above."""
    rows = standing(("features",), lambda: list(FeatureSwitch.objects.holding().select_related("set_by", "unit")))
    return {row.unit_id: row for row in rows if row.feature == feature}


def _with_heirs(own: dict[int, FeatureSwitch]) -> dict[int, FeatureSwitch]:
    """With what new units begin with, however often they were made anew; one that has said anything itself is asked no further."""
    said, off = dict(own), [one for one in own.values() if one.setting == Setting.OFF]
    asked: set[int] = set()
    while off and (more := set(said) - asked):
        asked |= more
        for heir, parts in _made_of(more).items():
            if heir not in said and (one := agreed((said.get(part) for part in parts), off=off)):
                said[heir] = one
    return {unit: one for unit, one in said.items() if one.setting != Setting.ABOVE}


def _made_of(parts: Iterable[int]) -> dict[int, set[int]]:
    """New units that any of these went into on the very day on which it ended and they began → all that went into them so."""
    began = Lineage.objects.filter(origin=OuterRef("heir"), heir=OuterRef("heir"))
    ended = Lineage.objects.filter(origin=OuterRef("origin"), heir=OuterRef("origin"), valid_to=OuterRef("valid_from"))
    passed = Lineage.objects.exclude(heir=F("origin")).filter(Exists(ended), valid_from__lte=today())
    passed = passed.filter(~Exists(began.filter(valid_from__lt=OuterRef("valid_from"))))
    heirs = passed.filter(origin__in=list(parts)).values("heir")
    found: dict[int, set[int]] = {}
    for heir, part in passed.filter(heir__in=heirs).values_list("heir_id", "origin_id"):
        found.setdefault(heir, set()).add(part)
    return found


def _deciding(units: Collection[int], switches: Mapping[int, FeatureSwitch], day: date) -> dict[int, FeatureSwitch]:
    """Unit → the nearest switch on its way up on the day."""
    rows = Closure.objects.filter(ancestor__in=list(switches), valid_from__lte=day, valid_to__gt=day)
    ladders: dict[int, list[int]] = {}
    for unit, above in _among(rows, units).order_by("depth", "pk").values_list("descendant_id", "ancestor_id"):
        ladders.setdefault(unit, []).append(above)
    wanted = set(units)
    decided = {unit: nearest(ladder, switches) for unit, ladder in ladders.items() if unit in wanted}
    return {unit: one for unit, one in decided.items() if one is not None}


def _existing(units: Collection[int], day: date) -> set[int]:
    rows = Closure.objects.filter(depth=0, valid_from__lte=day, valid_to__gt=day)
    return set(_among(rows, units).values_list("descendant_id", flat=True))


def _among(rows: QuerySet[Closure], units: Collection[int]) -> QuerySet[Closure]:
    return rows.filter(descendant__in=units) if len(units) <= FEW else rows


def _of_ended(ended: set[int], switches: Mapping[int, FeatureSwitch], day: date) -> dict[int, FeatureSwitch]:
    """Of units that are no more (or not yet): by those that carry them on, when all of these are off."""
    heirs: dict[int, set[int]] = {}
    rows = carried_on() if len(ended) > FEW else carried_on().filter(origin__in=ended)
    for origin, heir in rows.values_list("origin_id", "heir_id"):
        heirs.setdefault(origin, set()).add(heir)
    decided = _deciding({heir for of_one in heirs.values() for heir in of_one}, switches, day) if heirs else {}
    off = {unit: one for unit, one in decided.items() if one.setting == Setting.OFF}
    found = ((unit, agreed((off.get(heir) for heir in sorted(of)), off=off.values())) for unit, of in heirs.items())
    return {unit: one for unit, one in found if one is not None and unit in ended}


def under(unit: Unit) -> QuerySet[Closure, int]:
    """Keys of the unit and of all below it today: for whoever counts what is under way there."""
    day = today()
    rows = Closure.objects.filter(ancestor=unit, valid_from__lte=day, valid_to__gt=day)
    return rows.values_list("descendant_id", flat=True)


def anything_off() -> Exists:
    """For a question that is asked anyway: whether anything is switched off anywhere."""
    return Exists(FeatureSwitch.objects.holding().filter(setting=Setting.OFF))


def note_all_on() -> None:
    """Somebody has asked so, and found nothing: for the rest of the request nobody asks again."""
    standing(("features",), list)
