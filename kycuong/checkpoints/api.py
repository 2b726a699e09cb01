"""GET and POST /api/v1/checkpoints: what was signed of the log, and whether a checkpoint kept elsewhere still agrees."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Field, Query, Router, Schema
from pydantic import ConfigDict

from kycuong.audit.notes import LONGEST, BadNote
from kycuong.audit.queries import compared, log_keys
from kycuong.core.http import Request
from kycuong.core.problems import BadInput, NotAllowed
from kycuong.orgs.api import Problem

from .authority import may_list
from .queries import listed_to

router = Router(tags=["checkpoints"])
REFUSED = {401: Problem, 403: Problem, 422: Problem}
MOST = 100


class Asked(Schema):
    """Which part of the list."""

    model_config = ConfigDict(extra="forbid")

    below: Annotated[int | None, Field(ge=0, le=2**62, description="Chỉ các mốc có ít mục hơn số này.")] = None


class CheckpointOut(Schema):
    """So many entries under this root, signed; `note` is what verifiers take."""

    size: int
    root: str
    made_at: datetime
    note: str


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
    rows = listed_to(request.user)
    if asked.below is not None:
        rows = rows.filter(size__lt=asked.below)
    items = [CheckpointOut(size=one.size, root=one.root, made_at=one.made_at, note=one.note) for one in rows[:MOST]]
    return CheckpointsOut(key=log_keys()[0].vkey, items=items)


@router.post("/checkpoints/comparison", response={200: ComparedOut, **REFUSED}, summary="So một mốc đã giữ với nhật ký")
def compare(request: Request, given: NoteIn) -> ComparedOut:
    """Nothing is written."""
    try:
        found = compared(given.note)
    except BadNote:
        raise BadInput(
            "Đây không phải mốc do nhật ký này ký. Hãy gửi đủ các dòng, đúng như đã in.",
            en="This log did not sign this checkpoint. Send every line as it was printed.",
        ) from None
    return ComparedOut(size=found.told.size, root=found.told.root.hex(), outcome=found.outcome)
