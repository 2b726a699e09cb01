"""A second engine. Only with --long: it needs the packages webkit2gtk-driver and xvfb."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, cast

import pytest
from playwright.sync_api import Page

from kycuong.demo.accounts import DEMO_PASSWORD
from tests.field.client.window import Phone
from tests.field.faults.conftest import TEAM_HEAD
from tests.field.faults.harness import Server, modules, visit_of, whoami
from tests.field.faults.webkit import PATIENCE, Window, window


@pytest.mark.long
def test_F47_webkit_engine_smoke(server: Server, tmp_path: Path) -> None:
    with window(tmp_path / "webkit") as one:
        sign_in(one, server)
        one.goto(f"{server.url}/healthz")
        page = cast(Page, one)
        phone = Phone(page, modules(page))
        person = whoami(phone)["user"]["uid"]
        visit = visit_of(phone)
        phone.begin(person)
        phone.do("return pack.pull()")
        phone.say("t/strengths", "Một cửa sạch, gọn", visit=visit)
        picture = phone.photo(visit=visit)
        assert phone.waiting()["ops"] >= 2
        one.goto(f"{server.url}/healthz")  # whatever was only in the page's memory is gone
        assert phone.unlock(person)
        assert kept(phone, visit)["t/strengths"] == "Một cửa sạch, gọn"
        assert phone.sync() == "sent"
        told = one.evaluate(
            "async (visit) => (await fetch(`/api/v1/visits/${visit}`)).json()",
            visit,
        )
        assert told["strengths"] == "Một cửa sạch, gọn"
        assert [file["sha256"] for file in told["files"]] == [picture["sha256"]]


def kept(phone: Phone, visit: str) -> dict[str, Any]:
    heads = phone.do("return log.heads(given)", visit)
    return {field: ops[0]["value"] for field, ops in heads.items()}


def sign_in(one: Window, server: Server) -> None:
    one.goto(f"{server.url}/sign-in/")
    one.fill("[name=login]", TEAM_HEAD)
    one.fill("[name=password]", DEMO_PASSWORD)
    one.click("form:has([name=password]) button[type=submit]")
    end = time.monotonic() + PATIENCE
    while "/sign-in/" in one.ask("GET", f"{one.session}/url"):
        assert time.monotonic() < end, "not signed in"
        time.sleep(0.1)
