"""How the optional parts stand at a unit, by whom, and what a switch would touch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Max, Min
from django.utils.module_loading import import_string

from kycuong.core.clock import today
from kycuong.orgs.authority import Someone, assignments_of, scopes_of
from kycuong.orgs.models import Closure, Person, Unit
from kycuong.orgs.queries import full_names

from .authority import SWITCH, off_at, said_of, under
from .models import FeatureSwitch
from .rules import FEATURES, Feature, Setting, nearest


@dataclass(frozen=True, slots=True)
class Standing:
    """One part at one unit. `own`: what the unit itself says last; `decides`: the switch that holds here, None if it is on as usual."""

    name: str
    feature: Feature
    is_on: bool
    own: FeatureSwitch | None
    decides: FeatureSwitch | None
    decided_at: str
    apart: list[tuple[str, str, bool]]
    """Units below that decide for themselves: address, name, whether it is on there."""

    @property
    def is_own(self) -> bool:
        return self.own is not None and self.own.setting != Setting.ABOVE


@dataclass(frozen=True, slots=True)
class Touched:
    """Whom a switch at a unit touches: the unit and those under it, without those (`apart`) that keep a switch of their own or of a unit
    between; and what is open there."""

    units: int
    apart: int
    open: int | None
    """As far as the person may see it; None for a part in which nothing is ever open."""


def standings(unit: Unit) -> list[Standing]:
    """Every part, in the order of the list. The number of questions does not depend on how many units have switches."""
    day = today()
    rows = Closure.objects.filter(valid_from__lte=day, valid_to__gt=day)
    ladder = list(rows.filter(descendant=unit).order_by("depth", "pk").values_list("ancestor_id", flat=True))
    said = {name: said_of(name) for name in FEATURES}
    switched = {key for of_one in said.values() for key in of_one} - set(ladder)
    below = set(rows.filter(ancestor=unit, descendant__in=switched).values_list("descendant_id", flat=True))
    names = full_names({*below, *ladder, unit.pk, *_units_of(said)}, day) if switched or ladder else {}
    slugs = dict(Unit.objects.filter(pk__in=below).values_list("pk", "slug")) if below else {}
    own = {row.feature: row for row in FeatureSwitch.objects.holding().filter(unit=unit).select_related("set_by")}
    return [
        _standing(name, unit, ladder, said[name], own.get(name), names, {key: slugs[key] for key in below})
        for name in FEATURES
    ]


def _units_of(said: dict[str, dict[int, FeatureSwitch]]) -> set[int]:
    return {one.unit_id for of_one in said.values() for one in of_one.values()}


def _standing(
    name: str,
    unit: Unit,
    ladder: list[int],
    said: dict[int, FeatureSwitch],
    own: FeatureSwitch | None,
    names: dict[int, str],
    below: dict[int, str],
) -> Standing:
    decides = nearest(ladder, said) if ladder else off_at(name, [unit.pk]).get(unit.pk)
    apart = [(below[key], names[key], said[key].setting == Setting.ON) for key in said if key in below]
    is_on = decides is None or decides.setting == Setting.ON
    decided_at = names.get(decides.unit_id, "") if decides else ""
    return Standing(name, FEATURES[name], is_on, own, decides, decided_at, sorted(apart, key=lambda one: one[1]))


def history(unit: Unit, feature: str) -> list[FeatureSwitch]:
    """Every switching of the unit, the last one first."""
    rows = FeatureSwitch.objects.filter(unit=unit, feature=feature)
    return list(rows.select_related("set_by").order_by("-pk"))


def said_before(unit: Unit, feature: str, before: list[FeatureSwitch]) -> str:
    """What the unit itself says now; "" while it has said nothing and holds what the units say that it was made of."""
    if before:
        return before[0].setting
    return "" if unit.pk in said_of(feature) else Setting.ABOVE


def goes_on(unit: Unit) -> bool:
    """Whether it exists today."""
    return life_of(unit)[1]


def life_of(unit: Unit) -> tuple[date | None, bool]:
    """Its first day if that is still to come, and whether it exists today."""
    life = Closure.objects.filter(descendant=unit, depth=0).aggregate(first=Min("valid_from"), end=Max("valid_to"))
    first, end, day = life["first"], life["end"], today()
    if first is None:
        return None, False
    return (first if first > day else None), first <= day < end


def touched(unit: Unit, feature: str, person: Person) -> Touched:
    """What a switch at the unit would touch today: units for which no switch below the unit is nearer."""
    below, day = under(unit), today()
    others = [key for key in said_of(feature) if key != unit.pk]
    apart = 0
    if others:
        nearer = below.filter(descendant__in=others).values("descendant_id")
        rows = Closure.objects.filter(ancestor__in=nearer, valid_from__lte=day, valid_to__gt=day)
        apart = rows.values("descendant").distinct().count()
    counts = settings.FEATURES_OPEN.get(feature)
    found = import_string(counts)(person, unit) if counts else None
    return Touched(below.count() - apart, apart, found)


def own_unit(person: Someone) -> Unit | None:
    """Where a page begins for the person: the unit of a role by which switches are set, else of any."""
    if first := scopes_of(person, SWITCH).first():
        return first
    held = assignments_of(person).order_by("pk").select_related("unit").first()
    return held.unit if held else None
