"""What a phone sends is taken into the log, whatever the rules say of it; then the record follows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from kycuong.audit.log import act
from kycuong.core.clock import now
from kycuong.core.remembering import rights_standing
from kycuong.field.authority import authorize, readable
from kycuong.field.models import FieldDevice
from kycuong.inspections.models import Visit
from kycuong.orgs.models import Person

from ._intake import Intake, Taken
from ._record import bring_up

LARGEST_OFFSET = 2**41
"""Milliseconds: no clock that means anything is further off."""


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """What the phone says of itself."""

    sent_wall: int
    seq_head: int
    ops: int = 0
    media: int = 0
    oldest_wall: int | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one op."""

    op_id: str | None
    status: str
    vi: str = ""
    en: str = ""
    heads: tuple[str, ...] = ()


@act
def receive(device: FieldDevice, ops: Sequence[Any], *, by: Person, beat: Heartbeat | None = None) -> list[Result]:
    """Store every op that came, then bring the visits that they touch to what holds now. Repeating it changes nothing."""
    authorize(by, device)
    return _results(*_take_in(device, ops, by, beat))


@act
def rescue(device: FieldDevice, ops: Sequence[Any], *, by: Person, visits: Collection[UUID]) -> list[Result]:
    """Take in what a bundle of somebody's phone held, by the same way; any number of times. Of visits whose log the sender does
    not read only the states of the ops are told."""
    authorize(by, device, handing_in=visits)
    taken, intake = _take_in(device, ops, by)
    told = zip(taken, _results(taken, intake), strict=True)
    mine = device.person_id == by.pk
    reads = readable(by, [one.op.visit for one in taken if one.op])
    return [
        one if mine or came.op is None or came.op.visit in reads else Result(one.op_id, one.status)
        for came, one in told
    ]


def _take_in(
    device: FieldDevice | None, ops: Sequence[Any], by: Person, beat: Heartbeat | None = None
) -> tuple[list[Taken], Intake]:
    """The intake itself; who may send has been asked."""
    make_durable()
    if beat is not None and device is not None:
        _note(device, beat)
    intake = Intake(device, by)
    with rights_standing():
        taken = intake.take(ops)
        for visit in intake.visits_touched:
            bring_up(visit, by=by)
    return taken, intake


def make_durable() -> None:
    """This commit is on the disk before it is answered, whatever the server's settings say. SQLite: site.database sees to it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit TO on")


def _note(device: FieldDevice, beat: Heartbeat) -> None:
    """The head of the numbers never goes back: a phone that forgot some of them is how a loss is seen."""
    moment = now()
    offset = int(moment.timestamp() * 1000) - beat.sent_wall
    FieldDevice.objects.filter(pk=device.pk).update(
        seq_head=max(device.seq_head, beat.seq_head),
        queued_ops=beat.ops,
        queued_media=beat.media,
        oldest_wall=None if beat.oldest_wall is None else min(beat.oldest_wall, LARGEST_OFFSET),
        clock_offset=max(-LARGEST_OFFSET, min(offset, LARGEST_OFFSET)),
        last_seen=moment,
    )
    device.refresh_from_db()


def _results(taken: Sequence[Taken], intake: Intake) -> list[Result]:
    stored = intake.stored_now()
    heads = intake.heads_now()
    found = []
    for one in taken:
        op = stored.get(one.op.uid) if one.op and not one.why else None
        if op is None:
            found.append(Result(one.op_id, "set_aside", *one.sentence))
            continue
        standing = tuple(heads.get((op.visit_id, op.field), ()))
        conflict = op.status != "set_aside" and len(standing) > 1 and str(op.uid) in standing
        found.append(
            Result(str(op.uid), "conflict" if conflict else _told(op.status), op.problem_vi, op.problem_en, standing)
        )
    return found


def _told(status: str) -> str:
    """What waits to be complete is in the log: the phone has nothing to do about it but to go on."""
    return "applied" if status == "waiting" else status


def visits_of(pks: set[int]) -> list[Visit]:
    """The visits, locked in one order."""
    rows = Visit.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")
    return list(rows.select_related("inspection__lead", "unit", "checklist"))
