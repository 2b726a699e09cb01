"""Hostile words in every text column, then every page and document: they are words there, and nothing else.

The columns are written directly: whatever a form would have refused may stand in an old record, or come from a sheet.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import cycle
from typing import Any

import pytest
from django.apps import apps
from django.contrib.staticfiles import finders
from django.db import DatabaseError, connection, models, transaction
from django.http import HttpResponse
from django.test import Client
from lxml import etree
from playwright.sync_api import Browser, Route

from tests.asking import send, values_of
from tests.budget import chosen, long_run
from tests.desk import Desk
from tests.matrix import TABLE, WHO, Line, read
from tests.sides import Back, Sides
from tests.surface import filled
from tests.trust.hostile import PAYLOADS, RAW

LINES = [line for line in read(TABLE).values() if line.method == "GET"]
MEANT = re.compile(
    r"slug|sealed_\w+|sha|\w+_sha256|taken_at|code|kind|state|form|key|password|username|sha256|digest|root|note|version|session.*|url|view|grade|outcome|\w*_hash|step|role|letters|name_key|search\w*|lookup|period|part|basis_key|status|paper|piece|storage\w*|seed|rights|query|reading|field|value|choice|chosen"
)
"""Columns that mean something to the program, which nobody types freely."""
OURS = (
    "orgs",
    "catalog",
    "plans",
    "inspections",
    "followup",
    "selfchecks",
    "rounds",
    "gathering",
    "draws",
    "letterheads",
    "exports",
    "notices",
    "deadlines",
    "files",
    "field",
    "reports",
)
PAGES = 40
OWN = re.compile(rb"<f>((?:SUM|IF|[A-Z]{1,2}\d+|&gt;0|&quot;|[-+/():,\">]|>0)+)</f>")
"""Sums and shares of the report are ours: cells, and nothing typed."""


def columns() -> Iterator[tuple[type[models.Model], models.Field[Any, Any]]]:
    """Every text that somebody may have typed."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields if model._meta.app_label in OURS else ():
            plain = isinstance(field, models.CharField | models.TextField) and not field.choices and not field.unique
            if plain and not MEANT.fullmatch(field.name):
                yield model, field


def poison() -> tuple[int, list[str]]:
    """Each text is a payload now, each column another one, each row the next. How many columns, and which stayed as they were."""
    payloads, kept, done = cycle(PAYLOADS), [], 0
    for model, field in columns():
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                name, column = connection.ops.quote_name(model._meta.db_table), connection.ops.quote_name(field.column)
                pk = connection.ops.quote_name(model._meta.pk.column)
                cursor.execute(f"SELECT {pk} FROM {name} WHERE {column} <> ''")
                for (key,) in cursor.fetchall():
                    words = next(payloads)[: field.max_length or 1000]
                    cursor.execute(f"UPDATE {name} SET {column} = %s WHERE {pk} = %s", [words, key])
            done += 1
        except DatabaseError:  # a wall, or a condition of the table
            kept.append(f"{model._meta.label}.{field.name}")
    return done, kept


