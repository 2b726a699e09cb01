"""What the product is made of, and its known weaknesses, as `just sbom` and `just audit-packages` tell them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
SETS = ("base", "facts", "spark")
PINNED = "\n".join((ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8") for name in SETS)
WEAK: dict[str, Any] = {
    "id": "PYSEC-0000-1",
    "summary": "it is weak",
    "details": "it is weak",
    "published": "2026-01-01T00:00:00Z",
    "affected": [
        {
            "package": {"name": "segno", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99.0"}]}],
        }
    ],
}


class Listed(BaseHTTPRequestHandler):
    """A list of weaknesses on this machine; `weak` names the package that has one."""

    weak = ""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        body = json.dumps({"vulns": [WEAK]} if asked["package"]["name"] == self.weak else {}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *given: Any) -> None: ...


@pytest.fixture
def listed() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Listed)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def run(program: str, *given: str) -> subprocess.CompletedProcess[str]:
    called = [sys.executable, str(ROOT / "requirements" / program), *given]
    return subprocess.run(called, capture_output=True, text=True, check=False)


def test_the_bill_names_every_pinned_package_with_its_hashes_and_no_host(tmp_path: Path) -> None:
    done = run("bill.py", str(tmp_path / "sbom.json"))
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "sbom.json").read_text(encoding="utf-8")
    bill = json.loads(text)
    pinned = set(re.findall(r"^([a-z0-9.-]+)(?:\[\w+\])?==(\S+)", PINNED, re.MULTILINE))
    assert {(one["name"], one["version"]) for one in bill["components"]} == pinned
    assert {mark["content"] for one in bill["components"] for mark in one["hashes"]} == set(
        re.findall(r"sha256:(\w+)", PINNED)
    )
    assert re.findall(r"\w+://[^\"]*", text) == [bill["$schema"]]
    assert str(ROOT) not in text
    optional = {one["name"] for one in bill["components"] if one["scope"] == "optional"}
    assert optional == {"duckdb", "py4j", "pyspark"}
    assert {"pkg:pypi/duckdb", "pkg:pypi/pyspark"} <= {
        one.split("@")[0] for one in bill["dependencies"][0]["dependsOn"]
    }


def test_a_known_weakness_fails_and_names_the_mended_version(listed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("weaknesses.py", "-s", "osv", "--osv-url", listed).returncode == 0
    for name in ("segno", "duckdb", "pyspark"):
        WEAK["affected"][0]["package"]["name"] = name
        monkeypatch.setattr(Listed, "weak", name)
        done = run("weaknesses.py", "-s", "osv", "--osv-url", listed)
        assert done.returncode == 1
        assert re.search(rf"^{name} \S+: PYSEC-0000-1 → 99.0$", done.stderr, re.MULTILINE)


def test_a_list_that_cannot_be_read_is_no_pass() -> None:
    done = run("weaknesses.py", "-s", "osv", "--osv-url", "http://127.0.0.1:9/")
    assert done.returncode == 2
    assert "chưa gói nào được kiểm tra" in done.stderr
    assert "no package was examined" in done.stderr


def test_sets_that_were_added_are_kept_up_to_date(tmp_path: Path) -> None:
    """./run installs a set that was added when its list changed, and one that was never added not at all."""
    for name in ("run", "requirements"):
        (tmp_path / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "run", tmp_path / "copy")
    (tmp_path / "run").unlink()
    (tmp_path / "copy").rename(tmp_path / "run")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "$@" >> "$(dirname "$0")/asked"\n')
    python.chmod(0o755)
    asked = python.parent / "asked"
    shutil.copy(ROOT / "requirements" / "base.txt", tmp_path / ".venv" / "installed-base.txt")

    def installs(*words: str) -> list[str]:
        asked.unlink(missing_ok=True)
        subprocess.run([tmp_path / "run", *words], check=True, capture_output=True)
        return re.findall(r"requirements/(\w+)\.txt", asked.read_text())

    assert installs("help") == []
    assert installs("add", "facts") == ["facts"]
    assert installs("help") == []
    (tmp_path / ".venv" / "installed-facts.txt").write_text("duckdb==0\n")
    assert installs("help") == ["facts"]
    assert subprocess.run([tmp_path / "run", "add", "x"], check=False, capture_output=True).returncode == 2
