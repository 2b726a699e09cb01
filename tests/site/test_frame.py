"""What the frame of every page shows of the person who reads: all of it is asked at once, and is what it was when each was asked alone."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from kycuong.core.clock import today
from kycuong.inspections.models import TeamMember
from kycuong.notices.models import Notice
from kycuong.orgs.models import Assignment, Person, UnitVersion
from tests.desk import Desk

pytestmark = pytest.mark.django_db
BEFORE = date(2012, 1, 1)


def page(person: Person, address: str = "/units/") -> str:
    client = Client()
    client.force_login(person)
    return client.get(address).content.decode()


def unit_of(person: Person) -> list[str]:
    return re.findall(r'<span class="account-unit">(.*?)</span>', page(person))


def unread_of(person: Person) -> list[str]:
    return re.findall(r'<span class="account-unread">(\d+)', page(person))


def test_the_unit_of_the_first_role_stands_there_as_it_is_called_last(desk: Desk) -> None:
    person, unit = desk.people["coordinator"], desk.units["department"]
    first = Assignment.objects.filter(person=person).earliest("pk")
    Assignment.objects.create(person=person, role="unit_head", unit=unit, valid_from=BEFORE)
    called = UnitVersion.objects.filter(unit=first.unit).latest("valid_from")
    assert unit_of(person) == [called.name]
    later = today() - timedelta(days=3)
    UnitVersion.objects.filter(pk=called.pk).update(valid_to=later)
    again = {"kind": called.kind, "search_key": "ten moi", "sort_key": "ten moi", "valid_from": later}
    UnitVersion.objects.create(unit=first.unit, name="Tên mới", **again)
    assert unit_of(person) == ["Tên mới"]
    Assignment.objects.filter(pk=first.pk).update(valid_to=today())
    assert unit_of(person) == [UnitVersion.objects.filter(unit=unit).latest("valid_from").name]
    assert unit_of(desk.people["nobody"]) == []


@pytest.mark.parametrize("who", ["coordinator", "nobody"])
def test_unread_notices_are_counted_for_whoever_has_a_role_and_for_whoever_has_none(desk: Desk, who: str) -> None:
    person = desk.people[who]
    Notice.objects.all().delete()
    assert unread_of(person) == []
    told = [Notice(person=person, key=f"{number}", subject="Đến hạn", url="/mine/") for number in range(3)]
    Notice.objects.bulk_create(
        [*told, Notice(person=desk.people["outsider"], key="0", subject="Đến hạn", url="/mine/")]
    )
    assert unread_of(person) == ["3"]
    Notice.objects.filter(person=person, key="0").update(read_at="2026-01-01T00:00Z")
    assert unread_of(person) == ["2"]


@pytest.mark.parametrize("who", ["unit_head", "nobody"])
def test_the_phone_is_offered_to_whoever_sits_on_a_team(desk: Desk, who: str) -> None:
    person, phone = desk.people[who], 'href="/field/'
    inspection = desk.open()
    assert phone not in page(person)
    seat = TeamMember.objects.create(inspection=inspection, person=person, role="member")
    assert phone in page(person)
    TeamMember.objects.filter(pk=seat.pk).update(left_at="2026-01-01T00:00Z", left_by=person, leave_reason="nghỉ")
    assert phone not in page(person)


def test_what_is_public_is_offered_to_whoever_watches_over_it_at_the_top(desk: Desk) -> None:
    assert 'href="/openness/' in page(desk.people["leader"])
    assert 'href="/openness/' not in page(desk.people["coordinator"])
