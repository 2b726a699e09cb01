"""A zip of many workbooks becomes those workbooks, as long as it is an honest one; any other file stays as it is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from kycuong.core.archives import CHUNK, UNREADABLE
from kycuong.core.problems import BadInput
from kycuong.gathering.rules import MOST_FILES
from kycuong.sheets.batches import Sent
from kycuong.sheets.preflight import MAX_BYTES
from kycuong.sheets.reader import shown_name

MOST_BYTES = 300 * 1024 * 1024
"""What all files of one zip may unfold to."""
WORKBOOK = {"[Content_Types].xml", "mimetype"}
UNICODE = 0x800
PASSED_OVER = ("__MACOSX/", ".", "~$")


def unpacked(sent: Sent) -> Iterator[Sent | BadInput]:
    """The file itself; of a zip that is no workbook its files, each or why it is not taken."""
    if not sent.data.startswith(b"PK"):
        yield sent
        return
    try:
        with zipfile.ZipFile(io.BytesIO(sent.data)) as archive:
            entries = archive.infolist()
            if WORKBOOK & {entry.filename for entry in entries}:
                yield sent
                return
            yield from _members(archive, sent.filename)
    except UNREADABLE:
        yield sent  # the reader of workbooks says what is wrong with it


def _members(archive: zipfile.ZipFile, filename: str) -> Iterator[Sent | BadInput]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_passed_over(entry.filename)]
    name = shown_name(filename)
    if len(entries) > MOST_FILES:
        yield BadInput(
            f"{name}: Tệp nén có {len(entries)} tệp, quá mức {MOST_FILES}. Hãy chia thành nhiều tệp nén.",
            en=f"{name}: The archive holds {len(entries)} files, over the limit of {MOST_FILES}. Split it.",
        )
        return
    left = MOST_BYTES
    for entry in entries:
        found = _member(archive, entry, left)
        left -= len(found.data) if isinstance(found, Sent) else 0
        yield found


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> Sent | BadInput:
    """One file of the archive. The size that a zip states may be a lie: real bytes are counted."""
    name = _name(entry)
    if entry.flag_bits & 1:
        return _refused(name, "có mật khẩu; hãy bỏ mật khẩu rồi tải lên lại", "has a password; remove it")
    parts: list[bytes] = []
    size = 0
    try:
        with archive.open(entry) as source:
            while size <= min(MAX_BYTES, left) and (chunk := source.read(CHUNK)):
                parts.append(chunk)
                size += len(chunk)
    except UNREADABLE:
        return _refused(name, "bị hỏng trong tệp nén; hãy nén lại", "is damaged inside the archive; pack it again")
    if size > min(MAX_BYTES, left):
        return _refused(name, "giải nén ra quá lớn; mỗi tệp tối đa 10 MB", "unfolds to too much; 10 MB a file at most")
    return Sent(b"".join(parts), name)


def _refused(name: str, vi: str, en: str) -> BadInput:
    return BadInput(f"{name}: Tệp {vi}.", en=f"{name}: The file {en}.")


def _is_passed_over(name: str) -> bool:
    """What systems put beside the files of people."""
    return name.startswith(PASSED_OVER[0]) or shown_name(name).startswith(PASSED_OVER[1:])


def _name(entry: zipfile.ZipInfo) -> str:
    """Windows writes names in the system's own encoding; most often they were UTF-8 all the same."""
    if entry.flag_bits & UNICODE:
        return shown_name(entry.filename)
    try:
        return shown_name(entry.filename.encode("cp437").decode("utf-8"))
    except UnicodeError:
        return shown_name(entry.filename)
