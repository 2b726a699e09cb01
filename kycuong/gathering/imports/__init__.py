"""Files that agencies send become readings: unpacked, read in the limited process, mapped, recognised, checked. Nothing is written."""

from __future__ import annotations

from .agencies import Agencies, Guess
from .batch import book_of, layout_at, of_file, read_files, read_one
from .cells import WANTED
from .heads import Layout, Remembered, fingerprint
from .intake import Received, note, read_waiting, receive
from .knowing import told_of
from .reading import FormReading, Taken, Told, read_form
from .stored import as_json, from_json
from .unpacking import Room, unpacked

__all__ = [
    "WANTED",
    "Agencies",
    "FormReading",
    "Guess",
    "Layout",
    "Received",
    "Remembered",
    "Room",
    "Taken",
    "Told",
    "as_json",
    "book_of",
    "fingerprint",
    "from_json",
    "layout_at",
    "note",
    "of_file",
    "read_files",
    "read_form",
    "read_one",
    "read_waiting",
    "receive",
    "told_of",
    "unpacked",
]
