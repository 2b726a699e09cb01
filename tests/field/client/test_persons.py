"""Two people, one phone: neither gets what is the other's."""

from __future__ import annotations

import json

import pytest

from tests.field.client.standin import (
    OTHER,
    PERSON,
    Office,
)
from tests.field.client.window import PASSPHRASE, VISIT, Phone, Refused


def test_what_is_begun_for_one_person_is_done_for_no_other(ready: Phone) -> None:
    """A saying, a photo, a key that is opened and one that is made, while somebody else opens the phone."""
    begun = ready.do(
        """
        const told = (promise) => promise.then(() => "done", (error) => error.name)
        const canvas = new OffscreenCanvas(40, 40)
        canvas.getContext("2d").fillRect(0, 0, 9, 9)
        const file = await canvas.convertToBlob({ type: "image/jpeg" })
        const first = [told(log.say(given[0], "t/strengths", "Của người trước")), told(photos.keep(given[0], file)), told(vault.unlock(given[3]))]
        void db.open(given[1])
        const key = told(vault.create("mật khẩu người sau"))
        void db.open(given[2])
        return [...(await Promise.all(first)), await key, await vault.state(), vault.isOpen(), (await log.waiting()).ops]
        """,
        [VISIT, OTHER, VISIT, PASSPHRASE],
    )
    assert begun == ["Locked", "Locked", "Locked", "Locked", "none", False, 0]
    assert ready.do("await db.open(given); return (await log.waiting()).ops", OTHER) == 0
    assert ready.do("return vault.state()") == "none"
    ready.do("await db.open(given)", PERSON)
    with pytest.raises(Refused) as refused:
        ready.say("t/strengths", "x", author=OTHER)
    assert refused.value.name == "Locked"


def test_the_next_person_on_the_phone_has_neither_key_nor_eyes_of_the_first(ready: Phone, server: Office) -> None:
    first = ready.say("t/strengths", "Của người trước")
    with pytest.raises(Refused) as refused:
        ready.do("await db.open(given[1]); await log.say(given[0], 't/strengths', 'x')", [VISIT, OTHER])
    assert refused.value.name == "Locked"
    with pytest.raises(Refused, match="other_user"):  # the office would book the key for the one who is signed in
        ready.begin(OTHER)
    server.person = OTHER
    ready.do("await sync.enrol('Máy thử')")
    ready.say("t/strengths", "Của người sau")
    assert ready.do("return log.mine(given)", VISIT)[0]["base"] == []
    assert first["op_id"] not in json.dumps(ready.do("return log.heads(given)", VISIT))
