"""How lately whoever asks has proved to be there: an act that binds an office, or opens what is closed, wants it fresh.

A request says it once (kycuong/site/presence.py); `audit.log.record` asks it of every act, so that no page, form or API can
pass by. Without a request (command line, ticks) nobody is asked: there the shell of the machine is the proof.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings

from .clock import is_within, now
from .problems import NotAllowed, StepUpNeeded

FRESH = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Presence:
    """When the person last proved to be there; or a key of a program, which may do such acts or may not."""

    proved_at: datetime | None
    signs: bool = False
    by_phone: bool = False
    """At the address where phones send what was done without a signal."""
    keyed: bool = False
    """By a key of a program."""
    exempt: frozenset[str] = frozenset()

    @property
    def fresh(self) -> bool:
        return self.signs or (self.proved_at is not None and is_within(now() - self.proved_at, FRESH))


_PRESENCE: ContextVar[Presence | None] = ContextVar("presence", default=None)


@contextmanager
def present(presence: Presence | None) -> Iterator[None]:
    """Inside, acts are asked for this presence; with None they are not asked."""
    token = _PRESENCE.set(presence)
    try:
        yield
    finally:
        _PRESENCE.reset(token)


PEOPLES = ("person.", "role.", "factor.", "key.", "feed.", "identity.")
"""What only people do, with a browser: who holds an account, what it may do, what it is opened with."""


def keyed(*, signs: bool, by_password: bool = False) -> None:
    """The rest of the request is a program's, with a key: its scope holds wherever it is used, whatever people are asked for."""
    _PRESENCE.set(Presence(proved_at=None, signs=signs, keyed=not by_password))


@contextmanager
def signed_before(verb: str, *, proved: bool) -> Iterator[None]:
    """Inside, a phone's request is not asked before this one act, when the act itself was `proved` on the phone hours ago."""
    presence = _PRESENCE.get()
    if presence is None or not presence.by_phone or not proved:
        yield
        return
    with present(replace(presence, exempt=presence.exempt | {verb})):
        yield


def by_key() -> bool:
    """Whether a program asks with a key: what is sealed does not exist for it."""
    presence = _PRESENCE.get()
    return presence is not None and presence.keyed


def asks_a_phone() -> bool:
    """Whether nobody stands there who could answer a question: a phone sends what was done before."""
    presence = _PRESENCE.get()
    return presence is not None and presence.by_phone


def ensure_fresh(verb: str) -> None:
    """Raise NotAllowed when a key does what only people do, or what binds an office; StepUpNeeded when the act is one of settings.STEP_UP and the last proof is older than five minutes."""
    presence = _PRESENCE.get()
    if presence is not None and presence.keyed and verb.startswith(PEOPLES):
        raise NotAllowed(
            "Khóa API không làm được việc với tài khoản, vai trò và cách đăng nhập. Hãy đăng nhập rồi làm ở trang.",
            en="No access key does this to accounts, roles and ways of signing in. Sign in and use the page.",
        )
    if presence is not None and presence.keyed and verb in settings.BINDING:
        raise NotAllowed(
            "Khóa API không làm được việc ràng buộc cơ quan (ký, duyệt, ban hành, gửi báo cáo). Hãy đăng nhập rồi làm ở trang.",
            en="No access key does what binds an office (signing, approving, issuing, handing in). Sign in and use the page.",
        )
    if presence is None or verb not in settings.STEP_UP or verb in presence.exempt or presence.fresh:
        return
    raise StepUpNeeded(verb, settings.STEP_UP[verb])
