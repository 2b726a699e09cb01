"""Checkpoints: the log signed as it is, but only when it has grown out of what was signed before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction

from kycuong.core.clock import is_lately, now
from kycuong.core.problems import RuleBroken

from .log import lock_head
from .merkle import Frontier, leaf_hash
from .models import AuditEntry, AuditHead, LogCheckpoint
from .notes import Checkpoint, LogKey
from .proofs import NoProof, keep_blocks, mend_blocks
from .queries import log_keys
from .store import last_signed, note_restored, remember_signed

AT_LEAST = timedelta(hours=1)
"""As long as the log grows, nothing in it is older than this without a checkpoint."""
ANCHORED = frozenset(
    {"visit.sign", "visit.add_addendum", "conclusion.issue", "round.sign", "field.sign"}
    | {"finding.reply", "conclusion.reply", "remedy.report", "report.submit"}
)
"""Acts whose papers carry a checkpoint, or of which people take a receipt: one is made at the next run after them."""
AT_ONCE = 2000


def take_checkpoint(*, due: bool = False) -> LogCheckpoint | None:
    """Sign the log as it is. None when it has not grown since, with `due` also when a new one can still wait.

    RuleBroken when the log does not grow out of what was signed last: it was rewritten or cut.
    """
    key = log_keys()[0]
    if key.private is None:
        raise RuleBroken(
            "Tiến trình này chỉ có khóa công khai nên không ký được mốc kiểm chứng. Hãy chạy lệnh ở tài khoản giữ khóa ký.",
            en="This process holds the public key only and cannot sign a checkpoint. Run the command where the private key is.",
        )
    made = _signed(key, due=due)
    _keep_blocks(made)
    return made


def _signed(key: LogKey, *, due: bool) -> LogCheckpoint | None:
    with transaction.atomic():
        head = lock_head("default")
        frontier, urgent = _grown(head, _remembered())
        there = LogCheckpoint.objects.first()
        if frontier.size == 0 or (there and there.size >= frontier.size):
            return None
        if due and there and not urgent and is_lately(there.made_at, AT_LEAST):
            return None
        remember_signed(frontier)
        root = frontier.root()
        note = key.sign(Checkpoint(key.name, frontier.size, root))
        return LogCheckpoint.objects.create(size=frontier.size, root=root.hex(), note=note, made_at=now())


def _keep_blocks(made: LogCheckpoint | None) -> None:
    """After signing and outside the lock: everybody who records would wait, and what is signed does not depend on it."""
    try:
        keep_blocks(AuditHead.objects.values_list("size", flat=True).first() or 0)
        if made:
            mend_blocks(made.size, bytes.fromhex(made.root))
    except NoProof:
        raise RuleBroken(
            "Nhật ký thiếu mục trong phần đã ký: nó bị sửa hoặc bị cắt. Hãy chạy `./run audit verify`.",
            en="Entries are missing in what was signed: the log was altered or cut. Run `./run audit verify`.",
        ) from None


def _remembered() -> Frontier:
    try:
        return last_signed()
    except ValueError:
        raise RuleBroken(
            "Tệp `checkpoint-last` trong KYCUONG_HOME bị hỏng nên không ký mốc mới. Hãy lấy lại nó từ bản sao lưu; không có thì chạy "
            "`./run audit verify` với một mốc giữ ở nơi khác, đúng rồi mới xóa tệp ấy.",
            en="The file `checkpoint-last` in KYCUONG_HOME is damaged: nothing is signed. Bring it back from a backup; without one verify "
            "the log against a checkpoint kept elsewhere, and only then remove the file.",
        ) from None


def _grown(head: AuditHead, frontier: Frontier) -> tuple[Frontier, bool]:
    """What was signed with all that came since, and whether something of it must not wait."""
    signed, urgent = frontier.size, False
    if head.size >= signed:
        for meta in _since(signed):
            frontier.append(leaf_hash(meta))
            urgent = urgent or json.loads(meta)["verb"] in ANCHORED
    if (frontier.size, frontier.to_bytes()) != (head.size, bytes(head.frontier)):
        raise RuleBroken(
            f"Nhật ký không nối tiếp mốc đã ký gần nhất ({signed} mục): nó bị sửa, bị cắt, hoặc cơ sở dữ liệu vừa được phục hồi từ bản "
            f"sao lưu. Không ký mốc mới. Hãy chạy `./run audit verify`; nếu đúng là vừa phục hồi, `./run audit restored`.",
            en=f"The log does not grow out of the last signed checkpoint ({signed} entries): it was altered or cut, or the database was "
            "just restored from a backup. Nothing is signed. Run `./run audit verify`; after a restoration, `./run audit restored`.",
        )
    return frontier, urgent


def _since(seq: int) -> Iterator[bytes]:
    entries = AuditEntry.objects.order_by("seq").values_list("seq", "meta")
    page = list(entries.filter(seq__gte=seq)[:AT_ONCE])
    while page:
        yield from (bytes(meta) for _seq, meta in page)
        page = list(entries.filter(seq__gt=page[-1][0])[:AT_ONCE])


def accept_restored() -> tuple[int, int]:
    """After a restoration: sign from here on what the database holds. Returns how many entries were signed before and are there now.

    The checkpoints of the lost entries stay out in the world: against them the log will never verify again, and that is right.
    """
    with transaction.atomic():
        head = lock_head("default")
        before = _remembered().size
        note_restored(now(), before, head.size)
        remember_signed(Frontier.from_bytes(head.size, bytes(head.frontier)))
        return before, head.size
