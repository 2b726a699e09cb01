"""A sealed surprise changes nothing for whoever is not on its short list (figures.md, rule 5).

Two worlds, one with sealed visits and one without: every address, search, list, export and refusal answers alike in both.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from http.cookies import SimpleCookie
from typing import Any, NamedTuple

import pytest
from django.conf import settings
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings

from kycuong.core.clock import now, today
from kycuong.core.ids import uuid7
from kycuong.draws.actions import look_at_draw, open_drawn_inspection
from kycuong.draws.models import Draw
from kycuong.field.actions import Heartbeat, receive
from kycuong.field.models import FieldDevice
from kycuong.inspections import actions
from kycuong.inspections.actions import Declared, Group, Planned, Seat
from kycuong.inspections.models import Inspection, Visit
from kycuong.inspections.queries import plan_of
from kycuong.inspections.rules import TeamRole
from kycuong.notices.models import Notice
from kycuong.notices.tasks.digests import send_digests
from kycuong.notices.telling import tell
from kycuong.orgs.models import Person
from kycuong.signin.models import SignedIn
from tests.budget import long_run
from tests.desk import FULL_HOUSE, YESTERDAY, Desk, passing
from tests.matrix import TABLE, WHO, Line, read
from tests.photos import examined
from tests.sides import API, DAY, Back, Sides, in_groups, send
from tests.surface import addresses, filled, holes

LINES = list(read(TABLE).values())
LISTED = "team_head"
OTHERS = [who for who in WHO if who != LISTED]
ALIKE = ("records_clerk", "system_admin", "outsider", "nobody")
"""Who sees less than somebody else who is walked anyway: they are walked with --long."""
WRITERS = (LISTED, "aggregator", "team_member")
"""Who writes most: for them every act is tried in both worlds, for the others (but with --long) what there is to read."""
SECRET = ("Bất ngờ tuyệt mật", "77/QĐ-MẬT", "Cửa khóa từ sáng", "Nề nếp tuyệt đẹp", "Tổ kín như bưng")
"""Words that stand in the sealed inspection and nowhere else."""
CHANGING = re.compile(
    r'(name="csrfmiddlewaretoken"\s+value|nonce|name="fingerprint"\s+value)="[^"]*"'
    r"|[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"  # what a request made anew and took back
    r"|\b([a-z2-9]{4}-){3}[a-z2-9]{4}\b"  # a new password
    r'|"challenge": "[^"]*"|<path class="qrline"[^>]*>|<code>[A-Z2-7 ]{16,}</code>'  # what somebody adds to an account
    r'|\b([a-z2-9]{4}-){2}[a-z2-9]{4}\b|<p class="token"><code>[^<]*</code>'  # recovery codes, keys for programs
    r"|\d+ GB( left)?|\d+ (phút trước|minutes ago)|\d+ (giây|seconds)"  # the disk and the clock of the machine
    r'|"csrf": "[^"]*"|"(server_time|enrolled_at|asked_at)": \d+'  # what a phone is told of the hour
    r"|Mã lỗi[^<]*|[0-9a-f]{16}|\b\d\d:\d\d(:\d\d)?\b|T\d\d:\d\d:\d\d[^\"]*"
)
READERS = ("aggregator", "team_member", "unit_head")
"""From above, from within, from the unit itself: with --long also the others who may read of an inspection."""
SHARING = {"leader": 0, "auditor": 1}
"""Both read all that is of the province: each walks every other address, and with --long each walks all."""
Answers = dict[str, tuple[int, str, str]]
"""What was asked → status, where it leads, what it says."""


def differing() -> list[str]:
    return [who for who in OTHERS if who not in ALIKE]


def readers(desk: Desk, *more: str) -> dict[str, Person]:
    return {who: desk.people[who] for who in (*READERS, *(more if long_run() else ()))}


class Ask(NamedTuple):
    """A question beyond the plain addresses."""

    address: str
    given: dict[str, Any]
    method: str = "GET"


def files(year: str) -> Iterator[Ask]:
    """Every list as a file."""
    for name in settings.LISTS:
        yield Ask(f"/lists/{name}.csv", {})
    yield Ask("/lists/inspections.xlsx", {"year": year})


def searches() -> Iterator[Ask]:
    """Every list narrowed to where a sealed visit would stand, every search for its words."""
    unit, lead = "xa-hoang-dong", "so-noi-vu"
    year, day = str(YESTERDAY.year), YESTERDAY.isoformat()
    for words in ("hoang dong", "tuyệt mật", SECRET[1]):
        for address in ("/inspections/", "/units/search/", "/people/", "/figures/scopes/", "/api/v1/inspections"):
            yield Ask(address, {"q": words})
    for narrowed in (
        {"year": year},
        {"form": "surprise"},
        {"state": "scheduled"},
        {"state": "in_progress"},
        {"lead": lead},
    ):
        yield Ask("/inspections/", narrowed)
    for address in ("/plans/", "/plans/overlaps/", "/plans/theme/spreading/"):
        yield Ask(address, {"year": year})
    for whose in ("all", "mine"):
        yield Ask("/calendar/", {"whose": whose, "day": day})
    yield Ask("/visits/new/", {"unit": unit})
    for view in ("subject", "lead"):
        for scope in ("tinh-thu-nghiem", lead, "huyen-dong", unit):
            yield Ask("/figures/", {"scope": scope, "view": view, "from": day, "to": day})
        asked = {"scope": "tinh-thu-nghiem", "view": view, "period": year}
        yield Ask("/api/v1/figures", asked)
        for name in ("visits", "findings", "plan_progress"):
            yield Ask(f"/api/v1/figures/{name}/list", asked)
            yield Ask(f"/figures/{name}/list/", asked)
        yield Ask("/lists/figure.xlsx", {"figure": "visits", **asked})
    yield from summaries(year)
    yield from files(year)
    yield Ask("/api/v1/inspections", {"lead": lead})
    yield Ask("/recusals/", {})
    for state in ("committed", "drawn", "revealed", "abandoned"):
        yield Ask("/api/v1/draws", {"state": state})
    yield Ask(f"/units/{unit}/", {"on": DAY})


def summaries(year: str) -> Iterator[Ask]:
    """The summary report, whole and table by table."""
    report = {"scope": "tinh-thu-nghiem", "period": year}
    yield Ask("/api/v1/figures/summary", report)
    yield Ask("/api/v1/figures/summary", {**report, "scope": "so-noi-vu"})
    yield Ask("/figures/summary.xlsx", report)
    for number in "346":
        yield Ask("/figures/summary/", {**report, "bieu": number})


def refusals(sides: Sides) -> Iterator[Ask]:
    """What might collide with a sealed visit: the same unit on the same day, again, in every way."""
    again = {
        "lead": "so-noi-vu",
        "unit": "xa-hoang-dong",
        "visited_on": DAY,
        "form": "surprise",
        "checklist_form": "short",
    }
    yield Ask("/visits/new/", again, "POST")
    yield Ask("/inspections/new/", {**again, "decision_number": SECRET[1], "visits-TOTAL_FORMS": "0",
                                    "visits-INITIAL_FORMS": "0"}, "POST")  # fmt: skip
    for thing in sides.values():
        yield Ask(f"/inspections/{thing['inspection']}/visits/", {"unit": "xa-binh-minh", "visited_on": DAY}, "POST")
    for change in ("dissolve", "rename", "move", "merge", "absorb", "split"):
        given = {"unit": "xa-hoang-dong", "units": "xa-hoang-dong\nxa-binh-minh", "name": "Xã Khác", "to": "huyen-tay",
                 "into": "xa-binh-minh", "parent": "huyen-dong", "kind": "commune_pc", "new": "Xã Một\nXã Hai",
                 "on": DAY, "document_number": "1/NQ", "document_on": DAY, "fingerprint": ""}  # fmt: skip
        yield Ask(f"/units/change/{change}/", given, "POST")
    rows = f"Cơ quan chủ trì,Hình thức,Tên đơn vị,Ngày kiểm tra,Số quyết định\nSở Nội vụ,Đột xuất,Xã Bình Minh,{DAY},{SECRET[1]}\n"
    yield Ask("/inspections/import/", {"file": rows}, "POST")


def draws(sides: Sides) -> Iterator[Ask]:
    """A draw of surprise targets that is drawn and sealed: its public part."""
    for thing in sides.values():
        for address in (f"/draws/{thing['drawn']}/", f"/draws/{thing['drawn']}/proof.json"):
            yield Ask(address, {})
        yield Ask(f"/api/v1/draws/{thing['drawn']}", {})


def seal(desk: Desk, *, told: timedelta = timedelta(hours=1)) -> Inspection:
    """All that a sealed inspection can carry: a target that waits, one that is struck, a visit begun and written down. Its
    team sits on it; `told`: in how long its members may know."""
    head = desk.people[LISTED]
    inspection = desk.open(
        by=LISTED,
        sealed=True,
        title=SECRET[0],
        notes=SECRET[1],
        members_from=now() + told,
        team=[Seat(head, role=TeamRole.HEAD), Seat(desk.people["team_member"])],
        visits=[Planned(desk.units[unit], YESTERDAY, "short") for unit in ("commune", "second_commune", "division")],
    )
    first, _second, third = plan_of(inspection.sealing).waiting
    actions.strike_target(inspection, by=head, key=third.key, reason=f"Hoãn theo {SECRET[1]}")
    actions.look_at_sealing(inspection, by=head)
    visit = actions.begin_target(inspection, by=head, key=first.key, as_planned=True)
    answers = {**passing(visit), "D3": {"outcome": "fail", "finding": SECRET[2]}}
    actions.record_answers(visit, by=head, answers=answers, headcount=FULL_HOUSE, strengths=SECRET[3])
    loose = actions.add_finding(visit, by=head, description=SECRET[2], severity=3)
    actions.add_concerned(loose, by=head, category="official", position=SECRET[2], name=SECRET[3])
    actions.pick_case_files(visit, by=head, subject=SECRET[2], number=2, size=40)
    actions.add_file(visit, by=head, examined=examined("maroon"), caption=SECRET[2])
    said_on_phones(visit, head)
    lead = inspection.team.get(person=head)
    actions.divide_team(inspection, by=head, groups=[Group(SECRET[4], lead, visits=list(inspection.visits.all()))])
    tie = Declared("other", desk.units["division"], SECRET[2])
    actions.declare_conflicts(inspection, by=head, ties=[tie])
    inspection.refresh_from_db()
    tell(
        desk.people.values(),
        key=f"sealed:{inspection.uid}",
        subject=SECRET[0],
        url=f"/inspections/{inspection.uid}/",
        visible=lambda person: Inspection.objects.visible_to(person).filter(pk=inspection.pk).exists(),
    )
    return inspection


def said_on_phones(visit: Visit, head: Person) -> None:
    """Two values, a photo that has not come, something set aside: from a phone that everybody knew before."""
    device = FieldDevice.objects.filter(person=head).first()
    if device is None:
        return
    photo = {"sha256": "0" * 64, "size": 9, "criterion_code": "", "caption": SECRET[2]}
    said = [
        ("t/strengths", SECRET[3]),
        (f"m/{uuid7()}", photo),
        ("a/D3", {"outcome": "pass"}),
        ("not a field", SECRET[1]),
    ]
    ops = [
        {"op_id": str(uuid7()), "seq": device.seq_head + place, "visit": str(visit.uid), "field": name, "value": value}
        | {"base": [], "form": "", "wall": 1, "mono": 1, "boot": "b", "author": str(head.uid)}
        for place, (name, value) in enumerate(said, 1)
    ]
    beat = Heartbeat(sent_wall=1, seq_head=device.seq_head + len(ops))
    told = receive(device, ops, by=head, beat=beat)
    assert {one.status for one in told} >= {"conflict", "set_aside"}


def follow_the_draw(desk: Desk, sides: Sides) -> None:
    """The draw that everybody knows of is looked at, and its inspection opened, with a unit added by hand."""
    draw, head = Draw.objects.get(uid=sides["own"]["drawn"]), desk.people[LISTED]
    look_at_draw(draw, by=head)
    added = (desk.units["division"], SECRET[2])
    open_drawn_inspection(draw, by=head, visited_on=YESTERDAY, designated=[added])


@pytest.mark.parametrize("group", in_groups(OTHERS if long_run() else differing()), ids=" ".join)
def test_a_sealed_visit_changes_no_answer(desk: Desk, sides: Sides, group: Sequence[str]) -> None:
    people = {who: desk.people.get(who) for who in group}
    without = {who: walked(sides, person) for who, person in people.items()}
    digests = mailed(desk)
    inspection = seal(desk)
    follow_the_draw(desk, sides)
    with_digests = mailed(desk)
    assert {who for who in with_digests if digests.get(who) != with_digests[who]} == {LISTED}
    for who, person in people.items():
        with_it = walked(sides, person)
        assert [ask for ask, answer in without[who].items() if with_it[ask] != answer] == [], who
        told = [ask for ask, (_status, _to, says) in with_it.items() if any(word in says for word in SECRET)]
        assert [ask for ask in told if not any(word in ask for word in SECRET)] == [], who
        assert hidden(inspection, person) == [], who


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
    for line in lines_for(person):
        found[f"{line.method} {line.address}"] = taken_back(client, partial(send, client, line, sides["own"]))
    return found | asked(client, *searches(), *draws(sides), *refusals(sides))


def lines_for(person: Person | None) -> list[Line]:
    """The lines of the table that the person walks."""
    who = person.username if person else ""
    if long_run() or person is None or who in WRITERS:
        return LINES
    reading = [one for one in LINES if one.method == "GET"]
    return reading[SHARING[who] :: len(SHARING)] if who in SHARING else reading


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
