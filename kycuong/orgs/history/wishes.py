"""A reorganisation as a form gives it: what it would change, over whom it needs a right, and the act that does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kycuong.core.problems import BadInput
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person, Reorganisation, Unit
from kycuong.orgs.queries import versions_on
from kycuong.orgs.rules import Change

from . import acts, plans
from .places import places_of, superior
from .shape import Document, Draft, Fate, Party, Plan

Given = Mapping[str, Any]


def plan_of(change: str, given: Given) -> Plan:
    """The checked plan; nothing is written."""
    return _PLANNERS[change](given)


def ensure_may(change: str, given: Given, *, by: Person) -> None:
    """The same right that the act will ask for, asked before anything is shown."""
    for place in _places(change, given):
        authorize(by, acts.VERB, at=place)


def carry(change: str, given: Given, *, by: Person, document: Document) -> Reorganisation:
    """Do it, by the act of that kind."""
    return _ACTS[change](given, {"by": by, "on": given["on"], "document": document})


def _fate(given: Given) -> Fate | None:
    return Fate(given["children"]) if given["children"] else None


def _draft(given: Given) -> Draft:
    return Draft(given["name"], given["kind"], given["parent"], given["code"])


def _parts(given: Given) -> list[Party]:
    """New units, written «name; code», of the divided unit's kind and parent; then those that stand already."""
    unit, on = given["unit"], given["on"]
    kind = versions_on([unit.pk], on)[unit.pk].kind
    parent = superior(unit)
    drafts: list[Party] = []
    for line in given["new"].splitlines():
        name, _, code = line.partition(";")
        if name.strip() or code.strip():
            drafts.append(Draft(name.strip(), kind, parent, code.strip()))
    if drafts and parent == unit:
        raise BadInput(
            f"{unit} là đơn vị cao nhất, không chia được thành đơn vị mới ở đây.",
            en=f"{unit} is at the top and cannot be divided into new units here.",
        )
    return [*drafts, *given["standing"]]


def _places(change: str, given: Given) -> list[Unit | None]:
    places: list[Unit | None] = []
    for name in ("unit", "units"):
        found = given.get(name) or []
        units = [found] if isinstance(found, Unit) else found
        places += units if change in (Change.RENAME, Change.RECODE) else [superior(unit) for unit in units]
    if change == Change.SPLIT:
        places += places_of(_parts(given))
    return places + [given[name] for name in ("parent", "to", "into") if given.get(name)]


_PLANNERS: dict[str, Callable[[Given], Plan]] = {
    Change.CREATE: lambda g: plans.plan_create([_draft(g)], on=g["on"]),
    Change.RENAME: lambda g: plans.plan_rename(g["unit"], on=g["on"], name=g["name"], kind=g["kind"]),
    Change.RECODE: lambda g: plans.plan_recode(g["unit"], on=g["on"], code=g["code"], scheme=g["scheme"]),
    Change.MOVE: lambda g: plans.plan_move(g["unit"], on=g["on"], to=g["to"]),
    Change.MERGE: lambda g: plans.plan_merge(g["units"], on=g["on"], into=_draft(g), children=_fate(g)),
    Change.ABSORB: lambda g: plans.plan_absorb(g["units"], on=g["on"], into=g["into"], children=_fate(g)),
    Change.SPLIT: lambda g: plans.plan_split(g["unit"], on=g["on"], into=_parts(g), keep=g["keep"], children=_fate(g)),
    Change.DISSOLVE: lambda g: plans.plan_dissolve(g["unit"], on=g["on"], children=_fate(g)),
}
_ACTS: dict[str, Callable[[Given, dict[str, Any]], Reorganisation]] = {
    Change.CREATE: lambda g, how: acts.create_unit(_draft(g), **how),
    Change.RENAME: lambda g, how: acts.rename_unit(g["unit"], name=g["name"], kind=g["kind"], **how),
    Change.RECODE: lambda g, how: acts.recode_unit(g["unit"], code=g["code"], scheme=g["scheme"], **how),
    Change.MOVE: lambda g, how: acts.move_unit(g["unit"], to=g["to"], **how),
    Change.MERGE: lambda g, how: acts.merge_units(g["units"], into=_draft(g), children=_fate(g), **how),
    Change.ABSORB: lambda g, how: acts.absorb_units(g["units"], into=g["into"], children=_fate(g), **how),
    Change.SPLIT: lambda g, how: acts.split_unit(g["unit"], into=_parts(g), keep=g["keep"], children=_fate(g), **how),
    Change.DISSOLVE: lambda g, how: acts.dissolve_unit(g["unit"], children=_fate(g), **how),
}
