"""Reads the files of a gathering that wait, from the disk, so many or so long at a time."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kycuong.core.problems import BadInput, RuleBroken
from kycuong.files import store
from kycuong.gathering.models import Gathering, SentFile
from kycuong.sheets.batches import Found, Sent, read_workbooks
from kycuong.sheets.headers import header_at
from kycuong.sheets.importing import Line
from kycuong.sheets.reader import read_workbook

from .cells import WANTED
from .heads import Layout
from .knowing import told_of
from .reading import FormReading, Told, read_form

SECONDS = 8.0
"""So long does one request read; what is left waits for the next press of the button."""
STUMBLED = Line(
    "Chương trình không đọc được tệp này; chi tiết ở nhật ký của máy chủ. Hãy chép bảng sang tệp mới rồi tải lên, hoặc báo quản trị hệ thống.",
    "The program could not read this file; the server's log says more. Copy the table into a new file, or tell the administrator.",
)


def read_files(
    gathering: Gathering, files: Sequence[SentFile], *, seconds: float = SECONDS
) -> Iterator[tuple[SentFile, FormReading]]:
    """Each file with its reading, in order, until the time is over."""
    told, until = told_of(gathering), time.monotonic() + seconds
    waiting = iter(files)
    for _sent_as, found in read_workbooks(_sent(files)):
        file = next(waiting)
        yield file, _reading(found, file, told)
        if time.monotonic() > until:
            return


def read_one(file: SentFile) -> FormReading:
    """One file again, after a person chose something for it."""
    return _reading(book_of(file), file, told_of(file.gathering))


def _reading(found: Found, file: SentFile, told: Told) -> FormReading:
    """A file that the program stumbles over says so itself, and keeps no other file from being read."""
    try:
        reading = read_form(found, file.filename, of_file(told, file))
    except Exception:
        logging.getLogger(__name__).exception("a file of an agency could not be read")
        reading = FormReading(problem=STUMBLED)
    reading.version = file.version
    return reading


def book_of(file: SentFile) -> Found:
    """Its sheets, or why it cannot be used."""
    try:
        return read_workbook(store.contents(file.sha256), file.filename)
    except BadInput as problem:
        return problem


def of_file(told: Told, file: SentFile) -> Told:
    """What is known, with what a person chose for this file."""
    chosen = Layout.from_json(file.chosen) if file.chosen else None
    return replace(told, chosen=chosen, agency=file.agency_id)


def _sent(files: Sequence[SentFile]) -> Iterator[Sent]:
    for file in files:
        try:
            data = store.contents(file.sha256)
        except RuleBroken:
            data = b""  # said as an empty file; `./run files verify` tells what happened to the bytes
        yield Sent(data, file.filename)


def layout_at(found: Found, sheet: str, first_row: int, last_row: int) -> Layout:
    """The layout when a person says where the head is: its columns by their titles."""
    if isinstance(found, BadInput):
        raise found
    there = next((one for one in found.sheets if one.name == sheet), None)
    if there is None or last_row > len(there.rows):
        raise BadInput(
            f"Trang tính «{sheet[:60]}» không có dòng {last_row}. Hãy chọn lại dòng tiêu đề.",
            en=f"The sheet “{sheet[:60]}” has no row {last_row}. Choose the rows of the head again.",
        )
    header = header_at(there, first_row, last_row, WANTED)
    letters = {heading.letter: key for key, heading in header.columns.items()}
    return Layout(sheet, first_row, last_row, letters)
