"""The second factor: added, shown at the door, used up, taken away, each on record and none of its secrets."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client
from fido2.utils import websafe_encode

from kycuong.audit.models import AuditBody, AuditEntry
from kycuong.core.problems import NotAllowed, RuleBroken
from kycuong.core.sealing import new_key
from kycuong.notices.models import Notice
from kycuong.orgs.models import Person
from kycuong.signin.actions.factors import add_passkey, make_codes, remove_passkey, remove_totp, use_code
from kycuong.signin.models import Passkey, RecoveryCode, TotpSecret
from kycuong.signin.proving import passkeys
from kycuong.signin.store import end_all
from tests.signin.conftest import PASSWORD
from tests.signin.soft_key import FLAGS, SoftKey, app_of, code_now

pytestmark = pytest.mark.django_db


def verbs() -> list[str]:
    return re.findall(
        r'"verb":"([a-z_.]+)"', " ".join(bytes(entry.meta).decode() for entry in AuditEntry.objects.all())
    )


def at_the_door(client: Client, person: Person) -> Any:
    answer = client.post("/sign-in/", {"login": person.username, "password": PASSWORD, "next": "/me/"})
    assert answer["Location"] == "/sign-in/second/"
    return answer


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def options(client: Client, address: str = "/sign-in/passkey/options/") -> Any:
    return client.post(address, secure=True).json()


def test_an_app_is_added_by_its_code_and_asked_for_at_the_door(client: Client, binh: Person) -> None:
    client.force_login(binh)
    page = client.get("/me/security/app/").content.decode()
    assert re.search(r'<svg viewBox="0 0 (\d+) \1"', page), "drawn whole at any size: without it the edge is cut off"
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    assert client.post("/me/security/app/", {"code": "12345"}).status_code == 422
    told = client.post("/me/security/app/", {"code": code_now(secret, -1)}).content.decode()
    assert len(re.findall(r"<code>[a-z0-9-]{14}</code>", told)) == 10, "recovery codes come along, shown once"
    client.logout()
    at_the_door(client, binh)
    assert not is_in(client), "the password alone opens nothing"
    assert client.post("/sign-in/second/", {"code": "000000"}).status_code == 422
    assert client.post("/sign-in/second/", {"code": code_now(secret)})["Location"] == "/me/"
    assert is_in(client)
    assert {"factor.add_totp", "factor.make_codes", "factor.fail"} <= set(verbs())


def test_the_secret_is_in_no_table_and_in_no_log(binh: Person) -> None:
    secret = app_of(binh)
    codes = make_codes(binh, by=binh)
    kept = TotpSecret.objects.get().sealed + "".join(RecoveryCode.objects.values_list("digest", flat=True))
    logged = "".join(bytes(body).decode() for body in AuditBody.objects.values_list("body", flat=True))
    assert secret not in kept + logged
    assert "sealed" not in logged
    assert not any(code in kept + logged or code.replace("-", "") in kept + logged for code in codes)


def test_a_code_is_taken_once(binh: Person) -> None:
    secret = app_of(binh)
    code = code_now(secret)
    assert use_code(binh, by=binh, code=code)
    assert not use_code(binh, by=binh, code=code), "replayed within its half minute"
    assert not use_code(binh, by=binh, code=code_now(secret, -1)), "an older one after it"
    assert use_code(binh, by=binh, code=code_now(secret, 1)[:3] + " " + code_now(secret, 1)[3:])
    assert not use_code(binh, by=binh, code=code_now(secret, 3)), "too far ahead"


def test_a_recovery_code_works_once_and_new_ones_replace_it(binh: Person) -> None:
    app_of(binh)
    first, second = make_codes(binh, by=binh)[:2]
    assert use_code(binh, by=binh, code=first.upper().replace("-", " "))
    assert not use_code(binh, by=binh, code=first)
    assert "factor.use_recovery_code" in verbs()
    make_codes(binh, by=binh)
    assert not use_code(binh, by=binh, code=second)


def test_a_passkey_is_added_and_signs_in_without_name_and_password(client: Client, binh: Person) -> None:
    client.force_login(binh)
    key = SoftKey()
    made = key.made(options(client, "/me/security/passkeys/options/"))
    page = client.post("/me/security/passkeys/", {"name": "Máy tôi", "credential": made}, secure=True)
    assert "Mã khôi phục" in page.content.decode()
    assert Passkey.objects.get().name == "Máy tôi"
    client.logout()
    answer = client.post("/sign-in/passkey/", {"credential": key.signed(options(client))}, secure=True)
    assert answer["Location"] == "/"
    assert is_in(client)


def test_a_passkey_is_a_second_factor_too(client: Client, binh: Person) -> None:
    _row, key = SoftKey.of(binh)
    at_the_door(client, binh)
    assert client.get("/sign-in/second/").status_code == 200
    client.post("/sign-in/passkey/", {"credential": key.signed(options(client))}, secure=True)
    assert is_in(client)


def test_another_persons_passkey_is_no_second_factor(client: Client, binh: Person) -> None:
    an = Person.objects.create_user("an", PASSWORD, full_name="An")
    SoftKey.of(binh)
    _row, others = SoftKey.of(an)
    at_the_door(client, binh)
    client.post("/sign-in/passkey/", {"credential": others.signed(options(client))}, secure=True)
    assert not is_in(client)
    assert "factor.fail" in verbs()


@pytest.mark.parametrize(
    "changed",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://testserver"},
        {"challenge": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"},
        {"type": "webauthn.create"},
        {"flags": FLAGS.UP},
        {"flags": FLAGS.UV},
    ],
)
def test_what_was_not_signed_for_this_opens_nothing(client: Client, binh: Person, changed: dict[str, Any]) -> None:
    _row, key = SoftKey.of(binh)
    answer = client.post("/sign-in/passkey/", {"credential": key.signed(options(client), **changed)}, secure=True)
    assert answer["Location"] == "/sign-in/"
    assert not is_in(client)


def test_an_answer_is_taken_once_and_a_copied_key_is_noticed(client: Client, binh: Person) -> None:
    _row, key = SoftKey.of(binh)
    asked = options(client)
    answer = key.signed(asked)
    client.post("/sign-in/passkey/", {"credential": answer}, secure=True)
    client.logout()
    client.post("/sign-in/passkey/", {"credential": answer}, secure=True)
    assert not is_in(client), "its challenge is gone"
    options(client)
    client.post("/sign-in/passkey/", {"credential": answer}, secure=True)
    assert not is_in(client), "another challenge"
    key.count = 0
    client.post("/sign-in/passkey/", {"credential": key.signed(options(client))}, secure=True)
    assert not is_in(client), "a counter that goes back is another copy of the key"


def of_bytes(told: bytes) -> str:
    """The shape of an answer, and these bytes wherever bytes belong."""
    text = websafe_encode(told)
    client = websafe_encode(b'{"type": "x", "challenge": "AA", "origin": "https://testserver"}')
    names = ("attestationObject", "authenticatorData", "signature", "userHandle")
    response = dict.fromkeys(names, text) | {"clientDataJSON": client}
    return json.dumps({"id": text, "rawId": text, "type": "public-key", "response": response})


NONSENSE = [
    *("", "x", "[]", "{}", "null", '{"rawId": 1}', "9" * 30_000, '{"id": "\0"}', "[" * 19_000),
    *(
        of_bytes(told)
        for told in (b"", b"\x19", b"\x81" * 4000, b"\xa1", b"\0" * 37, b"\xff" * 60, b"\0" * 32 + b"\x40" + b"\0" * 5)
    ),
]


@pytest.mark.parametrize("sent", NONSENSE)
def test_nonsense_is_refused_in_a_sentence(client: Client, binh: Person, sent: str) -> None:
    options(client)
    assert client.post("/sign-in/passkey/", {"credential": sent}, secure=True)["Location"] == "/sign-in/"
    client.force_login(binh)
    options(client, "/me/security/passkeys/options/")
    page = client.post("/me/security/passkeys/", {"name": "x", "credential": sent}, secure=True)
    assert page.status_code == 422
    assert not Passkey.objects.exists()


def test_a_closed_account_has_no_way_in(client: Client, binh: Person) -> None:
    _row, key = SoftKey.of(binh)
    at_the_door(client, binh)
    Person.objects.filter(pk=binh.pk).update(is_active=False)
    assert client.get("/sign-in/second/")["Location"] == "/sign-in/"
    fresh = Client()
    assert fresh.post("/sign-in/passkey/", {"credential": key.signed(options(fresh))}, secure=True)["Location"] == (
        "/inactive/"
    )
    assert not is_in(fresh)


def test_the_person_is_told_of_every_change(client: Client, binh: Person) -> None:
    app_of(binh)
    row, _key = SoftKey.of(binh)
    remove_passkey(row, by=binh)
    told = Notice.objects.filter(person=binh, url="/me/security/").values_list("subject", flat=True)
    assert len(told) == 3
    assert "kết thúc mọi phiên khác" in Notice.objects.first().text


def test_factors_are_ones_own(binh: Person) -> None:
    an = Person.objects.create_user("an", PASSWORD, full_name="An")
    app_of(binh)
    row, key = SoftKey.of(binh)
    for act in (
        lambda: remove_totp(binh.totp, by=an),
        lambda: remove_passkey(row, by=an),
        lambda: make_codes(binh, by=an),
        lambda: use_code(binh, by=an, code="1"),
        lambda: add_passkey(binh, by=an, name="x", made=SoftKey().data),
    ):
        with pytest.raises(NotAllowed):
            act()
    with pytest.raises(RuleBroken):
        add_passkey(an, by=an, name="x", made=key.data)


def test_with_the_last_factor_the_recovery_codes_go(client: Client, binh: Person) -> None:
    app_of(binh)
    make_codes(binh, by=binh)
    client.force_login(binh)
    client.post("/me/security/app/removal/")
    assert not TotpSecret.objects.exists()
    assert not RecoveryCode.objects.exists()
    assert {"factor.remove_totp", "factor.drop_codes"} <= set(verbs())


def test_asking_at_the_door_tells_nothing_of_who_has_a_key(client: Client, binh: Person) -> None:
    SoftKey.of(binh)
    assert "allowCredentials" not in options(client)["publicKey"]
    asked, _state = passkeys.assertion("testserver", binh)
    assert asked["publicKey"]["allowCredentials"], "only after the password"


def test_without_the_sealing_key_recovery_codes_still_help(client: Client, binh: Person, settings: Any) -> None:
    secret = app_of(binh)
    code = make_codes(binh, by=binh)[0]
    settings.SEALING_KEYS = new_key()
    at_the_door(client, binh)
    assert client.post("/sign-in/second/", {"code": code_now(secret)}).status_code == 422
    assert client.post("/sign-in/second/", {"code": code}).status_code == 302
    assert is_in(client)


@pytest.mark.parametrize("what", ["password", "epoch"])
def test_a_half_open_door_closes_with_the_password_and_the_sessions(client: Client, binh: Person, what: str) -> None:
    secret = app_of(binh)
    at_the_door(client, binh)
    if what == "password":
        binh.set_password("mot-mat-khau-khac-dai")
        binh.save(update_fields=["password"])
    else:
        end_all(binh)
    assert client.post("/sign-in/second/", {"code": code_now(secret)})["Location"] == "/sign-in/"
    assert not is_in(client)


@pytest.mark.parametrize("origin", ["https://other.testserver", "https://testserver:8443", "http://testserver", "x"])
def test_a_key_signs_for_this_very_address(client: Client, binh: Person, origin: str) -> None:
    _row, key = SoftKey.of(binh)
    client.post("/sign-in/passkey/", {"credential": key.signed(options(client), origin=origin)}, secure=True)
    assert not is_in(client)


def test_a_host_may_be_an_address_of_ipv6() -> None:
    assert [passkeys.name_of(host) for host in ("[::1]:8000", "[::1]", "a.example:1", "localhost")] == [
        "::1",
        "::1",
        "a.example",
        "localhost",
    ]
