"""Which browsers are signed in: a row a browser, written when it signs in and once a minute while it is used."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import F

from kycuong.core.clock import now
from kycuong.orgs.models import Person

from .models import SignedIn

OTHERWISE = "otherwise"
"""In a session: the person who came by a passkey or by the provider, which nobody else has."""


def has_lent_password(session: Any, person: Person) -> bool:
    """Whether somebody else was told the password that this session may have begun with. When in doubt, yes."""
    return person.password_ends_at is not None and session.get(OTHERWISE) != str(person.uid)


def note_session(session: Any, person: Person, *, address: str, agent: str) -> None:
    """Tell the row of this browser that it is here; make it at the beginning, or when the session got a new key."""
    told = {
        "session_key": session.session_key,
        "epoch": person.sessions_epoch,
        "address": address[:45],
        "agent": "".join(letter for letter in agent if letter.isprintable())[:300],
        "seen_at": now(),
    }
    known = (
        SignedIn.objects.filter(uid=session["row"], person=person) if session.get("row") else SignedIn.objects.none()
    )
    if not known.update(**told):
        key = told.pop("session_key")
        row, _made = SignedIn.objects.update_or_create(session_key=key, defaults={"person": person, **told})
        session["row"] = str(row.uid)
    session["told"] = [session.session_key, session.get("seen")]


def is_told(session: Any) -> bool:
    """Whether the row says already what there is to say: then the request writes nothing."""
    return bool(session.get("told") == [session.session_key, session.get("seen")])


def end_session(row: SignedIn) -> None:
    """That browser is out at its next request."""
    Session.objects.filter(session_key=row.session_key).delete()
    row.delete()


def end_all(person: Person) -> None:
    """Every browser is out at its next request, those too that were never told of. Whoever asks begins anew."""
    Person.objects.filter(pk=person.pk).update(sessions_epoch=F("sessions_epoch") + 1)
    person.refresh_from_db(fields=["sessions_epoch"])
    SignedIn.objects.filter(person=person).delete()


def forget_ended() -> int:
    """Sessions that are over, whose keys nobody deletes otherwise, and the rows of those that are gone."""
    Session.objects.filter(expire_date__lte=now()).delete()
    removed, _by_model = SignedIn.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return removed
