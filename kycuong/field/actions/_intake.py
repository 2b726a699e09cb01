"""Ops enter the log: known ones are recognised, well-formed ones stored, all else set aside. Nothing is refused."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kycuong.audit.log import record_many
from kycuong.core.clock import now
from kycuong.core.ids import uuid7
from kycuong.core.sealing import keyring
from kycuong.core.standing_in import Lent, held_when_recorded, note_lent, one_act
from kycuong.field.authority import belongs, writable
from kycuong.field.models import FieldAside, FieldDevice, FieldHead, FieldOp, FieldSuperseded
from kycuong.field.queries import form_sha
from kycuong.field.rules import Op, Why, integrate, read_op
from kycuong.field.rules.ops import is_uid, kind_of
from kycuong.field.rules.spelling import written
from kycuong.field.rules.words import ASIDE
from kycuong.inspections.models import Visit
from kycuong.orgs.models import Person

from ._instead import lent_at, needed
from ._media import announce

ON_A_FORM = ("a", "s")
"""Fields whose meaning hangs on the checklist that the phone had."""
Raw = Any
Place = tuple[int, str]
"""A visit and a field of it."""


@dataclass(slots=True)
class Taken:
    """One op of a batch on its way in. `why` is set when it is set aside."""

    raw: Raw
    op: Op | None
    why: str = ""

    @property
    def op_id(self) -> str | None:
        told = self.raw.get("op_id") if isinstance(self.raw, dict) else None
        return str(self.op.uid) if self.op else (told if isinstance(told, str) else None)

    @property
    def visit(self) -> UUID | None:
        """The visit that it names, whatever else it is."""
        told = self.raw.get("visit") if isinstance(self.raw, dict) else None
        return UUID(told) if is_uid(told) else None

    @property
    def sentence(self) -> tuple[str, str]:
        return ASIDE[self.why]


class Intake:
    """One batch of one phone (None: a phone that we do not know, by a rescue bundle)."""

    def __init__(self, device: FieldDevice | None, by: Person) -> None:
        self.device, self.by = device, by
        self.visits: dict[UUID, Visit] = {}
        self.authors: dict[UUID, Person] = {}
        self.asked: set[UUID] = set()
        self.touched: set[UUID] = set()
        self._may: dict[tuple[UUID, frozenset[int]], set[int]] = {}
        self._lent: dict[UUID, tuple[Lent, ...]] = {}
        self._belongs: dict[UUID, bool] = {}
        self._forms: dict[int, str] = {}

    def take(self, raws: Sequence[Raw]) -> list[Taken]:
        """Store the batch; what came of each in the order given."""
        batch = [Taken(raw, op := read_op(raw), "" if op else Why.MISSHAPEN) for raw in raws]
        ops = [one.op for one in batch if one.op]
        self.asked = {op.uid for op in ops}
        self._read(ops, {one.visit for one in batch if one.visit})
        fresh = self._sorted_out(batch)
        self.store(fresh)
        lost = self.asked - set(FieldOp.objects.filter(uid__in=self.asked).values_list("uid", flat=True))
        for one in batch:
            if one.op and not one.why and one.op.uid in lost:
                one.why = Why.SEQ_REUSED
        self._set_aside([one for one in batch if one.why])
        self.touched = {one.op.visit for one in batch if one.op and not one.why}
        beside = [one.op for one in batch if one.op and (not one.why or self._beside(one.op.visit))]
        announce(beside, self.visits, self.device, self.by)
        return batch

    def _read(self, ops: Sequence[Op], visits: Collection[UUID]) -> None:
        rows = Visit.objects.select_for_update(of=("self",)).filter(uid__in=visits).order_by("pk")
        self.visits = {one.uid: one for one in rows.select_related("inspection__lead", "unit", "checklist")}
        self.authors = {one.uid: one for one in Person.objects.filter(uid__in={op.author for op in ops})}

    def _sorted_out(self, batch: Sequence[Taken]) -> list[Op]:
        """What is new and may enter the log. Known ids with the same content are left alone: their answer is repeated."""
        known = dict(FieldOp.objects.filter(uid__in=self.asked).values_list("uid", "sha"))
        fresh: dict[UUID, Op] = {}
        for one in batch:
            if one.op is None:
                continue
            there = known.get(one.op.uid) or (fresh[one.op.uid].sha if one.op.uid in fresh else None)
            if there is not None:
                one.why = "" if there == one.op.sha else Why.ID_REUSED
            elif not (why := self._why_aside(one.op)):
                fresh[one.op.uid] = one.op
            else:
                one.why = why
        return list(fresh.values())

    def _why_aside(self, op: Op) -> str:
        if self.device is None or self.device.person.uid != op.author:
            return Why.NOT_OURS
        visit = self.visits.get(op.visit)
        if visit is None or not self._may_write(op, visit):
            return Why.UNKNOWN_VISIT
        if kind_of(op.field) in ON_A_FORM and op.form and op.form != self._form_of(visit):
            return Why.OTHER_FORM
        return ""

    def _beside(self, uid: UUID | None) -> Visit | None:
        """The visit beside which something may be laid that this phone sent: what strangers send stays with their phone."""
        visit = self.visits.get(uid) if uid else None
        if visit is not None and visit.uid not in self._belongs:
            self._belongs[visit.uid] = belongs(self.device.person if self.device else self.by, visit)
        return visit if visit is not None and self._belongs[visit.uid] else None

    def _form_of(self, visit: Visit) -> str:
        if visit.pk not in self._forms:
            self._forms[visit.pk] = form_sha(visit)
        return self._forms[visit.pk]

    def _may_write(self, op: Op, visit: Visit) -> bool:
        """By the rights of now, or by what was lent when it was recorded; what was needed of others is noted for the log."""
        author = self.authors.get(op.author)
        if author is None:
            return False
        if visit.pk in self._writable(author, frozenset()):
            self._lent[op.uid] = needed(author, visit)
            return True
        then = frozenset(lent_at(author, op.wall, self.device, visit, now()))
        if not then or visit.pk not in self._writable(author, then):
            return False
        with held_when_recorded(author.pk, then):
            self._lent[op.uid] = needed(author, visit)
        return True

    def _writable(self, author: Person, lent: frozenset[int]) -> set[int]:
        if (author.uid, lent) not in self._may:
            with held_when_recorded(author.pk, lent):
                self._may[author.uid, lent] = writable(author, self.visits.values())
        return self._may[author.uid, lent]

    def store(self, ops: Sequence[Op]) -> list[FieldOp]:
        """Insert on conflict do nothing, then see what is there: two who send the same at once are one."""
        rows = [self._row(op) for op in ops]
        FieldOp.objects.bulk_create(rows, ignore_conflicts=True)
        new = list(FieldOp.objects.filter(uid__in=[op.uid for op in ops]).order_by("pk"))
        self._record(new)
        by_uid = {op.uid: op for op in ops}
        put_in([(row, by_uid[row.uid].base) for row in new])
        return new

    def _record(self, new: Sequence[FieldOp]) -> None:
        """Each with whose role its author needed; what somebody else hands in is done in nobody's stead."""
        by_lent: dict[tuple[Lent, ...], list[FieldOp]] = {}
        for row in new:
            lent = self._lent.get(row.uid, ()) if row.author_id == self.by.pk else ()
            by_lent.setdefault(lent, []).append(row)
        for lent, rows in by_lent.items():
            with one_act():
                note_lent(self.by.pk, lent)
                record_many("field.say", rows, by=self.by)

    def _row(self, op: Op) -> FieldOp:
        row = FieldOp(uid=op.uid, sha=op.sha, device=self.device, seq=op.seq, field=op.field, deleted=op.deleted)
        row.visit, row.author, row.sent_by = self.visits[op.visit], self.authors[op.author], self.by
        row.form, row.wall = op.form, op.wall
        row.sealed_body = keyring().seal(op.body, about=row.place_of_body)
        return row

    def _set_aside(self, batch: Sequence[Taken]) -> None:
        rows = {sha: self._aside(one, sha) for one in batch if (sha := sha_of_raw(one))}
        there = FieldAside.objects.filter(device=self.device, sha__in=list(rows))
        for sha in there.values_list("sha", flat=True):
            del rows[sha]
        FieldAside.objects.bulk_create(rows.values(), ignore_conflicts=True)
        kept = FieldAside.objects.filter(uid__in=[row.uid for row in rows.values()])
        record_many("field.set_aside", kept.order_by("pk"), by=self.by)

    def _aside(self, one: Taken, sha: str) -> FieldAside:
        row = FieldAside(uid=uuid7(), sha=sha, device=self.device, why=one.why, sent_by=self.by)
        raw = one.raw if isinstance(one.raw, dict) else {}
        row.op = UUID(raw["op_id"]) if is_uid(raw.get("op_id")) else None
        row.visit_uid, row.visit = one.visit, self._beside(one.visit)
        if one.op:
            row.seq = None if one.why in (Why.SEQ_REUSED, Why.ID_REUSED) else one.op.seq
            row.field, row.author = one.op.field, self.authors.get(one.op.author)
        elif isinstance(seq := raw.get("seq"), int) and not isinstance(seq, bool) and 0 < seq < 2**31:
            row.seq = seq
        row.sealed_raw = keyring().seal(written(one.raw), about=row.place_of_raw)
        return row

    @property
    def visits_touched(self) -> list[Visit]:
        """Those of which something stands in the log. What was only set aside moves no record."""
        return sorted((self.visits[uid] for uid in self.touched), key=lambda visit: visit.pk)

    def stored_now(self) -> dict[UUID, FieldOp]:
        return {op.uid: op for op in FieldOp.objects.filter(uid__in=self.asked)}

    def heads_now(self) -> dict[tuple[int, str], list[str]]:
        """Ids that hold at the visits of the batch, by visit and field."""
        found: dict[tuple[int, str], list[str]] = {}
        rows = FieldHead.objects.filter(visit__in=[visit.pk for visit in self.visits.values()]).order_by("op__uid")
        for visit, field, uid in rows.values_list("visit_id", "op__field", "op__uid"):
            found.setdefault((visit, field), []).append(str(uid))
        return found


