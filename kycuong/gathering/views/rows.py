"""How files are told in lists: the agency by name, how it is known, a state in words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kycuong.gathering.models import SentFile
from kycuong.gathering.queries import is_ready
from kycuong.gathering.rules import FileState
from kycuong.orgs.queries import full_names

HOW: dict[str, Promise] = {
    "code": _("theo mã trong tệp"),
    "name": _("theo tên trong tệp"),
    "confirmed": _("theo lần xác nhận trước"),
    "several": _("tệp nêu nhiều cơ quan"),
    "": _("chưa nhận ra"),
}


@dataclass(frozen=True)
class FileRow:
    """One file in the list."""

    file: SentFile
    agency: str
    how: Promise | str
    tone: str
    word: Promise | str
    told: dict[str, Any]


def file_rows(files: Sequence[SentFile], day: date, ready: Collection[int]) -> list[FileRow]:
    """`ready`: keys of the files that may be confirmed as they are."""
    keys = {key for file in files for key in (file.agency_id, file.guessed_id) if key}
    names = full_names(keys, day)
    return [_row(file, names, ready) for file in files]


def _row(file: SentFile, names: dict[int, str], ready: Collection[int]) -> FileRow:
    told = file.reading or {}
    agency = names.get(file.agency_id or file.guessed_id or 0, "")
    how = "" if file.agency_id else HOW.get((told.get("guess") or {}).get("how", ""), "")
    return FileRow(file, agency, how, *state_of(file, ready), told)


def state_of(file: SentFile, ready: Collection[int]) -> tuple[str, Promise | str]:
    """Tone and words."""
    told = file.reading or {}
    if file.state == FileState.CONFIRMED:
        return "good", _("Đã xác nhận")
    if file.state != FileState.SENT:
        return "none", file.get_state_display()
    if file.read_at is None:
        return "none", _("Chưa đọc")
    if told.get("problem"):
        return "late", _("Không đọc được")
    if told.get("errors"):
        return "late", _("Có ô lỗi")
    if not is_ready(file):
        return "attention", _("Cần chọn cơ quan") if told.get("values") else _("Chưa ghép cột")
    if file.pk not in ready:
        return "attention", _("Trùng cơ quan")
    return "planned", _("Chờ xác nhận")
