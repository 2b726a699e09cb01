"""Reads the files of a gathering that wait, from the disk, so many or so long at a time."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kycuong.core.problems import BadInput, RuleBroken
from kycuong.files import store
from kycuong.gathering.models import Gathering, SentFile
from kycuong.sheets.batches import Found, Sent, read_workbooks
from kycuong.sheets.headers import header_at
from kycuong.sheets.reader import read_workbook

from .cells import WANTED
from .heads import Layout
from .knowing import told_of
from .reading import FormReading, Told, read_form

SECONDS = 8.0
"""So long does one request read; what is left waits for the next press of the button."""


def read_files(
    gathering: Gathering, files: Sequence[SentFile], *, seconds: float = SECONDS
) -> Iterator[tuple[SentFile, FormReading]]:
    """Each file with its reading, in order, until the time is over."""
    told, until = told_of(gathering), time.monotonic() + seconds
    waiting = iter(files)
    for sent, found in read_workbooks(_sent(files)):
        file = next(waiting)
        yield file, read_form(found, sent.filename, of_file(told, file))
        if time.monotonic() > until:
            return


def read_one(file: SentFile) -> FormReading:
    """One file again, after a person chose something for it."""
    return read_form(book_of(file), file.filename, of_file(told_of(file.gathering), file))


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
