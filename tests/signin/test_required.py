"""Who must have a second factor is led to it, keeps one, and gets help from an administrator when it is lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from kycuong.audit.models import AuditEntry
from kycuong.audit.reconcile import differences
from kycuong.core.clock import today
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken, SecondFactorNeeded
from kycuong.demo.accounts import ACCOUNTS
from kycuong.notices.models import Notice
from kycuong.orgs.actions import deactivate_account, set_temporary_password
from kycuong.orgs.models import Person
from kycuong.orgs.roles import ROLES
from kycuong.signin.actions.factors import make_codes, remove_totp
from kycuong.signin.actions.keys import link_identity, link_identity_of, make_key, revoke_key, unlink_identity
from kycuong.signin.actions.resetting import reset_factors
from kycuong.signin.models import AccessKey, IdentityLink, Passkey, RecoveryCode, TotpSecret
from kycuong.signin.proving.provider import Identity
from kycuong.signin.queries import asks_again, has_factor, lacks_factor
from kycuong.signin.rules import must_have_factor
from tests.desk import Desk
from tests.signin.conftest import PASSWORD
from tests.signin.soft_key import SoftKey, app_of, code_now

pytestmark = pytest.mark.django_db


def test_every_role_writes_or_sees_what_is_kept_so_each_must_prove_twice() -> None:
    assert [slug for slug, role in ROLES.items() if not must_have_factor(role.verbs)] == []
    assert not must_have_factor({"figures.see", "plan.see"})
    assert must_have_factor({"figures.see", "seal.break"})
    assert not must_have_factor([])


def test_who_must_and_has_none_gets_nowhere_else(strict: None, client: Client, head: Person) -> None:
    client.post("/sign-in/", {"login": head.username, "password": PASSWORD})
    for path in ("/", "/plans/", "/me/", "/people/", "/field/"):
        assert client.get(path)["Location"] == "/me/security/", path
    told = client.get("/api/v1/plans")
    assert (told.status_code, told.json()["type"]) == (403, "urn:kycuong:problem:second-factor-needed")
    assert client.post("/api/v1/inspections", "{}", content_type="application/json").status_code == 403
    for path in ("/me/security/", "/me/security/app/", "/password/", "/sign-out/"):
        assert client.get(path).status_code == 200, path
    app_of(head)
    assert client.get("/me/security/").status_code == 302, "the first factor ends what the password began"
    client.force_login(head)
    assert client.get("/plans/").status_code == 200


def test_who_only_reads_or_is_nobody_is_not_asked(strict: None, client: Client, binh: Person) -> None:
    client.force_login(binh)
    assert client.get("/me/").status_code == 200


def test_in_the_demonstration_nobody_must(client: Client, head: Person) -> None:
    client.force_login(head)
    assert client.get("/plans/").status_code == 200
    assert not lacks_factor(head)


def test_the_last_factor_stays_and_another_may_go(strict: None, head: Person) -> None:
    app_of(head)
    with pytest.raises(RuleBroken, match="lớp cuối cùng"):
        remove_totp(head.totp, by=head)
    SoftKey.of(head)
    remove_totp(head.totp, by=head)
    assert not lacks_factor(head)


def everything(person: Person) -> None:
    app_of(person)
    SoftKey.of(person)
    make_codes(person, by=person)
    make_key(person, by=person, name="x", scope="read", expires_on=today())


def nothing_is_left(person: Person) -> bool:
    kept = (TotpSecret, Passkey, RecoveryCode)
    keys = AccessKey.objects.filter(person=person, revoked_at__isnull=True)
    return not any(model.objects.filter(person=person).exists() for model in kept) and not keys.exists()


def test_an_administrator_resets_what_was_lost(desk: Desk, head: Person, as_person: Any) -> None:
    everything(head)
    theirs, admin = as_person(head), as_person(desk.people["system_admin"])
    assert theirs.get("/me/").status_code == 200
    address = f"/people/{head.uid}/factors/"
    assert admin.post(address, {"reason": ""}).status_code == 422
    assert admin.post(address, {"reason": "Mất điện thoại, đã gặp"})["Location"] == f"/people/{head.uid}/"
    assert nothing_is_left(head)
    assert theirs.get("/me/").status_code == 302, "the sessions have ended"
    assert "Mất điện thoại" in Notice.objects.get(person=head, subject__contains="đặt lại").text
    logged = [bytes(entry.meta).decode() for entry in AuditEntry.objects.filter(key=str(head.uid))]
    assert any("person.reset_factors" in meta for meta in logged)


def test_the_same_by_the_api_and_by_the_command_line(desk: Desk, head: Person, as_person: Any, capsys: Any) -> None:
    everything(head)
    admin, address = as_person(desk.people["system_admin"]), f"/api/v1/people/{head.uid}/factors"
    assert admin.post(address, {"reason": "a"}, content_type="application/json").status_code == 422
    told = admin.post(address, {"reason": "Mất điện thoại"}, content_type="application/json").json()
    assert told == {"person": str(head.uid), "removed": 12}
    assert nothing_is_left(head)
    app_of(head)
    call_command("account", "factors", head.username, "--reset", "Mất máy lần nữa")
    assert nothing_is_left(head)
    assert "1 lớp" in capsys.readouterr().err


def test_nobody_resets_himself_or_those_out_of_reach(desk: Desk, head: Person) -> None:
    admin = desk.people["system_admin"]
    for by, whom, refusal in (
        (admin, admin, RuleBroken),
        (head, admin, NotAllowed),
        (desk.people["aggregator"], head, NotAllowed),
        (None, head, NotAllowed),
    ):
        with pytest.raises(refusal):
            reset_factors(whom, by=by, reason="Mất điện thoại")
    with pytest.raises(BadInput, match="lý do"):
        reset_factors(head, by=admin, reason="  ")


def test_without_a_setting_the_data_decide_and_not_what_a_variable_says(
    desk: Desk, head: Person, settings: Any, client: Client
) -> None:
    settings.SECOND_FACTOR, settings.CONFIRM, settings.DEMO = "", None, True
    client.force_login(head)
    assert client.get("/plans/")["Location"] == "/me/security/", "units of an office, not of the demonstration"
    assert asks_again()
    first = ACCOUNTS[0]
    Person.objects.create_user(first.username, PASSWORD, full_name=first.full_name)
    assert client.get("/plans/").status_code == 200
    assert not asks_again()
    settings.SECOND_FACTOR = "required"
    assert lacks_factor(head)
    assert asks_again()


def test_a_password_alone_makes_no_other_way_in(strict: None, head: Person) -> None:
    with pytest.raises(SecondFactorNeeded):
        make_key(head, by=head, name="x", scope="write", expires_on=today())
    with pytest.raises(SecondFactorNeeded):
        link_identity(head, Identity("https://sso.example", "x"), by=head)
    assert not AccessKey.objects.exists()
    assert not IdentityLink.objects.exists()


@pytest.mark.parametrize("factor", ["app", "passkey"])
def test_the_first_factor_ends_what_the_password_began(desk: Desk, head: Person, as_person: Any, factor: str) -> None:
    other, _made = as_person(head), make_key(head, by=head, name="x", scope="write", expires_on=today())
    link_identity(head, Identity("https://sso.example", "x"), by=head)
    link_identity_of(head, Identity("https://khac.example", "y"), by=desk.people["system_admin"])
    here = as_person(head)
    if factor == "app":
        page = here.get("/me/security/app/").content.decode()
        secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
        here.post("/me/security/app/", {"code": code_now(secret)})
    else:
        asked = here.post("/me/security/passkeys/options/", secure=True).json()
        here.post("/me/security/passkeys/", {"name": "x", "credential": SoftKey().made(asked)}, secure=True)
    assert here.get("/me/").status_code == 200, "this session showed it"
    assert other.get("/me/").status_code == 302
    assert AccessKey.objects.get().revoked_at
    assert IdentityLink.objects.get().subject == "y", "an administrator's link was not proved by the password"
    key, _token = make_key(head, by=head, name="y", scope="write", expires_on=today())
    SoftKey.of(head)
    key.refresh_from_db()
    assert key.revoked_at is None, "another factor is not the first"
    assert here.get("/me/").status_code == 200


def test_a_reset_leaves_no_identity_that_opens_by_itself(desk: Desk, head: Person) -> None:
    everything(head)
    link_identity(head, Identity("https://sso.example", "x"), by=head)
    reset_factors(head, by=desk.people["system_admin"], reason="Mất điện thoại")
    assert not IdentityLink.objects.exists()
    assert [*differences()] == []


@pytest.mark.parametrize("act", [set_temporary_password, deactivate_account])
def test_a_temporary_password_and_a_closed_account_revoke_keys(desk: Desk, head: Person, act: Any) -> None:
    make_key(head, by=head, name="x", scope="read", expires_on=today())
    act(head, by=desk.people["system_admin"])
    assert AccessKey.objects.get().revoked_at
    assert [*differences()] == []


def test_the_person_is_told_of_all_that_changes_what_opens_the_account(
    desk: Desk, head: Person, as_person: Any
) -> None:
    app_of(head)
    key, _token = make_key(head, by=head, name="x", scope="read", expires_on=today())
    link = link_identity(head, Identity("https://sso.example", "x"), by=head)
    new = "mot-mat-khau-moi-dai"
    for act, words in (
        (lambda: make_codes(head, by=head), "mã khôi phục mới"),
        (lambda: revoke_key(key, by=head), "thu hồi khóa API"),
        (lambda: unlink_identity(link, by=head), "bỏ gắn danh tính"),
        (
            lambda: as_person(head).post("/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new}),
            "Mật khẩu của bạn vừa được đổi",
        ),
        (lambda: set_temporary_password(head, by=desk.people["system_admin"]), "đã được đặt lại"),
    ):
        act()
        assert Notice.objects.filter(person=head, subject__contains=words).count() == 1, words


def test_no_key_changes_accounts_and_ways_of_signing_in(desk: Desk, head: Person) -> None:
    admin = desk.people["system_admin"]
    app_of(admin)
    app_of(head)
    _key, token = make_key(admin, by=admin, name="x", scope="write", expires_on=today())
    headers = {"authorization": f"Bearer {token}"}
    for address, body in ((f"/api/v1/people/{head.uid}/factors", {"reason": "Mất điện thoại"}),):
        told = Client().post(address, body, content_type="application/json", headers=headers)
        assert told.status_code == 403
        assert "Khóa API" in told.json()["detail"]
    assert has_factor(head)
