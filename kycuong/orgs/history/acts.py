"""The acts of reorganisation: who may, what is planned, and then it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person, Reorganisation, Unit
from kycuong.orgs.rules import Scheme

from . import plans
from .places import places_of, superior
from .records import lock_organisation
from .shape import Document, Draft, Fate, Party
from .writing import carry_out

VERB = "unit.reorganise"
NO_DOCUMENT = Document()


@transaction.atomic
def create_unit(draft: Draft, *, by: Person | None, on: date, document: Document = NO_DOCUMENT) -> Reorganisation:
    """A new unit begins."""
    authorize(by, VERB, at=draft.parent if isinstance(draft.parent, Unit) else None)
    lock_organisation()
    return carry_out(plans.plan_create([draft], on=on), by=by, document=document)


@transaction.atomic
def create_units(
    drafts: Sequence[Draft], *, by: Person | None, on: date, document: Document = NO_DOCUMENT
) -> Reorganisation:
    """Many new units begin by one document; a draft may stand under another before it in the list."""
    for place in places_of(drafts):
        authorize(by, VERB, at=place)
    lock_organisation()
    return carry_out(plans.plan_create(drafts, on=on), by=by, document=document)


@transaction.atomic
def rename_unit(
    unit: Unit, *, by: Person | None, on: date, document: Document = NO_DOCUMENT, name: str = "", kind: str = ""
) -> Reorganisation:
    """A unit takes another name, or becomes another kind of unit."""
    authorize(by, VERB, at=unit)
    lock_organisation()
    return carry_out(plans.plan_rename(unit, on=on, name=name, kind=kind), by=by, document=document)


@transaction.atomic
def recode_unit(
    unit: Unit,
    *,
    by: Person | None,
    on: date,
    code: str,
    scheme: str = Scheme.AREA,
    document: Document = NO_DOCUMENT,
) -> Reorganisation:
    """A unit gets another code; an empty one ends its code."""
    authorize(by, VERB, at=unit)
    lock_organisation()
    return carry_out(plans.plan_recode(unit, on=on, code=code, scheme=scheme), by=by, document=document)


@transaction.atomic
def move_unit(unit: Unit, *, by: Person | None, on: date, to: Unit, document: Document = NO_DOCUMENT) -> Reorganisation:
    """A unit, with everything under it, comes under another parent. Both parents' masters must agree: one person is both."""
    for place in (superior(unit), to):
        authorize(by, VERB, at=place)
    lock_organisation()
    return carry_out(plans.plan_move(unit, on=on, to=to), by=by, document=document)


@transaction.atomic
def merge_units(
    units: Sequence[Unit],
    *,
    by: Person | None,
    on: date,
    into: Draft,
    children: Fate | None = None,
    document: Document = NO_DOCUMENT,
) -> Reorganisation:
    """Units end, and a new one carries them on."""
    for place in [*map(superior, units), *places_of([into])]:
        authorize(by, VERB, at=place)
    lock_organisation()
    return carry_out(plans.plan_merge(units, on=on, into=into, children=children), by=by, document=document)


@transaction.atomic
def absorb_units(
    units: Sequence[Unit],
    *,
    by: Person | None,
    on: date,
    into: Unit,
    children: Fate | None = None,
    document: Document = NO_DOCUMENT,
) -> Reorganisation:
    """Units end, and one that goes on carries them on."""
    for place in [*map(superior, units), into]:
        authorize(by, VERB, at=place)
    lock_organisation()
    return carry_out(plans.plan_absorb(units, on=on, into=into, children=children), by=by, document=document)


@transaction.atomic
def split_unit(
    unit: Unit,
    *,
    by: Person | None,
    on: date,
    into: Sequence[Party],
    keep: bool = False,
    children: Fate | None = None,
    children_to: Mapping[Unit, int] | None = None,
    document: Document = NO_DOCUMENT,
) -> Reorganisation:
    """A unit is divided among new and existing units; with `keep` it goes on as what is left."""
    for place in [superior(unit), *places_of(into)]:
        authorize(by, VERB, at=place)
    lock_organisation()
    plan = plans.plan_split(unit, on=on, into=into, keep=keep, children=children, children_to=children_to)
    return carry_out(plan, by=by, document=document)


@transaction.atomic
def dissolve_unit(
    unit: Unit, *, by: Person | None, on: date, children: Fate | None = None, document: Document = NO_DOCUMENT
) -> Reorganisation:
    """A unit ends, and nobody carries it on."""
    authorize(by, VERB, at=superior(unit))
    lock_organisation()
    return carry_out(plans.plan_dissolve(unit, on=on, children=children), by=by, document=document)
