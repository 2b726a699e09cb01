"""What runs by itself: files that no server's thread has come to, and files whose days are over."""

from __future__ import annotations

from datetime import date, timedelta

from kycuong.core.clock import now
from kycuong.exports import store
from kycuong.exports.models import ListExport
from kycuong.exports.rules import DEAD, State
from kycuong.notices.tasks.running import in_pieces

from .making import make_next

PATIENCE = timedelta(seconds=30)
"""The thread of a server comes first: it was woken when the file was asked for."""
LONGEST = timedelta(minutes=2)
"""A tick has other steps to do; what is left waits for the next one."""


@in_pieces
def look_after_files(day: date) -> str:
    """Make what waits, remove what is over."""
    until, made = now() + LONGEST, 0
    while now() < until and make_next(waiting_for=PATIENCE):
        made += 1
    removed, swept = remove_expired(day), sweep_remains()
    said = [
        f"Đã làm {made} tệp danh sách." if made else "",
        f"Đã bỏ {removed} tệp hết hạn." if removed else "",
        f"Đã dọn {swept} tệp dở dang của lần làm bị dừng." if swept else "",
    ]
    return " ".join(word for word in said if word)


def remove_expired(day: date) -> int:
    """Files past their day go, and with them what nobody asks for any more."""
    over = ListExport.objects.filter(state=State.READY, kept_until__lt=day)
    removed = 0
    for export in over:
        if over.filter(pk=export.pk).update(state=State.GONE):
            store.remove(export.uid)
            removed += 1
    return removed


def sweep_remains() -> int:
    """What runs left that were killed, and what no record asks for: nothing that somebody may fetch, or that is being written."""
    rows = ListExport.objects.filter(state__in=(State.RUNNING, State.READY)).values_list("uid", "state", "holder")
    known = {str(uid): (state, holder) for uid, state, holder in rows}

    def wanted(uid: str, rest: str) -> bool:
        state, holder = known.get(uid, ("", ""))
        return (
            rest in ("csv", "xlsx", "keys") if state == State.READY else bool(holder and rest.startswith(f"{holder}."))
        )

    left = store.remains(wanted, (now() - DEAD).timestamp())
    store.sweep(left)
    return len(left)
