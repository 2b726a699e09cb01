"""One server of the whole product for all faults; a browser of its own for each. Both are killed for real."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.field.client.window import Phone
from tests.field.faults.harness import Chrome, Server, visit_of, whoami

TEAM_HEAD, MEMBER = "truongdoan", "thanhvien"


@pytest.hookimpl(tryfirst=True)  # groups are read after this, also when this folder alone is asked for
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/tests/field/faults/" in item.path.as_posix():
            item.add_marker("browser")
            item.add_marker("look")
            item.add_marker(pytest.mark.xdist_group("faults"))


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("faults") / "home") as one:
        yield one


@pytest.fixture
def server(office: Server) -> Iterator[Server]:
    """Alive at the beginning, and again at the end."""
    yield office
    if office.process.poll() is not None:
        office.start()


@pytest.fixture
def chrome(playwright: Playwright, server: Server, tmp_path: Path) -> Iterator[Chrome]:
    """A phone whose owner has signed in."""
    with Chrome(playwright, tmp_path / "chrome", server.url) as one:
        one.sign_in(TEAM_HEAD)
        yield one


class Field:
    """A phone at a visit of its own: enrolled, unlocked, with the pack."""

    def __init__(self, chrome: Chrome, *, form: str = "short", visit: str = "") -> None:
        self.chrome = chrome
        self.phone = chrome.phone()
        self.person = whoami(self.phone)["user"]["uid"]
        self.visit = visit or visit_of(self.phone, form=form)
        self.phone.begin(self.person)
        self.phone.do("return pack.pull()")

    def again(self) -> Phone:
        """After the page, the browser or the machine died."""
        self.phone = self.chrome.phone()
        assert self.phone.unlock(self.person)
        return self.phone

    def restart(self, *, sign_in: bool = True) -> Phone:
        self.chrome.kill()
        self.chrome.start()
        if sign_in:
            self.chrome.sign_in(TEAM_HEAD)
        return self.again()

    def sync(self, *, within: float = 30) -> str:
        """Sync until the state holds: what is in between (another tab, backing off) is waited out."""
        end = time.monotonic() + within
        while (state := self.phone.sync()) in ("offline", "sending", "idle") and time.monotonic() < end:
            time.sleep(0.2)
        return state

    def heads(self, field: str) -> list[dict[str, object]]:
        found = self.phone.do("return log.heads(given)", self.visit)
        return list(found.get(field, []))


@pytest.fixture
def field(chrome: Chrome) -> Field:
    return Field(chrome)
