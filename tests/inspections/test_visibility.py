"""Who sees what: by role and relation; and a sealed inspection is for its short list alone (figures.md, rule 5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from kycuong.core.ids import uuid7
from kycuong.core.problems import NotAllowed
from kycuong.inspections import actions
from kycuong.inspections.actions import Planned, Seat
from kycuong.inspections.models import Finding, Inspection, Visit
from kycuong.inspections.queries import inspections_wanted, open_duties
from kycuong.inspections.rules import InspectionState, TeamRole
from tests.budget import few
from tests.desk import ROLES, YESTERDAY, Desk

AsPerson = Callable[[Any], Client]
SEES_LED = {"aggregator", "leader", "auditor", "team_head", "team_member", "records_clerk"}
SEES_ABOUT = {"aggregator", "leader", "auditor", "coordinator", "unit_head"}
EVERYBODY = [*ROLES, "outsider", "nobody"]
FIRST = ("leader", "unit_head", "outsider")
"""From above, from the unit, from beside: asked on each run, where asking takes long."""


def sealed(desk: Desk, *names: str) -> Inspection:
    """A sealed inspection of one or more units, begun at their doors, known to the aggregator (who opened it) and the auditor."""
    units = [desk.units[name] for name in names or ("commune",)]
    inspection = desk.open(
        by="aggregator",
        sealed=True,
        title="Kiểm tra bất ngờ Hoàng Đồng",
        team=[Seat(desk.people["aggregator"], role=TeamRole.HEAD), Seat(desk.people["team_member"])],
        short_list=[desk.people["auditor"]],
        visits=[Planned(unit, YESTERDAY, "short") for unit in units],
    )
    desk.begin(inspection)
    return inspection


def sees(desk: Desk, name: str) -> tuple[bool, bool]:
    """Whether a person sees any inspection, any visit."""
    person = desk.people[name]
    return Inspection.objects.visible_to(person).exists(), Visit.objects.visible_to(person).exists()


@pytest.mark.parametrize("name", EVERYBODY)
def test_a_draft_is_seen_by_its_lead_alone(desk: Desk, name: str) -> None:
    desk.open()
    assert sees(desk, name) == (name in SEES_LED, name in SEES_LED)


@pytest.mark.parametrize("name", EVERYBODY)
def test_a_signed_visit_is_seen_by_its_lead_and_by_those_above_the_unit(desk: Desk, name: str) -> None:
    desk.signed()
    expected = name in SEES_LED | SEES_ABOUT
    assert sees(desk, name) == (expected, expected)


@pytest.mark.parametrize("name", EVERYBODY)
def test_a_sealed_draft_is_seen_by_the_short_list_alone(desk: Desk, name: str) -> None:
    inspection = sealed(desk)
    listed = name in {"aggregator", "auditor"}
    assert sees(desk, name) == (listed, listed)
    person = desk.people[name]
    assert inspections_wanted(person, {"form": "surprise"}).exists() is listed
    assert not inspections_wanted(person, {"q": "hoang dong"}).exists()  # a search is no look
    assert not inspections_wanted(person, {"q": "bất ngờ"}).exists()
    assert list(open_duties(person, [desk.units["commune"].pk], on=YESTERDAY)) == []
    visit = inspection.visits.get()
    visit = actions.record_answers(
        visit, by=desk.people["aggregator"], answers={"D3": {"outcome": "fail", "finding": "Thiếu biển"}}
    )
    assert Finding.objects.visible_to(person).exists() is listed


def test_nobody_signed_in_sees_nothing(desk: Desk) -> None:
    desk.signed()
    nobody = AnonymousUser()
    assert not Inspection.objects.visible_to(nobody).exists()
    assert not Visit.objects.visible_to(nobody).exists()


@pytest.mark.parametrize("name", few(sorted(EVERYBODY, key=FIRST.__contains__, reverse=True), len(FIRST)))
def test_pages_of_a_sealed_inspection_are_not_there_for_others(desk: Desk, as_person: AsPerson, name: str) -> None:
    inspection = sealed(desk)
    visit = inspection.visits.get()
    client = as_person(desk.people[name])
    listed = name in {"aggregator", "auditor"}
    inspection_parts = ["", "visits/", "cancellation/"]
    visit_parts = ["", "signing/", "minutes/", "annulment/", "removal/", "minutes/number/"]
    addresses = [(f"/inspections/{{}}/{part}", inspection.uid) for part in inspection_parts]
    addresses += [(f"/visits/{{}}/{part}", visit.uid) for part in visit_parts]
    for address, uid in addresses:
        here, nowhere = address.format(uid), address.format(uuid7())
        assert (client.get(here).status_code != 404) is listed, here
        if not listed:  # to others it answers like an address that never was
            assert client.post(here, {"reason": "Đoán mò địa chỉ"}).status_code == client.post(nowhere).status_code
    body = client.get("/inspections/").content.decode()
    assert "bất ngờ" not in body
    assert (str(inspection.uid) in body) is listed


def test_a_part_that_is_signed_says_nothing_of_the_rest(desk: Desk, as_person: AsPerson) -> None:
    inspection = sealed(desk, "commune", "second_commune")
    first, second = inspection.visits.order_by("pk")
    desk.people["signer"] = desk.people["aggregator"]
    actions.record_answers(first, by=desk.people["aggregator"], answers={}, strengths="Tốt")
    actions.choose_checklist(first, by=desk.people["aggregator"], checklist_form="")
    actions.sign_minutes(first, by=desk.people["aggregator"], team_signatory="Trưởng đoàn", unit_signatory="Chủ tịch")
    inspection.refresh_from_db()
    assert inspection.state == InspectionState.MINUTES_SIGNED
    leader = desk.people["leader"]
    assert list(Visit.objects.visible_to(leader)) == [first]
    body = as_person(leader).get(f"/inspections/{inspection.uid}/").content.decode()
    assert "Hoàng Đồng" in body
    assert "Bình Minh" not in body
    with pytest.raises(NotAllowed):  # not even by a refusal that names the pending day
        actions.add_visit(inspection, by=desk.people["team_head"], unit=second.unit, visited_on=second.visited_on)


def test_a_team_member_of_another_office_sees_the_inspection(desk: Desk) -> None:
    desk.open(team=[Seat(desk.outsider)])
    assert sees(desk, "outsider") == (True, True)
