"""Programs: a password alone is not enough for whoever has a second factor; a key does what its scope says, until its end."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from kycuong.audit.models import AuditBody
from kycuong.core.clock import today
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken
from kycuong.inspections.models import TeamMember
from kycuong.notices.models import Notice
from kycuong.orgs.models import Person
from kycuong.signin.actions.keys import link_identity_of, make_key, revoke_key
from kycuong.signin.actions.resetting import reset_factors, revoke_key_of
from kycuong.signin.models import AccessKey
from kycuong.signin.proving.pace import forget_calls
from kycuong.signin.proving.provider import Identity
from kycuong.signin.rules import MOST_KEYS, is_open_to_figures
from kycuong.signin.tasks import remind_of_keys
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
        ({"scope": "sign"}, BadInput),
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


def test_a_key_for_figures_reads_figures_and_no_record(desk: Desk, head: Person) -> None:
    desk.signed()
    _key, token = key_for(head, "count")
    asked = f"scope={desk.units['department'].slug}&from=2019-01-01&to=2019-04-30"
    assert call(token, f"/api/v1/figures?{asked}").status_code == 200
    for path in (
        PLANS,
        "/api/v1/inspections",
        "/api/v1/figures/visits/list",
        "/api/v1/figures/par/evidence",
    ):
        told = call(token, f"{path}?{asked}")
        assert (told.status_code, "số liệu tổng hợp" in told.json()["detail"]) == (403, True), path
    assert not is_open_to_figures("/api/v1/figuresx")


def test_no_cookie_counts_beside_a_key(client: Client, desk: Desk, head: Person, binh: Person) -> None:
    """Neither the right of the browser's person, nor a bad key with a good cookie; and no token of forms is asked for."""
    client.force_login(head)
    visit = desk.visit()
    headers = {"authorization": f"Bearer {key_for(binh)[1]}"}
    assert client.get(f"/api/v1/visits/{visit.uid}", headers=headers).status_code == 404
    assert client.get(PLANS, headers={"authorization": "Bearer kc_x_y"}).status_code == 401
    assert client.get(PLANS).status_code == 200
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(head)
    answer = strict.post(
        f"/api/v1/visits/{visit.uid}/answers",
        {"version": visit.version, "answers": {}, "strengths": "Tốt"},
        content_type="application/json",
        headers={"authorization": f"Bearer {key_for(head, 'write')[1]}"},
    )
    assert answer.status_code == 200, answer.content


def test_what_is_sealed_does_not_exist_for_a_key(desk: Desk, head: Person) -> None:
    """Not even for one of somebody on the short list, whatever is asked for; once the minutes are signed it does."""
    opened = desk.open(sealed=True)
    draft = desk.begin(opened)[0]
    client = Client()
    client.force_login(head)
    _key, token = key_for(head, "write")
    for path in (f"/api/v1/inspections/{opened.uid}", f"/api/v1/visits/{draft.uid}"):
        assert client.get(path).status_code == 200
        assert call(token, path).status_code == 404
    assert call(token, f"/api/v1/visits/{draft.uid}/answers", version=1, answers={}).status_code == 404
    desk.sign(desk.answered(draft))
    assert call(token, f"/api/v1/visits/{draft.uid}").status_code == 200


def test_a_key_does_no_more_than_its_person_today(desk: Desk, head: Person) -> None:
    visit = desk.signed()
    address = f"/api/v1/visits/{visit.uid}"
    _key, token = key_for(head)
    assert call(token, address).status_code == 200
    head.assignments.update(valid_to=today())
    TeamMember.objects.all().delete()
    assert call(token, address).status_code == 404


def test_a_key_that_calls_too_fast_waits(head: Person, settings: Any) -> None:
    settings.KEY_CALLS = 3
    forget_calls()
    (_first, token), (_second, other) = key_for(head), key_for(head)
    assert [call(token).status_code for _each in range(5)] == [200, 200, 200, 429, 429]
    told = call(token)
    assert (told.json()["type"], 0 < int(told["Retry-After"]) <= 60) == ("urn:kycuong:problem:too_many_calls", True)
    assert call(other).status_code == 200, "each key for itself"
    settings.KEY_CALLS = 0
    assert call(token).status_code == 200
    forget_calls()


