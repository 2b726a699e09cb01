"""Who must have a second factor is led to it, keeps one, and gets help from an administrator when it is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from kycuong.audit.models import AuditEntry
from kycuong.core.clock import today
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken
from kycuong.notices.models import Notice
from kycuong.orgs.models import Person
from kycuong.orgs.roles import ROLES
from kycuong.signin.actions.factors import make_codes, remove_totp
from kycuong.signin.actions.keys import make_key
from kycuong.signin.actions.resetting import reset_factors
from kycuong.signin.models import AccessKey, Passkey, RecoveryCode, TotpSecret
from kycuong.signin.queries import lacks_factor
from kycuong.signin.rules import must_have_factor
from tests.desk import Desk
from tests.signin.conftest import PASSWORD
from tests.signin.soft_key import SoftKey, app_of

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
