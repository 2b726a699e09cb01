"""One thing that waits for somebody: what is to be done, about what, where, and until when."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Todo(NamedTuple):
    """A line of «Việc của tôi». Without a day it is due when it can be done."""

    what: str
    about: str
    url: str
    due: date | None = None


class Link(NamedTuple):
    """A link in the chain of papers of one matter: is it there, and if not, who does what next, by when."""

    name: str
    state: str
    """there | draft | missing | later | unneeded"""
    about: str = ""
    url: str = ""
    who: str = ""
    due: date | None = None

    @property
    def tone(self) -> str:
        return {"there": "good", "draft": "planned", "missing": "attention"}.get(self.state, "none")


class Dated(NamedTuple):
    """A line of the calendar: something on a day, or with no day somewhere in the month. `tone`: kycuong.ui.states."""

    what: str
    about: str
    url: str
    day: date | None
    tone: str = "planned"
