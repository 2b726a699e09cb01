"""A zip of many workbooks becomes those workbooks, as long as it is an honest one; any other file stays as it is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from kycuong.core.archives import CHUNK, UNREADABLE
from kycuong.core.problems import BadInput
from kycuong.gathering.rules import MOST_FILES
from kycuong.sheets.batches import Sent
from kycuong.sheets.preflight import MAX_BYTES
from kycuong.sheets.reader import shown_name

MOST_BYTES = 300 * 1024 * 1024
"""What all files of one upload may unfold to together."""
WORKBOOK = {"[Content_Types].xml", "mimetype"}
UNICODE = 0x800
PASSED_OVER = ("__MACOSX/", ".", "~$")


@dataclass
class Room:
    """What one upload may still bring, whatever it is packed in: so many files, so many bytes once they are unfolded."""

    files: int = MOST_FILES
    bytes: int = MOST_BYTES

    @property
    def is_full(self) -> bool:
        return self.files <= 0 or self.bytes <= 0


def unpacked(sent: Sent, room: Room) -> Iterator[Sent | BadInput]:
    """The file itself; of a zip that is no workbook its files, each or why it is not taken. Nothing is unfolded beyond the room."""
    if room.is_full:
        yield _full(shown_name(sent.filename))
        return
    if not sent.data.startswith(b"PK"):
        yield _whole(sent, room)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(sent.data)) as archive:
            entries = archive.infolist()
            if WORKBOOK & {entry.filename for entry in entries}:
                yield _whole(sent, room)
                return
            yield from _members(archive, sent.filename, room)
    except UNREADABLE:
        yield _whole(sent, room)  # the reader of workbooks says what is wrong with it


def _whole(sent: Sent, room: Room) -> Sent | BadInput:
    """A file that is not unfolded."""
    room.files -= 1
    room.bytes -= len(sent.data)
    name = shown_name(sent.filename)
    if len(sent.data) > MAX_BYTES:
        return _refused(name, "quá 10 MB; hãy bỏ hình ảnh hoặc chép bảng sang tệp mới", "is over 10 MB")
    return sent


def _members(archive: zipfile.ZipFile, filename: str, room: Room) -> Iterator[Sent | BadInput]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_passed_over(entry.filename)]
    name = shown_name(filename)
    if len(entries) > MOST_FILES:
        yield BadInput(
            f"{name}: Tệp nén có {len(entries)} tệp, quá mức {MOST_FILES}. Hãy chia thành nhiều tệp nén.",
            en=f"{name}: The archive holds {len(entries)} files, over the limit of {MOST_FILES}. Split it.",
        )
        return
    for place, entry in enumerate(entries):
        if room.is_full:
            yield _full(name, len(entries) - place)
            return
        yield _member(archive, entry, room)


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: Room) -> Sent | BadInput:
    """One file of the archive. The size that a zip states may be a lie: real bytes are counted, those of a refused file, too."""
    name, most = _name(entry), min(MAX_BYTES, room.bytes)
    room.files -= 1
    if entry.flag_bits & 1:
        return _refused(name, "có mật khẩu; hãy bỏ mật khẩu rồi tải lên lại", "has a password; remove it")
    parts: list[bytes] = []
    size = 0
    try:
        with archive.open(entry) as source:
            while size <= most and (chunk := source.read(CHUNK)):
                parts.append(chunk)
                size += len(chunk)
    except UNREADABLE:
        return _refused(name, "bị hỏng trong tệp nén; hãy nén lại", "is damaged inside the archive; pack it again")
    finally:
        room.bytes -= size
    if size > most:
        return _refused(name, "giải nén ra quá lớn; mỗi tệp tối đa 10 MB", "unfolds to too much; 10 MB a file at most")
    return Sent(b"".join(parts), name)


def _full(name: str, left: int = 1) -> BadInput:
    """The first file, or the rest of an archive, for which there is no room."""
    what, en = (f"Còn {left} tệp chưa nhận", f"{left} files are") if left > 1 else ("Tệp này chưa nhận", "The file is")
    return BadInput(
        f"{name}: {what}: mỗi lần tải lên tối đa {MOST_FILES} tệp, giải nén ra không quá {MOST_BYTES >> 20} MB. Hãy gửi tiếp ở lần sau.",
        en=f"{name}: {en} not taken: one upload brings at most {MOST_FILES} files and {MOST_BYTES >> 20} MB unfolded. Send the rest "
        "the next time.",
    )


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
