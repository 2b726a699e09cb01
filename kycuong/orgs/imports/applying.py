"""Carries out a list of units that was read and found right: parents first, one reorganisation for each day and document."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from kycuong.core.problems import Stale
from kycuong.orgs.history import Document, Draft, create_units, rename_unit
from kycuong.orgs.history.records import lock_organisation
from kycuong.orgs.models import Person, Unit
from kycuong.sheets.importing import Line as Sentence
from kycuong.sheets.importing import Preview

from .known import last_change
from .lines import Line, Plan

Key = tuple[date, str, date | None]


@transaction.atomic
def apply(preview: Preview, *, by: Person | None) -> list[Sentence]:
    """Make and rename what the file says; nothing when anything is wrong."""
    preview.ensure_ready()
    plan: Plan = preview.plan
    lock_organisation()
    ensure_fresh(plan)
    lines = plan.lines
    made: dict[Line, Unit] = {}
    for line in sorted((line for line in lines if line.renames), key=lambda line: line.on):
        assert line.renames
        rename_unit(line.renames.unit, by=by, on=line.on, document=_document(line), name=line.name, kind=line.kind)
    waiting = [line for line in lines if not line.known]
    count = len(waiting)
    while waiting:
        batch = _next_batch(waiting, made)
        drafts = _drafts(batch, made)
        act = create_units(list(drafts.values()), by=by, on=batch[0].on, document=_document(batch[0]))
        made |= dict(zip(drafts, act.born, strict=True))
        waiting = [line for line in waiting if line not in made]
    renamed = sum(line.renames is not None for line in lines)
    return [Sentence(f"Đã lập {count} đơn vị, đổi tên {renamed}.", f"Made {count} units, renamed {renamed}.")]


def ensure_fresh(plan: Plan) -> None:
    """Nobody changed the organisation since the file was read: else a unit might be made twice."""
    if last_change() != plan.state:
        raise Stale(
            "Tổ chức vừa được người khác thay đổi sau khi tệp được đọc. Chưa nhập gì; hãy xem trước lại.",
            en="Somebody changed the organisation after the file was read. Nothing was imported; preview it again.",
        )


def _key(line: Line) -> Key:
    return line.on, str(line.row.values.get("document") or ""), line.row.values.get("document_on")


def _document(line: Line) -> Document:
    _, number, on = _key(line)
    return Document(number=number, on=on)


def _next_batch(waiting: list[Line], made: dict[Line, Unit]) -> list[Line]:
    """The lines of the earliest act that can be made now, parents before children."""
    first = min((line for line in waiting if _may_begin(line, made)), key=lambda line: line.on)
    batch: list[Line] = []
    chosen: set[Line] = set()
    left = [line for line in waiting if _key(line) == _key(first)]
    while ready := [line for line in left if _may_begin(line, made) or line.parent in chosen]:
        batch += ready
        chosen |= set(ready)
        left = [line for line in left if line not in chosen]
    return batch


def _may_begin(line: Line, made: dict[Line, Unit]) -> bool:
    return not isinstance(line.parent, Line) or line.parent in made


def _drafts(batch: list[Line], made: dict[Line, Unit]) -> dict[Line, Draft]:
    drafts: dict[Line, Draft] = {}
    for line in batch:
        parent = line.parent
        above: Unit | Draft | None
        if isinstance(parent, Line):
            above = made.get(parent) or drafts[parent]
        else:
            above = parent.unit if parent else None
        drafts[line] = Draft(line.name, line.kind, above, line.code, line.scheme)
    return drafts
