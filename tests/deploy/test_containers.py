"""deploy/Dockerfile and deploy/compose.yaml: what they name exists, and they run what the units of systemd run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.urls import reverse

from kycuong.site.settings import VARIABLES

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
LINES = (DEPLOY / "Dockerfile").read_text().replace("\\\n", " ").splitlines()
STEPS = [line.split(maxsplit=1) for line in LINES if line and not line.startswith("#")]
"""(word, the rest) of each instruction."""


def told(word: str) -> list[str]:
    return [rest for first, rest in STEPS if first == word]


def copied() -> list[tuple[list[str], str]]:
    """(sources, target) of what comes from the folder of the sources."""
    parts = [line.split() for line in told("COPY") if not line.startswith("--from")]
    return [(part[:-1], part[-1]) for part in parts]


def test_everything_that_is_copied_exists_and_is_let_through() -> None:
    let = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    sources = [name for names, _target in copied() for name in names]
    assert {name for name in sources if not (ROOT / name).exists()} == set()
    assert {*sources} == let


def test_the_image_holds_what_the_program_needs() -> None:
    names = {name for names, _target in copied() for name in names}
    assert {"kycuong", "manage.py", "pyproject.toml", "requirements/base.txt", "deploy/healthy.py"} <= names
    assert all("--require-hashes" in line for line in told("RUN") if "pip install" in line)


def test_it_runs_what_the_unit_runs_and_not_as_root() -> None:
    unit = re.search(r"^ExecStart=(.+)$", (DEPLOY / "systemd" / "kycuong-web.service").read_text(), re.MULTILINE)
    assert unit
    assert json.loads(told("CMD")[0]) == unit[1].split()
    assert told("USER") == ["kycuong"]
    last_copy = max(index for index, step in enumerate(STEPS) if step[0] == "COPY")
    assert [step[0] for step in STEPS].index("USER") > last_copy, "what runs cannot be written by who runs it"
    assert len(told("FROM")) == 2
    assert len({line.split()[0] for line in told("FROM")}) == 1, "one Python makes the packages and runs them"


def test_no_address_of_a_registry_is_named() -> None:
    text = "\n".join(path.read_text() for path in (DEPLOY / "Dockerfile", DEPLOY / "compose.yaml"))
    assert re.findall(r"https?://\S+", text) == []
    images = re.findall(r"^(?:FROM|\s+image:) (\S+)", text, re.MULTILINE)
    assert len(images) == 4
    assert all(re.fullmatch(r"[a-z]+:[a-z0-9.-]+", image) for image in images)


COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
SERVER = COMPOSE["services"]["server"]


def test_compose_builds_this_image_and_every_setting_exists() -> None:
    build = SERVER["build"]
    assert ((DEPLOY / build["context"]).resolve(), build["dockerfile"]) == (ROOT, "deploy/Dockerfile")
    assert SERVER["environment"].keys() <= VARIABLES.keys()
    asked = set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text()))
    given = set(re.findall(r"^(\w+)=", (DEPLOY / "compose.env.example").read_text(), re.MULTILINE))
    assert asked - {"KYCUONG_DEMO"} == given


def test_what_must_last_lies_on_volumes() -> None:
    volumes = json.loads(told("VOLUME")[0])
    mounted = dict(line.split(":")[:2] for line in SERVER["volumes"])
    assert sorted(mounted.values()) == sorted(volumes)
    assert {*mounted, "database"} == COMPOSE["volumes"].keys()
    assert SERVER["read_only"] is True
    kept = told("ENV")[0]
    assert "KYCUONG_HOME=/var/lib/kycuong" in kept
    assert SERVER["environment"]["KYCUONG_BACKUP_FOLDER"] in volumes


def test_nginx_stands_in_front_with_the_configuration_that_is_tested() -> None:
    nginx = COMPOSE["services"]["nginx"]
    mounted = dict(line.split(":")[:2] for line in nginx["volumes"])
    conf = (DEPLOY / "nginx.conf").read_text()
    assert mounted["./nginx.conf"] in nginx["command"][2]
    old, new = re.findall(r"s#(\S+)#(\S+)#", nginx["command"][2])[0]
    places = {
        service: COMPOSE["services"][service]["networks"]["front"]["ipv4_address"] for service in ("server", "nginx")
    }
    assert (old, new) == ("127.0.0.1:8000", f"{places['server']}:8000")
    assert set(re.findall(r"proxy_pass http://([\d.:]+)", conf)) == {old}, "each of them is led to the server"
    subnet = ip_network(COMPOSE["networks"]["front"]["ipam"]["config"][0]["subnet"])
    assert all(ip_address(place) in subnet for place in places.values())
    assert f"{mounted['./certificates']}/chain.pem" in conf
    assert SERVER["environment"]["KYCUONG_PROXIES"].split(",") == ["127.0.0.1", places["nginx"]]
    assert [name for name, service in COMPOSE["services"].items() if "ports" in service] == ["nginx"], (
        "nobody comes past it"
    )
    assert nginx["networks"].keys() & SERVER["networks"].keys() == {"front"}
    assert COMPOSE["networks"]["front"]["internal"] is COMPOSE["networks"]["inside"]["internal"] is True
    assert {line.split(":")[1] for line in nginx["ports"]} == set(re.findall(r"listen (\d+)", conf))


class Asked(BaseHTTPRequestHandler):
    """What stands for the server, and keeps how it was asked."""

    seen: list[tuple[str, str | None, str | None]] = []
    status = 200

    def do_GET(self) -> None:
        Asked.seen.append((self.path, self.headers["Host"], self.headers["X-Forwarded-Proto"]))
        self.send_response(Asked.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *given: Any) -> None: ...


@pytest.fixture
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Asked)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def healthy(port: int) -> int:
    surroundings = {**os.environ, "PORT": str(port), "KYCUONG_HOSTS": "kycuong.langson.example,other"}
    called = json.loads(told("HEALTHCHECK")[0].split("CMD ")[1])
    program = ROOT / Path(called[1]).relative_to("/opt/kycuong")
    return subprocess.run([sys.executable, program], env=surroundings, check=False, capture_output=True).returncode


def test_health_is_asked_where_the_server_tells_it(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert healthy(port) == 0
    assert Asked.seen[-1] == (reverse("readyz"), "kycuong.langson.example", "https")
    monkeypatch.setattr(Asked, "status", 503)
    assert healthy(port) == 1
    assert healthy(9) == 1
