"""Files come in: unpacked, put by, noted, read. The same for pages and for the command line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kycuong.core.problems import BadInput
from kycuong.files import store
from kycuong.gathering import actions
from kycuong.gathering.actions import Came, Read
from kycuong.gathering.models import Gathering, SentFile
from kycuong.orgs.models import Person
from kycuong.sheets.batches import Sent
from kycuong.sheets.reader import shown_name

from .batch import SECONDS, read_files
from .reading import FormReading
from .stored import as_json
from .unpacking import Room, unpacked

AT_ONCE = 60
"""So many readings are written down together."""


@dataclass
class Received:
    """What became of what was sent."""

    taken: list[SentFile] = field(default_factory=list)
    again: list[SentFile] = field(default_factory=list)
    """Already there: the very same bytes."""
    refused: list[BadInput] = field(default_factory=list)
    """Not kept at all, and why."""


def receive(gathering: Gathering, *, by: Person | None, files: Iterable[Sent]) -> Received:
    """Keep the files and note them. One file is in memory at a time."""
    received, came, room = Received(), list[Came](), Room()
    for sent in files:
        for one in unpacked(sent, room):
            if isinstance(one, BadInput):
                received.refused.append(one)
            else:
                came.append(Came(shown_name(one.filename), store.keep(one.data), len(one.data)))
    received.taken, received.again = actions.take_files(gathering, by=by, came=came)
    return received


def read_waiting(gathering: Gathering, *, by: Person | None, seconds: float = SECONDS) -> int:
    """Read what waits, as far as the time goes, and write it down. How many files were read."""
    waiting = list(gathering.files.unread().select_related("gathering__scope"))
    noted, part = 0, dict[int, FormReading]()
    for file, reading in read_files(gathering, waiting, seconds=seconds):
        part[file.pk] = reading
        if len(part) == AT_ONCE:
            noted += note(gathering, part, by=by)
            part = {}
    return noted + note(gathering, part, by=by)


def note(gathering: Gathering, readings: dict[int, FormReading], *, by: Person | None) -> int:
    """Write readings down beside their files."""
    if not readings:
        return 0
    told = {key: Read(as_json(one), one.guess.agency, one.version) for key, one in readings.items()}
    return actions.note_readings(gathering, by=by, readings=told)
