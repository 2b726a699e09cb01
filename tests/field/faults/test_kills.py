"""The browser dies, the server dies, the line dies: what was called saved is there, once, and arrives, once."""

from __future__ import annotations

import hashlib
import re
import signal
import threading
from typing import Any

import pytest
from playwright.sync_api import Playwright

from tests.field.client.window import Phone, Refused
from tests.field.faults.conftest import Field
from tests.field.faults.harness import Chrome, Server, modules, slow

FIRST_LOAD = 150_000
"""Bytes of content over the line for the first opening, the worker's own copies included."""
TYPING = """
window.typing = (async () => {
  for (let n = 0; n < 5000; n++) {
    const { op_id } = await log.say(given, "t/strengths", "chữ " + n)
    confirmed(op_id)
  }
})().catch(() => null)
"""


KEEPING = """
const canvas = new OffscreenCanvas(1600, 1200)
canvas.getContext("2d").fillRect(0, 0, 900, 900)
const file = await canvas.convertToBlob({ type: "image/jpeg" })
window.kept = photos.keep(given, file).catch(() => null)
"""


def content_of(response: dict[str, Any]) -> int:
    length = {name.lower(): value for name, value in response["headers"].items()}.get("content-length")
    return int(length) if length and not response.get("fromDiskCache") else 0


@pytest.mark.long
def test_F01_cold_start_offline(chrome: Chrome, server: Server) -> None:
    """The first opening is small; the next one needs no server."""
    assert chrome.browser is not None
    page = chrome.browser.contexts[0].new_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[int] = []
    session.on("Network.responseReceived", lambda one: sizes.append(content_of(one["response"])))
    page.goto(f"{server.url}/field/")
    page.evaluate("() => navigator.serviceWorker.ready")
    page.wait_for_function("() => navigator.serviceWorker.controller")
    assert 50_000 < sum(sizes) < FIRST_LOAD
    addresses = modules(page)
    assert all(re.search(r"\.[0-9a-f]{12}\.js$", address) for address in addresses.values())
    server.kill()
    chrome.kill()
    chrome.start()
    cold = chrome.page()
    assert cold.locator("#app").count() == 1
    assert Phone(cold, addresses).do("return ids.uuid7()")[14] == "7"


@pytest.mark.parametrize(
    "after", [0.4, pytest.param(1.1, marks=pytest.mark.long), pytest.param(2.3, marks=pytest.mark.long)]
)
def test_F12_browser_sigkill_typing(field: Field, after: float) -> None:
    confirmed: list[str] = []
    field.phone.page.expose_function("confirmed", lambda op_id: confirmed.append(op_id))
    field.phone.do(TYPING, field.visit)
    field.phone.page.wait_for_timeout(after * 1000)
    phone = field.restart()
    ops = phone.do("return log.mine(given)", field.visit)
    assert len(confirmed) > 3
    assert set(confirmed) <= {op["op_id"] for op in ops}
    assert [op["seq"] for op in ops] == list(range(1, len(ops) + 1))
    assert field.sync() == "sent"
    assert len(field.heads("t/strengths")) == 1


def test_F13_F17_browser_sigkill_mid_upload_and_its_cookie_lost(field: Field) -> None:
    photo = field.phone.photo(visit=field.visit)
    with slow(field.phone.page, up=150_000):
        field.phone.do("window.sending = sync.sync({ now: true })")
        body = "return (await photos.progress(given)).sent"
        while not field.phone.do(body, photo["media_id"]):
            field.phone.page.wait_for_timeout(50)
    phone = field.restart(sign_in=False)
    assert phone.sync() == "signed_out", "a fresh cookie survives no SIGKILL: that is normal"
    assert phone.waiting()["media"] == 1
    assert phone.do("return (await photos.progress(given)).sent", photo["media_id"]) > 0
    field.chrome.sign_in("truongdoan")
    assert field.sync() == "sent"
    ensure_whole(field, photo)


def ensure_whole(field: Field, photo: dict[str, Any]) -> None:
    """The server has the very bytes: it checked the hash of the whole, and says so when it is asked."""
    told = field.phone.do(
        "const one = await wire.ask('HEAD', 'media/' + given); return one.headers.get('Upload-Complete')",
        photo["media_id"],
    )
    assert told == "?1"
    assert field.phone.do("return sync.complete(given)", field.visit) is True


