"""Making what was asked for: by a thread of the server, or by the tick where there is none; each file by one run at a time."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import connections, transaction
from django.db.models import F, Q, QuerySet

from kycuong.core.clock import AHEAD, around_now, now, today
from kycuong.core.faults import as_problem
from kycuong.core.problems import Fault, NotAllowed, Problem, Stale
from kycuong.exports import store
from kycuong.exports.models import ExportRule, ListExport
from kycuong.exports.queries import filters_of, open_list, printed, rights_of
from kycuong.exports.rules import DEAD, MOST_TRIES, State
from kycuong.notices.telling import tell
from kycuong.sheets.listing import Listed, csv_pieces, write_list
from kycuong.ui.formats import vn_date, vn_number

SECONDS = 10
"""How often a server asks whether something waits that another process was asked for."""
AGAIN = 3
"""Rows may go away while they are written: so often it is begun anew, that the number above the rows is theirs."""


class GivenUp(Exception):
    """Its owner let it go, or another run has taken over: this one has nothing more to say."""


def start() -> threading.Thread:
    """A thread in each process of a server or worker."""
    thread = threading.Thread(target=_forever, name="exports", daemon=True)
    thread.start()
    return thread


def _forever() -> None:
    while True:
        try:
            while make_next():
                pass
        except Exception:  # no database, for one: told in the server's log, and tried again
            logging.getLogger(__name__).exception("exports")
        connections.close_all()
        store.bell.wait(SECONDS)
        store.bell.clear()


def make_next(*, waiting_for: timedelta = timedelta()) -> bool:
    """Make the file that waits longest (so long at least). Whether there was one."""
    export = _claimed(now() - waiting_for)
    if export is None:
        return False
    try:
        _make(export)
    except GivenUp:
        store.sweep(store.written(export.uid, export.holder))
    except Exception as error:
        logging.getLogger(__name__).exception("a file of a list could not be made")
        _fail(export, as_problem(error) or _fault())
    return True


def _claimed(asked_before: datetime) -> ListExport | None:
    """Take one: by one conditional update, so that no two runs make the same file."""
    moment, token = now(), str(uuid4())
    # What a clock that was wrong noted far ahead would wait, or be another's, until that hour.
    silent = Q(state=State.RUNNING) & ~Q(seen_at__range=around_now(DEAD, ahead=DEAD))
    asked = Q(asked_at__lte=asked_before) | Q(asked_at__gt=moment + AHEAD)
    free = ListExport.objects.filter(Q(state=State.WAITING) & asked | silent)
    for pk in free.order_by("asked_at", "pk").values_list("pk", flat=True)[:5]:
        taken = {"state": State.RUNNING, "holder": token, "seen_at": moment, "done": 0, "tries": F("tries") + 1}
        if free.filter(pk=pk).update(**taken):
            return ListExport.objects.select_related("person").get(pk=pk)
    return None


def _make(export: ListExport) -> None:
    if export.tries > MOST_TRIES:
        raise _died()
    if not export.person.is_active:
        raise NotAllowed("Tài khoản yêu cầu tệp này đã ngừng hoạt động.", en="The account is no longer active.")
    path = store.part(export.uid, export.holder)
    for _time in range(AGAIN):
        # Before the list is opened: a role that ends meanwhile must be missed when the file is fetched.
        rights = rights_of(export.person)
        listed = open_list(export.name, export.person, filters_of(export.query))
        total = len(listed.keys)
        _progress(export, total=total, done=0)
        told = partial(_told, export)
        if export.form == "csv":
            written = _write_csv(path, listed, told)
        else:
            beside = str(store.workplace(export.uid, export.holder))
            written = write_list(str(path), listed, printed(listed, export.person), told, beside=beside)
        if written == total:
            break
    else:
        raise Stale(
            "Danh sách thay đổi liên tục trong khi ghi tệp. Hãy bấm «Làm lại» khi ít người nhập hơn.",
            en="The list kept changing while it was written. Try again at a quieter hour.",
        )
    _finish(export, path, rights=rights, keys=listed.keys)


def _write_csv(path: Path, listed: Listed[Any], told: Callable[[int], None]) -> int:
    """How many rows were written: what went away meanwhile is not among them."""
    written = [0]

    def counted(done: int) -> None:
        written[0] = done
        told(done)

    with path.open("w", encoding="utf-8", newline="") as target:
        target.writelines(csv_pieces(listed, counted))
    return written[0]


def _told(export: ListExport, done: int) -> None:
    _progress(export, done=done)


def _progress(export: ListExport, **columns: int) -> None:
    """Show how far it is, and that this run lives. GivenUp when it is no longer this run's."""
    if not _ours(export).update(seen_at=now(), **columns):
        raise GivenUp


def _ours(export: ListExport) -> QuerySet[ListExport]:
    return ListExport.objects.filter(pk=export.pk, state=State.RUNNING, holder=export.holder)


def _finish(export: ListExport, path: Path, *, rights: str, keys: object) -> None:
    """The file gets its name, and its owner is told: once the row is this run's, for another run may have taken over and be done."""
    held, size = export.holder, path.stat().st_size
    kept_until = today() + timedelta(days=ExportRule.on(today()).days_kept)
    path.chmod(0o600)
    ended = {"size": size, "ended_at": now(), "kept_until": kept_until, "rights": rights, "done": F("total")}
    with transaction.atomic():
        if not _ours(export).update(state=State.READY, holder="", **ended):
            raise GivenUp
        store.keep_keys(export.uid, keys)
        os.replace(path, store.place(export.uid, export.form))
        store.sweep(store.written(export.uid, held))
        export.refresh_from_db()
        words = f"{vn_number(export.total)} dòng. Giữ đến hết ngày {vn_date(kept_until)}."
        _tell(export, f"Tệp đã sẵn sàng: {export.title}", words)


def _fail(export: ListExport, problem: Problem) -> None:
    """Say why, to its owner."""
    store.sweep(store.written(export.uid, export.holder))
    words = {"fault_vi": problem.vi[:500], "fault_en": problem.en[:500]}
    with transaction.atomic():
        if _ours(export).update(state=State.FAILED, holder="", ended_at=now(), **words):
            _tell(export, f"Tệp chưa làm được: {export.title}", problem.vi)


def _tell(export: ListExport, subject: str, words: str) -> None:
    key = f"export:{export.uid}:{now():%Y%m%d%H%M%S}"
    tell([export.person], key=key, subject=subject, url=export.get_absolute_url(), text=words)


def _fault() -> Problem:
    return Fault(
        "Máy chủ gặp lỗi khi ghi tệp; chi tiết ở nhật ký của máy chủ. Hãy bấm «Làm lại»; nếu vẫn vậy, báo quản trị hệ thống.",
        en="The server failed to write the file; its log says more. Try again, or tell the administrator.",
    )


def _died() -> Problem:
    return Fault(
        "Máy chủ đã dừng giữa chừng nhiều lần khi làm tệp này. Hãy lọc bớt danh sách rồi yêu cầu lại, hoặc bấm «Làm lại».",
        en="The server stopped several times while making this file. Narrow the list, or try again.",
    )
