"""Guessing: ten evaluated guesses of a name in five minutes from however many addresses; a passkey still opens the door."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.test import Client

from kycuong.audit.models import AuditEntry
from kycuong.core.clock import now, today
from kycuong.notices.models import Notice
from kycuong.orgs.models import Person
from kycuong.signin.models import Guess
from kycuong.signin.proving import totp
from kycuong.signin.tasks import tidy
from tests.signin.conftest import PASSWORD
from tests.signin.soft_key import SoftKey, app_of, code_now

pytestmark = pytest.mark.django_db


def attempt(name: str, password: str, place: int) -> tuple[int, str]:
    client = Client(REMOTE_ADDR=f"198.51.100.{place}")
    answer = client.post("/sign-in/", {"login": name, "password": password})
    shown = answer.content.decode().split("csrfmiddlewaretoken")[0].split("problem-id")[0]
    return answer.status_code, shown.replace(name, "")


def test_fifty_addresses_get_ten_guesses_together(binh: Person) -> None:
    evaluated = []
    original = Person.check_password

    def watched(self: Person, password: str) -> bool:
        evaluated.append(password)
        return original(self, password)

    with patch.object(Person, "check_password", watched):
        answers = [attempt("binh", f"sai-{place}", place)[0] for place in range(50)]
    assert len(evaluated) == 10
    assert answers == [200] * 10 + [429] * 40
    assert attempt("binh", PASSWORD, 99)[0] == 429, "nor is the right one looked at"


def test_after_five_minutes_the_name_is_free_again_and_hammering_does_not_prolong(binh: Person) -> None:
    for place in range(30):
        attempt("binh", "sai", place)
    assert Guess.objects.count() == 10
    Guess.objects.update(at=now() - timedelta(minutes=5, seconds=1))
    assert attempt("binh", PASSWORD, 99)[0] == 302
    tidy(today())
    assert not Guess.objects.exists()


def test_existing_and_unknown_names_get_the_same_answers(binh: Person) -> None:
    for place in range(12):
        known, unknown = attempt("binh", "sai", place), attempt("khong-ai", "sai", place)
        assert known == unknown


def test_the_work_is_the_same_too(binh: Person) -> None:
    hashed = []

    def watched(self: Person, password: str) -> None:
        hashed.append("dummy")

    with patch.object(Person, "set_password", watched):
        attempt("khong-ai", "sai", 1)
    assert hashed == ["dummy"], "an unknown name costs one hash, as a known one does"


def test_what_was_typed_as_a_name_is_kept_nowhere(binh: Person) -> None:
    attempt("mat-khau-go-nham", "x", 1)
    assert "nham" not in Guess.objects.get().name


def test_a_passkey_opens_the_door_of_a_locked_name(client: Client, binh: Person) -> None:
    _row, key = SoftKey.of(binh)
    for place in range(12):
        attempt("binh", "sai", place)
    asked = client.post("/sign-in/passkey/options/", secure=True).json()
    client.post("/sign-in/passkey/", {"credential": key.signed(asked)}, secure=True)
    assert "_auth_user_id" in client.session


def test_codes_are_counted_too(client: Client, binh: Person) -> None:
    secret = app_of(binh)
    client.post("/sign-in/", {"login": "binh", "password": PASSWORD})
    answers = [client.post("/sign-in/second/", {"code": "000000"}).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]
    assert client.post("/sign-in/second/", {"code": code_now(secret)}).status_code == 429
    assert "_auth_user_id" not in client.session


def test_the_owner_signing_in_frees_no_guesses(binh: Person) -> None:
    for place in range(9):
        attempt("binh", "sai", place)
    assert attempt("binh", PASSWORD, 50)[0] == 302
    assert attempt("binh", "sai", 51)[0] == 200
    assert attempt("binh", "sai", 52)[0] == 429


def hammered(name: str) -> None:
    """Somebody knows the name, and nothing else."""
    for place in range(12):
        attempt(name, "sai", place)


def test_who_knows_a_name_stops_nobody_who_is_in(strict: None, client: Client, binh: Person) -> None:
    app_of(binh)
    client.force_login(binh)
    at_the_door = Client()
    at_the_door.post("/sign-in/", {"login": "binh", "password": PASSWORD})
    hammered("binh")
    right = {"password": PASSWORD, "code": code_now(totp.opened(binh.totp.sealed, binh))}
    assert client.post("/confirm/", right)["Location"] == "/me/security/"
    later = {"code": code_now(totp.opened(binh.totp.sealed, binh), 1)}
    assert at_the_door.post("/sign-in/second/", later).status_code == 302
    assert "_auth_user_id" in at_the_door.session


def test_the_page_of_the_password_tells_nobody_more_than_ten_guesses(client: Client, binh: Person) -> None:
    client.force_login(binh)
    new = "mot-mat-khau-moi-dai"
    answers = [
        client.post("/password/", {"oldpassword": f"sai-{at}", "password1": new, "password2": new}).status_code
        for at in range(11)
    ]
    assert answers == [200] * 10 + [429]
    assert client.post("/confirm/", {"password": PASSWORD}).status_code == 429, "one counter within"


def test_the_owner_is_told_at_the_first_wrong_code_of_a_day(client: Client, binh: Person) -> None:
    app_of(binh)
    client.post("/sign-in/", {"login": "binh", "password": PASSWORD})
    for _each in range(3):
        client.post("/sign-in/second/", {"code": "000000"})
    assert Notice.objects.filter(person=binh, subject__contains="sai lớp bảo vệ").count() == 1


def test_after_some_wrong_codes_only_the_code_of_now_fits(client: Client, binh: Person) -> None:
    secret = app_of(binh)
    client.post("/sign-in/", {"login": "binh", "password": PASSWORD})
    for _each in range(5):
        client.post("/sign-in/second/", {"code": "000000"})
    assert client.post("/sign-in/second/", {"code": code_now(secret, 1)}).status_code == 422
    assert client.post("/sign-in/second/", {"code": code_now(secret)}).status_code == 302


def test_passkeys_that_fail_are_counted_and_fill_no_log(client: Client, binh: Person) -> None:
    SoftKey.of(binh)
    client.post("/sign-in/", {"login": "binh", "password": PASSWORD})
    sent = {"credential": "{}"}
    before = AuditEntry.objects.count()
    answers = [client.post("/sign-in/passkey/", sent, secure=True).status_code for _ in range(11)]
    assert answers == [302] * 10 + [429]
    assert AuditEntry.objects.count() == before, "nothing was asked, so nothing was tried"
    Guess.objects.all().delete()
    client.post("/sign-in/passkey/options/", secure=True)
    client.post("/sign-in/passkey/", sent, secure=True)
    assert AuditEntry.objects.count() == before + 1
