"""The client that stands alone, against a server over a real line."""

from __future__ import annotations

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

from client.kycuong_client import KyCuong, Refused, main
from kycuong.core.clock import today
from kycuong.signin.actions.keys import make_key
from kycuong.signin.proving.pace import forget_calls
from tests.desk import YESTERDAY, Desk

PROGRAM = Path(__file__).parents[2] / "client" / "kycuong_client.py"


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


class Strange(BaseHTTPRequestHandler):
    """Another server: says what it was told to say, byte by byte, one answer after the other, and notes what came."""

    answers: list[bytes] = []
    came: list[str] = []

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.came.append(f"{self.command} {self.path} {self.headers.get('Authorization', '')}")
        self.wfile.write(self.answers.pop(0) if len(self.answers) > 1 else self.answers[0])
        self.close_connection = True

    do_POST = do_GET  # noqa: N815 - the name that http.server calls

    def log_message(self, *given: Any) -> None:
        """Say nothing."""


@pytest.fixture
def strange() -> Iterator[str]:
    office = HTTPServer(("127.0.0.1", 0), Strange)
    thread = threading.Thread(target=office.serve_forever, daemon=True)
    thread.start()
    Strange.came.clear()
    yield f"http://127.0.0.1:{office.server_port}"
    office.shutdown()
    office.server_close()


def said(body: str, *more: str, status: int = 200, length: int | None = None) -> bytes:
    """An answer; with `length`, one that promises so many bytes."""
    sent = body.encode()
    head = [f"HTTP/1.1 {status} x", f"Content-Length: {len(sent) if length is None else length}", *more, "", ""]
    return "\r\n".join(head).encode() + sent


def in_pieces(body: str, *, whole: bool) -> bytes:
    """An answer in chunks; without its last piece it broke off."""
    sent = body.encode("utf-8-sig")
    head = "HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\n"
    return f"{head}{len(sent):x}\r\n".encode() + sent + (b"\r\n0\r\n\r\n" if whole else b"")


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize(
    "text", ["A,B\r\n1,2\r\n\r\nSố dòng: 1\r\n", "A,B\r\n1,2\r\n", "A,B\r\n1,2\r\n3", "", "A,B\r\n1,2\r\nS"]
)
def test_a_list_that_broke_off_is_none(strange: str, text: str, whole: bool) -> None:
    Strange.answers = [in_pieces(text, whole=whole)]
    server = KyCuong(strange, "kc_a_b")
    if whole and "Số dòng" in text:
        assert list(server.rows("inspections")) == [{"A": "1", "B": "2"}]
    else:
        with pytest.raises(OSError, match="bị đứt .*broke off"):
            list(server.rows("inspections"))


@pytest.mark.parametrize(
    "answer",
    [
        said('{"a": 1}', length=99),
        said('{"a": '),
        said("<html>Đăng nhập Wi-Fi</html>"),
        said("{}", "Transfer-Encoding: chunked"),
        in_pieces('{"a": 1}', whole=False),
        b"no HTTP at all\r\n\r\n",
        b"",
    ],
    ids=["short", "cut", "another page", "no chunks", "chunk missing", "no HTTP", "nothing"],
)
def test_an_answer_that_is_none_is_told_in_a_sentence(
    strange: str, answer: bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Strange.answers = [answer]
    monkeypatch.setenv("KYCUONG_URL", strange)
    monkeypatch.setenv("KYCUONG_KEY", "kc_a_b")
    with pytest.raises(OSError, match=r"."):
        KyCuong(strange, "kc_a_b").get("/plans")
    for words in (["get", "/plans"], ["list", "inspections"]):
        assert main(words) == 1
        told = capsys.readouterr()
        assert (told.out, len(told.err.splitlines())) == ("", 1)


def test_pages_end_where_the_list_became_shorter(strange: str) -> None:
    """A page past the end is answered with the last one: its members came before."""
    first = said('{"page": 1, "total": 3, "plans": [{"uid": 1}, {"uid": 2}]}')
    Strange.answers = [first, said('{"page": 1, "total": 3, "plans": [{"uid": 1}, {"uid": 2}]}')]
    assert [one["uid"] for one in KyCuong(strange, "kc_a_b").pages("/plans", "plans")] == [1, 2]
    assert len(Strange.came) == 2


AWAY = said("Hệ thống đang dừng", "Retry-After: 7", status=503)
BUSY = said('{"type": "urn:kycuong:problem:busy"}', "Retry-After: 5", status=503)
FAST = said('{"type": "urn:kycuong:problem:too_many_calls"}', "Retry-After: 9", status=429)


@pytest.mark.parametrize(
    ("refusal", "once", "again"),
    [(AWAY, "", False), (AWAY, "bieu-1", True), (BUSY, "", True), (FAST, "", True), (BUSY, "bieu-1", True)],
    ids=["proxy", "proxy, once", "busy", "too fast", "busy, once"],
)
def test_what_may_have_been_done_is_not_sent_again(
    strange: str, refusal: bytes, once: str, again: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """nginx says 503, too, when the server died after it had written; ours says busy only when nothing was."""
    monkeypatch.setattr("client.kycuong_client.time.sleep", lambda seconds: None)
    Strange.answers = [refusal, said('{"done": true}')]
    server = KyCuong(strange, "kc_a_b")
    if again:
        assert server.post("/plans", {}, once=once) == {"done": True}
    else:
        with pytest.raises(Refused) as told:
            server.post("/plans", {}, once=once)
        assert told.value.status == 503
    assert len(Strange.came) == 1 + again


def test_a_question_is_asked_again_whoever_is_away(strange: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("client.kycuong_client.time.sleep", lambda seconds: None)
    Strange.answers = [AWAY, said("{}")]
    assert KyCuong(strange, "kc_a_b").get("/plans") == {}


def test_the_key_follows_no_redirect(strange: str) -> None:
    Strange.answers = [said("", "Location: /elsewhere", status=302)]
    with pytest.raises(Refused) as told:
        KyCuong(strange, "kc_a_b").get("/plans")
    assert told.value.status == 302
    assert [one.split()[:2] for one in Strange.came] == [["GET", "/api/v1/plans"]]


def test_the_key_goes_past_a_proxy_of_the_surroundings(
    strange: str, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without TLS it would stand there in plain text."""
    Strange.answers = [said("{}")]
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, strange)
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(Refused):
        KyCuong(live_server.url, "kc_a_b").get("/plans")
    assert Strange.came == []


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
