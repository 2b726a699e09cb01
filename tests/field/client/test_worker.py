"""The shell opens without a network, is replaced only when the person agrees, and never by half a release."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from kycuong.field.views.shell import kept
from tests.budget import few
from tests.field.client.standin import PERSON, Office
from tests.field.client.window import VISIT, Phone

READY = "async () => { const found = await navigator.serviceWorker.ready; return found.active.state }"
IN_CHARGE = "() => navigator.serviceWorker.controller"
CACHES = "async () => Object.fromEntries(await Promise.all((await caches.keys()).map(async (name) => [name, (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname).sort()])))"
UPDATE = """async () => {
  const found = await navigator.serviceWorker.getRegistration("/field/")
  await found.update().catch(() => null)
  const fresh = found.installing ?? found.waiting
  if (fresh) await new Promise((resolve) => {
    const look = () => ["installed", "redundant"].includes(fresh.state) && resolve()
    fresh.addEventListener("statechange", look)
    look()
  })
  return [fresh?.state ?? "none", Boolean(found.waiting)]
}"""
RELEASE = "() => document.querySelector('meta[name=kycuong-release]').content"


@pytest.fixture
def context(browser: Browser, server: Office) -> Iterator[BrowserContext]:
    """A phone of its own, on which the shell has been opened once."""
    server.shell = True
    context = browser.new_context(base_url=server.url)
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto("/field/")
    page.evaluate(READY)
    page.wait_for_function(IN_CHARGE)
    return page


def opened(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto("/field/")
    return page


def test_F01_cold_start_offline(context: BrowserContext, page: Page, server: Office) -> None:
    Phone(page).begin(PERSON)
    Phone(page).say("a/A1", {"outcome": "pass"})
    page.close()
    server.die()
    again = Phone(opened(context))
    assert again.page.locator("#app").count() == 1
    assert again.unlock(PERSON)
    assert again.say("a/A1", {"outcome": "fail"})["seq"] == 2
    assert again.sync() == "offline"


@pytest.mark.long
def test_F34_a_stopped_worker_starts_again_without_a_network(
    context: BrowserContext, page: Page, server: Office
) -> None:
    server.die()
    session = context.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    assert opened(context).locator("#app").count() == 1


def test_the_worker_keeps_the_shell_and_touches_nothing_else(page: Page, server: Office) -> None:
    everything = {"kycuong-field-release-1": sorted(kept())}
    assert page.evaluate(CACHES) == everything
    with page.expect_response("**/static/field/worker.js") as module:
        page.reload()
    assert module.value.from_service_worker
    with page.expect_response("**/api/v1/field/start") as asked:
        page.evaluate("() => fetch('/api/v1/field/start')")
    assert not asked.value.from_service_worker
    with page.expect_response("**/field/sw.js?a") as other:
        page.evaluate("() => fetch('/field/sw.js?a', { method: 'POST', body: 'x' }).catch(() => null)")
    assert not other.value.from_service_worker
    assert page.evaluate(CACHES) == everything


def test_F32_an_update_waits_for_consent_and_takes_no_draft(
    context: BrowserContext, page: Page, server: Office
) -> None:
    Phone(page).begin(PERSON)
    Phone(page).say("a/A1", {"outcome": "pass"})
    server.release = "release-2"
    assert page.evaluate(UPDATE) == ["installed", True]
    assert opened(context).evaluate(RELEASE) == "release-1"
    assert len(page.evaluate(CACHES)) == 2
    with page.expect_navigation():
        Phone(page).do("window.accepted = worker.accept()")
    assert page.evaluate(RELEASE) == "release-2"
    page.wait_for_function("async () => (await caches.keys()).length === 1")
    assert list(page.evaluate(CACHES)) == ["kycuong-field-release-2"]
    assert Phone(page).unlock(PERSON)
    assert Phone(page).do("return log.heads(given)", VISIT)["a/A1"][0]["value"] == {"outcome": "pass"}


@pytest.mark.parametrize("fault", few(["a file is missing", "the page is of another release"]))
def test_F33_a_broken_deploy_keeps_the_old_one(context: BrowserContext, page: Page, server: Office, fault: str) -> None:
    server.release = "release-2"
    if fault == "a file is missing":
        server.gone = {"/static/field/fold.js"}
        assert page.evaluate(UPDATE)[1] is False
    else:
        server.stale_page = "release-1"
        assert page.evaluate(UPDATE)[1] is False
    server.die()
    again = opened(context)
    assert again.evaluate(RELEASE) == "release-1"
    assert Phone(again).do("return fold.fold({}).conflicts") == []
    assert list(again.evaluate(CACHES)) == ["kycuong-field-release-1"]


@pytest.mark.long
def test_a_waiting_release_is_told_to_the_page(page: Page, server: Office) -> None:
    Phone(page).do("window.told = 0; await worker.register(() => (window.told += 1))")
    server.release = "release-2"
    page.evaluate(UPDATE)
    page.wait_for_function("window.told > 0")
