"""Acts of gathering: open a period, take files, keep what was read, choose, confirm, set aside, give a reason."""

from __future__ import annotations

from .confirming import confirm_file, set_aside, take_back
from .gatherings import open_gathering
from .reasons import give_reasons
from .taking import Came, Read, choose, note_readings, take_files

__all__ = [
    "Came",
    "Read",
    "choose",
    "confirm_file",
    "give_reasons",
    "note_readings",
    "open_gathering",
    "set_aside",
    "take_back",
    "take_files",
]
