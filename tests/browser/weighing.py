"""What the opening of a page moves over the line, as the browser itself counts it, headers included."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from playwright.sync_api import Page


class Weighed(NamedTuple):
    """Bytes over the line, and how many requests there were, those from the browser's own store included."""

    bytes: int
    requests: int


@contextmanager
def scales(page: Page) -> Iterator[dict[str, int]]:
    """Request → its bytes, while the page is used."""
    moved: dict[str, int] = {}
    watch = page.context.new_cdp_session(page)
    watch.send("Network.enable")
    watch.on(
        "Network.loadingFinished", lambda told: moved.__setitem__(told["requestId"], int(told["encodedDataLength"]))
    )
    yield moved
    watch.detach()


def weigh(page: Page, path: str) -> Weighed:
    """Open the page and wait until nothing more comes."""
    with scales(page) as moved:
        page.goto(path, wait_until="networkidle")
    return Weighed(sum(moved.values()), len(moved))
