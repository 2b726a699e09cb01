"""What is called saved is on the disk, in order, once, under names and hashes that Python agrees with."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from kycuong.audit import canonical
from tests.budget import few
from tests.field.client.standin import PERSON, Office
from tests.field.client.window import PASSPHRASE, VISIT, Phone, Refused

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-canonical.LARGEST_INTEGER, canonical.LARGEST_INTEGER) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


def test_every_write_asks_for_the_disk_and_resolves_when_it_is_there(ready: Phone) -> None:
    asked = ready.do(
        """
        const [made, done] = [IDBDatabase.prototype.transaction, []]
        IDBDatabase.prototype.transaction = function (...given) {
          const transaction = made.apply(this, given)
          if (given[1] === "readwrite") done.push(transaction)
          transaction.addEventListener("complete", () => (transaction.over = true))
          return transaction
        }
        await log.say(given, "t/strengths", "Tốt")
        IDBDatabase.prototype.transaction = made
        return done.map((one) => [one.durability, Boolean(one.over)])
        """,
        VISIT,
    )
    assert asked == [["strict", True]]


def test_F23_two_tabs_count_without_a_gap(ready: Phone, page: Page, server: Office) -> None:
    other_page = page.context.new_page()
    other_page.goto(f"{server.url}/field/")
    other = Phone(other_page)
    assert other.unlock(PERSON)
    many = "window.busy = Promise.all(Array.from({length: 20}, (_, n) => log.say(given, 'a/A' + n % 3, {outcome: 'pass'})))"
    ready.do(f"{many}; return 0", VISIT)
    other.do(f"{many}; await window.busy; return 0", VISIT)
    ready.do("await window.busy")
    ops = ready.do("return log.mine(given)", VISIT)
    assert [op["seq"] for op in ops] == list(range(1, 41))


def test_a_name_is_a_uuid_of_version_seven_and_carries_its_hour(phone: Phone) -> None:
    names = phone.do("return [ids.uuid7(1_700_000_000_123), ids.uuid7(-5), ids.uuid7(NaN), ids.uuid7(), ids.uuid7()]")
    pattern = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
    assert all(pattern.fullmatch(name) for name in names)
    assert int(names[0].replace("-", "")[:12], 16) == 1_700_000_000_123
    assert len(set(names)) == 5


@settings(max_examples=1, suppress_health_check=list(HealthCheck))
@given(values=st.lists(JSON, min_size=300, max_size=300))
def test_canonical_json_is_what_python_writes(phone: Phone, values: list[Any]) -> None:
    spelled = phone.do(
        "return Promise.all(given.map(async (one) => [canonical.dumps(one), await canonical.hashed(one)]))", values
    )
    expected = [canonical.dumps(value) for value in values]
    assert [text.encode() for text, _ in spelled] == expected
    assert [digest for _, digest in spelled] == [hashlib.sha256(text).hexdigest() for text in expected]


@pytest.mark.parametrize("value", few(["0.5", "NaN", "2 ** 60", "undefined", "'\\ud800'", "new Date()", "[undefined]"]))
def test_what_has_no_canonical_form_is_refused(phone: Phone, value: str) -> None:
    with pytest.raises(Refused) as refused:
        phone.do(f"return canonical.dumps({value})")
    assert refused.value.name == "TypeError"


def test_without_the_offices_copy_of_the_key_nothing_can_be_written(phone: Phone, server: Office) -> None:
    phone.do("await db.open(given[0]); await vault.create(given[1])", [PERSON, PASSPHRASE])
    with pytest.raises(Refused) as refused:
        phone.say("t/strengths", "Tốt")
    assert refused.value.name == "EscrowMissing"
    assert phone.do("return vault.state()") == "unconfirmed"
    phone.do("await sync.enrol('Máy thử')")
    assert phone.say("t/strengths", "Tốt")["seq"] == 1
    assert list(server.keys) == [phone.do("return log.device()")]
    with pytest.raises(Refused):
        phone.do("return vault.rawForEscrow()")


def test_F43_what_lies_on_the_phone_is_unreadable_and_opens_with_the_passphrase_only(ready: Phone, page: Page) -> None:
    ready.say("t/explanation", "Bí mật của đơn vị")
    photo = ready.photo()
    raw = ready.do(
        """
        const names = [...(await db.open(given)).objectStoreNames]
        const rows = await db.tx(names, "readonly", (store) => Promise.all(names.map((name) => db.asked(store(name).getAll()))))
        const shown = (key, value) => value instanceof ArrayBuffer ? new TextDecoder("latin1").decode(value)
          : value instanceof Uint8Array ? [...value] : value
        return JSON.stringify(rows, shown)
        """,
        PERSON,
    )
    assert "Bí mật" not in raw
    assert "B\u00c3\u00ad m" not in raw  # the same bytes, read as Latin-1
    assert "JFIF" not in raw  # how every JPEG begins
    assert photo["media_id"] in raw
    page.reload()
    assert not ready.unlock(PERSON, "mật khẩu sai rồi")
    with pytest.raises(Refused) as refused:
        ready.do("return log.heads(given)", VISIT)
    assert refused.value.name == "Locked"
    assert ready.unlock(PERSON)
    assert ready.do("return log.heads(given)", VISIT)["t/explanation"][0]["value"] == "Bí mật của đơn vị"


def test_F43_a_forgotten_passphrase_costs_nothing_and_a_foreign_key_opens_nothing(
    ready: Phone, page: Page, server: Office
) -> None:
    ready.say("t/strengths", "Tốt")
    escrowed = server.keys[ready.do("return log.device()")]
    page.reload()
    ready.do("await db.open(given)", PERSON)
    with pytest.raises(Refused) as refused:
        ready.do("await vault.adopt(ids.base64(crypto.getRandomValues(new Uint8Array(32))), 'mật khẩu mới')")
    assert refused.value.name == "WrongKey"
    ready.do("await vault.adopt(given, 'mật khẩu mới')", escrowed)
    assert ready.do("return log.heads(given)", VISIT)["t/strengths"][0]["value"] == "Tốt"
    page.reload()
    assert not ready.unlock(PERSON)
    assert ready.unlock(PERSON, "mật khẩu mới")


def test_texts_are_stored_composed_and_without_what_no_server_takes(ready: Phone) -> None:
    ready.say("t/strengths", "Tiê\u0301ng Viê\u0323t\u0000\ud800")
    assert ready.do("return log.heads(given)", VISIT)["t/strengths"][0]["value"] == "Tiếng Việt\ufffd"


def test_heads_follow_what_the_person_saw(ready: Phone) -> None:
    """What arrives while somebody types is not overwritten: it was not seen."""
    first = ready.say("a/A1", {"outcome": "pass"})
    ready.do("await log.heads(given)", VISIT)
    ready.do(
        """
        const sealed = await vault.seal({ value: { outcome: "fail" }, author_name: "Người khác", device: null })
        await db.tx(["fields"], "readwrite", async (store) => {
          const row = await db.asked(store("fields").get(given + "\\na/A1"))
          store("fields").put({ ...row, heads: [{ op_id: "theirs", wall: 1, sealed }] })
        })
        """,
        VISIT,
    )
    second = ready.say("a/A1", {"outcome": "partial"})
    heads = ready.do("return log.heads(given)", VISIT)["a/A1"]
    assert {head["op_id"] for head in heads} == {"theirs", second["op_id"]}
    assert ready.do("return log.mine(given)", VISIT)[1]["base"] == [first["op_id"]]
    both = [head["op_id"] for head in heads]
    third = ready.say("a/A1", {"outcome": "fail"}, base=both)
    assert [head["op_id"] for head in ready.do("return log.heads(given)", VISIT)["a/A1"]] == [third["op_id"]]


def test_where_nothing_stood_somebody_elses_word_is_not_replaced_unseen(ready: Phone) -> None:
    """The field was empty on the screen; a colleague's sheet arrives; what is typed then stands beside it, once."""
    ready.do(
        """
        const sealed = await vault.seal({ value: { present: 9 }, author_name: "Người khác", device: null })
        await db.tx(["fields"], "readwrite", (store) =>
          store("fields").put({ key: given + "\\nh", visit: given, field: "h", heads: [{ op_id: "theirs", wall: 1, sealed }] }))
        """,
        VISIT,
    )
    ready.say("h", {"present": 12}, base=[])
    second = ready.say("h", {"present": 13}, base=[])
    heads = ready.do("return log.heads(given)", VISIT)["h"]
    assert {head["op_id"] for head in heads} == {"theirs", second["op_id"]}


