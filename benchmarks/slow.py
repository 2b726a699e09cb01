"""How long people wait at the end of a slow line: 300 kbit/s and 300 ms there and back, as 2G gives in a commune.

    python -m benchmarks.slow ADDRESS USERNAME PASSWORD     # a running ./run, with the demonstration: http://127.0.0.1:8000

Each page is opened in the system's Chromium with an empty store, then again. Told, not promised: seconds until the page can be read and
used (its document and scripts are there), beside the same page on a line that is not slowed. What it weighs is held by tests/browser/test_weight.py.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests.browser.weighing import scales
from tests.chromium import QUIET, executable

PAGES = ("/mine/", "/figures/", "/inspections/", "/recommendations/", "/visits/new/", "/field/", "/sign-in/")
LATENCY_MS, BYTES_A_SECOND = 300, 300_000 / 8


def main(arguments: list[str]) -> int:
    if len(arguments) != 3:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    sys.stdout.writelines(f"{line}\n" for line in measured(*arguments))
    return 0


def measured(address: str, username: str, password: str) -> Iterator[str]:
    yield "| page | kB first | s first | kB later | s later | s later, line not slowed |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=executable(), args=QUIET)
        page = signed_in(browser, address, username, password)
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        for path in PAGES:
            if path == "/sign-in/":
                page.context.clear_cookies()
            slow(line, on=True)
            line.send("Network.clearBrowserCache")
            first, later = opened(page, path), opened(page, path)
            slow(line, on=False)
            plain = opened(page, path)
            cells = (first[0], later[0])
            yield f"| {path} | {cells[0] / 1000:.0f} | {first[1]:.1f} | {cells[1] / 1000:.0f} | {later[1]:.1f} | {plain[1]:.1f} |"
        browser.close()


def signed_in(browser: Browser, address: str, username: str, password: str) -> Page:
    """A window as wide as a phone's."""
    page = browser.new_context(base_url=address, viewport={"width": 390, "height": 844}).new_page()
    page.goto("/sign-in/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "sign-in" not in url)
    return page


def slow(line: CDPSession, *, on: bool) -> None:
    rate = BYTES_A_SECOND if on else -1
    told = {"offline": False, "latency": LATENCY_MS if on else 0, "downloadThroughput": rate, "uploadThroughput": rate}
    line.send("Network.emulateNetworkConditions", told)


def opened(page: Page, path: str) -> tuple[int, float]:
    """Bytes over the line, and seconds until the document and its scripts are there."""
    with scales(page) as moved:
        begun = time.monotonic()
        page.goto(path, wait_until="domcontentloaded", timeout=120_000)
        seconds = time.monotonic() - begun
        page.wait_for_load_state("networkidle", timeout=120_000)
    return sum(moved.values()), seconds


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