def test_an_administrator_sees_that_there_is_a_key_and_takes_it_back(client: Client, desk: Desk, head: Person) -> None:
    key, token = key_for(head)
    client.force_login(desk.people["system_admin"])
    page = client.get(f"/people/{head.uid}/keys/").content.decode()
    assert "Báo cáo tuần" in page
    assert token not in page
    address = f"/people/{head.uid}/keys/{key.uid}/revocation/"
    assert client.post(address, {"reason": ""}).status_code == 422
    assert call(token).status_code == 200
    assert client.post(address, {"reason": "Khóa bị lộ trong thư"}).status_code == 302
    assert call(token).status_code == 401
    assert Notice.objects.filter(person=head, text__contains="Khóa bị lộ trong thư").count() == 1
    client.force_login(desk.people["leader"])
    assert client.get(f"/people/{head.uid}/keys/").status_code == 403


def test_keys_at_the_machine(head: Person, capsys: pytest.CaptureFixture[str]) -> None:
    key, token = key_for(head)
    call_command("key", "list", head.username)
    assert capsys.readouterr().out.split("\t")[:3] == [f"kc_{key.token_id}", head.username, "Báo cáo tuần"]
    call_command("key", "revoke", token, "--reason", "Khóa bị lộ")
    assert call(token).status_code == 401
    call_command("key", "list")
    assert capsys.readouterr().out == ""
    with pytest.raises(BadInput):
        call_command("key", "revoke", "kc_khong-co", "--reason", "Khóa bị lộ")


def test_a_key_that_opens_nothing_is_not_listed(head: Person, capsys: pytest.CaptureFixture[str]) -> None:
    key, _token = key_for(head)

    def listed() -> list[str]:
        call_command("key", "list")
        return [line.split("\t")[-1] for line in capsys.readouterr().out.splitlines()]

    assert listed() == ["-"]
    AccessKey.objects.filter(pk=key.pk).update(last_used_at=datetime(2026, 1, 31, 20, tzinfo=UTC))
    assert listed() == ["2026-02-01"], "a day of here"
    Person.objects.filter(pk=head.pk).update(is_active=False)
    assert listed() == [], "a closed account"
    Person.objects.filter(pk=head.pk).update(is_active=True)
    AccessKey.objects.filter(pk=key.pk).update(expires_on=today())
    assert len(listed()) == 1, "to the end of its day"
    AccessKey.objects.filter(pk=key.pk).update(expires_on=today() - timedelta(days=1))
    assert listed() == [], "its day is over"


def test_what_is_ones_own_is_refused_in_words_of_its_own(desk: Desk) -> None:
    admin = desk.people["system_admin"]
    key, _token = key_for(admin)
    with pytest.raises(RuleBroken, match="khóa của chính bạn"):
        revoke_key_of(key, by=admin, reason="Khóa bị lộ")
    with pytest.raises(RuleBroken, match="gắn danh tính"):
        link_identity_of(admin, Identity("https://sso.example", "sub-1"), by=admin)
    with pytest.raises(RuleBroken, match="lớp bảo vệ"):
        reset_factors(admin, by=admin, reason="Mất điện thoại")


def test_keys_by_the_api_of_a_browser(client: Client, head: Person) -> None:
    key, token = key_for(head)
    client.force_login(head)
    assert [one["name"] for one in client.get("/api/v1/keys").json()["keys"]] == ["Báo cáo tuần"]
    address = f"/api/v1/keys/{key.uid}/revocation"
    writing = key_for(head, "write")[1]
    told = Client().post(address, headers={"authorization": f"Bearer {writing}"})
    assert told.status_code == 403, "a key takes no key back"
    assert client.post(address).status_code == 200
    assert call(token).status_code == 401


def test_who_has_a_key_is_told_before_it_ends(head: Person) -> None:
    key_for(head, days=14)
    key_for(head, days=15)
    assert remind_of_keys(today()) == "Đã nhắc 1 khóa API sắp hết hạn."
    assert remind_of_keys(today()) == "", "once"
    assert Notice.objects.filter(person=head, subject__contains="dùng đến hết ngày").count() == 1


def test_the_openapi_document_tells_both_ways(client: Client) -> None:
    schemes = client.get("/api/v1/openapi.json").json()["components"]["securitySchemes"]
    assert {scheme.get("scheme") for scheme in schemes.values()} >= {"bearer", "basic"}
