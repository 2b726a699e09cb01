"""The rescue parcel: it brings everything back, once, and a colleague hands it in."""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.field.client.standin import (
    OTHER,
    Office,
)
from tests.field.client.window import VISIT, Phone


def test_F46_a_rescue_parcel_brings_everything_back_and_may_come_twice(ready: Phone, server: Office) -> None:
    """F46; and I15: what comes out of the office's key is what was said."""
    ready.say("a/A1", {"outcome": "pass"}, gps={"lat": 21.8, "lng": 106.7, "acc": 9, "t": 1})
    photo = ready.photo()
    text = ready.do("return (await bundle.exportAll()).text()")
    assert "outcome" not in text
    before = ready.do("return log.mine(given)", VISIT)
    ready.do(
        """
        await db.tx(["ops", "fields", "media", "chunks"], "readwrite", (store) => {
          for (const name of ["ops", "fields", "media", "chunks"]) store(name).clear()
        })
        """
    )
    back = "return bundle.importFile(new Blob([given]))"
    assert ready.do(back, text)["added"] == 2 + -(-photo["size"] // (48 * 1024))
    assert ready.do(back, text)["added"] == 0
    assert [(op["op_id"], op["seq"], op["value"]) for op in ready.do("return log.mine(given)", VISIT)] == [
        (op["op_id"], op["seq"], op["value"]) for op in before
    ]
    assert ready.sync() == "sent"
    assert hashlib.sha256(server.media[photo["media_id"]]).hexdigest() == photo["sha256"]
    assert ready.say("a/A2", {"outcome": "pass"})["seq"] == 3


def test_the_office_opens_a_parcel_with_its_copy_of_the_key(ready: Phone, server: Office) -> None:
    ready.say("a/A1", {"outcome": "pass"})
    parcel = json.loads(ready.do("return (await bundle.exportAll()).text()"))
    opened = [opened_item(one, server.keys[parcel["device"]]) for one in parcel["sealed"]]
    ready.sync()
    assert [json.loads(one) for one in opened] == list(server.ops.values())


def opened_item(item: dict[str, str], key: str) -> bytes:
    return AESGCM(b64decode(key)).decrypt(b64decode(item["iv"]), b64decode(item["data"]), None)


def test_a_parcel_of_another_phone_is_kept_whole_and_passed_on(ready: Phone, server: Office) -> None:
    text = parcel_of_another({"k": "op", "id": OTHER})
    told = ready.do("return bundle.importFile(new Blob([given]))", text)
    assert told == {"mine": False, "added": 0, "damaged": 0, "passed_on": True}
    assert ready.sync() == "sent"
    assert server.rescued == [text]
    ready.sync()
    assert server.rescued == [text], "passed on twice"
    assert ready.do("return bundle.parcels()") == []


def parcel_of_another(*items: dict[str, Any]) -> str:
    return json.dumps({"kind": "kycuong-rescue", "version": 1, "device": OTHER, "sealed": items})


@pytest.mark.parametrize(
    "reply",
    [
        {"results": []},
        {"results": [{"op_id": OTHER, "status": "applied"}], "media": []},
        {"results": [{"op_id": OTHER, "status": "applied"}], "media": [{"id": VISIT, "complete": False, "problem": {"vi": "Gói chưa có đủ ảnh này."}}]},
    ],
    ids=["names nothing", "says nothing of the photo", "says that the photo is not whole"],
)  # fmt: skip
@pytest.mark.long
def test_a_parcel_is_passed_on_only_when_the_reply_says_so_and_after_ones_own_photos(
    ready: Phone, server: Office, reply: dict[str, Any]
) -> None:
    text = parcel_of_another({"k": "op", "id": OTHER}, {"k": "chunk", "id": VISIT, "n": 0})
    ready.do("return bundle.importFile(new Blob([given]))", text)
    photo = ready.photo()
    server.next("POST rescue", lambda request: bool([request.say(200, reply)]) or True)
    assert ready.sync() == "sent", "what is a colleague's says nothing about one's own"
    assert len(server.media[photo["media_id"]]) == photo["size"]
    last = [asked.split("/")[0] for asked in server.asked if asked.startswith(("PATCH", "POST rescue"))]
    assert last[-1] == "POST rescue"
    (kept,) = ready.do("return bundle.parcels()")
    assert kept["told"] == ("Gói chưa có đủ ảnh này." if reply.get("media") else "Máy chủ chưa nhận đủ gói này.")
    ready.sync()
    assert server.asked.count("POST rescue") == 1, "a hundred megabytes each minute"
    ready.do("const was = Date.now; Date.now = () => was() + 3700000")
    assert ready.sync() == "sent"
    assert server.rescued == [text]
    assert ready.do("return bundle.parcels()") == []
