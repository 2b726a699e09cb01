#!/usr/bin/env python3
"""Đọc số liệu và danh sách của Kỷ Cương bằng khóa API. / Read figures and lists of Kỷ Cương with an access key.

One file, the standard library, Python 3.11 or newer. Copy it, or run it:

    export KYCUONG_URL=https://kycuong.example KYCUONG_KEY=kc_…
    python kycuong_client.py get /figures scope=tinh-lang-son period=2019-Q1
    python kycuong_client.py list inspections year=2019 > inspections.csv

The key goes to that one address and nowhere else: over https only (http on this very machine), without following a redirect.
"""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import time
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

AGAIN = (429, 503)
"""Too fast, or busy: the same question works later."""
COUNTED = "Số dòng: "
"""How the last line of a list begins."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Refused(Exception):
    """What the server said instead of an answer (RFC 9457): a sentence in two languages, and by what kind to act on it."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        self.status = status
        self.kind = str(problem.get("type", "")).removeprefix("urn:kycuong:problem:")
        self.detail = str(problem.get("detail", ""))
        self.detail_en = str(problem.get("detail_en", ""))
        self.errors: list[dict[str, str]] = list(problem.get("errors") or [])
        self.request_id = str(problem.get("request_id", ""))
        super().__init__(f"{status} {self.detail} / {self.detail_en}")


class _StayHere(HTTPRedirectHandler):
    """A redirect would take the key elsewhere: it is the error that it is."""

    def redirect_request(self, *given: Any) -> None:
        return None


class KyCuong:
    """An installation, as the person of the key may see it.

    `url`: where its pages are; `key`: made on the page «Bảo mật tài khoản»; `seconds`: how long an answer may keep still;
    `tries`: how often a question is asked that the server is too busy for, or that comes too fast.
    """

    def __init__(self, url: str, key: str, *, seconds: float = 60, tries: int = 4) -> None:
        parts = urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            raise ValueError(f"{url!r}: the key goes over https only")
        if not key.isascii() or not key.isprintable() or not key:
            raise ValueError("this is no access key")
        self.base = f"{url.rstrip('/')}/api/v1"
        self.seconds, self.tries = seconds, tries
        self._headers = {"Authorization": f"Bearer {key}", "User-Agent": "kycuong-client/1"}
        self._opener = build_opener(_StayHere)

    def get(self, path: str, **asked: Any) -> Any:
        """The answer at an address below /api/v1, such as `get("/figures", scope="tinh-lang-son", period="2019")`.

        A name that Python keeps for itself is written with a line: `from_="2019-01-01"`. Refused when it is no success.
        """
        with self._open("GET", path, asked) as response:
            return json.load(response)

    def figures(self, scope: str, **asked: Any) -> dict[str, Any]:
        """Every figure of a unit and those below it; `period="2019-Q1"`, or `from_` and `to`."""
        found: dict[str, Any] = self.get("/figures", scope=scope, **asked)
        return found

    def pages(self, path: str, items: str, **asked: Any) -> Iterator[dict[str, Any]]:
        """Each of the `items` of an address that answers by pages, such as `pages("/plans", "plans", year=2026)`."""
        page, seen = 1, 0
        while True:
            found = self.get(path, page=page, **asked)
            yield from found[items]
            seen += len(found[items])
            if not found[items] or seen >= found["total"]:
                return
            page += 1

    def rows(self, name: str, **asked: Any) -> Iterator[dict[str, str]]:
        """The lines of a list of a page (`get("/lists")` names them), while they come in: column → text.

        OSError at the end when fewer came than the last line says: a list that broke off is no list.
        """
        with self._open("GET", f"/lists/{quote(name, safe='')}", {"format": "csv", **asked}) as response:
            lines = csv.reader(io.TextIOWrapper(response, encoding="utf-8-sig", newline=""))
            columns, count, said = next(lines, []), 0, ""
            for line in lines:
                if len(line) == 1 and line[0].startswith(COUNTED):
                    said = line[0].removeprefix(COUNTED)
                elif line:
                    count += 1
                    yield dict(zip(columns, line, strict=True))
        if said != str(count):
            raise OSError(f"the list {name!r} broke off after {count} lines")

    def post(self, path: str, body: Mapping[str, Any], *, once: str = "") -> Any:
        """Send something, with a key that writes. With a word in `once` the same thing is done no second time."""
        more = {"Idempotency-Key": once} if once else {}
        with self._open("POST", path, {}, json.dumps(body).encode(), more) as response:
            return json.load(response)

    def _open(
        self, method: str, path: str, asked: Mapping[str, Any], data: bytes | None = None, more: Mapping[str, str] = {}
    ) -> Any:
        told = {name.rstrip("_"): value for name, value in asked.items() if value is not None}
        url = f"{self.base}/{path.lstrip('/')}" + (f"?{urlencode(told, doseq=True)}" if told else "")
        kind = {} if data is None else {"Content-Type": "application/json"}
        for left in reversed(range(self.tries)):
            try:
                request = Request(url, data=data, method=method, headers={**self._headers, **kind, **more})  # noqa: S310
                return self._opener.open(request, timeout=self.seconds)
            except HTTPError as error:
                wait = error.headers.get("Retry-After", "")
                with error:
                    refused = Refused(error.code, _problem(error.read(1_000_000)))
                if left == 0 or error.code not in AGAIN or not wait.isdigit():
                    raise refused from None
                time.sleep(min(int(wait), 120))
        raise ValueError("tries: one at least")


def _problem(body: bytes) -> Mapping[str, Any]:
    """What the server says; nothing when something else answered in its place."""
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def main(words: list[str]) -> int:
    """`get PATH [NAME=VALUE…]` writes JSON, `list NAME [NAME=VALUE…]` CSV. Exit code 1: refused, 2: not understood."""
    if len(words) < 2 or words[0] not in ("get", "list") or not all("=" in word for word in words[2:]):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    asked = dict(word.split("=", 1) for word in words[2:])
    try:
        server = KyCuong(os.environ.get("KYCUONG_URL", ""), os.environ.get("KYCUONG_KEY", ""))
        if words[0] == "get":
            sys.stdout.write(json.dumps(server.get(words[1], **asked), ensure_ascii=False, indent=2) + "\n")
            return 0
        writer = None
        for row in server.rows(words[1], **asked):
            if writer is None:
                writer = csv.DictWriter(sys.stdout, list(row))
                writer.writeheader()
            writer.writerow(row)
    except (Refused, OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
