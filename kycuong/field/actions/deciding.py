"""What a person decides at the desk: which of two values holds, what that was set aside comes in, that a photo is lost."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from kycuong.audit.log import act, record, record_many
from kycuong.core.clock import now
from kycuong.core.problems import RuleBroken, Stale
from kycuong.field.models import FieldAside, FieldHead, FieldMedia, FieldOp, FieldSignature, FieldSuperseded, FieldVisit
from kycuong.field.queries import fields_of, raw_of
from kycuong.field.rules import Op, read_op
from kycuong.inspections.authority import authorize
from kycuong.inspections.models import Visit
from kycuong.inspections.rules import ensure_draft, ensure_reason
from kycuong.orgs.models import Person

from ._intake import Intake
from ._mirror import say_at_desk
from ._record import bring_up
from .receiving import make_durable, visits_of


@act
def resolve(
    visit: Visit, *, by: Person, field: str, shown: Sequence[str], value: Any, deleted: bool = False
) -> FieldOp:
    """Say what holds of a field: one of the values shown, or another one. What was not chosen stays in the log."""
    authorize(by, "visit.record", at=visit)
    (visit,) = visits_of({visit.pk})
    ensure_draft(visit)
    heads = [str(op.uid) for op in fields_of(visit, [field]).get(field, ())]
    if not heads or sorted(heads) != sorted(shown):
        raise Stale(
            "Mục này vừa thay đổi. Hãy xem lại các giá trị rồi chọn.",
            en="This field has just changed. Look again, then choose.",
        )
    op = say_at_desk(visit, field, value, base=heads, author=by, by=by, gone=deleted)
    bring_up(visit, by=by)
    op.refresh_from_db()
    return op


@act
def accept(visit: Visit, *, by: Person, asides: Collection[UUID], reason: str) -> int:
    """Let in what was set aside, as it was said and by whom; it enters the record by the word of who accepts it."""
    authorize(by, "visit.sign", at=visit)
    ensure_reason(reason)
    make_durable()
    (visit,) = visits_of({visit.pk})
    rows = list(
        FieldAside.objects.select_related("device__person", "author").filter(
            visit=visit, uid__in=asides, accepted_at=None
        )
    )
    if not rows or len(rows) != len(asides):
        raise Stale("Những thay đổi này vừa được nhận rồi.", en="These changes have just been accepted.")
    for row in rows:
        row.accepted_at, row.accepted_by, row.accept_reason = now(), by, reason.strip()
        row.taken_as = _let_in(visit, row, by)
        row.save(update_fields=["accepted_at", "accepted_by", "accept_reason", "taken_as"])
    record_many("field.accept", rows, by=by)
    bring_up(visit, by=by)
    return len(rows)


@act
def declare_lost(visit: Visit, *, by: Person, media: Collection[UUID], reason: str) -> int:
    """These photos will not come, or came and are none: minutes that wait for them are signed without."""
    authorize(by, "visit.sign", at=visit)
    ensure_reason(reason)
    (visit,) = visits_of({visit.pk})
    gone = FieldMedia.objects.filter(visit=visit, uid__in=media, file=None, lost_at=None)
    rows = list(gone.exclude(complete_at__isnull=False, checked_at=None))  # which will be in the record in a moment
    if not rows:
        raise Stale(
            "Các ảnh này vừa tới hoặc đã được khai mất.", en="These photos have just come, or are declared lost."
        )
    for row in rows:
        row.lost_at, row.lost_by, row.lost_reason = now(), by, reason.strip()
        row.save(update_fields=["lost_at", "lost_by", "lost_reason"])
    record_many("field.declare_lost", rows, by=by)
    bring_up(visit, by=by)
    return len(rows)


@act
def discard_signature(visit: Visit, *, by: Person, reason: str) -> None:
    """A signature on glass that waits for its photos is not to be used: the draft is free again. It stays in the log."""
    authorize(by, "visit.sign", at=visit)
    ensure_reason(reason)
    (visit,) = visits_of({visit.pk})
    row = FieldSignature.objects.select_related("op").filter(visit=visit, minutes=None).first()
    if row is None:
        raise Stale(
            "Chữ ký này vừa được dùng để ký biên bản hoặc đã được bỏ.",
            en="This signature has just signed the minutes, or is discarded.",
        )
    record("field.discard", row, by=by, reason=reason.strip())
    say_at_desk(visit, row.op.field, None, base=[str(row.op.uid)], author=by, by=by, gone=True)
    bring_up(visit, by=by)


def _let_in(visit: Visit, row: FieldAside, by: Person) -> UUID:
    """The id under which it is in the log now."""
    op = read_op(raw_of(row))
    if op is None or op.visit != visit.uid:
        raise RuleBroken(
            "Có thay đổi mà máy chủ không đọc được nên không đưa vào hồ sơ được. Hãy bỏ chọn nó; nội dung vẫn được giữ.",
            en="One of these cannot be read and so cannot enter the record. Leave it out; it is kept.",
        )
    if _as_it_was(visit, row, op, by):
        return op.uid
    base, author = [*map(str, op.base)], row.author or by
    return say_at_desk(visit, op.field, op.value, base=base, author=author, by=by, gone=op.deleted).uid


def _as_it_was(visit: Visit, row: FieldAside, op: Op, by: Person) -> bool:
    """Under its own id and number, unless one of them is taken."""
    if row.device is None or row.author is None or row.seq is None or FieldOp.objects.filter(uid=op.uid).exists():
        return False
    intake = Intake(row.device, by)
    intake.visits, intake.authors = {visit.uid: visit}, {op.author: row.author}
    return bool(intake.store([op]))


@act
def let_go(visit: Visit, *, by: Person) -> None:
    """A draft is about to be removed. What the log only mirrored of it goes with it; what was said on a phone does not go."""
    authorize(by, "visit.record", at=visit)
    said, aside = FieldOp.objects.filter(visit=visit), FieldAside.objects.filter(visit=visit)
    if said.filter(device__isnull=False).exists() or aside.exists() or FieldMedia.objects.filter(visit=visit).exists():
        raise RuleBroken(
            "Lượt này có nội dung ghi từ điện thoại nên không xóa được. Hãy xem trang «Nhận từ thực địa» của lượt.",
            en="This visit holds what was said on a phone and is not removed. See its page «from the field».",
        )
    record_many("visit.remove", said.order_by("pk"), by=by, op="delete")
    FieldHead.objects.filter(visit=visit).delete()
    FieldSuperseded.objects.filter(visit=visit).delete()
    FieldVisit.objects.filter(visit=visit).delete()
    said.delete()