@pytest.mark.long
def test_F05_F06_server_sigkill_mid_chunk_and_restart_between_chunks(field: Field, server: Server) -> None:
    photo = field.phone.photo(visit=field.visit)
    with slow(field.phone.page, up=150_000):
        field.phone.do("window.sending = sync.sync({ now: true }).then((told) => told.state)")
        while not field.phone.do("return (await photos.progress(given)).sent", photo["media_id"]):
            field.phone.page.wait_for_timeout(50)
        field.phone.page.wait_for_timeout(100)
        server.kill()
        assert field.phone.do("return window.sending") == "offline"
    server.start()
    assert field.sync() == "sent"
    ensure_whole(field, photo)


@pytest.mark.long
def test_F07_server_hang_sigstop(field: Field, server: Server) -> None:
    field.phone.say("t/strengths", "Tốt", visit=field.visit)
    field.phone.do(
        "const was = AbortSignal.timeout; AbortSignal.timeout = (ms) => was.call(AbortSignal, Math.min(ms, 1500))"
    )
    server.kill(signal.SIGSTOP)
    try:
        assert field.phone.sync() == "offline"
        assert field.phone.waiting()["ops"] == 1
        assert field.phone.say("t/explanation", "Vẫn ghi được", visit=field.visit)["seq"] == 2
    finally:
        server.kill(signal.SIGCONT)
    assert field.sync() == "sent"


def test_F03_server_sigkill_around_the_commit(field: Field, server: Server) -> None:
    """Killed while batches arrive, at some moment before, in or after a commit: nothing is lost, nothing is twice."""
    for n in range(60):
        field.phone.say("t/strengths", f"chữ {n}", visit=field.visit)
    field.phone.do("window.sending = sync.sync({ now: true }).then((told) => told.state)")
    timer = threading.Timer(0.15, server.kill)
    timer.start()
    field.phone.do("await window.sending")
    timer.join()
    server.start()
    assert field.sync() == "sent"
    told = field.phone.do(
        "return (await wire.ask('GET', `visits/${given}/manifest?device=${await log.device()}`)).data", field.visit
    )
    assert told["ops"] == 60
    assert [head["value"] for head in field.heads("t/strengths")] == ["chữ 59"]


@pytest.mark.long
def test_F15_F16_renderer_crash_while_a_photo_is_kept(field: Field) -> None:
    """As when the camera takes all memory: the photo and what names it are there together, or neither is."""
    field.phone.say("t/strengths", "Ghi trước khi mở máy ảnh", visit=field.visit)
    for wait in (5, 60):
        field.phone.do(KEEPING, field.visit)
        field.phone.page.wait_for_timeout(wait)
        crash(field.phone.page)
        field.again()
    media = field.phone.do("return (await photos.ofVisit(given)).map((one) => one.media_id).sort()", field.visit)
    said = [
        op["field"][2:] for op in field.phone.do("return log.mine(given)", field.visit) if op["field"].startswith("m/")
    ]
    assert media == sorted(said)
    for media_id in media:
        field.phone.do("return (await photos.whole(given)).byteLength", media_id)
    assert field.sync() == "sent"


def crash(page: Any) -> None:
    try:
        page.goto("chrome://crash", timeout=2000)
    except Exception:
        return


@pytest.mark.long
def test_F20_other_user_logs_in(field: Field) -> None:
    field.phone.say("t/strengths", "Của tôi", visit=field.visit)
    context = field.phone.page.context
    context.clear_cookies()
    field.chrome.sign_in("thanhvien")
    assert field.phone.sync() == "other_user"
    assert field.phone.waiting()["ops"] == 1
    context.clear_cookies()
    assert field.phone.sync() == "signed_out"
    field.chrome.sign_in("truongdoan")
    assert field.sync() == "sent"


@pytest.mark.long
def test_F28_origin_evicted(field: Field) -> None:
    """All is gone from the phone; what arrived comes back with the pull; and the new store is a new device."""
    field.phone.say("t/strengths", "Đã gửi", visit=field.visit)
    assert field.sync() == "sent"
    before = field.phone.do("return log.device()")
    session = field.phone.page.context.new_cdp_session(field.phone.page)
    session.send(
        "Storage.clearDataForOrigin",
        {"origin": field.chrome.url, "storageTypes": "indexeddb,cache_storage,service_workers"},
    )
    field.phone = field.chrome.phone()
    field.phone.begin(field.person)
    field.phone.do("return pack.pull()")
    assert field.heads("t/strengths")[0]["value"] == "Đã gửi"
    assert field.phone.do("return log.device()") != before
    assert field.phone.say("t/strengths", "Tiếp", visit=field.visit)["seq"] == 1
    assert field.sync() == "sent"


