"""What every address withstands, beside who may use it (tests/test_matrix.py): forged requests, columns that nobody asked for,
identifiers that are guessed, the same button pressed twice. What is on a side takes long to make: one test, part by part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory

from tests.asking import API, send
from tests.budget import chosen
from tests.desk import Desk
from tests.matrix import TABLE, WHO, Line, read
from tests.sides import Back, Sides
from tests.still import Still

LINES = list(read(TABLE).values())
SAFE = ("GET", "HEAD")
UNSAFE = [
    line
    for line in LINES
    if line.method not in SAFE and line.address not in ("/healthz", "/readyz", "/api/v1/openapi.json", "/api/v1/")
]
CHANGING = re.compile(
    r'name="csrfmiddlewaretoken"\s+value="[^"]*"|"request_id": "[^"]*"|Mã lỗi[^<]*'
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9a-f]{16}\b"
)
PROTECTED = re.compile(
    r"id|uid|state|version|password|digest|sha256|root|is_staff|is_superuser|is_active|\w+_at|\w+_by|\w+_by_id|last_login"
)
"""Columns that no form and no body may set: who, when, in which state, under which key."""
LONG_AGO = "1999-01-01T00:00:00+00:00"
SEEN = "signin_signedin"
"""When a browser was last seen is written once a minute, whatever it asks: a walk on a slow machine takes longer."""


@pytest.mark.look
def test_what_every_address_withstands(desk: Desk, sides: Sides, subtests: pytest.Subtests) -> None:
    walk = Walk(desk, sides)
    for part in (forged, guessed, overfilled, repeated):
        with subtests.test(part.__name__):
            count, faults = 0, []
            for asked in part(walk):
                count += 1
                faults += [asked] if asked else []
            print(f"{part.__name__}: {count} requests")
            assert not faults, "\n".join(faults)
            assert count > 60


class Twice(Client):
    """Keeps what it sent last, to send it once more."""

    def generic(self, *sent: Any, **given: Any) -> Any:
        self.last = sent, given
        return super().generic(*sent, **given)

    def again(self) -> Any:
        return self.generic(*self.last[0], **self.last[1])


class Walk:
    """Somebody who may, for each address, and what is then different."""

    def __init__(self, desk: Desk, sides: Sides) -> None:
        self.desk, self.own, self.foreign = desk, sides["own"], sides["foreign"]
        self.clients = {who: self.signed_in(who) for who in WHO if who != "anonymous"}
        self.still = Still()

    def signed_in(self, who: str, kind: Any = Client, **given: Any) -> Any:
        client = kind(raise_request_exception=False, **given)
        client.force_login(self.desk.people[who])
        client.get("/healthz")
        return client

    def whoever(self, line: Line, mark: str, side: str = "own") -> str | None:
        """The first person who gets this there."""
        marks = line.own if side == "own" else line.foreign
        return next((who for who, got in zip(WHO, marks, strict=False) if got == mark and who != "anonymous"), None)


def forged(walk: Walk) -> Iterator[str]:
    """A browser that another site steers sends the cookies, but no token of ours, or says where it comes from."""
    token = get_token(RequestFactory().get("/"))
    variants: dict[str, dict[str, str]] = {
        "no token": {},
        "a token of somebody else": {"X-CSRFToken": get_token(RequestFactory().get("/"))},
        "another origin": {"X-CSRFToken": token, "Origin": "https://evil.example"},
        "from another site": {"X-CSRFToken": token, "Sec-Fetch-Site": "cross-site"},
        "from a neighbour": {"X-CSRFToken": token, "Sec-Fetch-Site": "same-site"},
    }
    for number, line in enumerate(UNSAFE):
        who = walk.whoever(line, "+") or walk.whoever(line, "?") or "aggregator"
        for name in chosen("forged requests", in_turn(list(variants), number), list(variants)):
            headers = variants[name]
            client = Client(raise_request_exception=False, enforce_csrf_checks=True, headers=headers)
            client.cookies[settings.SESSION_COOKIE_NAME] = walk.clients[who].cookies[settings.SESSION_COOKIE_NAME].value
            client.cookies[settings.CSRF_COOKIE_NAME] = token
            with walk.still.watching():
                answer = send(client, line, walk.own)
            changed = [one for one in walk.still.changed() if one != SEEN]
            wrong = answer.status_code != 403 or changed
            yield f"{line.method} {line.address}, {name}: {answer.status_code} {changed}" if wrong else ""


def in_turn(names: Sequence[str], number: int) -> Sequence[str]:
    """One of them for each address."""
    return [names[number % len(names)]]


def test_each_way_to_forge_comes_in_its_turn() -> None:
    assert sum((list(in_turn("abcde", number)) for number in range(5)), []) == list("abcde")


def guessed(walk: Walk) -> Iterator[str]:
    """What one may not see and what does not exist are told in the same words."""
    guesses = [line for line in LINES if line.foreign and len(walk.foreign.get(line.thing, "")) == 36]
    for line in chosen("guessed identifiers", guesses[::2], guesses):
        who = walk.whoever(line, ".", "foreign")
        if who is None:
            continue
        nothing = {**walk.foreign, line.thing: str(uuid4())}
        there, nowhere = (told(walk.clients[who], line, walk.foreign, at) for at in (walk.foreign, nothing))
        yield f"{who} {line.method} {line.address}: {there} is not {nowhere}" if there != nowhere else ""


def told(client: Client, line: Line, thing: dict[str, str], at: dict[str, str]) -> tuple[Any, ...]:
    answer = taken_back(client, line, thing, at=at)
    headers = {name: value for name, value in answer.headers.items() if name not in ("X-Request-Id", "Content-Length")}
    return answer.status_code, sorted(headers.items()), CHANGING.sub("", answer.content.decode())


def taken_back(client: Client, line: Line, thing: dict[str, str], *, at: dict[str, str]) -> Any:
    cookies = client.cookies.output(header="", sep=";")
    try:
        with transaction.atomic():
            answer = send(client, line, thing, at=at)
            raise Back
    except Back:
        client.cookies.load(cookies)
    return answer


def overfilled(walk: Walk) -> Iterator[str]:
    """Every column of every table in addition: a program is told so, a form takes no notice."""
    more = columns(walk.desk)
    for line in chosen("overfilled requests", UNSAFE[::3], UNSAFE):
        who = walk.whoever(line, "+")
        if who is None or line.method != "POST":
            continue
        asked_for = set() if line.address.startswith(API) else controls(walk.clients[who], line, walk.own)
        extra = {name: value for name, value in more.items() if name not in asked_for}
        full = outcome(walk, who, line, {"x": "1", **extra})
        if line.address.startswith(API):
            yield (
                f"{line.address}: {full[0]} with columns that nobody asked for"
                if full[0] < 400 and not RAW.search(line.address)
                else ""
            )
        else:
            plain = outcome(walk, who, line, {"x": "1"})
            yield f"{line.address}: {differing(plain, full)}" if plain != full else ""


RAW = re.compile(
    r"/field/(ops|rescue)$|/papers/check$|/templates/<paper>$|/proof$|/sealed$|/reading$|/finish$|/visits/<uid>/conclusion$|/keys/<uid>/revocation$"
    r"|/webhooks/<uid>/(trial|deliveries/<delivery>/again)$|/announcements/<uid>/ending$|/citizen-reports/<uid>/taking$|/stand-ins/<uid>/end$"
)
"""No JSON object is read there, or none whose names would be columns: files, or nothing at all."""


def controls(client: Client, line: Line, thing: dict[str, str]) -> set[str]:
    """What the page of this address asks for itself."""
    page = taken_back(client, line._replace(method="GET"), thing, at=thing).content.decode(errors="replace")
    return set(re.findall(r'name="([^"]+)"', page))


def differing(plain: tuple[int, dict[str, list[str]]], full: tuple[int, dict[str, list[str]]]) -> str:
    tables = plain[1].keys() | full[1].keys()
    told = [f"{one}: {set(plain[1].get(one, [])) ^ set(full[1].get(one, []))}" for one in sorted(tables)]
    return f"{plain[0]} {full[0]} " + "; ".join(one for one in told if not one.endswith("set()"))


def columns(desk: Desk) -> dict[str, str]:
    """Each protected column with a value that would be noticed."""
    names = {field.attname for model in apps.get_models() for field in model._meta.concrete_fields}
    names |= {field.name for model in apps.get_models() for field in model._meta.concrete_fields}
    outsider, made = str(desk.outsider.pk), {}
    for name in sorted(filter(PROTECTED.fullmatch, names)):
        made[name] = (
            LONG_AGO if name.endswith("_at") else outsider if "_by" in name else "99" if name == "id" else "issued"
        )
    return {name: value for name, value in made.items() if name not in ("version",)}


def outcome(walk: Walk, who: str, line: Line, more: dict[str, str]) -> tuple[int, dict[str, list[str]]]:
    """The status; of each table that was written the protected columns, without what is new each time."""
    client, found = walk.clients[who], {}
    cookies = client.cookies.output(header="", sep=";")
    try:
        with transaction.atomic(), walk.still.watching():
            answer = send(client, line, walk.own, **more)
            found = {
                name: protected(name)
                for name in sorted(walk.still.wrote & set(walk.still.names))
                if not name.startswith(
                    ("audit_", "notices_", "signin_signedin")
                )  # the last: once a minute, whatever is asked
            }
            raise Back
    except Back:
        client.cookies.load(cookies)
    return answer.status_code, found


def protected(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        names = [one[0] for one in cursor.description]
        kept = [place for place, name in enumerate(names) if PROTECTED.fullmatch(name) and name not in ANEW]
        times = [place for place, name in enumerate(names) if name.endswith("_at")]
        rows = cursor.fetchall()
    early = [row for row in rows if any(str(row[place]).startswith("1999") for place in times)]
    told = [{names[place]: row[place] for place in kept if place not in times} for row in rows]
    return sorted(map(repr, told)) + list(map(repr, early))


ANEW = ("id", "uid", "password", "digest", "sha256", "root", "seat_uid", "is_last")
"""What is another one each time."""


NOTED = ("audit_", "site_pressed")
"""What is written of each request."""
SHOWN_ONCE = ("/people/<uuid:uid>/password/", "/me/security/keys/", "/calendar/subscription/", "/webhooks/new/")
"""What they show is kept nowhere, so the same cannot be shown again: pressed twice, the second one holds, and both are in the log."""


def repeated(walk: Walk) -> Iterator[str]:
    """The same button pressed twice, or a request that a network sent again: one thing, or a refusal."""
    for line in chosen("repeated requests", UNSAFE[1::3], UNSAFE):
        who = walk.whoever(line, "+")
        if who is None:
            continue
        client = walk.signed_in(who, kind=Twice, headers={"Idempotency-Key": line.address})
        again = {} if line.address.startswith(API) else {"csrfmiddlewaretoken": "as the page has it"}
        try:
            with transaction.atomic():
                with walk.still.watching():
                    first = send(client, line, walk.own, **again)
                counts = {name: rows(name) for name in walk.still.wrote & set(walk.still.names)}
                with walk.still.watching():
                    second = client.again()
                more = [name for name, count in counts.items() if rows(name) > count and not name.startswith(NOTED)]
                raise Back
        except Back:
            pass
        twice = second.status_code < 400 and more and line.address not in SHOWN_ONCE
        wrong = second.status_code >= 500 or twice
        yield f"{who} {line.method} {line.address}: {first.status_code}, {second.status_code} {more}" if wrong else ""


def rows(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
        return int(cursor.fetchone()[0])
