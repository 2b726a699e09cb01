#!/usr/bin/env python3
"""Đọc số liệu và danh sách của Kỷ Cương bằng khóa API. / Read figures and lists of Kỷ Cương with an access key.

One file, the standard library, Python 3.11 or newer. Copy it, or run it:

    export KYCUONG_URL=https://kycuong.example KYCUONG_KEY=kc_…
    python kycuong_client.py get /figures scope=tinh-lang-son period=2019-Q1
    python kycuong_client.py list inspections year=2019 > inspections.csv

The key goes to that one address and nowhere else: over https only (http on this very machine, past every proxy), without
following a redirect. What breaks off, or is no answer of this server, is an OSError with a sentence; a refusal is Refused.
"""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

AGAIN = (429, 503)
"""Too fast, or busy: the same question works later."""
UNDONE = ("busy", "too_many_calls")
"""Problems of the server itself that say that nothing was done; a 503 of a proxy before it does not."""
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
        if tries < 1:
            raise ValueError("tries: one at least")
        self.base = f"{url.rstrip('/')}/api/v1"
        self.seconds, self.tries = seconds, tries
        self._headers = {"Authorization": f"Bearer {key}", "User-Agent": "kycuong-client/1"}
        # A proxy of the surroundings would read the key; through https it sees a tunnel.
        self._opener = build_opener(_StayHere, *([ProxyHandler({})] if parts.scheme == "http" else []))

    def get(self, path: str, **asked: Any) -> Any:
        """The answer at an address below /api/v1, such as `get("/figures", scope="tinh-lang-son", period="2019")`.

        A name that Python keeps for itself is written with a line: `from_="2019-01-01"`. Refused when it is no success.
        """
        with _whole(path), self._open("GET", path, asked) as response:
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
            if found.get("page", page) < page:  # the list became shorter meanwhile: this is its last page, once more
                return
            yield from found[items]
            seen += len(found[items])
            if not found[items] or seen >= found["total"]:
                return
            page += 1

    def rows(self, name: str, **asked: Any) -> Iterator[dict[str, str]]:
        """The lines of a list of a page (`get("/lists")` names them), while they come in: column → text.

        OSError at the end when fewer came than the last line says: a list that broke off is no list.
        """
        path = f"/lists/{quote(name, safe='')}"
        with _whole(path), self._open("GET", path, {"format": "csv", **asked}) as response:
            lines = csv.reader(io.TextIOWrapper(response, encoding="utf-8-sig", newline=""))
            columns, count, said = next(lines, []), 0, ""
            for line in lines:
                if len(line) == 1 and line[0].startswith(COUNTED):
                    said = line[0].removeprefix(COUNTED)
                elif line:
                    count += 1
                    yield dict(zip(columns, line, strict=True))
        if said != str(count):
            raise OSError(f"danh sách {name} bị đứt sau {count} dòng / the list broke off after {count} lines")

    def post(self, path: str, body: Mapping[str, Any], *, once: str = "") -> Any:
        """Send something, with a key that writes. With a word in `once` the same thing is done no second time, so it is sent again
        after any 503; Refused with 409 then says that it had come (look what became of it), or was changed meanwhile. Without
        `once` it is sent again only when the server itself says that nothing was done."""
        more = {"Idempotency-Key": once} if once else {}
        with _whole(path), self._open("POST", path, {}, json.dumps(body).encode(), more) as response:
            return json.load(response)

    def _open(
        self, method: str, path: str, asked: Mapping[str, Any], data: bytes | None = None, more: Mapping[str, str] = {}
    ) -> Any:
        told = {name.rstrip("_"): value for name, value in asked.items() if value is not None}
        place = quote(path.lstrip("/"), safe="/%?=&:@")
        url = f"{self.base}/{place}" + (f"?{urlencode(told, doseq=True)}" if told else "")
        kind = {} if data is None else {"Content-Type": "application/json"}
        left = self.tries
        while True:
            left -= 1
            try:
                request = Request(url, data=data, method=method, headers={**self._headers, **kind, **more})  # noqa: S310
                return self._opener.open(request, timeout=self.seconds)
            except HTTPError as error:
                wait = error.headers.get("Retry-After", "")
                with error:
                    refused = Refused(error.code, _problem(error.read(1_000_000)))
                harmless = data is None or more or refused.kind in UNDONE
                if left == 0 or error.code not in AGAIN or not wait.isdecimal() or not harmless:
                    raise refused from None
                time.sleep(min(int(wait), 120))


@contextmanager
def _whole(path: str) -> Iterator[None]:
    """Whatever a line that broke off, or somebody else's answer, looks like to Python: one error, with a sentence."""
    try:
        yield
    except (HTTPException, ValueError, csv.Error) as error:
        said = " ".join(f"{type(error).__name__}: {error}"[:200].split())
        raise OSError(f"{path}: bị đứt hoặc không đọc được / broke off or cannot be read ({said})") from error


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
