"""Checkpoints that a person may list, and receipts of what that person may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from kycuong.audit.models import CheckpointStamp, LogCheckpoint
from kycuong.audit.proofs import NoProof
from kycuong.audit.proving import BadStamp, Stamped
from kycuong.audit.queries import proved, stamps_of
from kycuong.audit.receipts import Kept, Receipt, receipt_of
from kycuong.core.problems import Missing, RuleBroken
from kycuong.core.speaking import told
from kycuong.orgs.authority import Someone

from .authority import may_list

Finder = Callable[[Someone, UUID], Kept | None]


def listed_to(person: Someone) -> QuerySet[LogCheckpoint]:
    """The latest first; nothing for whoever may not list them."""
    return LogCheckpoint.objects.all() if may_list(person) else LogCheckpoint.objects.none()


class Line(NamedTuple):
    """A checkpoint with what its time-stamp proves; `wrong` says why it proves nothing, `wrong_en` in English."""

    row: LogCheckpoint
    stamp: Stamped | None
    wrong: str
    wrong_en: str

    @property
    def why(self) -> str:
        """In the language of the page."""
        return told(self.wrong, self.wrong_en)


def lines(rows: Iterable[LogCheckpoint]) -> list[Line]:
    """Each with its stamp, checked now."""
    kept = list(rows)
    found = stamps_of(kept)
    return [_line(one, found.get(one.size)) for one in kept]


def _line(row: LogCheckpoint, stamp: Stamped | BadStamp | None) -> Line:
    return Line(row, None, stamp.vi, stamp.en) if isinstance(stamp, BadStamp) else Line(row, stamp, "", "")


def reply_of(row: LogCheckpoint) -> bytes:
    """What the authority answered: the first that holds, else the first; Missing when there is none."""
    kept = list(CheckpointStamp.objects.filter(size=row.size))
    if not kept:
        raise Missing("Mốc này không có dấu thời gian.", en="This checkpoint has no time-stamp.")
    return bytes(next((one for one in kept if isinstance(proved(one, row), Stamped)), kept[0]).reply)


def received(person: Someone, kind: str, uid: UUID) -> tuple[Kept, Receipt]:
    """The receipt of something that the person may see; Missing for everything else, RuleBroken when the log was rewritten since."""
    path = settings.RECEIPTS.get(kind)
    find: Finder | None = import_string(path) if path else None
    kept = find(person, uid) if find else None
    try:
        receipt = receipt_of(kept.row, kept.verb) if kept else None
    except NoProof:
        raise RuleBroken(
            "Nhật ký không còn khớp với mốc đã ký sau việc này nên không lập được biên nhận. Hãy giữ biên nhận và bản in đã có, rồi báo "
            "thanh tra; người quản trị chạy `./run audit verify`.",
            en="The log no longer leads to the checkpoint that was signed after this act: no receipt can be made. Keep receipts and "
            "prints that you have and tell the inspectorate; the administrator runs `./run audit verify`.",
        ) from None
    if kept is None or receipt is None:
        raise Missing(
            "Không có biên nhận này, hoặc bạn không được xem.",
            en="There is no such receipt, or it is not for you to see.",
        )
    return kept, receipt
