"""What one request asks again and again is asked of the database once: which roles the person holds, above all.

An act reads afresh, and whatever was remembered is forgotten when it ends: what decides whether something may be
written is never older than the act itself. What nobody can change any more, as a published checklist, is asked once in an
act, too; and an act of many steps that touch neither roles nor seats nor ties may say so, and asks who may write once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

Answer = TypeVar("Answer")

_KNOWN: ContextVar[dict[Hashable, Any] | None] = ContextVar("known", default=None)
_SETTLED: ContextVar[dict[Hashable, Any] | None] = ContextVar("settled", default=None)
_STANDING: ContextVar[dict[Hashable, Any] | None] = ContextVar("standing", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Inside, an answer that was given once is given again: for the time of one request that reads."""
    token = _KNOWN.set({})
    try:
        with _settling():
            yield
    finally:
        _KNOWN.reset(token)


@contextmanager
def afresh() -> Iterator[None]:
    """Inside, every question is asked anew; afterwards nothing is remembered from before."""
    known = _KNOWN.get()
    token = _KNOWN.set(None)
    try:
        with _settling():
            yield
    finally:
        _KNOWN.reset(token)
        if known is not None:
            known.clear()


@contextmanager
def _settling() -> Iterator[None]:
    token = _SETTLED.set({}) if _SETTLED.get() is None else None
    try:
        yield
    finally:
        if token is not None:
            _SETTLED.reset(token)


@contextmanager
def rights_standing() -> Iterator[None]:
    """Inside, who may write is asked once, acts within included. Open it inside an act whose steps change no role, no seat,
    no tie: acts take turns, so that nobody else changes them meanwhile."""
    token = _STANDING.set({})
    try:
        yield
    finally:
        _STANDING.reset(token)


def standing(question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer to a question about roles, seats or ties: asked once in a request that reads and while rights stand, each time
    otherwise."""
    held = _STANDING.get()
    return _asked_once(_KNOWN.get() if held is None else held, question, ask)


def settled(question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer to a question about what nobody can change any more: asked once in a request or an act, acts within it
    included. Do not change what is returned."""
    return _asked_once(_SETTLED.get(), question, ask)


def remembered(question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer to the question, asked by `ask` when it is not remembered. Do not change what is returned."""
    return _asked_once(_KNOWN.get(), question, ask)


def _asked_once(known: dict[Hashable, Any] | None, question: Hashable, ask: Callable[[], Answer]) -> Answer:
    if known is None:
        return ask()
    if question not in known:
        known[question] = ask()
    return cast(Answer, known[question])
