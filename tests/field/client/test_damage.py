"""What cannot be read on the phone any more is set apart and named; the rest goes on."""

from __future__ import annotations

import json
from base64 import b64decode

import pytest

from tests.budget import few
from tests.field.client.standin import (
    OTHER,
    Office,
    pack,
)
from tests.field.client.window import VISIT, Phone

DAMAGE = """
const [field, how] = given
const sealed = how === "cipher" ? { iv: new Uint8Array(12), data: new ArrayBuffer(40) }
  : await vault.seal(new TextEncoder().encode("{torn").buffer)
await db.tx(["ops", "fields", "packs"], "readwrite", async (store) => {
  if (field === "pack") for (const row of await db.asked(store("packs").getAll())) store("packs").put({ ...row, sealed })
  for (const row of await db.asked(store("ops").getAll())) if (row.field === field) store("ops").put({ ...row, sealed })
  for (const row of await db.asked(store("fields").getAll())) {
    if (row.field === field) store("fields").put({ ...row, heads: row.heads.map((head) => ({ ...head, sealed })) })
  }
})
"""


@pytest.mark.parametrize("how", few(["cipher", "json"]))
def test_what_is_damaged_here_is_set_apart_named_and_carried_raw_and_stops_nothing(
    ready: Phone, server: Office, how: str
) -> None:
    for field in ("a/A1", "a/A2", "t/strengths"):
        ready.say(field, {"outcome": "pass"} if field != "t/strengths" else "Tốt")
    server.packs = [pack()]
    ready.do("return pack.pull()")
    ready.do(DAMAGE, ["a/A2", how])
    state = ready.do("return fold.fold(await log.heads(given))", VISIT)
    assert (state["damaged"], sorted(state["answers"])) == (["a/A2"], ["A1"]), "it is named, not dropped without a word"
    text = ready.do("return (await bundle.exportAll()).text()")
    raw = [one for one in json.loads(text)["sealed"] if "damaged" in one]
    assert [(one["damaged"]["field"], one["seq"]) for one in raw] == [("a/A2", 2)]
    assert len(b64decode(raw[0]["data"])) > 16
    assert ready.sync() == "idle"
    assert sorted(op["field"] for op in server.ops.values()) == ["a/A1", "t/strengths"]
    left = ready.waiting()
    assert (left["ops"], left["damaged"]) == (0, 1)
    assert [op["field"] for op in ready.do("return log.damaged()")] == ["a/A2"]
    ready.do(
        "await db.tx(['ops', 'fields'], 'readwrite', (store) => { store('ops').clear(); store('fields').clear() })"
    )
    assert ready.do("return bundle.importFile(new Blob([given]))", text) | {"mine": True} == {
        "mine": True, "added": 2, "damaged": 1, "passed_on": False,
    }  # fmt: skip
    assert ready.waiting()["damaged"] == 1, "it travels on with the rest"
    assert ready.sync() == "idle"
    assert ready.say("a/A2", {"outcome": "fail"})["seq"] == 4


def test_a_damaged_pack_hides_no_other_and_comes_anew_from_the_server(ready: Phone, server: Office) -> None:
    server.packs = [pack(), pack(uid=OTHER)]
    ready.do("return pack.pull()")
    ready.say("a/A1", {"outcome": "pass"})
    ready.do(DAMAGE, ["pack", "cipher"])
    ready.do(
        "const [row] = await pack.shut(); await db.tx(['packs'], 'readwrite', (store) => db.asked(store('packs').put({ ...row, sealed: null })))"
    )
    assert ready.do(
        "return [(await pack.packs()).length, (await pack.shut()).length, await pack.pack(given)]", VISIT
    ) == [0, 2, None]
    assert ready.sync() == "sent"
    assert ready.do("return [(await pack.packs()).length, (await pack.shut()).length]") == [2, 0]
