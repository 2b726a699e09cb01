"""Accounts and roles: opened, changed, closed; who may, and what is refused in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kycuong.audit.models import AuditEntry
from kycuong.core.clock import today
from kycuong.core.problems import BadInput, NotAllowed, Problem, RuleBroken
from kycuong.notices.models import Notice
from kycuong.orgs.actions import (
    change_account,
    create_account,
    deactivate_account,
    end_role,
    grant_role,
    reactivate_account,
    set_temporary_password,
    temporary_password,
)
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.models import Assignment, Person
from kycuong.orgs.rules import FOREVER
from kycuong.signin.telling import POST
from tests.desk import BEGIN, Desk, settle

TODAY = today()
NEW = {"username": "hoa", "full_name": " Lý  Thị Hoa "}


def admin_of(desk: Desk, place: str) -> Person:
    with at_the_machine():
        person, _ = create_account(by=None, at=desk.units[place], username=f"qt-{place}", full_name="Quản trị")
        grant_role(person, by=None, role="system_admin", unit=desk.units[place], valid_from=BEGIN)
    return settle(person)


def test_a_new_account_has_a_password_and_no_right(desk: Desk) -> None:
    admin = desk.people["system_admin"]
    before = AuditEntry.objects.count()
    person, told = create_account(by=admin, at=desk.units["district"], **NEW)
    assert re.fullmatch(r"([a-z2-9]{4}-){3}[a-z2-9]{4}", told)
    assert person.check_password(told)
    assert (person.full_name, person.is_active, person.assignments.count()) == ("Lý Thị Hoa", True, 0)
    assert told not in person.password
    assert AuditEntry.objects.count() == before + 1
    assert Client().post("/sign-in/", {"login": "hoa", "password": told}).status_code == 302
    assert len({temporary_password() for _ in range(50)}) == 50


@pytest.mark.parametrize("role", ["aggregator", "coordinator", "leader", "auditor", "unit_head", "nobody"])
def test_only_administrators_touch_accounts(desk: Desk, role: str) -> None:
    by, other, district = desk.people[role], desk.people["team_member"], desk.units["district"]
    acts: list[Callable[[], Any]] = [
        lambda: create_account(by=by, at=district, **NEW),
        lambda: change_account(other, by=by, full_name="Khác"),
        lambda: set_temporary_password(other, by=by),
        lambda: deactivate_account(other, by=by),
        lambda: grant_role(other, by=by, role="leader", unit=district),
        lambda: end_role(other.assignments.get(), by=by),
    ]
    before = list(Person.objects.order_by("pk").values_list()), list(Assignment.objects.order_by("pk").values_list())
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    after = list(Person.objects.order_by("pk").values_list()), list(Assignment.objects.order_by("pk").values_list())
    assert before == after


def test_an_administrator_reaches_only_his_own_tree(desk: Desk) -> None:
    admin = admin_of(desk, "district")
    change_account(desk.people["unit_head"], by=admin, full_name="Chủ tịch")
    for person in (desk.people["aggregator"], desk.outsider):
        with pytest.raises(NotAllowed):
            set_temporary_password(person, by=admin)
        with pytest.raises(NotAllowed):
            deactivate_account(person, by=admin)
    with pytest.raises(NotAllowed):
        grant_role(desk.people["unit_head"], by=admin, role="leader", unit=desk.units["province"])


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"username": "ab"}, "username"),
        ({"username": "có dấu"}, "username"),
        ({"username": "x" * 60}, "username"),
        ({"username": "coordinator"}, "username"),
        ({"username": " COORDINATOR "}, "username"),
        ({"full_name": "  "}, "full_name"),
        ({"full_name": "x" * 121}, "full_name"),
        ({"email": "khong phai thu"}, "email"),
    ],
)
def test_what_cannot_be_an_account_is_told_by_field(desk: Desk, changed: dict[str, str], field: str) -> None:
    before = Person.objects.count()
    with pytest.raises(BadInput) as refused:
        create_account(by=desk.people["system_admin"], at=desk.units["district"], **{**NEW, **changed})
    assert [fault["field"] for fault in refused.value.errors] == [field]
    assert refused.value.en
    assert Person.objects.count() == before


def test_a_new_password_ends_the_old_one_and_the_sessions(desk: Desk, as_person: Callable[[Any], Client]) -> None:
    person = desk.people["coordinator"]
    client = as_person(person)
    assert client.get("/password/").status_code == 200
    told = set_temporary_password(person, by=desk.people["system_admin"])
    assert Person.objects.get(pk=person.pk).check_password(told)
    assert client.get("/password/").status_code == 302


def test_a_closed_account_is_out_at_once_and_may_come_back(desk: Desk, as_person: Callable[[Any], Client]) -> None:
    person, admin = desk.people["coordinator"], desk.people["system_admin"]
    client = as_person(person)
    deactivate_account(person, by=admin)
    assert client.get("/password/").status_code == 302
    assert person.assignments.count() == 1
    with pytest.raises(RuleBroken, match="đã ngừng"):
        deactivate_account(person, by=admin)
    reactivate_account(person, by=admin)
    with pytest.raises(RuleBroken, match="đang hoạt động"):
        reactivate_account(person, by=admin)


def test_a_role_from_one_day_to_another(desk: Desk) -> None:
    person, admin, unit = desk.people["nobody"], desk.people["system_admin"], desk.units["district"]
    first, end = TODAY + timedelta(days=1), TODAY + timedelta(days=30)
    role = grant_role(person, by=admin, role="leader", unit=unit, valid_from=first, valid_to=end)
    assert (role.valid_from, role.valid_to) == (first, end)
    for start, until in ((TODAY, FOREVER), (first, end), (end - timedelta(days=1), FOREVER), (TODAY, end)):
        with pytest.raises(RuleBroken, match="không cần cấp lại"):
            grant_role(person, by=admin, role="leader", unit=unit, valid_from=start, valid_to=until)
    grant_role(person, by=admin, role="leader", unit=unit, valid_from=end)
    grant_role(person, by=admin, role="leader", unit=desk.units["commune"], valid_from=TODAY)


def test_ending_a_role(desk: Desk) -> None:
    admin, role = desk.people["system_admin"], desk.people["coordinator"].assignments.get()
    end_role(role, by=admin, on=TODAY)
    role.refresh_from_db()
    assert role.valid_to == TODAY
    with pytest.raises(RuleBroken, match="đã hết hạn"):
        end_role(role, by=admin)
    later = grant_role(
        desk.people["nobody"],
        by=admin,
        role="leader",
        unit=desk.units["district"],
        valid_from=TODAY + timedelta(days=5),
    )
    end_role(later, by=admin)
    assert not desk.people["nobody"].assignments.exists()


def refusals(desk: Desk) -> dict[str, Callable[[], Any]]:
    admin, unit, other = desk.people["system_admin"], desk.units["district"], desk.people["nobody"]
    return {
        "không ai tự cấp vai trò": lambda: grant_role(admin, by=admin, role="aggregator", unit=unit),
        "không ai tự ngừng tài khoản": lambda: deactivate_account(admin, by=admin),
        "không ai tự đặt lại mật khẩu": lambda: set_temporary_password(admin, by=admin),
        "không có vai trò “boss”": lambda: grant_role(other, by=admin, role="boss", unit=unit),
        "phải sau ngày bắt đầu": lambda: grant_role(
            other, by=admin, role="leader", unit=unit, valid_from=TODAY, valid_to=TODAY
        ),
    }


def test_refusals_are_sentences(desk: Desk) -> None:
    for words, act in refusals(desk).items():
        with pytest.raises(Problem, match=f"(?i){words}") as refused:
            act()
        assert refused.value.en


def test_a_role_ends_from_today_on_and_no_day_before_is_rewritten(desk: Desk) -> None:
    role = desk.people["coordinator"].assignments.get()
    for day in (TODAY - timedelta(days=1), role.valid_from):
        with pytest.raises(Problem, match="đã qua không sửa lại"):
            end_role(role, by=desk.people["system_admin"], on=day)
    role.refresh_from_db()
    assert role.valid_to == FOREVER


def test_another_e_mail_is_told_to_its_person_and_at_the_old_address(
    desk: Desk, settings: Any, mailoutbox: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "thu.vidu.vn", "Kỷ Cương <kc@vidu.vn>"
    person, admin = desk.people["coordinator"], desk.people["system_admin"]
    for address, letters in (("cu@vidu.vn", []), ("cu@vidu.vn", []), ("moi@vidu.vn", [["cu@vidu.vn"]])):
        with django_capture_on_commit_callbacks(execute=True):
            change_account(person, by=admin, full_name=person.full_name, position="Một", email=address)
        POST.submit(int).result(timeout=30)  # what was to be sent stands before it
        assert [letter.to for letter in mailoutbox] == letters
    assert "moi@vidu.vn" not in mailoutbox[0].body
    told = Notice.objects.filter(person=person, subject__contains="Thư điện tử")
    assert told.count() == 2, "an address was given, and was replaced; the same again is no change"
