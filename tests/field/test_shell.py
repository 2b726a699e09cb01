"""The shell, its worker and its manifest: the same for everybody, with leave to use camera and place, and nothing of anybody."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from kycuong.field.views.shell import kept, version
from tests.desk import Desk

ADDRESSES = ["/field/", "/field/sw.js", "/field/manifest.webmanifest"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_it_is_the_same_for_everybody_and_needs_no_sign_in(desk: Desk, address: str) -> None:
    anonymous = Client().get(address)
    assert anonymous.status_code == 200
    assert anonymous["Cache-Control"] == "no-cache"
    assert not anonymous.cookies
    for who in ("team_head", "nobody"):
        client = Client()
        client.force_login(desk.people[who])
        assert client.get(address).content == anonymous.content
    text = anonymous.content.decode()
    assert "csrf" not in text.lower()
    assert "data-person" not in text


def test_the_shell_may_use_camera_and_place_and_nothing_inline(db: None) -> None:
    answer = Client().get("/field/")
    assert answer["Permissions-Policy"].startswith("camera=(self), geolocation=(self), microphone=()")
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "camera=()" in Client().get("/sign-in/")["Permissions-Policy"], "only the phone needs it"


def test_the_worker_lists_every_module_and_its_release(db: None) -> None:
    answer = Client().get("/field/sw.js")
    assert answer["Content-Type"].startswith("text/javascript")
    files = next(line for line in answer.content.decode().splitlines() if line.startswith("const FILES"))
    listed = re.findall(r'"([^"]+)", ', files)
    assert [json.loads(f'"{name}"') for name in listed] == kept()
    assert f'VERSION = "{version()}"' in answer.content.decode()
    assert {"/field/", "/static/field/app.js", "/static/field/sync.js", "/static/ui/tokens.css"} <= set(kept())
    assert version() in Client().get("/field/").content.decode()


def test_the_manifest_makes_an_app_of_its_own(db: None) -> None:
    told = Client().get("/field/manifest.webmanifest").json()
    assert (told["scope"], told["start_url"], told["display"]) == ("/field/", "/field/", "standalone")
    assert {icon["sizes"] for icon in told["icons"]} == {"192x192", "512x512"}
