"""Every address × role × own and foreign thing: what one may not see is 404, what one may not do is 403 with the reason."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.shortcuts import resolve_url
from django.test import Client

from tests.asking import API, send
from tests.browser.served import ON_SQLITE
from tests.budget import chosen
from tests.covering import SAFE, Asked, cover, table
from tests.desk import Desk
from tests.matrix import TABLE, WHO, Line, read
from tests.sides import Back, Sides
from tests.still import Still
from tests.surface import addresses

LINES = read(TABLE)
GROUPS = [WHO[start::3] for start in range(3)]
"""What is expensive to set up is set up once for each group, and the groups are walked side by side."""
LOG = {"audit_auditbody", "audit_auditentry", "audit_audithead"}
NOTED = {
    "/api/v1/exports/<uid>/file": LOG,
    "/exports/<uuid:uid>/file": LOG,
    "/inspections/<uuid:uid>/targets/<uuid:key>/": LOG,
    "/inspections/<uuid:uid>/targets/<uuid:key>/strike/": LOG,
    "/field/devices/<uuid:uid>/unplaced/": LOG,
    # What was said at the desk is told to phones in their own words before they are answered.
    "/api/v1/field/pull": LOG | {"field_fieldhead", "field_fieldop", "field_fieldsuperseded", "field_fieldvisit"},
    "/sign-out/": {"axes_accesslog"},
}
"""What is read here is noted: sealed things, files with many records, what a phone takes with it."""
ONCE_A_MINUTE = {"signin_signedin"}
"""When a browser was last seen: a walk that takes longer than a minute meets it at any address."""
MARKS = {401: "?", 403: "-", 404: ".", 405: "x"}


def test_every_address_has_its_lines() -> None:
    walked, told = set(addresses()), {address for _method, address in LINES}
    assert sorted(walked - told) == [], "write a line for each in tests/matrix.py"
    assert sorted(told - walked) == [], "these addresses are gone: take their lines out of tests/matrix.py"


@pytest.mark.parametrize("group", GROUPS, ids=" ".join)
def test_a_person_gets_what_the_table_says(desk: Desk, sides: Sides, group: Sequence[str]) -> None:
    """Beside PostgreSQL a plain run has each address asked by one who may: each act once, and each page."""
    every = [one for one in table(LINES.values()) if one.who in group]
    some = [one for one in cover(LINES.values()) if one.who in group and (ON_SQLITE or one.mark == "+")]
    wrong = list(faults(desk, sides, chosen("requests of the table of rights", some, every)))
    assert not wrong, "\n".join(wrong)


def faults(desk: Desk, sides: Sides, asked: Sequence[Asked]) -> Iterator[str]:
    still, clients = Still(), {who: signed_in(desk, who) for who in sorted({one.who for one in asked})}
    for who, line, side, expected in asked:
        found, written = mark(clients[who], line, sides[side], still)
        if found != expected:
            yield f"{who} {line.method} {line.address} ({side}): {found}, not {expected}"
        if set(written) - NOTED.get(line.address, set()) - ONCE_A_MINUTE:
            yield f"{who} {line.method} {line.address} ({side}): {found}, yet it wrote {', '.join(written)}"


def signed_in(desk: Desk, who: str) -> Client:
    client = Client(raise_request_exception=False)
    if who != "anonymous":
        client.force_login(desk.people[who])
        client.get("/healthz")  # from here on the session is as it stays: no request writes it
    return client


def test_what_each_run_asks_covers_the_table() -> None:
    """Each address, each kind of answer there; and everybody where addresses are many that are alike."""
    some, every = cover(LINES.values()), table(LINES.values())
    assert set(some) <= set(every)
    assert len(set(some)) == len(some) < len(every) / 4
    kinds = [
        {(one.line, one.side, one.mark) for one in asks if one.side == "own" or one.mark in "-."}
        for asks in (some, every)
    ]
    assert kinds[0] == kinds[1]
    assert {one.who for one in some if one.mark == "+"} == {one.who for one in some if one.mark in "-."} | {"anonymous"}


def test_an_address_answers_no_other_method(desk: Desk, sides: Sides) -> None:
    client = Client()
    client.force_login(desk.people["aggregator"])
    for line in LINES.values():
        other = line._replace(method="POST" if line.method == "GET" else "GET")
        if (other.method, other.address) not in LINES:
            assert send(client, other, sides["own"]).status_code == 405, (
                f"a line for {other.method} {other.address} is missing"
            )


def mark(client: Client, line: Line, thing: dict[str, str], still: Still) -> tuple[str, list[str]]:
    """What one person gets for one request, and which tables are then others than before. Nothing that it writes is kept."""
    cookies = SimpleCookie(client.cookies.output(header="", sep=";"))
    try:
        with transaction.atomic(), still.watching():
            answer = send(client, line, thing)
            if answer.streaming:
                answer.getvalue()  # a file is read to its end, which closes it
            found = marked(answer)
            written = still.changed() if found != "+" or line.method in SAFE else []
            raise Back
    except Back:
        client.cookies = cookies
    if found == "-":
        ensure_reasoned(answer, line)
    return found, written


def marked(answer: Any) -> str:
    if answer.status_code < 400:
        return "?" if answer.headers.get("Location", "").startswith(resolve_url(settings.LOGIN_URL)) else "+"
    return MARKS.get(answer.status_code, f"({answer.status_code})")


def ensure_reasoned(answer: Any, line: Line) -> None:
    """A refusal says why, in both languages."""
    if line.address.startswith(API):
        body = json.loads(answer.content)
        assert body["detail"]
        assert body["detail_en"]
    else:
        assert 'lang="en"' in answer.content.decode()
