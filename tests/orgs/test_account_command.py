"""`kycuong account`: the first administrator of an empty installation, without a browser."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from kycuong.core.clock import today
from kycuong.core.problems import BadInput, RuleBroken
from kycuong.orgs.authority import can
from kycuong.orgs.models import Person
from tests.desk import Desk

Capture = pytest.CaptureFixture[str]
HOA = ["create", "hoa", "--name", "Lý Thị Hoa", "--role", "system_admin", "--unit", "tinh-thu-nghiem"]


def test_a_first_administrator_signs_in_with_what_was_printed(desk: Desk, capsys: Capture) -> None:
    call_command("account", *HOA)
    told = capsys.readouterr()
    [password] = told.out.splitlines()
    assert password not in told.err
    assert "chỉ hiện lần này" in told.err
    assert Client().post("/sign-in/", {"login": "hoa", "password": password}).status_code == 302
    assert can(Person.objects.get(username="hoa"), "person.create", at=desk.units["commune"])


def test_what_cannot_be_done_makes_no_account(desk: Desk) -> None:
    for changed in ({"--unit": "khong-co"}, {"--role": "boss"}, {"--to": "1/7/2025"}, {"--to": "2019-01-01"}):
        words = [*HOA, *(word for pair in changed.items() for word in pair)]
        with pytest.raises(BadInput) as refused:
            call_command("account", *words)
        assert refused.value.en
    with pytest.raises(BadInput, match="tên đăng nhập|username"):
        call_command("account", *[word.replace("hoa", "leader") for word in HOA])
    assert not Person.objects.filter(username="hoa").exists()


def test_a_role_lasts_to_the_end_of_the_last_day(desk: Desk) -> None:
    grant = ["account", "grant", "NOBODY", "--role", "leader", "--unit", "huyen-dong"]
    call_command(*grant, "--from", "2020-01-01", "--to", str(today()))
    role = desk.people["nobody"].assignments.get()
    assert (role.valid_from, role.valid_to) == (date(2020, 1, 1), today() + timedelta(days=1))
    assert can(desk.people["nobody"], "figures.see", at=desk.units["commune"])
    with pytest.raises(RuleBroken, match="không cần cấp lại"):
        call_command(*grant)
    with pytest.raises(BadInput, match="Không có tài khoản “ai-do”"):
        call_command("account", "grant", "ai-do", "--role", "leader", "--unit", "huyen-dong")


def test_a_forgotten_password_and_the_list(desk: Desk, capsys: Capture) -> None:
    call_command("account", "password", "leader")
    assert Person.objects.get(username="leader").check_password(capsys.readouterr().out.strip())
    call_command("account", "list")
    lines = capsys.readouterr().out.splitlines()
    assert "coordinator\tNgười coordinator\tcoordinator@huyen-dong" in lines
    assert "nobody\tChưa có vai trò\t-" in lines
    assert len(lines) == Person.objects.count()
