"""Whom a finding concerns: category and position for all who see the visit, a name for few."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from kycuong.audit.history import entries_for
from kycuong.audit.models import AuditBody
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken
from kycuong.inspections import actions
from kycuong.inspections.models import ConcernedPerson, Finding, Visit
from kycuong.inspections.queries import minutes_digest, name_of, read_back_mark
from tests.desk import Desk

AsPerson = Callable[[Any], Client]
NAME = "Người Thử Nghiệm"
POSITION = "Công chức địa chính – xây dựng"
FAILED = {"outcome": "fail", "finding": "Vắng mặt không lý do"}


def with_person(desk: Desk, name: str = NAME) -> tuple[Visit, ConcernedPerson]:
    visit = desk.answered(desk.visit(), D3=FAILED)
    person = actions.add_concerned(
        visit.findings.get(), by=desk.people["team_member"], category="civil_servant", position=POSITION, name=name
    )
    return visit, person


def test_a_name_is_no_text_in_any_table(desk: Desk) -> None:
    _, person = with_person(desk)
    person.refresh_from_db()
    assert name_of(person) == NAME
    moved = ConcernedPerson(sealed_name=person.sealed_name)
    assert name_of(moved) == "●●●"  # a seal opens in its own place only
    assert NAME not in person.sealed_name
    written = b"".join(bytes(body) for body in AuditBody.objects.values_list("body", flat=True) if body)
    assert POSITION in written.decode()
    assert NAME not in written.decode()
    assert entries_for(person)[0].verb == "concerned.add"


@pytest.mark.parametrize(
    ("who", "reads"),
    [("team_head", True), ("leader", True), ("unit_head", True), ("aggregator", False), ("auditor", False),
     ("records_clerk", False), ("team_member", False)],
)  # fmt: skip
def test_a_name_is_read_by_few_and_masked_for_the_rest(desk: Desk, as_person: AsPerson, who: str, reads: bool) -> None:
    visit, _ = with_person(desk)
    desk.sign(visit)
    client = as_person(desk.people[who])
    shown = client.get(f"/visits/{visit.uid}/minutes/").content.decode()
    assert f"công chức, {POSITION}" in shown
    assert (NAME in shown, "●●●" in shown) == (reads, not reads)
    for address in (f"/visits/{visit.uid}/minutes/?print=1", f"/api/v1/visits/{visit.uid}", "/inspections/", "/mine/"):
        assert NAME not in client.get(address).content.decode(), address
    told = client.get(f"/api/v1/visits/{visit.uid}").json()["findings"][0]["people"]
    assert told == [{"category": "civil_servant", "position": POSITION}]


def test_without_a_name_there_is_no_mask(desk: Desk, as_person: AsPerson) -> None:
    visit, _ = with_person(desk, name=" ")
    desk.sign(visit)
    assert "●●●" not in as_person(desk.people["auditor"]).get(f"/visits/{visit.uid}/minutes/").content.decode()


@pytest.mark.parametrize(
    ("given", "field"),
    [({"category": "boss"}, "category"), ({"category": ""}, "category"), ({"position": "  "}, "position"),
     ({"position": "x" * 201}, "position"), ({"name": "x" * 101}, "name"), ({"name": "a\x00b"}, "name"),
     ({"position": "a\x00"}, "position")],
)  # fmt: skip
def test_what_is_not_in_order_is_refused(desk: Desk, given: dict[str, str], field: str) -> None:
    visit = desk.answered(desk.visit(), D3=FAILED)
    wanted = {"category": "official", "position": "Chủ tịch", "name": "", **given}
    with pytest.raises(BadInput) as refused:
        actions.add_concerned(visit.findings.get(), by=desk.people["team_head"], **wanted)
    assert {fault["field"] for fault in refused.value.errors} == {field}


def test_only_who_records_writes_and_only_in_a_draft(desk: Desk) -> None:
    visit, person = with_person(desk)
    for who in ("leader", "unit_head", "auditor", "outsider"):
        with pytest.raises(NotAllowed):
            actions.add_concerned(person.finding, by=desk.people[who], category="official", position="x")
        with pytest.raises(NotAllowed):
            actions.remove_concerned(person, by=desk.people[who])
    desk.sign(visit)
    with pytest.raises(RuleBroken, match="đã ký thì không sửa được"):
        actions.remove_concerned(person, by=desk.people["team_head"])


def test_people_go_with_their_finding_and_stay_in_the_log(desk: Desk) -> None:
    visit, person = with_person(desk)
    desk.answered(visit)  # D3 has become a pass: its finding is gone
    assert not Finding.objects.exists()
    assert entries_for(person)[0].op == "delete"
    visit, person = with_person(desk)
    actions.remove_draft_visit(visit, by=desk.people["team_head"])
    assert not ConcernedPerson.objects.exists()


def test_signing_asks_what_was_read_back_and_the_digest_covers_positions(desk: Desk) -> None:
    visit = desk.answered(desk.visit(), D3=FAILED)
    mark = read_back_mark(visit)
    actions.add_concerned(visit.findings.get(), by=desk.people["team_head"], category="official", position=POSITION)
    assert read_back_mark(visit) != mark
    desk.sign(visit)
    visit.refresh_from_db()
    assert minutes_digest(visit, visit.minutes) == visit.minutes.digest
    with connection.cursor() as cursor:
        cursor.execute("UPDATE inspections_concernedperson SET category = 'contract'")
    assert minutes_digest(Visit.objects.get(pk=visit.pk), visit.minutes) != visit.minutes.digest


def test_the_pages_write_and_remove(desk: Desk, as_person: AsPerson) -> None:
    visit = desk.answered(desk.visit(), D3=FAILED)
    finding, page = visit.findings.get(), as_person(desk.people["team_member"])
    assert (
        f"/findings/{finding.uid}/people/"
        in as_person(desk.people["team_head"]).get(f"/visits/{visit.uid}/signing/").content.decode()
    )
    address = f"/findings/{finding.uid}/people/"
    refused = page.post(address, {"category": "official", "position": "", "name": NAME})
    assert refused.status_code == 422
    assert NAME in refused.content.decode()  # what was just typed is not lost
    assert page.post(address, {"category": "official", "position": POSITION, "name": NAME}).status_code == 302
    shown = page.get(address).content.decode()
    assert f"Cán bộ, {POSITION} (●●●)" in shown
    assert NAME not in shown
    person = ConcernedPerson.objects.get()
    assert page.post(f"/concerned/{person.uid}/removal/").status_code == 302
    assert not ConcernedPerson.objects.exists()
    body = json.dumps({"version": visit.version, "answers": visit.answers})
    assert page.post(f"/api/v1/visits/{visit.uid}/answers", body, content_type="application/json").status_code == 200
