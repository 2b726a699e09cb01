"""What one request asks again and again is asked of the database once: which roles the person holds, above all.

An act reads afresh, and whatever was remembered is forgotten when it ends: what decides whether something may be
written is never older than the act itself.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

Answer = TypeVar("Answer")

_KNOWN: ContextVar[dict[Hashable, Any] | None] = ContextVar("known", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Inside, an answer that was given once is given again: for the time of one request that reads."""
    token = _KNOWN.set({})
    try:
        yield
    finally:
        _KNOWN.reset(token)


@contextmanager
def afresh() -> Iterator[None]:
    """Inside, every question is asked anew; afterwards nothing is remembered from before."""
    known = _KNOWN.get()
    token = _KNOWN.set(None)
    try:
        yield
    finally:
        _KNOWN.reset(token)
        if known is not None:
            known.clear()


def remembered(question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer to the question, asked by `ask` when it is not remembered. Do not change what is returned."""
    known = _KNOWN.get()
    if known is None:
        return ask()
    if question not in known:
        known[question] = ask()
    return cast(Answer, known[question])
