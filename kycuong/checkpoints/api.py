"""/api/v1/checkpoints and /api/v1/receipts: what was signed and recorded, and whether what somebody kept still agrees."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Query, Router, Schema
from pydantic import ConfigDict

from kycuong.audit.notes import LONGEST, BadNote
from kycuong.audit.queries import compared, public_key
from kycuong.audit.receipts import LONGEST_RECEIPT, Outcome, examined
from kycuong.core.days import IsoMoment
from kycuong.core.http import Request
from kycuong.core.problems import BadInput, NotAllowed
from kycuong.orgs.api import Problem

from .authority import may_list
from .documents import told
from .queries import lines, listed_to, received

router = Router(tags=["checkpoints"])
REFUSED = {401: Problem, 403: Problem, 422: Problem}
MOST = 100


class Asked(Schema):
    """Which part of the list."""

    model_config = ConfigDict(extra="forbid")

    below: Annotated[int | None, Field(ge=0, le=2**62, description="Chỉ các mốc có ít mục hơn số này.")] = None


class CheckpointOut(Schema):
    """So many entries under this root, signed; `note` is what verifiers take. `stamped_at`, `stamped_by`: what a time-stamp (RFC 3161)
    proves that was checked just now; `stamp_fault`: why one that is there proves nothing; `clocks_apart`: this server's clock differed."""

    size: int
    root: str
    made_at: IsoMoment
    note: str
    stamped_at: IsoMoment | None = None
    stamped_by: str | None = None
    stamp_fault: str | None = None
    clocks_apart: bool = False


class CheckpointsOut(Schema):
    """The latest first, a hundred at most; `key` is the public key of the log."""

    key: str
    items: list[CheckpointOut]


class NoteIn(Schema):
    """A checkpoint that somebody kept."""

    model_config = ConfigDict(extra="forbid")

    note: Annotated[str, Field(max_length=LONGEST)]


class ComparedOut(Schema):
    """same: the log still begins with those entries; other: it was rewritten; lost: it has fewer entries now."""

    size: int
    root: str
    outcome: Literal["same", "other", "lost"]


@router.get("/checkpoints", response={200: CheckpointsOut, **REFUSED}, summary="Mốc kiểm chứng của nhật ký")
def checkpoints(request: Request, asked: Query[Asked]) -> CheckpointsOut:
    """What was signed."""
    if not may_list(request.user):
        raise NotAllowed(
            "Danh sách mốc dành cho kiểm toán, giám sát và quản trị hệ thống. Ai cũng so được một mốc mình giữ.",
            en="The list is for auditors and the system administrator. Anybody may compare a checkpoint.",
        )
    key = public_key()
    rows = listed_to(request.user)
    if asked.below is not None:
        rows = rows.filter(size__lt=asked.below)
    items = [
        CheckpointOut(
            size=one.row.size,
            root=one.row.root,
            made_at=one.row.made_at,
            note=one.row.note,
            stamped_at=one.stamp and one.stamp.at,
            stamped_by=one.stamp and one.stamp.by,
            stamp_fault=f"{one.wrong} / {one.wrong_en}" if one.wrong else None,
            clocks_apart=bool(one.stamp and one.stamp.apart),
        )
        for one in lines(rows[:MOST])
    ]
    return CheckpointsOut(key=key, items=items)


@router.post("/checkpoints/comparison", response={200: ComparedOut, **REFUSED}, summary="So một mốc đã giữ với nhật ký")
def compare(request: Request, given: NoteIn) -> ComparedOut:
    """Nothing is written."""
    public_key()
    try:
        found = compared(given.note)
    except BadNote:
        raise BadInput(
            "Đây không phải mốc do nhật ký này ký. Hãy gửi đủ các dòng, đúng như đã in.",
            en="This log did not sign this checkpoint. Send every line as it was printed.",
        ) from None
    return ComparedOut(size=found.told.size, root=found.told.root.hex(), outcome=found.outcome)


class ReceiptOut(Schema):
    """Number and hash of the entry of an act; the way to the first checkpoint that covers it, once there is one. `text` is the file
    that verifiers take, `scanned` what the square code says."""

    title: str
    entry: int
    recorded_at: IsoMoment
    verb: str
    leaf: str
    meta: str
    path: list[str]
    size: int | None
    checkpoint: str | None
    text: str
    scanned: str


class ReceiptIn(Schema):
    """A receipt that somebody kept: the text of the file, or of the square code."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(max_length=LONGEST_RECEIPT)]


class ExaminedOut(Schema):
    """same: the entry is there, bound to its content, and its row is as the log last left it; other: the log was rewritten; lost: it
    has fewer entries now; unbound: its content was exchanged or taken away; changed, gone: the row was, without an act."""

    entry: int
    size: int
    outcome: Outcome
    recorded_at: IsoMoment | None
    erased: bool
    deleted: bool


@router.get(
    "/receipts/{kind}/{uid}", response={200: ReceiptOut, 404: Problem, **REFUSED}, summary="Biên nhận của một việc"
)
def receipt(request: Request, kind: str, uid: UUID) -> dict[str, Any]:
    """For whoever may see what it is about."""
    kept, found = received(request.user, kind, uid)
    return {"title": kept.title, **told(found)}


@router.post("/receipts/check", response={200: ExaminedOut, **REFUSED}, summary="Kiểm tra một biên nhận đã giữ")
def check_receipt(request: Request, given: ReceiptIn) -> dict[str, Any]:
    """Nothing is written."""
    try:
        found = examined(given.text)
    except BadNote:
        raise BadInput(
            "Đây không phải biên nhận của nhật ký này. Hãy gửi đủ các dòng, đúng như trong tệp.",
            en="This log never gave this receipt. Send every line as it is in the file.",
        ) from None
    return {
        "entry": found.number,
        "size": found.checkpoint.size,
        "outcome": found.outcome,
        "recorded_at": found.moment,
        "erased": found.erased,
        "deleted": found.deleted,
    }