class Page(HTMLParser):
    """What a browser would see beyond words."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script" and not given.get("src") and given.get("type") != "application/json":
            self.faults.append("an inline script")
        if tag in ("iframe", "object", "embed", "base", "style", "math") or given.get("http-equiv"):
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            unsafe = re.match(r"\s*(javascript|vbscript|data:text)", value or "", re.IGNORECASE)
            elsewhere = name in ("href", "src", "action") and re.match(r"\s*(//|https?://evil)", value or "")
            if (
                name.startswith("on")
                or name == "style"
                or (unsafe and name in ("href", "src", "action", "formaction"))
                or elsewhere
            ):
                self.faults.append(f"{tag} {name}={value!r}")


def faults_of(answer: Any) -> list[str]:
    """What is more than words in this answer."""
    kind, body = answer.headers.get("Content-Type", ""), answer.getvalue() if answer.streaming else answer.content
    if kind.startswith("text/html"):
        text, page = body.decode(), Page()
        page.feed(text)
        return page.faults + [f"as it is: {one}" for one in RAW if one in text]
    if "openxmlformats" in kind:
        return faults_of_office(body)
    if kind.startswith("text/csv"):
        cells = (cell for line in body.decode("utf-8-sig").splitlines() for cell in re.split(r"[;,]", line))
        return [f"a formula: {cell}" for cell in cells if re.match(r'"?[=@]', cell)]
    if kind.startswith("text/") or "svg" in kind:
        return [] if answer.headers.get("X-Content-Type-Options") == "nosniff" else [f"{kind} may be sniffed"]
    return []


def faults_of_office(body: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(body)) as file:
        parts = {name: file.read(name) for name in file.namelist() if name.endswith((".xml", ".rels"))}
    for part in parts.values():
        etree.fromstring(part)  # words that are markup would break it, or be found below
    formulas = [
        name
        for name, part in parts.items()
        if "sheet" in name and set(re.findall(rb"<f>(.*?)</f>", part)) - set(OWN.findall(part))
    ]
    fields = [name for name, part in parts.items() if b"evil.example" in part and name.endswith(".rels")]
    return [f"a formula in {name}" for name in formulas] + [f"a link in {name}" for name in fields]


@pytest.mark.look
def test_hostile_words_are_words_on_every_page(desk: Desk, sides: Sides, browser: Browser) -> None:
    done, kept = poison()
    assert len(PAYLOADS) >= 60
    assert done > 60, kept
    answers, faults, pages = Counter[str](), [], []
    for line in chosen("requests over hostile words", [line for line in LINES if line.method == "GET"], LINES):
        who = next((who for who, mark in zip(WHO, line.own, strict=False) if mark == "+"), None)
        if who is None or who == "anonymous":
            continue
        client = Client(raise_request_exception=False)
        client.force_login(desk.people[who])
        answer = taken_back(client, line, sides["own"])
        kind = answer.headers.get("Content-Type", "").partition(";")[0]
        answers[f"{answer.status_code} {kind}"] += 1
        if kind == "text/html" and answer.status_code == 200 and who == "aggregator":
            pages.append(filled(line.address, values_of(line, sides["own"])))
        faults += [f"{who} {line.address}: {one}" for one in faults_of(answer)]
        if answer.status_code >= 500:
            faults.append(f"{who} {line.address}: {answer.status_code}")
    print(
        f"{done} columns ({len(kept)} kept by walls), {len(PAYLOADS)} payloads, {answers.total()} answers: {dict(answers)}"
    )
    assert not faults, "\n".join(faults)
    if not long_run():
        return
    client = Client(raise_request_exception=False)
    client.force_login(desk.people["aggregator"])
    seen, said = looked_at(browser, client, pages[:: max(1, len(pages) // PAGES)])
    print(f"{seen} pages in Chromium")
    assert said == []
    assert seen >= PAGES


def taken_back(client: Client, line: Line, thing: dict[str, str]) -> Any:
    try:
        with transaction.atomic():
            answer = send(client, line, thing)
            raise Back
    except Back:
        return answer


def looked_at(browser: Browser, client: Client | Careless, pages: list[str]) -> tuple[int, list[str]]:
    """A browser is given what the product answers, headers and all: how many pages, and what scripts or the policy said."""
    said: list[str] = []
    answers = {address: client.get(address) for address in pages}  # here: Playwright calls back beside this transaction

    def answered(route: Route) -> None:
        address = route.request.url.removeprefix("http://kycuong.test")
        if address in answers:
            given = answers[address]
            return route.fulfill(status=given.status_code, headers=dict(given.headers), body=given.content)
        found = (
            finders.find(address.removeprefix("/static/").partition("?")[0]) if address.startswith("/static/") else None
        )
        return route.fulfill(path=found) if found else route.fulfill(status=404)

    context = browser.new_context(base_url="http://kycuong.test", java_script_enabled=True)
    context.route("**/*", answered)
    page = context.new_page()
    page.on("dialog", lambda dialog: (said.append(f"{page.url}: {dialog.message}"), dialog.dismiss()))
    page.on(
        "console", lambda one: said.append(f"{page.url}: {one.text}") if "Content Security Policy" in one.text else None
    )
    for address in pages:
        page.goto(address, wait_until="domcontentloaded")
        page.locator("body").hover(timeout=2000, force=True)
    context.close()
    return len(pages), said


class Careless:
    """Answers each address with a script that somebody typed."""

    def __init__(self, policy: str) -> None:
        self.policy = policy

    def get(self, _address: str) -> HttpResponse:
        return HttpResponse("<body><p>chữ<script>alert(1)</script>", headers={"Content-Security-Policy": self.policy})


@pytest.mark.look
@pytest.mark.parametrize("policy", ["", "script-src 'self'"])
def test_the_browser_tells_what_ran_and_what_the_policy_stopped(browser: Browser, policy: str) -> None:
    seen, said = looked_at(browser, Careless(policy), ["/x/"])
    assert seen == 1
    assert len(said) == 1
    assert ("Content Security Policy" in said[0]) == bool(policy)


@pytest.mark.parametrize(
    ("html", "seen"),
    [
        ("<p>&lt;b&gt;</p>", 0),
        ("<img onerror=x>", 1),
        ("<script>1</script>", 1),
        ("<a href=' javascript:x'>", 1),
        ("<p style=a>", 1),
    ],
)
def test_the_page_reader_sees_what_is_more_than_words(html: str, seen: int) -> None:
    page = Page()
    page.feed(html)
    assert len(page.faults) == seen
