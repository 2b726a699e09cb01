"""The record of a visit follows its log: what the desk wrote enters the log, what holds in the log enters the record."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from kycuong.field.models import FieldAside, FieldMedia, FieldOp, FieldVisit
from kycuong.field.queries import fields_of
from kycuong.field.queries.log import said_of
from kycuong.field.queries.record import Record, fingerprints, values_of
from kycuong.field.rules.ops import key_of, kind_of
from kycuong.inspections.models import Visit
from kycuong.inspections.rules import VisitState
from kycuong.orgs.models import Person

from ._answers import is_of_the_form, record_fields
from ._beside import Photos, put_finding, put_person, put_photo
from ._holding import following
from ._instead import as_recorded, lent_for
from ._mirror import mirror_desk
from ._signing import add_addenda, after_signing, sign_if_signed
from ._trying import attempt, mark, mark_applied

TOGETHER = ("a", "h", "t")
TAKEN_ALONG = ("f", "v")
"""Fields whose row goes when what it rests on goes."""
ONLY_SAID = ("e", "st")
"""Fields that stay in the log until minutes are signed."""

Fields = dict[str, list[FieldOp]]


def bring_up(visit: Visit, *, by: Person, photos: Photos | None = None) -> None:
    """Bring the record to what holds in the log, by the acts of the desk, each by the author of what was said.

    Of a field at which two values stand nothing is applied. What an act refuses stays a head of the log, with the sentence.
    """
    with following():
        _bring_up(visit, by, photos or {})


def _bring_up(visit: Visit, by: Person, photos: Photos) -> None:
    state, _new = FieldVisit.objects.select_for_update().get_or_create(visit=visit)
    record = Record(visit)
    mirror_desk(record, state, by=by)
    fields = fields_of(visit)
    if visit.state == VisitState.DRAFT:
        writers = Writers(visit)
        Applying(record, state, by, photos, writers).apply(fields)
        sign_if_signed(visit, fields, writer=writers.of, photos=photos)
    if visit.state != VisitState.DRAFT:
        after_signing(visit, fields, state.applied)
        add_addenda(visit, fields, state.applied, writer=Writers(visit).of)
    state.seen = fingerprints(values_of(visit, record.criteria))
    state.rev += 1
    state.save()


class Writers:
    """By whom ops of one visit enter its record."""

    def __init__(self, visit: Visit) -> None:
        self._accepters = accepters_at(visit)

    def of(self, op: FieldOp) -> Person | None:
        """The author; of what was set aside, whoever accepted it: nobody writes under the name of somebody else."""
        return self._accepters.get(op.uid) or op.author


def accepters_at(visit: Visit) -> dict[UUID, Person]:
    """Op → who took it in at the desk, after it was set aside."""
    accepted = FieldAside.objects.filter(visit=visit, taken_as__isnull=False).select_related("accepted_by")
    return {one.taken_as: one.accepted_by for one in accepted if one.taken_as and one.accepted_by}


class Applying:
    """One visit, one turn."""

    def __init__(self, record: Record, state: FieldVisit, by: Person, photos: Photos, writers: Writers) -> None:
        self.visit, self.record = record.visit, record
        self.state, self.by, self.photos, self.writers = state, by, photos, writers
        self.done: list[FieldOp] = []
        here = FieldMedia.objects.filter(visit=self.visit, checked_at__isnull=False)
        self.here = {f"m/{uid}" for uid in here.values_list("uid", flat=True)}

    def apply(self, fields: Fields) -> None:
        """In an order in which each finds what it rests on: people go before their findings, and come after them."""
        todo = {field: ops[0] for field, ops in fields.items() if len(ops) == 1 and self._is_due(field, ops[0])}
        gone = {field for field, op in todo.items() if kind_of(field) == "v" and op.deleted}
        self._one_by_one({field: todo[field] for field in gone})
        self._together({field: op for field, op in todo.items() if kind_of(field) in TOGETHER})
        for kind in ("f", "v", "m"):
            todo |= self._taken_along(kind, fields) if todo and kind in TAKEN_ALONG else {}
            self._one_by_one({field: op for field, op in todo.items() if kind_of(field) == kind and field not in gone})
        for field, op in todo.items():
            if kind_of(field) in ONLY_SAID:
                self._done(field, op)
        mark_applied(self.done)

    def _taken_along(self, kind: str, fields: Fields) -> dict[str, FieldOp]:
        """What holds in the log and is gone from the record with something else, an answer or a finding: due again."""
        held = {field: ops[0] for field, ops in fields.items() if kind_of(field) == kind and len(ops) == 1}
        there = self.record.values() if held else {}
        gone = {field: op for field, op in held.items() if not op.deleted and field not in there}
        for field in gone:
            self.state.applied.pop(field, None)
        return {field: op for field, op in gone.items() if self._is_due(field, op)}

    def _is_due(self, field: str, op: FieldOp) -> bool:
        if self.state.applied.get(field) == [str(op.uid)]:
            return False
        return bool(self.state.tried.get(field) != self._try(op))

    def _try(self, op: FieldOp) -> str:
        """What was tried in vain is tried again only when the visit has moved on, or the photo has come."""
        moved = op.field in self.here if kind_of(op.field) == "m" else self.visit.version
        return f"{op.uid}@{moved}"

    def _together(self, todo: dict[str, FieldOp]) -> None:
        by_writer: dict[tuple[int, tuple[int, ...]], tuple[Person, dict[str, FieldOp]]] = {}
        for field, op in sorted(todo.items(), key=lambda item: item[1].uid):
            writer = self.writers.of(op) or self.by
            by_writer.setdefault((writer.pk, lent_for(op, writer)), (writer, {}))[1][field] = op
        for writer, ops in by_writer.values():
            with as_recorded(next(iter(ops.values())), writer):
                refused = record_fields(self.visit, ops, by=writer, there=self.record.values())
            self.record.was_written()
            for field, op in ops.items():
                problem = refused.get(field)
                if problem is None:
                    self._done(field, op)
                else:
                    mark(op, problem, unfinished=is_of_the_form(field, self.record.criteria))
                    self.state.tried[field] = self._try(op)

    def _one_by_one(self, todo: dict[str, FieldOp]) -> None:
        for field, op in sorted(todo.items(), key=lambda item: item[1].uid):
            if problem := attempt(self.visit, partial(self._put, field, op)):
                mark(op, problem)
                self.state.tried[field] = self._try(op)
            else:
                self.record.was_written()
                self._done(field, op)

    def _put(self, field: str, op: FieldOp) -> None:
        said, uid = said_of(op), UUID(key_of(field))
        value = None if said.deleted else said.value
        writer = self.writers.of(op) or self.by
        with as_recorded(op, writer):
            match kind_of(field):
                case "f":
                    put_finding(self.visit, uid, value, by=writer)
                case "v":
                    put_person(self.visit, uid, value, by=writer)
                case _:
                    put_photo(self.visit, uid, value, by=writer, photos=self.photos)

    def _done(self, field: str, op: FieldOp) -> None:
        self.state.applied[field] = [str(op.uid)]
        self.state.tried.pop(field, None)
        self.done.append(op)
