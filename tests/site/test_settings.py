"""What the settings promise: day first, strict headers, every variable told, no host of a registry in what is pinned."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.hashers import identify_hasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.contrib.messages.storage import default_storage
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.template import Context, Template
from django.test import Client, RequestFactory

from kycuong.site.accounts import PasswordHasher
from kycuong.site.sample import MARK

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("typed", ["08/09/2026", "8/9/2026", "08-09-2026", "08.09.2026", "2026-09-08"])
def test_a_date_is_read_day_first(typed: str) -> None:
    assert forms.DateField().clean(typed) == date(2026, 9, 8)


@pytest.mark.parametrize("typed", ["09/13/2026", "08/09/26", "31/02/2026"])
def test_a_date_that_cannot_be_is_refused(typed: str) -> None:
    with pytest.raises(forms.ValidationError):
        forms.DateField().clean(typed)


def test_a_date_is_written_day_first() -> None:
    assert Template("{{ day }}").render(Context({"day": date(2026, 9, 8)})) == "08/09/2026"


def test_passwords_are_hashed_as_the_security_page_asks() -> None:
    assert settings.PASSWORD_HASHERS != ["kycuong.site.accounts.PasswordHasher"], "tests use a cheap one"
    encoded = PasswordHasher().encode("mật khẩu", "0123456789abcdef")
    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert identify_hasher(make_password("x")).algorithm == "md5"


@pytest.mark.parametrize(
    "password", ["Kỷ Cương 2026!!", "thanhtra-langson-01", "UBND.LangSon.1234", "muongso-kycuong-2026"]
)
def test_a_password_of_the_offices_words_is_refused(password: str, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["kycuong.muongso.example"]
    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert [fault.code for fault in refused.value.error_list] == ["password_of_the_office"]


@pytest.mark.parametrize(
    "password", ["con suối chảy qua kỷ cương", "bốn-cây-mận-trắng", "x" * 5 + "7-gió-thổi-lên-đèo"]
)
def test_other_words_may_stand_in_a_password(password: str) -> None:
    validate_password(password)


@pytest.mark.django_db
def test_every_answer_carries_the_headers() -> None:
    response = Client().get("/sign-in/")
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["object-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Referrer-Policy"] == "same-origin"
    assert "geolocation=()" in response["Permissions-Policy"]


def loaded(**environment: str) -> dict[str, str]:
    """Some settings as another process reads them from its environment."""
    names = (
        "SECURE_HSTS_SECONDS SESSION_COOKIE_NAME CSRF_COOKIE_NAME MESSAGE_COOKIE_NAME SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE "
        "SECURE_SSL_REDIRECT ALLOWED_HOSTS DEBUG"
    ).split()
    code = f"from kycuong.site import settings as s; print({{n: str(getattr(s, n)) for n in {names!r}}})"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT, env=environment
    )
    return dict(ast.literal_eval(done.stdout))


def test_https_closes_every_door(tmp_path: Path) -> None:
    told = loaded(KYCUONG_HOME=str(tmp_path), KYCUONG_HTTPS="1", KYCUONG_HOSTS="kycuong.langson.example")
    assert told == {
        "SECURE_HSTS_SECONDS": "63072000",
        "SESSION_COOKIE_NAME": "__Host-sid",
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "MESSAGE_COOKIE_NAME": "__Host-said",
        "SESSION_COOKIE_SECURE": "True",
        "CSRF_COOKIE_SECURE": "True",
        "SECURE_SSL_REDIRECT": "True",
        "ALLOWED_HOSTS": "['kycuong.langson.example']",
        "DEBUG": "False",
    }


def test_samples_beside_the_real_one_have_cookies_of_their_own(tmp_path: Path) -> None:
    (tmp_path / MARK).touch()
    told = loaded(KYCUONG_HOME=str(tmp_path))
    names = [told[f"{one}_COOKIE_NAME"] for one in ("SESSION", "CSRF", "MESSAGE")]
    assert names == ["demo-sid", "demo-csrf", "demo-said"]


def test_what_is_said_after_a_redirect_goes_into_a_cookie_of_our_name() -> None:
    request, response = RequestFactory().get("/"), HttpResponse()
    request.session = {}  # a storage that may need one is there beside the cookie
    storage = default_storage(request)
    storage.add(messages.SUCCESS, "Đã ghi.")
    storage.update(response)
    assert set(response.cookies) == {settings.MESSAGE_COOKIE_NAME}
    cookie = response.cookies[settings.MESSAGE_COOKIE_NAME]
    assert (cookie["path"], cookie["domain"], cookie["httponly"], cookie["samesite"]) == ("/", "", True, "Lax")


def test_a_secret_key_is_made_once_and_only_the_owner_reads_it(tmp_path: Path) -> None:
    loaded(KYCUONG_HOME=str(tmp_path))
    key = tmp_path / "secret-key"
    first = key.read_text()
    assert len(first) >= 64
    assert key.stat().st_mode & 0o777 == 0o600
    loaded(KYCUONG_HOME=str(tmp_path))
    assert key.read_text() == first


@pytest.mark.parametrize("name", ["base", "dev"])
def test_requirements_are_pinned_with_hashes_and_name_no_host(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    entries = re.split(r"\n(?=[a-z0-9])", text)
    assert len(entries) > 20
    assert [entry.splitlines()[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []
    assert not re.search(r"https?:|file:|--index|--find-links|^/|\s/", text)