def sha_of_raw(one: Taken) -> str:
    """The hash of what came, whatever it is."""
    return one.op.sha if one.op else hashlib.sha256(written(one.raw).encode()).hexdigest()


def put_in(rows: Sequence[tuple[FieldOp, Sequence[UUID]]]) -> None:
    """Let ops take their places among the heads of their fields. The visits are locked."""
    by_field: dict[Place, list[tuple[FieldOp, Sequence[UUID]]]] = {}
    for row, base in rows:
        by_field.setdefault((row.visit_id, row.field), []).append((row, base))
    there, replaced = _heads_at(by_field), _replaced_at(by_field)
    gone, new, marks = list[int](), list[FieldHead](), list[FieldSuperseded]()
    for (visit, field), members in by_field.items():
        here, old = there.get((visit, field), {}), replaced.get((visit, field), set())
        heads, superseded = integrate(((row.uid, base) for row, base in members), heads=set(here), superseded=old)
        gone += [pk for uid, pk in here.items() if uid not in heads]
        new += [FieldHead(visit_id=visit, op=row) for row, _ in members if row.uid in heads - set(here)]
        marks += [FieldSuperseded(visit_id=visit, field=field, op=uid) for uid in superseded - old]
    FieldHead.objects.filter(pk__in=gone).delete()
    FieldHead.objects.bulk_create(new, ignore_conflicts=True)
    FieldSuperseded.objects.bulk_create(marks, ignore_conflicts=True)


def _heads_at(places: Collection[Place]) -> dict[Place, dict[UUID, int]]:
    """Place → op that holds there → primary key of its row."""
    visits, fields = {visit for visit, _ in places}, {field for _, field in places}
    rows = FieldHead.objects.filter(visit__in=visits, op__field__in=fields)
    found: dict[Place, dict[UUID, int]] = {}
    for pk, visit, field, uid in rows.values_list("pk", "visit_id", "op__field", "op__uid"):
        found.setdefault((visit, field), {})[uid] = pk
    return found


def _replaced_at(places: Collection[Place]) -> dict[Place, set[UUID]]:
    """Place → ops that were replaced there."""
    visits, fields = {visit for visit, _ in places}, {field for _, field in places}
    rows = FieldSuperseded.objects.filter(visit__in=visits, field__in=fields)
    found: dict[Place, set[UUID]] = {}
    for visit, field, uid in rows.values_list("visit_id", "field", "op"):
        found.setdefault((visit, field), set()).add(uid)
    return found
