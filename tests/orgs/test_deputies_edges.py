"""What is typed when somebody names who stands in, what a key of a program gets of it, and what is kept when it is given back."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.timezone import get_current_timezone

from kycuong.core.presence import Presence, present
from kycuong.core.problems import BadInput
from kycuong.core.remembering import remembering
from kycuong.notices.models import Notice
from kycuong.notices.tasks.standing_in import tell_of_first_days
from kycuong.orgs.authority import can
from kycuong.orgs.models import Person, StandIn
from tests.desk import Desk

from .lending import DAY, TODAY, chief, clerk, lend_coordinator

__all__ = ["chief", "clerk"]


def asked(desk: Desk, **given: Any) -> tuple[int, dict[str, Any]]:
    client = Client()
    client.force_login(desk.people["coordinator"])
    body = {"role": "coordinator", "unit": desk.units["district"].slug, "person": "clerk", "reason": "Nghỉ phép"}
    body |= {"last": str(TODAY + DAY), **given}
    reply = client.post("/api/v1/stand-ins", json.dumps(body), content_type="application/json")
    return reply.status_code, reply.json()


@pytest.mark.usefixtures("clerk")
@pytest.mark.parametrize("more", [{}, {"reason": " "}, {"last": "2000-01-01"}], ids=["good", "no reason", "over"])
def test_the_api_tells_of_no_account_whether_it_exists(desk: Desk, more: dict[str, str]) -> None:
    there, own = desk.people["leader"].username, desk.people["coordinator"].username
    told = {name: asked(desk, person=name, **more) for name in (there, own, "khong-co-ai")}
    assert {status for status, _ in told.values()} == {422}
    told = {name: (status, {**body, "request_id": ""}) for name, (status, body) in told.items()}
    words = {json.dumps(body, ensure_ascii=False).replace(name, "…") for name, (_, body) in told.items()}
    assert len(words) == 1
    if not more:
        assert "… không làm thay được" in words.pop()


@pytest.mark.usefixtures("clerk")
@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"last": "9999-12-31"}, "last"),
        ({"first": "9999-12-31", "last": "9999-12-31"}, "first"),
        ({"first": str(TODAY + 367 * DAY), "last": str(TODAY + 368 * DAY)}, "first"),
    ],
)
def test_a_day_too_far_off_is_refused_with_a_sentence(desk: Desk, given: dict[str, str], field: str) -> None:
    status, body = asked(desk, **given)
    assert (status, [fault["field"] for fault in body["errors"]]) == (422, [field])
    assert asked(desk, first=str(TODAY + 366 * DAY), last=str(TODAY + 367 * DAY))[0] == 200


def test_a_day_too_far_off_is_refused_on_the_page_and_at_the_machine(desk: Desk, clerk: Person) -> None:
    coordinator = desk.people["coordinator"]
    client = Client()
    client.force_login(coordinator)
    page = reverse("orgs:name_stand_in", args=[coordinator.assignments.get().uid])
    given = {"person": str(clerk.uid), "first": "", "last": "31/12/9999", "reason": "Nghỉ phép"}
    reply = client.post(page, given)
    assert reply.status_code == 422
    assert 'aria-invalid="true"' in reply.content.decode()
    options = ["--role", "coordinator", "--unit", desk.units["district"].slug, "--reason", "Nghỉ"]
    with pytest.raises(BadInput, match="dài nhất 60 ngày"):
        call_command("account", "lend", "coordinator", "--by", "clerk", *options, "--to", "9999-12-31")
    assert not StandIn.objects.exists()


def test_whoever_gives_it_back_stays_signed_in_and_reads_that_it_ended(desk: Desk, clerk: Person) -> None:
    named = lend_coordinator(desk, clerk)
    client, other = Client(), Client()
    client.force_login(Person.objects.get(pk=clerk.pk))
    reply = client.post(reverse("orgs:take_back", args=[named.uid]), follow=True)
    assert [status for _, status in reply.redirect_chain] == [302]
    assert "Đã kết thúc việc làm thay" in reply.content.decode()
    named = lend_coordinator(desk, clerk)
    client.force_login(Person.objects.get(pk=clerk.pk))
    other.force_login(desk.people["coordinator"])
    other.post(reverse("orgs:take_back", args=[named.uid]))
    assert client.get(reverse("orgs:standing_in")).status_code == 302


def test_named_after_midnight_in_vietnam_is_told_once(desk: Desk, clerk: Person) -> None:
    """In UTC it is still the day before."""
    named = lend_coordinator(desk, clerk)
    early = datetime(TODAY.year, TODAY.month, TODAY.day, 1, tzinfo=get_current_timezone())
    StandIn.objects.filter(pk=named.pk).update(named_at=early)
    tell_of_first_days(TODAY)
    assert not Notice.objects.filter(key__startswith="stand-in.begins").exists()


def test_a_key_of_a_program_acts_by_own_roles_only(desk: Desk, clerk: Person) -> None:
    lend_coordinator(desk, clerk)
    with remembering():
        assert can(clerk, "visit.record", at=desk.units["commune"])
        with present(Presence(proved_at=None, keyed=True)):
            assert not can(clerk, "visit.record", at=desk.units["commune"])
            assert can(desk.people["coordinator"], "visit.record", at=desk.units["commune"])