@pytest.mark.long
def test_F35_F36_clock_years_off_and_jumping(field: Field) -> None:
    """No rule reads the phone's clock: what was said last is what holds, whenever the phone thinks it was."""
    page = field.phone.page
    page.evaluate("() => { const now = Date.now; window.shift = 0; Date.now = () => now() + window.shift }")
    for years, text in ((-10, "một"), (15, "hai"), (-3, "ba")):
        page.evaluate("(years) => { window.shift = years * 31_557_600_000 }", years)
        field.phone.say("t/strengths", text, visit=field.visit)
    assert field.sync() == "sent"
    assert {op["status"] for op in field.phone.do("return log.mine(given)", field.visit)} == {"applied"}
    assert [head["value"] for head in field.heads("t/strengths")] == ["ba"]
    offset = field.phone.do("return db.meta('offset')")
    assert abs(offset - 3 * 31_557_600_000) < 3_600_000


@pytest.mark.long
def test_F48_persist_denied(field: Field) -> None:
    """A step says what it did not get, and forbids nothing."""
    session = field.phone.page.context.new_cdp_session(field.phone.page)
    for name in ("camera", "geolocation"):
        session.send("Browser.setPermission", {"permission": {"name": name}, "setting": "denied"})
    field.phone.do("await worker.register(() => null); await navigator.serviceWorker.ready")
    told = field.phone.do("return pack.prepare()")
    steps = {one["key"]: one for one in told["steps"]}
    assert "vẫn chụp bằng nút chụp" in steps["camera"]["told"]
    assert steps["download"]["ok"], steps
    assert not steps["persist"]["ok"]
    assert "thêm trang vào màn hình chính" in steps["persist"]["told"]
    assert steps["ballast"]["ok"]
    assert told["ready"] is True


@pytest.mark.long
def test_F50_slow_2g(field: Field) -> None:
    """Texts arrive while the photo still crawls."""
    photo = field.phone.photo(visit=field.visit, width=500, height=400)
    field.phone.say("t/strengths", "Chữ đi trước", visit=field.visit)
    with slow(field.phone.page, up=30_000):
        field.phone.do("window.sending = sync.sync({ now: true }).then((told) => told.state)")
        while field.phone.waiting()["ops"]:
            field.phone.page.wait_for_timeout(50)
        assert field.phone.waiting()["media"] == 1
        assert field.phone.do("return window.sending") == "sent"
    ensure_whole(field, photo)


@pytest.mark.long
def test_F46_rescue_bundle_import_twice(field: Field, playwright: Playwright) -> None:
    """The phone is lost after the parcel was made: a colleague hands it in, twice; everything is there, once."""
    field.phone.say("t/strengths", "Trong gói", visit=field.visit)
    photo = field.phone.photo(visit=field.visit)
    text = field.phone.do("return (await bundle.exportAll()).text()")
    device = field.phone.do("return log.device()")
    for _ in range(2):
        status, told = field.phone.do(
            "const one = await wire.ask('POST', 'rescue', { text: given }); return [one.status, one.data]", text
        )
        assert status == 200, told
        assert [one["status"] for one in told["results"]] == ["applied", "applied"]
    manifest = field.phone.do(
        "return (await wire.ask('GET', `visits/${given[0]}/manifest?device=${given[1]}`)).data", [field.visit, device]
    )
    assert (manifest["ops"], manifest["media"]) == (2, 1)
    assert manifest["media_sha"] == hashlib.sha256(photo["media_id"].encode()).hexdigest()
    assert field.sync() == "sent"


@pytest.mark.long
def test_F43_wrong_passphrase(field: Field) -> None:
    field.phone.say("t/strengths", "Giữ kín", visit=field.visit)
    field.phone = field.chrome.phone()
    assert not field.phone.unlock(field.person, "sai mật khẩu rồi")
    with pytest.raises(Refused):
        field.phone.do("return log.heads(given)", field.visit)
    assert field.phone.unlock(field.person)
    assert field.heads("t/strengths")[0]["value"] == "Giữ kín"
