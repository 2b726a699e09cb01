"""One look at a page as browsers show it: accessible, inside its window, loading nothing from outside, without a complaint."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from zlib import crc32

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request

from tests.budget import long_run

Rules = dict[str, str | list[str]]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1280, 390)
ALL_RULES: Rules = {"type": "tag", "values": RULES}
CONTRAST: Rules = {"type": "rule", "values": ["color-contrast"]}
Look = tuple[Literal["light", "dark"], int, Rules | None]
LONG_LOOKS: tuple[Look, ...] = (
    ("light", 390, ALL_RULES),
    ("light", 1280, ALL_RULES),
    ("dark", 1280, CONTRAST),  # the other scheme changes colours and nothing else
)
OPEN_EVERYTHING = "document.querySelectorAll('details:not([data-menu-popup])').forEach(one => { one.open = true })"
VIOLATIONS = "options => axe.run(document, options).then(found => found.violations)"
TOO_WIDE = """() => {
  const room = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= room) return ""
  const wide = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > room + 1)
  return wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 120)).join(" | ") || "the page itself"
}"""


def looks(path: str) -> tuple[Look, ...]:
    """Every run asks axe once, at a phone's width, half of the pages in light and half in dark; and whether the page fits a desk."""
    if long_run():
        return LONG_LOOKS
    scheme: Literal["light", "dark"] = "dark" if crc32(path.encode()) % 2 else "light"
    return (scheme, 390, ALL_RULES), (scheme, 1280, None)


def check_page(page: Page, url: str, *, shots: Path | None = None) -> None:
    """Opens `url` and looks at it; fails with everything that was found. `shots` keeps pictures."""
    found: list[str] = []
    ears = listen(page, urlsplit(url).netloc, found)
    try:
        for number, (scheme, width, rules) in enumerate(looks(urlsplit(url).path)):
            place = f"{urlsplit(url).path} at {width} px, {scheme}"
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # colours change at once
            page.set_viewport_size({"width": width, "height": 900})
            if long_run() or not number:
                page.goto(url)
                page.evaluate(OPEN_EVERYTHING)
            found += [f"{place}: {fault}" for fault in (faults(page, rules) if rules else too_wide(page))]
            if shots:
                page.screenshot(path=shots / f"{name_of(url)}-{width}-{scheme}.png", full_page=True)
    finally:
        for event, ear in ears:
            page.remove_listener(event, ear)  # type: ignore[arg-type]
    assert not found, "\n".join(found)


def listen(page: Page, host: str, found: list[str]) -> list[tuple[str, Callable[..., None]]]:
    """Notes requests to other hosts, complaints of the console, errors of scripts."""

    def asked(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != host:
            found.append(f"asks another host: {request.url}")

    def said(message: ConsoleMessage) -> None:
        refused = "Failed to load resource" in message.text and "status of 4" in message.text
        if message.type in {"error", "warning"} and not refused:  # a page that refuses is a page, too
            found.append(f"console: {message.text}")

    def failed(error: object) -> None:
        found.append(f"script: {error}")

    page.on("request", asked)
    page.on("console", said)
    page.on("pageerror", failed)
    return [("request", asked), ("console", said), ("pageerror", failed)]


def faults(page: Page, rules: Rules | None = None) -> list[str]:
    """What axe and the width of the page have to say about what is shown now, once it is all there."""
    page.wait_for_load_state()  # a click may lead to a page of which nothing is read yet
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    # Only what is wrong comes back: all that is right is more to write down than to look at.
    violations = page.evaluate(VIOLATIONS, {"runOnly": rules or ALL_RULES, "resultTypes": ["violations"]})
    told = [
        f"{one['id']} ({one['impact']}): {node['failureSummary']} {json.dumps(node['html'], ensure_ascii=False)[:300]}"
        for one in violations
        for node in one["nodes"]
    ]
    return [*told, *too_wide(page)]


def too_wide(page: Page) -> list[str]:
    """What does not fit into the window."""
    wide = page.evaluate(TOO_WIDE)
    return [f"wider than the window: {wide}"] if wide else []


def name_of(url: str) -> str:
    """A file name for the page."""
    return urlsplit(url).path.strip("/").replace("/", "-") or "home"
