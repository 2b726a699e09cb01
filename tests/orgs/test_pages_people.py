"""The pages of accounts and roles: who may open them, what they do, and what is shown once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kycuong.orgs.authority import can
from kycuong.orgs.models import Person
from kycuong.orgs.roles import ROLES
from tests.desk import ROLES as PLACES
from tests.desk import Desk

AsPerson = Callable[[Any], Client]
NEW = {"username": "hoa", "full_name": "Lý Thị Hoa", "role": "leader", "unit": "huyen-dong", "first": "", "last": ""}


@pytest.fixture
def admin(desk: Desk, as_person: AsPerson) -> Client:
    return as_person(desk.people["system_admin"])


@pytest.mark.parametrize("role", PLACES)
def test_accounts_are_for_those_who_administer_or_audit_them(desk: Desk, as_person: AsPerson, role: str) -> None:
    client, other = as_person(desk.people[role]), desk.people["nobody"]
    sees, creates = (verb in ROLES[role].verbs for verb in ("person.see", "person.create"))
    assert client.get("/people/").status_code == (200 if sees else 403)
    assert client.get("/people/new/").status_code == (200 if creates else 403)
    assert client.get(f"/people/{other.uid}/").status_code == (200 if sees else 404)
    answer = client.post(f"/people/{other.uid}/close/")
    assert answer.status_code == (302 if creates else 403 if sees else 404)
    assert (">Tài khoản<" in client.get("/me/").content.decode()) is sees


def test_a_new_account_shows_its_password_once(admin: Client, desk: Desk) -> None:
    body = admin.post("/people/new/", NEW).content.decode()
    told = re.search(r"<code>([a-z2-9-]{19})</code>", body)
    assert told
    person = Person.objects.get(username="hoa")
    assert person.check_password(told[1])
    assert can(person, "figures.see", at=desk.units["commune"])
    assert told[1] not in admin.get(f"/people/{person.uid}/").content.decode()
    assert "Lý Thị Hoa" in admin.get("/people/?q=hoa").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"unit": "khong-co"}, {"role": "boss"}, {"username": "có dấu"}, {"username": "leader"}, {"last": "31/2/2030"},
     {"last": "01/01/2019"}, {"full_name": ""}, {"email": "x"}],
    ids=str,
)  # fmt: skip
def test_what_is_wrong_is_told_and_nothing_is_made_or_lost(admin: Client, wrong: dict[str, str]) -> None:
    before = Person.objects.count()
    answer = admin.post("/people/new/", {**NEW, "position": "Chuyên viên chính", **wrong})
    assert answer.status_code == 422
    assert "Chuyên viên chính" in answer.content.decode()
    assert Person.objects.count() == before


def test_roles_are_given_and_ended_on_the_page_of_a_person(admin: Client, desk: Desk) -> None:
    person = desk.people["nobody"]
    page = f"/people/{person.uid}/"
    assert admin.post(page, {"role": "leader", "unit": "huyen-dong"}).status_code == 302
    role = person.assignments.get()
    assert "Kết thúc hôm nay" in admin.get(page).content.decode()
    assert admin.post(page, {"role": "leader", "unit": "huyen-dong"}).status_code == 422
    assert admin.post(f"{page}roles/{role.uid}/end/").status_code == 302
    assert not can(person, "figures.see", at=desk.units["district"])
    other = desk.people["leader"].assignments.get()
    assert admin.post(f"{page}roles/{other.uid}/end/").status_code == 404


def test_closing_opening_and_a_new_password(admin: Client, desk: Desk) -> None:
    person = desk.people["leader"]
    for act, active in (("close", False), ("reopen", True)):
        assert admin.post(f"/people/{person.uid}/{act}/").status_code == 302
        person.refresh_from_db()
        assert person.is_active is active
    old = person.password
    assert "Chỉ hiện lần này" in admin.post(f"/people/{person.uid}/password/").content.decode()
    person.refresh_from_db()
    assert person.password != old
    assert admin.get(f"/people/{person.uid}/password/").status_code == 405
    me = desk.people["system_admin"]
    assert admin.post(f"/people/{me.uid}/close/").status_code == 422


@pytest.mark.parametrize("role", [*PLACES, "nobody"])
def test_everybody_reads_what_he_holds_and_what_it_permits(desk: Desk, as_person: AsPerson, role: str) -> None:
    client = as_person(desk.people[role])
    me, why = (client.get(path).content.decode() for path in ("/me/", "/why/"))
    assert all(one.title in why for one in ROLES.values())
    if role in ROLES:
        assert ROLES[role].title in me
        assert str(desk.units[PLACES[role]]) in why
    else:
        assert "Chưa có vai trò nào" in me