def test_after_the_signature_only_an_addendum_can_be_said(ready: Phone) -> None:
    ready.say("s/0190cccc-0000-7000-8000-000000000001", {"snapshot": {}, "sha256": ""})
    for field in ("a/A1", "t/strengths", "s/0190cccc-0000-7000-8000-000000000002"):
        with pytest.raises(Refused) as refused:
            ready.say(field, "x")
        assert refused.value.name == "Signed"
    assert ready.say("d/0190cccc-0000-7000-8000-000000000003", {"text": "Đính chính"})["seq"] == 2


def test_F30_a_closed_connection_is_opened_again(ready: Phone) -> None:
    ready.say("a/A1", 1)
    ready.do("(await db.open(given)).close()", PERSON)
    assert ready.say("a/A1", 2)["seq"] == 2


@pytest.mark.long
def test_F31_a_store_of_a_newer_release_says_reload_and_loses_nothing(ready: Phone) -> None:
    ready.say("a/A1", 1)
    ready.do(
        """
        await new Promise((resolve, reject) => {
          const request = indexedDB.open("kt-" + given, 2)
          request.onsuccess = () => (request.result.close(), resolve())
          request.onerror = reject
        })
        """,
        PERSON,
    )
    with pytest.raises(Refused) as refused:
        ready.say("a/A1", 2)
    assert refused.value.name == "Outdated"


