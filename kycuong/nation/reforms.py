"""What happened to one province between 2016 and 2025: communes merge, move and rise, a division splits, departments merge; then two levels."""

from __future__ import annotations

from kycuong.orgs.history import (
    Draft,
    Fate,
    absorb_units,
    create_units,
    dissolve_unit,
    merge_units,
    move_unit,
    rename_unit,
    split_unit,
)
from kycuong.orgs.imports.catalogue import titled
from kycuong.orgs.models import Unit
from kycuong.orgs.queries import children_on
from kycuong.orgs.rules import Kind

from . import facts
from .ground import Ground, paper


def carry_out_reforms(ground: Ground) -> None:
    """Every reform of the province, in the order of its days."""
    _merge_halves(ground)
    for place in range(len(ground.old_provinces)):
        _move_a_commune(ground, place)
        _split_a_division(ground, place)
        _raise_a_commune(ground, place)
    _merge_departments(ground)
    _two_levels(ground)


def _merge_halves(ground: Ground) -> None:
    on = facts.COMMUNES_MERGE
    for district in ground.districts:
        for key in district.communes:
            if key in ground.halves:
                name = ground.names[key]
                into = Draft(name, Kind.COMMUNE_PC, ground.units[district.key], slug=ground.address(name))
                gone = [ground.units[half] for half in ground.halves[key]]
                made = merge_units(gone, by=None, on=on, into=into, children=Fate.PASS_ON, document=paper(on))
                ground.units[key] = made.born[0]


def _move_a_commune(ground: Ground, place: int) -> None:
    """The last commune of the first district goes to the second one."""
    districts = [district for district in ground.districts if district.place == place]
    if len(districts) < 2 or len(districts[0].communes) < 3:
        return
    key, on = districts[0].communes.pop(), facts.COMMUNE_MOVES
    districts[1].communes.append(key)
    move_unit(ground.units[key], by=None, on=on, to=ground.units[districts[1].key], document=paper(on))


def _split_a_division(ground: Ground, place: int) -> None:
    key = ground.division_to_split(place)
    if key is None:
        return
    unit, on = ground.units[key], facts.DIVISION_SPLITS
    department = ground.units[key.rpartition("/")[0]]
    names = [f"{ground.names[key]} {number}" for number in (1, 2)]
    parts = [Draft(name, Kind.DIVISION, department, slug=ground.address(name)) for name in names]
    made = split_unit(unit, by=None, on=on, into=parts, document=paper(on))
    ground.units |= {f"{key}.{number}": born for number, born in enumerate(made.born, 1)}


def _raise_a_commune(ground: Ground, place: int) -> None:
    """The first commune of the first district becomes a town."""
    key = ground.commune_to_raise(place)
    if key is None:
        return
    name = f"Thị trấn {ground.names[key].removeprefix('Xã ')}"
    on = facts.COMMUNE_RISES
    rename_unit(ground.units[key], by=None, on=on, name=name, document=paper(on))


def _merge_departments(ground: Ground) -> None:
    on = facts.DEPARTMENTS_MERGE
    for place in range(len(ground.old_provinces)):
        for number, (today, before) in enumerate(facts.DEPARTMENTS[: ground.sizes.departments]):
            gone = [ground.units[f"p{place}/d{number}.{part}"] for part in range(len(before))]
            key = f"p{place}/D{number}"
            if len(gone) == 1:
                ground.units[key] = gone[0]
                if today != before[0]:
                    rename_unit(gone[0], by=None, on=on, name=today, document=paper(on))
                continue
            into = Draft(today, Kind.PROVINCIAL_DEPARTMENT, ground.units[f"p{place}"], slug=ground.address(today))
            made = merge_units(gone, by=None, on=on, into=into, children=Fate.PASS_ON, document=paper(on))
            ground.units[key] = made.born[0]


def _two_levels(ground: Ground) -> None:
    """1 July 2025: provinces merge, today's communes begin, districts end."""
    on, old = facts.TWO_LEVELS, [ground.units[f"p{place}"] for place in range(len(ground.old_provinces))]
    ground.units["P"] = old[0]
    if ground.is_merged:
        name = titled(ground.province)
        draft = Draft(name, Kind.PROVINCE, ground.nation, f"{ground.code:02d}", slug=ground.address(name))
        ground.units["P"] = create_units([draft], by=None, on=on, document=paper(on)).born[0]
    _todays_communes(ground)
    for district in ground.districts:
        dissolve_unit(ground.units[district.key], by=None, on=on, children=Fate.PASS_ON, document=paper(on))
    if ground.is_merged:
        _todays_departments(ground)
        absorb_units(old, by=None, on=on, into=ground.units["P"], children=Fate.PASS_ON, document=paper(on))


def _todays_communes(ground: Ground) -> None:
    """Each is made of its old ones; the last old one of the first is divided between the first and the second."""
    on, shared = facts.TWO_LEVELS, None
    for number, commune in enumerate(ground.communes):
        gone = [ground.units[key] for key in commune.old]
        if number == 0 and len(ground.communes) > 1:
            shared = gone.pop()
        code, slug = commune.code, ground.address(commune.name)
        into = Draft(commune.name, Kind.COMMUNE_PC, ground.units["P"], code, slug=slug)
        made = merge_units(gone, by=None, on=on, into=into, children=Fate.PASS_ON, document=paper(on))
        ground.units[f"C{number}"] = made.born[0]
    if shared is not None:
        _divide(ground, shared)


def _divide(ground: Ground, shared: Unit) -> None:
    on, parts = facts.TWO_LEVELS, [ground.units["C0"], ground.units["C1"]]
    children = {child: place % 2 for place, child in enumerate(children_on(shared, on))}
    split_unit(shared, by=None, on=on, into=parts, children_to=children, document=paper(on))


def _todays_departments(ground: Ground) -> None:
    on = facts.TWO_LEVELS
    for number, (today, _before) in enumerate(facts.DEPARTMENTS[: ground.sizes.departments]):
        gone = [ground.units[f"p{place}/D{number}"] for place in range(len(ground.old_provinces))]
        into = Draft(today, Kind.PROVINCIAL_DEPARTMENT, ground.units["P"], slug=ground.address(today))
        made = merge_units(gone, by=None, on=on, into=into, children=Fate.PASS_ON, document=paper(on))
        ground.units[f"D{number}"] = made.born[0]
