"""A sealed surprise changes nothing for whoever is not on its short list (figures.md, rule 5).

Two worlds, one with sealed visits and one without: every address, search, list, export and refusal answers alike in both.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from difflib import ndiff
from functools import partial
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings

from kycuong.core.clock import now, today
from kycuong.core.ids import uuid7
from kycuong.inspections import actions
from kycuong.inspections.actions import Group
from kycuong.inspections.models import Inspection, Visit
from kycuong.inspections.queries import plan_of
from kycuong.notices.models import Notice
from kycuong.notices.tasks.digests import send_digests
from kycuong.orgs.models import Person
from kycuong.signin.models import SignedIn
from tests.asking import API, send
from tests.bodies import DAY
from tests.budget import chosen, few
from tests.desk import YESTERDAY, Desk
from tests.matrix import TABLE, WHO, read
from tests.questions import Ask, draws, refusals, searches
from tests.sealed import LISTED, SECRET, follow_the_draw, seal
from tests.sides import Back, Sides
from tests.surface import addresses, filled, holes

LINES = list(read(TABLE).values())
READING = [line for line in LINES if line.method == "GET"]
OTHERS = [who for who in WHO if who != LISTED]
FIRST = ("aggregator", "unit_head")
"""The widest sight, and the side of the unit. Each run walks with the first one, and opens what there is to read; --long has
everybody walk, and try every act in both worlds."""
GROUPS = [*([who] for who in FIRST), *([who for who in OTHERS if who not in FIRST][start::3] for start in range(3))]
"""What is expensive to set up is set up once for each group, and the groups are walked side by side."""
CHANGING = re.compile(
    r'(name="csrfmiddlewaretoken"\s+value|nonce|name="fingerprint"\s+value)="[^"]*"'
    r"|[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"  # what a request made anew and took back
    r"|\b([a-z2-9]{4}-){3}[a-z2-9]{4}\b"  # a new password
    r'|"challenge": "[^"]*"|<path class="qrline"[^>]*>|<code>[A-Z2-7 ]{16,}</code>'  # what somebody adds to an account
    r'|\b([a-z2-9]{4}-){2}[a-z2-9]{4}\b|<p class="token"><code>[^<]*</code>'  # recovery codes, keys for programs
    r"|\d+ GB( left)?|\d+ (phút trước|minutes ago)|\d+ (giây|seconds)"  # the disk and the clock of the machine
    r'|"csrf": "[^"]*"|"(server_time|enrolled_at|asked_at|left)": \d+'  # what a phone is told of the hour
    r"|Mã lỗi[^<]*|[0-9a-f]{16}|\b\d\d:\d\d(:\d\d)?\b|T\d\d:\d\d:\d\d[^\"]*"
)
READERS = ("aggregator", "team_member", "unit_head")
"""From above, from within, from the unit itself: with --long also the others who may read of an inspection."""
Answers = dict[str, tuple[int, str, str]]
"""What was asked → status, where it leads, what it says."""


def readers(desk: Desk, *more: str) -> dict[str, Person]:
    return {who: desk.people[who] for who in chosen("readers beside a seal", FIRST, (*READERS, *more))}


@pytest.mark.parametrize("group", few(GROUPS), ids=" ".join)
def test_a_sealed_visit_changes_no_answer(desk: Desk, sides: Sides, group: Sequence[str]) -> None:
    people = {who: desk.people.get(who) for who in group}
    without = {who: walked(sides, person) for who, person in people.items()}
    digests = mailed(desk)
    otherwise: dict[str, Answers] = {}
    with suppress(Back), transaction.atomic():
        inspection = seal(desk)
        follow_the_draw(desk, sides)
        with_digests = mailed(desk)
        assert {who for who in with_digests if digests.get(who) != with_digests[who]} == {LISTED}
        for who, person in people.items():
            with_it = walked(sides, person)
            otherwise[who] = {ask: with_it[ask] for ask, answer in without[who].items() if with_it[ask] != answer}
            told = [ask for ask, (_status, _to, says) in with_it.items() if any(word in says for word in SECRET)]
            assert [ask for ask in told if not any(word in ask for word in SECRET)] == [], who
            assert hidden(inspection, person) == [], who
        raise Back
    for who, answers in otherwise.items():
        # What went with the hour, and not with the seal, is so without it, too: of the machine's own state, most of all.
        again = walked(sides, people[who]) if answers else {}
        assert {ask: apart(again[ask], answer) for ask, answer in answers.items() if again[ask] != answer} == {}, who


def apart(without: tuple[int, str, str], with_it: tuple[int, str, str]) -> list[str]:
    """The lines of two answers that are not the same, for whoever reads why the test failed."""
    told = [f"{status} {to}\n{says}".splitlines() for status, to, says in (without, with_it)]
    return [line for line in ndiff(*told) if line[0] in "+-"]


@pytest.mark.look
def test_the_short_list_is_answered_differently(desk: Desk, sides: Sides) -> None:
    """So that the test above can fail: the same walk sees the sealed visits as whoever may know of them."""
    person = desk.people[LISTED]
    without = looked(sides, person)
    inspection = seal(desk)
    follow_the_draw(desk, sides)
    with_it = looked(sides, person)
    differing = {ask.split()[1].rstrip("?") for ask in without if without[ask] != with_it[ask]}
    assert {"/inspections/", "/api/v1/inspections"} <= differing
    assert f"/draws/{sides['own']['drawn']}/" in differing
    assert hidden(inspection, person) != []


@pytest.mark.look
@pytest.mark.long
def test_members_are_answered_differently_once_they_are_told(desk: Desk, sides: Sides) -> None:
    member = desk.people["team_member"]
    without = looked(sides, member)
    inspection = seal(desk, told=timedelta(hours=-1))
    with_it = looked(sides, member)
    differing = {ask.split()[1].rstrip("?") for ask in without if without[ask] != with_it[ask]}
    assert {"/inspections/", "/api/v1/inspections", "/mine/"} <= differing
    assert hidden(inspection, member) != []


@pytest.mark.look
def test_signed_minutes_say_nothing_of_what_still_waits(desk: Desk) -> None:
    """One world with a target still to come, one without it: not even what is missing beside the minutes tells of it."""
    inspection, head = seal(desk), desk.people[LISTED]
    desk.sign(inspection.visits.get())
    people = readers(desk, "leader", "coordinator")
    with_more = {who: read_over(inspection, person) for who, person in people.items()}
    [left] = plan_of(inspection.sealing).waiting
    actions.strike_target(inspection, by=head, key=left.key, reason=f"Hoãn theo {SECRET[1]}")
    for who, person in people.items():
        without = read_over(inspection, person)
        assert [ask for ask, answer in with_more[who].items() if without[ask] != answer] == [], who
        page = without[f"/inspections/{inspection.uid}/"]
        assert page[0] == 200
        assert not any(word in page[2] for word in (SECRET[0], SECRET[1], "Bình Minh", "Ai đã xem", "được biết"))


@pytest.mark.look
@pytest.mark.long
def test_signed_minutes_say_nothing_of_what_the_team_does_next(desk: Desk) -> None:
    """After the first signature the team is divided anew, its next visit begun, somebody joins and declares: under the seal."""
    inspection, head = seal(desk), desk.people[LISTED]
    desk.sign(inspection.visits.get())
    people = readers(desk, "leader", "coordinator", "records_clerk")
    before = {who: read_over(inspection, person) for who, person in people.items()}
    [left] = plan_of(inspection.sealing).waiting
    visit = actions.begin_target(inspection, by=head, key=left.key, as_planned=True)
    first, member = inspection.groups.get(), inspection.team.get(person=desk.people["team_member"])
    lead = inspection.team.get(person=head)
    groups = [Group(first.name, lead, there=first), Group("Tổ mai phục", member, visits=[visit])]
    actions.divide_team(inspection, by=head, groups=groups)
    for who, person in people.items():
        after = read_over(inspection, person)
        assert [ask for ask, answer in before[who].items() if after[ask] != answer] == [], who
    assert "Tổ mai phục" in read_over(inspection, head)[f"/inspections/{inspection.uid}/"][2]


def mailed(desk: Desk) -> dict[str, str]:
    """What everybody finds in the digest of the day. What is written meanwhile is taken back."""
    mail.outbox.clear()
    try:
        with transaction.atomic(), override_settings(EMAIL_HOST="thu.example"):
            for who, person in desk.people.items():
                Person.objects.filter(pk=person.pk).update(email=f"{who}@thu.example")
            Notice.objects.update(told_at=now() - timedelta(days=2))
            send_digests(today())
            raise Back
    except Back:
        return {message.to[0].split("@")[0]: f"{message.subject}\n{message.body}" for message in mail.outbox}


def read_over(inspection: Inspection, person: Person) -> Answers:
    """Every list and search, and what there is to read of the inspection."""
    client, place = signed_in(person), f"/inspections/{inspection.uid}"
    asks = [
        *searches(),
        Ask("/mine/", {}),
        Ask(f"{place}/", {}),
        Ask(f"/api/v1{place}", {}),
        Ask(f"{place}/report/", {}),
        *(Ask(f"{place}/{part}/", {}) for part in ("team", "groups", "waiver", "declaration", "decision")),
    ]
    return {
        f"{ask.address}{'?' if ask.given else ''}{ask.given or ''}": taken_back(client, partial(put, client, ask))
        for ask in asks
    }


def test_figures_on_the_command_line_do_not_move(desk: Desk) -> None:
    day = YESTERDAY.isoformat()
    before = figures_told(day)
    inspection = seal(desk)
    assert figures_told(day) == before
    desk.sign(inspection.visits.get())
    assert figures_told(day) != before


def figures_told(day: str) -> str:
    out = io.StringIO()
    call_command("figures", "--scope", "tinh-thu-nghiem", "--from", day, "--to", day, "--json", stdout=out)
    call_command("summary", "--scope", "tinh-thu-nghiem", "--from", day, "--to", day, stdout=out)
    return out.getvalue()


def walked(sides: Sides, person: Person | None) -> Answers:
    """Everything that the person is answered. What is written is taken back."""
    client = signed_in(person)
    found: Answers = {}
    for line in chosen("requests beside a seal", READING, LINES):
        found[f"{line.method} {line.address}"] = taken_back(client, partial(send, client, line, sides["own"]))
    return found | asked(client, *searches(), *draws(sides), *refusals(sides))


def looked(sides: Sides, person: Person) -> Answers:
    """What the person finds by looking where a sealed visit would stand."""
    return asked(signed_in(person), *searches(), *draws(sides), Ask("/mine/", {}), Ask("/api/v1/inspections", {}))


def asked(client: Client, *asks: Ask) -> Answers:
    found: Answers = {}
    for ask in asks:
        said = " ".join(f"{key}={value}" for key, value in ask.given.items() if value)
        found[f"{ask.method} {ask.address}? {said}"] = taken_back(client, partial(put, client, ask))
    assert [ask for ask, (status, _to, _says) in found.items() if status >= 500] == []
    return found


def signed_in(person: Person | None) -> Client:
    client = Client(raise_request_exception=False)
    if person:
        SignedIn.objects.filter(person=person).delete()  # the list of sessions is that of this walk
        client.force_login(person)
        client.get("/healthz")  # from here on the session is as it stays: no request writes it
    return client


def put(client: Client, ask: Ask) -> Any:
    if ask.method == "GET":
        return client.get(ask.address, ask.given)
    if "file" not in ask.given:
        return client.post(ask.address, ask.given)
    kept = client.post(ask.address, {"file": SimpleUploadedFile("luot.csv", ask.given["file"].encode())})
    return client.get(kept.url) if kept.status_code == 302 else kept


def taken_back(client: Client, ask: Callable[[], Any]) -> tuple[int, str, str]:
    cookies = SimpleCookie(client.cookies.output(header="", sep=";"))
    try:
        with transaction.atomic():
            answer = ask()
            raise Back
    except Back:
        client.cookies = cookies
    return answer.status_code, steady(answer.headers.get("Location", "")), steady(text_of(answer))


def text_of(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if answer.headers.get("Content-Type") == "image/jpeg":
        return str(content.hex())
    if not content.startswith(b"PK"):
        return str(content.decode())
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = [name for name in sorted(book.namelist()) if name != "docProps/core.xml"]  # it carries the moment
        return "".join(name + book.read(name).decode(errors="backslashreplace") for name in parts)


def steady(text: str) -> str:
    """Without what differs between any two requests."""
    return CHANGING.sub("…", text)


def hidden(inspection: Inspection, person: Person | None) -> list[str]:
    """The addresses that answer otherwise for the sealed things than for things that never were."""
    client = signed_in(person)
    visit = Visit.objects.filter(inspection=inspection).order_by("pk").first()
    assert visit
    finding = visit.findings.order_by("pk").last()
    assert finding
    sealed = {
        "inspections": inspection.uid,
        "visits": visit.uid,
        "findings": finding.uid,
        "evidence": visit.files.get().uid,
        "concerned": finding.people.get().uid,
    }
    key, found = plan_of(inspection.sealing).waiting[0].key, []
    for address in (one for one in addresses() if "uid" in holes(one)):
        uid = sealed.get(address.removeprefix("/api/v1").split("/")[1])
        for method in ("GET", "POST") if uid else ():
            nowhere, there = (
                taken_back(client, partial(requested, client, method, address, str(one), key)) for one in (uuid7(), uid)
            )
            if there != nowhere:
                found.append(f"{method} {address}")
    return found


def requested(client: Client, method: str, address: str, uid: str, key: str) -> Any:
    body = {"version": "1", "reason": "Đoán mò địa chỉ", "number": "1/BB", "unit": "xa-hoang-dong", "visited_on": DAY}
    place = filled(address, dict.fromkeys(holes(address), "A1") | {"uid": uid, "key": key})
    if method == "GET":
        return client.get(place)
    if address.startswith(API):
        sound = {"targets": {"unit": "xa-xa", "visited_on": YESTERDAY.isoformat()}, "sealed": {}, "beginning": {}}
        given = sound.get(address.rsplit("/", 1)[1], body)
        return client.post(place, json.dumps(given), content_type="application/json")
    return client.post(place, body)
