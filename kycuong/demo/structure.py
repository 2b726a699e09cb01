"""Write the province's facts into the register: the units of 2019, then every reform in its order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from kycuong.demo.langson import REFORMS, STRUCTURE_2019, Reform, Step, UnitFact
from kycuong.orgs.history import (
    Document,
    Draft,
    Fate,
    absorb_units,
    create_units,
    dissolve_unit,
    merge_units,
    move_unit,
    one_rebuild,
    recode_unit,
    rename_unit,
    split_unit,
)
from kycuong.orgs.models import Unit
from kycuong.orgs.queries import children_on, parent_on

BEGINNING = date(2017, 10, 15)
"""The first day of the register: the structure is known from that day and did not change until the end of 2019."""

Units = dict[str, Unit]


def load_structure_of_2019() -> Units:
    """The units of 2019 by key, which is also their address (slug)."""
    drafts: dict[str, Draft] = {}
    for fact in STRUCTURE_2019:
        drafts[fact.key] = _draft(fact, drafts[fact.parent] if fact.parent else None)
    document = Document(title="Cơ cấu tổ chức tỉnh Lạng Sơn năm 2019", review_note="Phòng, ban: dựng lại, cần rà soát.")
    with one_rebuild():
        change = create_units(list(drafts.values()), by=None, on=BEGINNING, document=document)
    return {unit.slug: unit for unit in change.born}


def load_reforms(units: Units, *, progress: Callable[[int, int], None] | None = None) -> None:
    """Carry out all reforms; `units` learns the units that begin."""
    total = sum(len(reform.steps) for reform in REFORMS)
    done = 0
    with one_rebuild():
        for reform in REFORMS:
            waiting: list[Step] = []
            for step in reform.steps:
                _begin_or_carry_out(reform, step, units, waiting)
                done += 1
                if progress:
                    progress(done, total)
            for step in waiting:
                _end_the_merged(reform, step, units)


def _begin_or_carry_out(reform: Reform, step: Step, units: Units, waiting: list[Step]) -> None:
    """A department that merges has rooms, and those go to the new one by steps of their own before the old ones end."""
    if step.kind == "merge" and any(children_on(units[key], step.on) for key in step.predecessors):
        for unit in _create(step, [], _document(reform, step), units):
            units[unit.slug] = unit
        waiting.append(step)
        return
    _carry_out(reform, step, units)


def _end_the_merged(reform: Reform, step: Step, units: Units) -> None:
    (fact,) = _facts(step)
    gone = [units[key] for key in step.predecessors]
    document = _document(reform, step)
    absorb_units(gone, by=None, on=step.on, document=document, into=units[fact.key], children=Fate.PASS_ON)


def _draft(fact: UnitFact, parent: Unit | Draft | None) -> Draft:
    return Draft(name=fact.name, kind=fact.kind, parent=parent, code=fact.code or "", slug=fact.key)


def _document(reform: Reform, step: Step) -> Document:
    note = (step.note or reform.note) if (step.needs_review or reform.needs_review) else ""
    return Document(
        number=step.document or reform.document_number or "", on=reform.document_on, title="", review_note=note[:300]
    )


def _carry_out(reform: Reform, step: Step, units: Units) -> None:
    document = _document(reform, step)
    gone = [units[key] for key in step.predecessors]
    act = ACTS[step.kind]
    for unit in act(step, gone, document, units):
        units[unit.slug] = unit


def _create(step: Step, gone: list[Unit], document: Document, units: Units) -> Iterable[Unit]:
    drafts = [_draft(fact, _parent(fact, units)) for fact in _facts(step)]
    return create_units(drafts, by=None, on=step.on, document=document).born


def _merge(step: Step, gone: list[Unit], document: Document, units: Units) -> Iterable[Unit]:
    (fact,) = _facts(step)
    into = _draft(fact, _parent(fact, units))
    return merge_units(gone, by=None, on=step.on, document=document, into=into, children=Fate.PASS_ON).born


def _absorb(step: Step, gone: list[Unit], document: Document, units: Units) -> Iterable[Unit]:
    (key,) = step.successors
    into = units[str(key)]
    return absorb_units(gone, by=None, on=step.on, document=document, into=into, children=Fate.PASS_ON).born


def _split(step: Step, gone: list[Unit], document: Document, units: Units) -> Iterable[Unit]:
    parts = [units[s] if isinstance(s, str) else _draft(s, _parent(s, units)) for s in step.successors]
    (unit,) = gone
    return split_unit(unit, by=None, on=step.on, document=document, into=parts).born


def _rename(step: Step, gone: list[Unit], document: Document, units: Units) -> Iterable[Unit]:
    (fact,) = _facts(step)
    return rename_unit(gone[0], by=None, on=step.on, document=document, name=fact.name, kind=fact.kind).born


def _move(step: Step, gone: list[Unit], document: Document, units: Units) -> Iterable[Unit]:
    (fact,) = _facts(step)
    to = _parent(fact, units)
    # A merger on the same day has already passed the room on to the new department.
    if to is None or parent_on(gone[0], step.on) == to:
        return []
    return move_unit(gone[0], by=None, on=step.on, document=document, to=to).born


def _recode(step: Step, gone: list[Unit], document: Document, units: Units) -> Iterable[Unit]:
    (fact,) = _facts(step)
    return recode_unit(gone[0], by=None, on=step.on, document=document, code=fact.code or "").born


def _dissolve(step: Step, gone: list[Unit], document: Document, units: Units) -> Iterable[Unit]:
    for unit in gone:
        dissolve_unit(unit, by=None, on=step.on, document=document)
    return []


def _facts(step: Step) -> list[UnitFact]:
    return [successor for successor in step.successors if isinstance(successor, UnitFact)]


def _parent(fact: UnitFact, units: Units) -> Unit | None:
    return units[fact.parent] if fact.parent else None


ACTS: dict[str, Callable[[Step, list[Unit], Document, Units], Iterable[Unit]]] = {
    "create": _create,
    "merge": _merge,
    "absorb": _absorb,
    "split": _split,
    "rename": _rename,
    "move": _move,
    "recode": _recode,
    "dissolve": _dissolve,
}