@pytest.mark.long
def test_F26_F27_a_full_phone_still_takes_text_and_signatures_and_no_photos(
    phone: Phone, page: Page, server: Office
) -> None:
    """F26, F27. The quota is set before the first write: the browser asks for it once and remembers."""
    session = page.context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": server.url, "quotaSize": 14_000_000})
    phone.begin(PERSON)
    assert phone.do("return db.reserve()") is True
    with pytest.raises(Refused) as refused:
        photos_until_full(phone)
    assert refused.value.name == "StorageFull"
    assert phone.do("return db.meta('ballast')") is True, "a photo has used up what was kept for text"
    parcel = f"const text = JSON.stringify({{ kind: 'kycuong-rescue', version: 1, device: 'x', sealed: ['{'y' * 9_000_000}'] }})"
    with pytest.raises(Refused) as refused:
        phone.do(f"{parcel}; await bundle.importFile(new Blob([text]))")
    assert refused.value.name == "StorageFull"
    assert phone.do("return db.meta('ballast')") is True, "a colleague's parcel has used it up"
    fill = "const text = Array.from(crypto.getRandomValues(new Uint8Array(60_000)), (n) => n.toString(16)).join('')"
    while phone.do(f"{fill}; await log.say(given, 't/strengths', text); return db.meta('ballast')", VISIT):
        continue  # until the phone is full for text, too, and the room is given back
    saved = phone.say("s/0190cccc-0000-7000-8000-000000000001", {"snapshot": {}, "sha256": "", "strokes": {}})
    assert saved["op_id"] in json.dumps(phone.do("return log.mine(given)", VISIT))


def photos_until_full(phone: Phone) -> None:
    for _ in range(30):
        phone.photo()
