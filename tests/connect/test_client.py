"""The client that stands alone, against a server over a real line."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from client.kycuong_client import KyCuong, Refused
from kycuong.core.clock import today
from kycuong.signin.actions.keys import make_key
from kycuong.signin.proving.pace import forget_calls
from tests.desk import YESTERDAY, Desk

PROGRAM = Path(__file__).parents[2] / "client" / "kycuong_client.py"
pytestmark = pytest.mark.django_db(transaction=True)


def key_of(desk: Desk, who: str, scope: str = "read") -> str:
    person = desk.people[who]
    return make_key(person, by=person, name="Máy", scope=scope, expires_on=today() + timedelta(days=1))[1]


@pytest.fixture
def server(desk: Desk, live_server: LiveServer) -> KyCuong:
    return KyCuong(live_server.url, key_of(desk, "aggregator"))


def test_figures_pages_and_lists(desk: Desk, server: KyCuong) -> None:
    desk.signed()
    told = server.figures(desk.units["department"].slug, from_=YESTERDAY, to=YESTERDAY, view="lead")
    assert told["visits"] == 1
    found = list(server.pages("/inspections", "inspections"))
    assert [len(found), found[0]["form"]] == [1, "surprise"]
    rows = list(server.rows("inspections"))
    assert len(rows) == 1
    assert all(isinstance(name, str) and isinstance(value, str) for name, value in rows[0].items())


def test_what_is_refused_is_told_in_words(desk: Desk, server: KyCuong, live_server: LiveServer) -> None:
    with pytest.raises(Refused) as told:
        server.figures("khong-co")
    assert told.value.status in (404, 422)
    assert told.value.detail
    assert told.value.detail_en
    with pytest.raises(Refused, match="chỉ để đọc"):
        server.post("/silence-rule", {})
    with pytest.raises(Refused) as unknown:
        KyCuong(live_server.url, "kc_khong_co").get("/plans")
    assert (unknown.value.status, bool(unknown.value.request_id)) == (401, True)


def test_it_waits_when_it_is_too_fast(server: KyCuong, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        forget_calls()

    monkeypatch.setattr("client.kycuong_client.time.sleep", sleep)
    settings.KEY_CALLS = 1
    forget_calls()
    assert [bool(server.get("/plans")) for _each in range(2)] == [True, True]
    assert len(waited) == 1
    assert 0 < waited[0] <= 60


def test_a_list_that_broke_off_is_none(server: KyCuong, monkeypatch: pytest.MonkeyPatch) -> None:
    for text, whole in (("A,B\r\n1,2\r\n\r\nSố dòng: 1\r\n", True), ("A,B\r\n1,2\r\n", False), ("", False)):
        monkeypatch.setattr(server, "_open", lambda *given, text=text: io.BytesIO(text.encode("utf-8-sig")))
        if whole:
            assert list(server.rows("inspections")) == [{"A": "1", "B": "2"}]
        else:
            with pytest.raises(OSError, match="broke off"):
                list(server.rows("inspections"))


class Elsewhere(BaseHTTPRequestHandler):
    """Sends whoever comes to another place, and notes who came there."""

    came: list[str] = []

    def do_GET(self) -> None:
        self.came.append(self.path)
        self.send_response(302)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *given: Any) -> None:
        """Say nothing."""


@pytest.fixture
def strange() -> Iterator[str]:
    office = HTTPServer(("127.0.0.1", 0), Elsewhere)
    thread = threading.Thread(target=office.serve_forever, daemon=True)
    thread.start()
    Elsewhere.came.clear()
    yield f"http://127.0.0.1:{office.server_port}"
    office.shutdown()
    office.server_close()


def test_the_key_follows_no_redirect(strange: str) -> None:
    with pytest.raises(Refused) as told:
        KyCuong(strange, "kc_a_b").get("/plans")
    assert (told.value.status, Elsewhere.came) == (302, ["/api/v1/plans"])


@pytest.mark.parametrize(
    "url", ["http://kycuong.example", "ftp://127.0.0.1", "file:///etc/passwd", "", "kycuong.example"]
)
def test_the_key_goes_over_no_open_line(url: str) -> None:
    with pytest.raises(ValueError, match="https"):
        KyCuong(url, "kc_a_b")


def test_a_key_that_is_none_is_not_sent() -> None:
    for key in ("", "kc_a\r\nX: 1", "khóa"):
        with pytest.raises(ValueError, match="no access key"):
            KyCuong("https://kycuong.example", key)


def test_it_is_a_program_that_needs_nothing_else(desk: Desk, live_server: LiveServer, tmp_path: Path) -> None:
    desk.signed()
    surroundings = {
        "KYCUONG_URL": live_server.url,
        "KYCUONG_KEY": key_of(desk, "aggregator"),
        "PATH": os.environ["PATH"],
    }

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", "-S", str(PROGRAM), *words]
        return subprocess.run(command, capture_output=True, text=True, env=surroundings, cwd=tmp_path, check=False)

    listed = run("list", "inspections")
    assert (listed.returncode, len(listed.stdout.splitlines())) == (0, 2), listed.stderr
    assert run("get", "/units", "q=Hoàng Đồng").stdout.startswith("{")
    told = run("get", "/khong-co")
    assert (told.returncode, told.stdout) == (1, "")
    assert "404" in told.stderr
    assert run().returncode == 2
    assert len(PROGRAM.read_text().splitlines()) < 200
