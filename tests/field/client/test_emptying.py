"""What the server holds is taken off the phone on its word of the moment; what it loses is told."""

from __future__ import annotations

import pytest

from tests.field.client.standin import (
    OTHER,
    Office,
    pack,
)
from tests.field.client.window import VISIT, Phone


def test_a_signed_visit_is_taken_off_the_phone_days_after_it_is_whole_there(ready: Phone, server: Office) -> None:
    """Not a day earlier, not while it is a draft, and it does not come back with the next pull."""
    photo = ready.photo()
    ready.say("t/strengths", "Tốt")
    head = {
        "op_id": OTHER,
        "value": "Tốt",
        "deleted": False,
        "author_name": "A",
        "device": None,
        "wall": 1,
        "received": 2,
    }
    server.packs = [pack(state="signed", heads={"t/strengths": [head]})]
    assert ready.sync() == "sent"
    kept = "return [await db.tx(['chunks'], 'readonly', (store) => db.asked(store('chunks').count())), (await log.mine(given))[1].value]"
    assert ready.do(kept, VISIT)[1] == "Tốt"
    days_pass(ready)
    assert ready.sync() == "sent"
    assert ready.do(kept, VISIT) == [0, None]
    server.packs.append(pack(state="signed", version=2, heads={"t/strengths": [head]}))
    assert ready.sync() == "sent"
    assert ready.do("return log.heads(given)", VISIT) == {}
    assert ready.do("return sync.complete(given)", VISIT) is True
    assert len(server.media[photo["media_id"]]) == photo["size"]


def days_pass(phone: Phone) -> None:
    """Since the server confirmed the visit; it was asked again a moment ago."""
    phone.do(
        """
        await db.tx(["receipts"], "readwrite", async (store) => {
          const row = await db.asked(store("receipts").get(given))
          store("receipts").put({ ...row, at: Date.now() - 8 * 86400000 })
        })
        """,
        VISIT,
    )


@pytest.mark.long
def test_the_phone_is_emptied_on_the_word_of_the_moment_and_a_later_loss_is_told(ready: Phone, server: Office) -> None:
    photo = ready.photo()
    ready.say("t/strengths", "Tốt")
    server.packs = [pack(state="signed")]
    assert ready.sync() == "sent"
    days_pass(ready)
    server.media.clear()  # restored from a copy that is older than the photo
    chunks = "return db.tx(['chunks'], 'readonly', (store) => db.asked(store('chunks').count()))"
    assert ready.sync() == "idle"
    assert ready.do(chunks) > 0
    assert ready.waiting()["media"] == 1, "it waits again"
    assert ready.do("return sync.complete(given)", VISIT) is False
    assert ready.sync() == "sent"
    assert len(server.media[photo["media_id"]]) == photo["size"]
    days_pass(ready)
    assert ready.sync() == "sent"
    assert ready.do(chunks) == 0
    assert ready.do("return purge.lost()") == {}
    ops, media = dict(server.ops), dict(server.media)
    server.missing_seq, server.ops = [2], {key: op for key, op in ops.items() if op["seq"] != 2}
    server.media.clear()
    assert ready.sync() == "idle"
    assert ready.do("return purge.lost()") == {VISIT: {"ops": 1, "media": 1}}
    server.missing_seq, server.ops = [], ops
    server.media.update(media)
    ready.sync()
    assert ready.sync() == "sent"
    assert ready.do("return purge.lost()") == {}, "they were found again"
