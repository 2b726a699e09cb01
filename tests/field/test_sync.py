"""Ops come in: stored whatever the rules say, recognised when they come again, and never in each other's way."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kycuong.field.actions import pulling
from kycuong.field.actions._record import bring_up
from kycuong.field.models import FieldAside, FieldOp
from kycuong.field.queries import heads_of
from kycuong.inspections.actions import Planned
from kycuong.inspections.models import Visit
from kycuong.orgs.models import Person
from tests.desk import YESTERDAY, Desk, passing
from tests.field.phone import API, Phone


@pytest.fixture
def head(desk: Desk) -> Phone:
    return Phone(desk.people["team_head"])


def test_ops_are_stored_once_however_often_they_come(desk: Desk, head: Phone) -> None:
    visit = desk.visit()
    first = head.say(visit, "t/strengths", "Trực đầy đủ")
    head.say(visit, "t/strengths", "Trực đầy đủ, đúng giờ")
    one, two = head.sent(), head.sent()
    assert [line["status"] for line in one] == ["applied", "applied"]
    assert one == two
    assert FieldOp.objects.filter(device__uid=head.uid).count() == 2
    assert heads_of(visit)["t/strengths"] == [head.said[1]["op_id"]]
    assert first["op_id"] not in str(heads_of(visit))


def test_forty_answers_cost_as_many_statements_as_ten(desk: Desk, head: Phone) -> None:
    """And what a published checklist asks is read once for all of them."""
    counted = []
    for number in (10, 40):
        visit = desk.open(visits=[Planned(desk.units["commune"], YESTERDAY, "full")]).visits.get()
        said = [head.say(visit, f"a/{code}", answer) for code, answer in list(passing(visit).items())[:number]]
        with CaptureQueriesContext(connection) as asked:
            assert {one["status"] for one in head.sent(said)} == {"applied"}
        counted.append(len(asked))
        assert sum('FROM "catalog_criterion"' in one["sql"] for one in asked) == 1
    assert counted[1] == counted[0] <= 125


def test_a_straggler_that_was_replaced_does_not_come_back(desk: Desk, head: Phone) -> None:
    visit = desk.visit()
    first, second = head.say(visit, "t/strengths", "một"), head.say(visit, "t/strengths", "hai")
    reply = head.send([second])
    assert reply.json()["missing_seq"] == [1]
    assert head.send([first]).json()["missing_seq"] == []
    assert heads_of(visit)["t/strengths"] == [second["op_id"]]


def test_two_who_did_not_see_each_other_are_both_kept(desk: Desk, head: Phone) -> None:
    visit, other = desk.visit(), Phone(desk.people["team_member"])
    head.say(visit, "t/strengths", "một")
    other.say(visit, "t/strengths", "hai")
    head.sent()
    (told,) = other.sent()
    assert told["status"] == "conflict"
    assert len(told["heads"]) == 2
    head.say(visit, "t/strengths", "cả hai", base=told["heads"])
    assert head.sent()[-1]["status"] == "applied"
    assert len(heads_of(visit)["t/strengths"]) == 1


def test_a_poisoned_op_is_kept_and_stops_no_other(desk: Desk, head: Phone) -> None:
    visit = desk.visit()
    good = head.say(visit, "t/strengths", "được")
    reused = {**good, "value": "khác"}
    odd: list[Any] = [
        "x", None, 5, {}, {**good, "op_id": "1"}, {**good, "more": 1}, {**good, "value": "a\0b"}, {**good, "value": "\ud800"},
        {**good, "op_id": str(visit.uid), "value": 2**70}, {**good, "field": "z"}, reused,
    ]  # fmt: skip
    told = head.sent([*odd[:5], good, *odd[5:]])
    assert [line["status"] for line in told] == ["set_aside"] * 5 + ["applied"] + ["set_aside"] * 6
    assert all(line["problem"]["vi"] for line in told if line["status"] == "set_aside")
    assert FieldOp.objects.get(uid=good["op_id"]).status == "applied"
    assert FieldAside.objects.count() == 11
    head.sent([*odd, good])
    assert FieldAside.objects.count() == 11


def test_another_op_with_a_number_that_is_taken_is_set_aside(desk: Desk, head: Phone) -> None:
    visit = desk.visit()
    head.say(visit, "t/strengths", "một")
    head.say(visit, "t/explanation", "hai", seq=1)
    assert [line["status"] for line in head.sent()] == ["applied", "set_aside"]


def test_who_may_not_write_loses_nothing_and_learns_nothing(desk: Desk) -> None:
    visit, stranger = desk.visit(), Phone(desk.outsider)
    stranger.say(visit, "t/strengths", "tôi")
    there = stranger.sent()
    stranger.said[-1]["visit"] = "0198c0de-0000-7000-8000-000000000000"
    stranger.said[-1]["op_id"] = "0198c0de-0000-7000-8000-000000000001"
    nowhere = stranger.sent()
    assert there[0]["problem"] == nowhere[0]["problem"]
    assert "t/strengths" not in heads_of(visit)
    assert FieldAside.objects.count() == 2


def test_an_op_in_the_name_of_another_is_set_aside(desk: Desk, head: Phone) -> None:
    head.say(desk.visit(), "t/strengths", "tôi", author=str(desk.people["team_member"].uid))
    assert head.sent()[0]["status"] == "set_aside"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, b"no json"),
        (400, b"\xff"),
        (400, b"[" * 100_000),
        (400, b"[]"),
        (413, b"{" + b" " * 600_000 + b"}"),
        (404, b'{"device": "x"}'),
        (404, b'{"device": "0198c0de-0000-7000-8000-000000000000"}'),
    ],
)
def test_what_is_no_envelope_is_told_so(head: Phone, status: int, body: bytes) -> None:
    reply = head.post("ops", body)
    assert (reply.status_code, reply["KT-Protocol"]) == (status, "1")


def test_every_reply_bears_the_protocol(desk: Desk, head: Phone, as_person: Any) -> None:
    visit, other = desk.visit(), as_person(desk.people["team_member"])
    envelope = json.dumps(head.envelope([]))
    assert Client().get(f"{API}start").status_code == 401
    assert other.post(f"{API}ops", envelope, content_type="application/json").status_code == 404
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(head.person)
    replies = {
        401: Client().get(f"{API}start"),
        403: careful.post(f"{API}ops", envelope, content_type="application/json"),
        404: head.get("nothing"),
        400: head.send("x"),  # type: ignore[arg-type]
        413: head.send([1] * 101),
        426: head.client.get(f"{API}pull", headers={"KT-Protocol": "2"}),
        405: head.get("ops"),
        422: head.post("devices", {}),
        200: head.get("start"),
    }
    assert {status: (one.status_code, one["KT-Protocol"]) for status, one in replies.items()} == {
        status: (status, "1") for status in replies
    }
    csrf = replies[200].json()["csrf"]
    cookies = {"csrf": head.client.cookies["csrf"].value}
    careful.cookies.load(cookies)
    told = careful.post(f"{API}ops", envelope, content_type="application/json", headers={"X-CSRFToken": csrf})
    assert told.status_code == 200
    assert visit.version == 1


def test_a_heartbeat_tells_what_is_missing(head: Phone) -> None:
    assert head.send([], seq_head=3).json()["missing_seq"] == [1, 2, 3]
    assert head.send([], seq_head=1).json()["missing_seq"] == [1, 2, 3]  # the head never goes back
    assert head.send([], seq_head=10**9).json()["missing_seq"] == list(range(1, 101))


def test_the_manifest_is_what_is_here(desk: Desk, head: Phone) -> None:
    visit = desk.visit()
    head.say(visit, "t/strengths", "một")
    head.say(visit, "z", "không hiểu")
    head.sent()
    told = head.get(f"visits/{visit.uid}/manifest?device={head.uid}").json()
    uids = "\n".join(sorted(one["op_id"] for one in head.said))
    assert told["ops"] == 2
    assert told["ops_sha"] == hashlib.sha256(uids.encode()).hexdigest()
    assert told["media"] == 0


def test_pull_gives_a_pack_when_it_changed(desk: Desk, head: Phone) -> None:
    visit = desk.visit()
    first = head.pull().json()
    (pack,) = first["visits"]
    assert pack["uid"] == str(visit.uid)
    assert pack["form"] in first["checklists"]
    assert pack["me"]["role"] == "team_head"
    assert head.pull(first["cursor"]).json()["visits"] == []
    head.say(visit, "t/strengths", "mới")
    head.sent()
    again = head.pull(first["cursor"]).json()
    assert [one["value"] for one in again["visits"][0]["heads"]["t/strengths"]] == ["mới"]


def test_a_pull_takes_one_turn_for_each_visit(desk: Desk, head: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    visits, turns = [desk.visit(), desk.visit()], dict[str, Any]()

    def marked(visit: Visit, **how: Any) -> None:
        turns[str(visit.uid)] = connection.savepoint_ids[-1]  # that of the act which is under way
        bring_up(visit, **how)

    monkeypatch.setattr(pulling, "bring_up", marked)
    assert {one["uid"] for one in head.pull().json()["visits"]} == {str(one.uid) for one in visits} == turns.keys()
    assert len(set(turns.values())) == 2, "others wait for one visit, not for all"


def test_a_phone_belongs_to_one_person(desk: Desk, head: Phone) -> None:
    thief = Phone(desk.people["team_member"], enrolled=False)
    assert head.enrol().status_code == 201
    thief.uid = head.uid
    assert thief.enrol().status_code == 409
    assert isinstance(head.person, Person)
