"""Whether an optional part is on at a unit. On the hierarchy of today the nearest switch on the way up decides; without one it is on.

As long as nothing is switched off, the answer costs one question a request. A unit that has ended is as those that carry it
on: off only if it is off at every one of them. A unit that was made of others begins as they were when all of them agree.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from kycuong.core.clock import today
from kycuong.core.remembering import standing
from kycuong.orgs.authority import Someone, carried_on, roles_held, units_where
from kycuong.orgs.models import Closure, Lineage, Person, Unit
from kycuong.orgs.queries import full_names
from kycuong.orgs.roles import titles_with

from .models import FeatureSwitch
from .rules import (
    FEATURES,
    FROM_ABOVE,
    Setting,
    complained_about,
    decided_above,
    nearest,
    opened_above,
    switched_off,
    with_heirs,
)

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
    """Of these units those at which the part is off, each with the switch that decides. Five questions at most, one if all is on;
    in a request that reads, the next part asks none."""
    switches = said_of(feature)
    if not units or all(one.setting != Setting.OFF for one in switches.values()):
        return {}
    ladders = _ladders(frozenset(units))
    found = _deciding(ladders, switches)
    if ended := frozenset(units) - ladders.keys():
        found |= _of_ended(ended, switches)
    return {unit: one for unit, one in found.items() if one.setting == Setting.OFF}


def offered_to(person: Someone, verb: str, feature: str) -> bool:
    """Whether the part is on at any unit where the person holds the verb, or below: else its entries and buttons are not shown."""
    held = units_where(person, verb)
    return bool(held) and wholly_off(held, feature, among=_places_of(person)) is None


def offered_units(person: Someone, verb: str, feature: str) -> list[int]:
    """Of the units where the person holds the verb those at which the part is on: what a form may propose."""
    held = units_where(person, verb)
    off = off_at(feature, held)
    return [unit for unit in held if unit not in off]


def misses_any(person: Someone) -> bool:
    """Whether any part is off at any unit where the person holds a role."""
    return any(off_at(feature, _places_of(person)) for feature in FEATURES)


def _places_of(person: Someone) -> set[int]:
    return {unit for _role, unit in roles_held(person)}


def wholly_off(units: Collection[int], feature: str, *, among: Collection[int] = ()) -> FeatureSwitch | None:
    """The switch by which the part is off at all of these units and everywhere below; None where it is on anywhere.

    `among`: more units, of which other parts ask within the same request, so that one question serves them all.
    """
    found = off_at(feature, {*units, *among})
    off = {unit: found[unit] for unit in units if unit in found}
    if not off or len(off) < len(set(units)):
        return None
    above = _above_pilots()
    on = (unit for unit, one in said_of(feature).items() if one.setting == Setting.ON)
    return None if any(above[unit] & off.keys() for unit in on) else next(iter(off.values()))


def ensure_may_switch(by: Person | None, feature: str, setting: str, *, at: Unit) -> None:
    """Raise NotAllowed, with who may, for whoever would undo what was switched off above them, or close reports about their own unit.

    The caller has authorised the verb at the unit; the machine may all.
    """
    if by is None:
        return
    ensure_from_above(by, feature, at=at)
    ladder = _ladders(frozenset([at.pk])).get(at.pk, [])
    switches = said_of(feature)
    _ensure_not_from_above(by, switches.get(at.pk), setting, ladder[1:])
    above = next((unit for unit in ladder[1:] if unit in switches), None)
    if setting != Setting.ON or above is None or switches[above].setting != Setting.OFF:
        return
    if not set(units_where(by, SWITCH)) & set(ladder[ladder.index(above) :]):
        raise opened_above(full_names([above], today())[above], titles_with(SWITCH))


def _ensure_not_from_above(by: Person, held: FeatureSwitch | None, setting: str, above: Sequence[int]) -> None:
    """What somebody who stands above the unit switched off at the unit itself is opened from above, too."""
    if held is None or held.setting != Setting.OFF or setting == Setting.OFF or held.set_by in {None, by}:
        return
    deciding = [unit for unit in above if held.set_by and unit in units_where(held.set_by, SWITCH)]
    if deciding and not set(units_where(by, SWITCH)) & set(above[above.index(deciding[0]) :]):
        raise decided_above(full_names(deciding[:1], today())[deciding[0]], titles_with(SWITCH))


def ensure_from_above(by: Person, feature: str, *, at: Unit) -> None:
    """Whoever is complained about does not close the complaints: a part of `FROM_ABOVE` is switched by the verb at a unit above."""
    if not may_from_above(by, feature, at=at):
        raise complained_about(full_names([at.pk], today())[at.pk], titles_with(SWITCH))


def may_from_above(by: Person, feature: str, *, at: Unit) -> bool:
    """Whether the person stands above the unit, or the part asks for no such thing, or nothing stands above the unit."""
    above = _ladders(frozenset([at.pk])).get(at.pk, [])[1:]
    return feature not in FROM_ABOVE or not above or bool(set(units_where(by, SWITCH)) & set(above))


def said_of(feature: str) -> dict[int, FeatureSwitch]:
    """Unit → its switch that says on or off: its own last one, or what all the units say that it was made of."""
    return standing(("features", "said"), _said).get(feature, {})


def _said() -> dict[str, dict[int, FeatureSwitch]]:
    """The same for every part that any unit has said anything of."""
    own: dict[str, dict[int, FeatureSwitch]] = {}
    for row in standing(("features",), lambda: list(FeatureSwitch.objects.holding().select_related("set_by", "unit"))):
        own.setdefault(row.feature, {})[row.unit_id] = row
    if all(row.setting != Setting.OFF for of_one in own.values() for row in of_one.values()):
        made: dict[int, set[int]] = {}
    else:
        made = _made_of({unit for of_one in own.values() for unit in of_one})
    return {feature: with_heirs(of_one, made) for feature, of_one in own.items()}


def _made_of(parts: Iterable[int]) -> dict[int, set[int]]:
    """New units that any of these went into, however often they were made anew → all that went into them so."""
    found: dict[int, set[int]] = {}
    more, asked = set(parts), set[int]()
    while more:
        asked |= more
        for heir, part in _passed_on(more):
            found.setdefault(heir, set()).add(part)
        more = found.keys() - asked
    return found


def _passed_on(parts: Iterable[int]) -> Iterable[tuple[int, int]]:
    """(heir, origin) for heirs of these that began on the very day on which the origin ended, with all their origins of that day.
    A unit that goes on as what is left passes nothing on."""
    began = Lineage.objects.filter(origin=OuterRef("heir"), heir=OuterRef("heir"))
    itself = Lineage.objects.filter(origin=OuterRef("origin"), heir=OuterRef("origin"))
    ended, goes_on = (
        itself.filter(valid_to=OuterRef("valid_from")),
        itself.filter(valid_from__gte=OuterRef("valid_from")),
    )
    passed = Lineage.objects.exclude(heir=F("origin")).filter(Exists(ended), ~Exists(goes_on), valid_from__lte=today())
    passed = passed.filter(~Exists(began.filter(valid_from__lt=OuterRef("valid_from"))))
    heirs = passed.filter(origin__in=list(parts)).values("heir")
    return passed.filter(heir__in=heirs).values_list("heir_id", "origin_id")


def _ladders(units: frozenset[int]) -> dict[int, list[int]]:
    """Unit → itself and those above it today, the nearest first, as far as any of them says anything of any part; no key: it does not
    exist today."""
    return standing(("features", "ladders", units), lambda: _read_ladders(units))


def _read_ladders(units: frozenset[int]) -> dict[int, list[int]]:
    day = today()
    rows = Closure.objects.filter(valid_from__lte=day, valid_to__gt=day)
    if len(units) > FEW:
        said = {unit for of_one in standing(("features", "said"), _said).values() for unit in of_one}
        rows = rows.filter(Q(depth=0) | Q(ancestor__in=said))
    else:
        rows = rows.filter(descendant__in=units)
    found: dict[int, list[int]] = {}
    for unit, above in rows.order_by("depth", "pk").values_list("descendant_id", "ancestor_id"):
        if unit in units:
            found.setdefault(unit, []).append(above)
    return found


def _above_pilots() -> dict[int, set[int]]:
    """Each unit that says «on» for any part → itself and those above it today."""
    return standing(("features", "above pilots"), _read_above_pilots)


def _read_above_pilots() -> dict[int, set[int]]:
    said, day = standing(("features", "said"), _said), today()
    on = {unit for of_one in said.values() for unit, one in of_one.items() if one.setting == Setting.ON}
    found: dict[int, set[int]] = {unit: set() for unit in on}
    rows = (
        Closure.objects.filter(descendant__in=on, valid_from__lte=day, valid_to__gt=day)
        if on
        else Closure.objects.none()
    )
    for unit, above in rows.values_list("descendant_id", "ancestor_id"):
        found[unit].add(above)
    return found


def _deciding(ladders: Mapping[int, Iterable[int]], switches: Mapping[int, FeatureSwitch]) -> dict[int, FeatureSwitch]:
    """Unit → the nearest switch on its way up."""
    decided = {unit: nearest(ladder, switches) for unit, ladder in ladders.items()}
    return {unit: one for unit, one in decided.items() if one is not None}


def _of_ended(ended: frozenset[int], switches: Mapping[int, FeatureSwitch]) -> dict[int, FeatureSwitch]:
    """Of units that are no more (or not yet): by those that carry them on, when all of these are off; where nobody does, by the
    ladder of the nearest day on which they exist."""
    heirs = standing(("features", "heirs", ended), lambda: _heirs(ended))
    rest = ended - heirs.keys()
    found = (
        _deciding(standing(("features", "last ladders", rest), lambda: _last_ladders(rest)), switches) if rest else {}
    )
    after = frozenset(heir for of_one in heirs.values() for heir in of_one)
    off = _deciding(_ladders(after), switches) if after else {}
    for unit, those in heirs.items():
        decided = [off[heir] for heir in sorted(those) if heir in off and off[heir].setting == Setting.OFF]
        if len(decided) == len(those):
            found[unit] = decided[0]
    return found


def _heirs(ended: frozenset[int]) -> dict[int, set[int]]:
    """Those of the units that somebody carries on today → who does."""
    heirs: dict[int, set[int]] = {}
    rows = carried_on() if len(ended) > FEW else carried_on().filter(origin__in=ended)
    for origin, heir in rows.values_list("origin_id", "heir_id"):
        if origin in ended:
            heirs.setdefault(origin, set()).add(heir)
    return heirs


def _last_ladders(units: frozenset[int]) -> dict[int, list[int]]:
    """Unit → itself and those above it on its last day, or on its first if it is still to come."""
    life, day = Closure.objects.filter(descendant=OuterRef("descendant"), depth=0), today()
    first, end = life.order_by("valid_from").values("valid_from")[:1], life.order_by("-valid_to").values("valid_to")[:1]
    rows = Closure.objects.filter(descendant__in=units).annotate(first=Subquery(first), end=Subquery(end))
    rows = rows.filter(Q(end__lte=day, valid_to=F("end")) | Q(first__gt=day, valid_from=F("first")))
    found: dict[int, list[int]] = {}
    for unit, above in rows.order_by("depth", "pk").values_list("descendant_id", "ancestor_id"):
        found.setdefault(unit, []).append(above)
    return found


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
