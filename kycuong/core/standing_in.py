"""In whose stead an act is done: noted where the right is asked, told by the log beside the one who acts.

An act inside another is done in the same stead; what only an inner one needed is not said of what follows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from .clock import now


@dataclass(frozen=True, slots=True)
class Lent:
    """A right that was lent: the row that says so, and whose it is (primary key, and uid as the log names people)."""

    stand_in: int
    principal: int
    uid: str


_BEGUN: ContextVar[datetime | None] = ContextVar("act_begun", default=None)
_NOTED: ContextVar[dict[int, dict[int, Lent]] | None] = ContextVar("in_whose_stead", default=None)


_HELD: ContextVar[tuple[int, frozenset[int]]] = ContextVar("lent_when_recorded", default=(0, frozenset()))


@contextmanager
def held_when_recorded(person: int, stand_ins: Iterable[int]) -> Iterator[None]:
    """Inside, the person acts by these as well, whatever became of them since: what was recorded while they held is brought in now."""
    token = _HELD.set((person, frozenset(stand_ins)))
    try:
        yield
    finally:
        _HELD.reset(token)


def lent_when_recorded(person: int | None) -> frozenset[int]:
    """What counts of the past for this person's acts under way; nothing for anybody else."""
    whose, stand_ins = _HELD.get()
    return stand_ins if whose == person else frozenset()


@contextmanager
def one_act() -> Iterator[None]:
    """Inside, what is noted is of this act and of those within it."""
    before = _NOTED.get() or {}
    token = _NOTED.set({person: dict(lent) for person, lent in before.items()})
    begun = _BEGUN.set(_BEGUN.get() or now())
    try:
        yield
    finally:
        _BEGUN.reset(begun)
        _NOTED.reset(token)


def act_begun() -> datetime:
    """When the act under way began, the outermost one: acts take turns, so the moment tells one from another."""
    return _BEGUN.get() or now()


def note_lent(person: int, lent: Iterable[Lent]) -> None:
    """The person could do this by these alone. Outside an act nothing is written, and nothing noted."""
    noted = _NOTED.get()
    if noted is not None:
        noted.setdefault(person, {}).update({one.stand_in: one for one in lent})


def lent_to(person: int | None) -> list[Lent]:
    """What the person needed of others for the act under way, in the order of naming."""
    noted = (_NOTED.get() or {}).get(person or 0, {})
    return [noted[key] for key in sorted(noted)]
