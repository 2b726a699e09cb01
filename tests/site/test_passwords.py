"""Passwords that others would guess, and those that an administrator has seen."""

from __future__ import annotations

from base64 import b64encode
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client

from kycuong.core.clock import now
from kycuong.orgs.actions import create_account, set_temporary_password
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.models import Person
from kycuong.site import passwords
from kycuong.upkeep.queries import reach
from kycuong.upkeep.rules import State
from tests.desk import Desk

pytestmark = pytest.mark.django_db
OWN = "cam quýt mít dừa xoài"


@pytest.mark.parametrize(
    "password",
    [
        "010119900912345678",
        "0912345678 0987654321",
        "01/01/1990 31/12/1985",
        "1234567890123456",
        "abcdefghijklmnop",
        "qwertyuiop12345678",
    ]
    + ["aaaaaaaaaaaaaaaaaa", "abcabcabcabcabcabc", "098765432109876", "19900101-20191231"],
)
def test_what_everybody_would_guess_is_refused(password: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert "password_predictable" in {error.code for error in refused.value.error_list}


@pytest.mark.parametrize(
    "password", ["739104826617", "61428793062741", "KHÔNG dấu gì cả 9", "!!??--==++&&", "một hai ba bốn năm", OWN]
)
def test_any_kind_of_letters_will_do(password: str) -> None:
    validate_password(password)


def test_a_very_long_one_is_judged_by_how_it_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is signed in may send two million letters: none is looked at twice, and most not once."""
    seen: list[int] = []
    plain = passwords._without_runs
    monkeypatch.setattr(passwords, "_without_runs", lambda text: seen.append(len(text)) or plain(text))
    validate_password(OWN * 10_000)
    assert max(seen) <= 256


def opened(desk: Desk) -> tuple[Person, str]:
    with at_the_machine():
        return create_account(by=None, at=desk.units["province"], username="moi.vao", full_name="Người mới vào")


def sign_in(client: Client, password: str, **more: str) -> Any:
    return client.post("/sign-in/", {"login": "moi.vao", "password": password, **more})


def test_a_password_that_was_given_opens_only_the_page_that_replaces_it(desk: Desk, client: Client) -> None:
    person, told = opened(desk)
    assert now() + timedelta(days=6) < person.password_ends_at < now() + timedelta(days=8)
    assert sign_in(client, told).status_code == 302
    sent = client.get("/mine/?x=1")
    assert (sent.status_code, sent["Location"]) == (302, "/password/?next=%2Fmine%2F%3Fx%3D1")
    refused = client.get("/api/v1/field/start")
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:kycuong:problem:password-is-temporary")
    assert client.get("/sign-in/second/")["Location"] == "/password/?next=%2Ffield%2F", "where a phone goes"
    page = client.get(sent["Location"])
    assert "do quản trị hệ thống cấp" in page.content.decode()
    same = client.post("/password/", {"oldpassword": told, "password1": told, "password2": told})
    assert "phải khác mật khẩu đang dùng" in same.content.decode()
    done = client.post(
        "/password/?next=/mine/", {"oldpassword": told, "password1": OWN, "password2": OWN, "next": "/mine/"}
    )
    assert (done.status_code, done["Location"]) == (302, "/mine/")
    assert client.get("/mine/").status_code == 200
    assert Person.objects.get(pk=person.pk).password_ends_at is None


def test_one_that_was_not_replaced_in_time_opens_nothing(desk: Desk, client: Client) -> None:
    person, told = opened(desk)
    Person.objects.filter(pk=person.pk).update(password_ends_at=now() - timedelta(minutes=1))
    answer = sign_in(client, told)
    assert "đã hết hạn" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert "đã hết hạn" not in sign_in(client, "not that one").content.decode(), "who does not know it is told nothing"
    with at_the_machine():
        told = set_temporary_password(person, by=None)
    assert sign_in(client, told).status_code == 302


def test_a_browser_that_still_holds_a_closed_account_is_no_way_around(desk: Desk, client: Client) -> None:
    """Its session is of another person: what was noted in it of how somebody came in is lost on the way, and so decides nothing."""
    _person, told = opened(desk)
    other = desk.people["team_member"]
    client.force_login(other)
    Person.objects.filter(pk=other.pk).update(is_active=False)
    assert sign_in(client, told).status_code == 302
    assert client.get("/mine/")["Location"].startswith("/password/")


def test_a_session_of_a_closed_account_ends(desk: Desk, client: Client) -> None:
    client.force_login(desk.people["team_member"])
    Person.objects.filter(pk=desk.people["team_member"].pk).update(is_active=False)
    client.get("/mine/")
    assert "_auth_user_id" not in client.session


def test_one_that_was_given_while_the_clock_was_ahead_opens_nothing(desk: Desk, client: Client) -> None:
    person, told = opened(desk)
    Person.objects.filter(pk=person.pk).update(password_ends_at=now() + timedelta(days=372))
    assert "đã hết hạn" in sign_in(client, told).content.decode()


def test_it_proves_nothing_in_the_browser_of_who_came_otherwise(desk: Desk, client: Client) -> None:
    """Its owner is in by the provider; whoever was told the password may not prove by it at that desk."""
    person, told = opened(desk)
    client.force_login(person)
    session = client.session
    session["otherwise"], session["proved"] = str(person.uid), 0
    session.save()
    assert client.get("/mine/").status_code == 200
    assert "chưa đúng" in client.post("/confirm/", {"password": told}).content.decode()


def test_programs_are_not_let_in_by_one(desk: Desk, client: Client) -> None:
    person, told = opened(desk)
    key = {"authorization": "Basic " + b64encode(f"moi.vao:{told}".encode()).decode()}
    answer = client.get("/api/v1/notices", headers=key)
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:kycuong:problem:password-is-temporary")
    Person.objects.filter(pk=person.pk).update(password_ends_at=now() - timedelta(minutes=1))
    assert "ended" in str(client.get("/api/v1/notices", headers=key).json())


def test_the_page_of_a_person_tells_that_it_waits(desk: Desk, as_person: Any) -> None:
    person, _told = opened(desk)
    page = f"/people/{person.uid}/"
    client = as_person(desk.people["system_admin"])
    assert "Mật khẩu tạm chưa đổi" in client.get(page).content.decode()
    Person.objects.filter(pk=person.pk).update(password_ends_at=now() - timedelta(minutes=1))
    assert "Mật khẩu tạm đã hết hạn" in client.get(page).content.decode()


def test_accounts_of_the_demonstration_need_not(desk: Desk) -> None:
    with at_the_machine():
        person, _told = create_account(
            by=None, at=desk.units["province"], username="minh.hoa", full_name="Minh Họa", password="ai-cũng-biết"
        )
    assert person.password_ends_at is None


def lent_long_ago(desk: Desk) -> tuple[Person, str]:
    """As before temporary passwords had an end; the others come in by the provider alone, and have none."""
    Person.objects.update(password=make_password(None))
    person, told = opened(desk)
    Person.objects.filter(pk=person.pk).update(password_ends_at=None)
    return person, told


def test_one_that_was_given_before_they_had_an_end_is_told_with_its_cure(desk: Desk, client: Client) -> None:
    """By number only: whose it is stands where accounts are looked after."""
    person, told = lent_long_ago(desk)
    [line] = reach.passwords()
    assert (line.state, line.vi[:11]) == (State.WARNING, "1 tài khoản")
    assert "(1 chưa đăng nhập lần nào)" in line.vi
    assert "--end" in line.cure_en
    assert person.full_name not in line.vi + line.en
    assert sign_in(client, told).status_code == 302
    assert "(0 chưa đăng nhập lần nào)" in next(reach.passwords()).vi
    client.post("/password/", {"oldpassword": told, "password1": OWN, "password2": OWN})
    assert [one.state for one in reach.passwords()] == [State.GOOD], "it is its owner's own now"


def test_who_looks_after_accounts_finds_them(desk: Desk, as_person: Any) -> None:
    person, _told = lent_long_ago(desk)
    client = as_person(Person.objects.get(pk=desk.people["system_admin"].pk))
    for asked in ("/people/?lent=1", "/lists/people.csv?lent=1"):
        found = answered(client.get(asked))
        assert person.full_name in found, asked
        assert desk.people["coordinator"].full_name not in found, asked
    assert "chưa đổi và không có hạn" in client.get(f"/people/{person.uid}/").content.decode()
    set_temporary_password(person, by=desk.people["system_admin"])
    assert person.full_name in answered(client.get("/people/?lent=1")), "one with an end waits, too"
    assert "chưa đổi và không có hạn" not in client.get(f"/people/{person.uid}/").content.decode()


def answered(response: Any) -> str:
    return (b"".join(response) if response.streaming else response.content).decode()


def test_the_command_lists_them_and_gives_them_an_end(desk: Desk, client: Client, capsys: Any) -> None:
    person, told = lent_long_ago(desk)
    call_command("account", "lent")
    assert capsys.readouterr().out == "moi.vao\tNgười mới vào\tchưa đăng nhập lần nào/never signed in\n"
    call_command("account", "lent", "--end")
    assert "1 mật khẩu" in capsys.readouterr().err
    person.refresh_from_db()
    assert now() + timedelta(days=6) < person.password_ends_at < now() + timedelta(days=8)
    assert sign_in(client, told).status_code == 302
    assert client.get("/mine/")["Location"].startswith("/password/"), "and is led to one of her own"
    assert [one.state for one in reach.passwords()] == [State.GOOD]
