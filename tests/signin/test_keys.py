"""Programs: a password alone is not enough for whoever has a second factor; a key does what its scope says, until its end."""

from __future__ import annotations

from base64 import b64encode
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kycuong.audit.models import AuditBody
from kycuong.core.clock import today
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken
from kycuong.orgs.models import Person
from kycuong.signin.actions.keys import make_key, revoke_key
from kycuong.signin.models import AccessKey
from kycuong.signin.rules import MOST_KEYS
from tests.desk import Desk
from tests.signin.conftest import PASSWORD
from tests.signin.soft_key import app_of

pytestmark = pytest.mark.django_db
PLANS = "/api/v1/plans"


def key_for(person: Person, scope: str = "read", days: int = 1) -> tuple[AccessKey, str]:
    return make_key(person, by=person, name="Báo cáo tuần", scope=scope, expires_on=today() + timedelta(days=days))


def call(token: str, path: str = PLANS, **body: Any) -> Any:
    headers = {"authorization": f"Bearer {token}"}
    if body:
        return Client().post(path, body, content_type="application/json", headers=headers)
    return Client().get(path, headers=headers)


def basic(person: Person, password: str) -> Any:
    text = b64encode(f"{person.username}:{password}".encode()).decode()
    return Client().get(PLANS, headers={"authorization": f"Basic {text}"})


def test_a_key_is_shown_once_and_opens_the_api(client: Client, head: Person) -> None:
    client.force_login(head)
    day = f"{today() + timedelta(days=30):%d/%m/%Y}"
    page = client.post("/me/security/keys/", {"name": "Máy", "scope": "read", "expires_on": day}).content.decode()
    token = page.split('class="token"')[1].split("<code>")[1].split("</code>")[0]
    assert call(token).status_code == 200
    assert basic(head, token).status_code == 200, "also where only Basic can be set"
    listed = client.get("/me/security/").content.decode()
    assert token not in listed
    assert "Máy" in listed
    assert AccessKey.objects.get().last_used_at is not None
    secret = token.rsplit("_", 1)[1]
    logged = "".join(bytes(body).decode() for body in AuditBody.objects.values_list("body", flat=True))
    assert secret not in logged + AccessKey.objects.get().digest


def test_a_password_alone_is_not_enough_once_there_is_a_second_factor(head: Person) -> None:
    assert basic(head, PASSWORD).status_code == 200
    app_of(head)
    told = basic(head, PASSWORD)
    assert (told.status_code, told.json()["type"]) == (403, "urn:kycuong:problem:second-factor-needed")
    assert basic(head, "x").status_code == 401


def test_nor_while_one_must_be_there(strict: None, head: Person, binh: Person) -> None:
    assert basic(head, PASSWORD).status_code == 403
    assert basic(binh, PASSWORD).status_code == 200, "who needs none goes on as before"
    _key, token = key_for(binh)
    assert call(token).status_code == 200


def test_what_opens_nothing(desk: Desk, head: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    key, token = key_for(head)
    other = desk.people["leader"]
    assert basic(other, token).status_code == 401, "another name"
    for wrong in (token[:-1], token + "x", token.replace("kc_", "kc_0"), "kc__", "kc_a_b", "kc_ă_ă", "", "x" * 5000):
        assert call(wrong).status_code == 401, wrong
    Person.objects.filter(pk=head.pk).update(is_active=False)
    assert call(token).status_code == 401, "a closed account"
    Person.objects.filter(pk=head.pk).update(is_active=True)
    assert call(token).status_code == 200
    revoke_key(key, by=head)
    assert call(token).status_code == 401, "revoked"
    with pytest.raises(RuleBroken):
        revoke_key(key, by=head)


def test_a_key_ends(head: Person) -> None:
    key, token = key_for(head, days=0)
    assert call(token).status_code == 200
    AccessKey.objects.filter(pk=key.pk).update(expires_on=today() - timedelta(days=1))
    assert call(token).status_code == 401


def test_a_key_that_reads_writes_nothing(desk: Desk, head: Person) -> None:
    visit = desk.visit()
    address = f"/api/v1/visits/{visit.uid}/answers"
    told = call(key_for(head, "read")[1], address, version=visit.version, answers={}, strengths="Tốt")
    assert (told.status_code, "chỉ để đọc" in told.json()["detail"]) == (403, True)
    assert (
        call(key_for(head, "write")[1], address, version=visit.version, answers={}, strengths="Tốt").status_code == 200
    )


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"name": ""}, BadInput),
        ({"name": "x" * 61}, BadInput),
        ({"scope": "all"}, BadInput),
        ({"expires_on": today() - timedelta(days=1)}, BadInput),
        ({"expires_on": today() + timedelta(days=367)}, BadInput),
    ],
)
def test_what_makes_no_key(head: Person, given: dict[str, Any], refusal: type[Exception]) -> None:
    wish = {"name": "Máy", "scope": "read", "expires_on": today()} | given
    with pytest.raises(refusal):
        make_key(head, by=head, **wish)
    assert not AccessKey.objects.exists()


def test_keys_are_ones_own_and_not_too_many(desk: Desk, head: Person) -> None:
    with pytest.raises(NotAllowed):
        make_key(head, by=desk.people["system_admin"], name="x", scope="read", expires_on=today())
    for _each in range(MOST_KEYS):
        key_for(head)
    with pytest.raises(RuleBroken):
        key_for(head)


def test_the_openapi_document_tells_both_ways(client: Client) -> None:
    schemes = client.get("/api/v1/openapi.json").json()["components"]["securitySchemes"]
    assert {scheme.get("scheme") for scheme in schemes.values()} >= {"bearer", "basic"}
