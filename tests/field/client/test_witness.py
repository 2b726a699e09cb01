"""A phone is a witness: it keeps the last checkpoint, follows a log that grows, and says it loudly when the log was rewritten."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from typing import Any

import pytest

from kycuong.audit.merkle import between, folded, leaf_hash
from kycuong.audit.notes import Checkpoint, LogKey, new_log_key
from tests.field.client.standin import Office
from tests.field.client.window import Phone

KEY = LogKey.read(new_log_key("thu.example"))
LOG = [leaf_hash(f"mục {number}".encode()) for number in range(80)]
Tamper = Callable[[Office], None]


def shown(server: Office, log: list[bytes], size: int, key: LogKey = KEY) -> str:
    """The server's log is this one, as far as it was signed."""
    note = key.sign(Checkpoint(key.name, size, folded(log[:size])))
    server.checkpoint = {"key": key.vkey, "note": note}
    server.proof = lambda old, new: [b64encode(folded(log[a:b])).decode() for a, b in between(old, new)]
    return note


def alarm(phone: Phone) -> dict[str, str] | None:
    found = phone.do("return witness.alarm()")
    return dict(found) if found else None


def kept(phone: Phone) -> str:
    return str(phone.do("return (await witness.told()).kept"))


def test_a_log_that_grows_is_followed(ready: Phone, server: Office) -> None:
    assert ready.sync() == "sent"
    assert kept(ready) == "", "before the first checkpoint"
    for size in (1, 2, 3, 7, 8, 9, 31, 32, 33, 64, 80):
        note = shown(server, LOG, size)
        assert ready.sync() == "sent"
        assert kept(ready) == note
        assert alarm(ready) is None, size


def test_every_proof_of_small_logs_is_understood_and_every_spoilt_one_refused(ready: Phone) -> None:
    cases = [
        {
            "old": {"size": old, "root": b64encode(folded(LOG[:old])).decode()},
            "now": {"size": size, "root": b64encode(folded(LOG[:size])).decode()},
            "path": [b64encode(folded(LOG[a:b])).decode() for a, b in between(old, size)],
        }
        for size in range(2, 24)
        for old in range(1, size)
    ]
    leads = "const found = []; for (const { old, now, path } of given) found.push(await witness.leads(old, now, path)); return found"
    assert ready.do(leads, cases) == [True] * len(cases)
    zero = b64encode(bytes(32)).decode()
    for spoil in (
        lambda case: {**case, "path": [zero, *case["path"][1:]]},
        lambda case: {**case, "path": [*case["path"], zero]},
        lambda case: {**case, "path": case["path"][:-1]},
        lambda case: {**case, "now": {**case["now"], "root": zero}},
        lambda case: {**case, "path": ["?", *case["path"][1:]]},
    ):
        assert not any(ready.do(leads, [spoil(case) for case in cases]))


def rewrite(server: Office) -> None:
    shown(server, [leaf_hash(b"khac"), *LOG[1:]], 50)


def rewrite_the_same_size(server: Office) -> None:
    shown(server, [leaf_hash(b"khac"), *LOG[1:]], 40)


def cut(server: Office) -> None:
    shown(server, LOG, 30)


def forget(server: Office) -> None:
    server.checkpoint = None


def sign_with_nothing(server: Office) -> None:
    other = LogKey.read(new_log_key("thu.example"))
    note = shown(server, LOG, 50, other)
    server.checkpoint = {"key": KEY.vkey, "note": note}


def prove_nothing(server: Office) -> None:
    shown(server, LOG, 50)
    server.proof = lambda _old, _new: []


@pytest.mark.parametrize(
    ("tamper", "why"),
    [
        (rewrite, "other"), (rewrite_the_same_size, "other"), (prove_nothing, "other"),
        (cut, "lost"), (forget, "lost"), (sign_with_nothing, "unsigned"),
    ],
)  # fmt: skip
def test_a_rewritten_log_is_told_and_nothing_is_lost(tamper: Tamper, why: str, ready: Phone, server: Office) -> None:
    note = shown(server, LOG, 40)
    assert ready.sync() == "sent"
    ready.say("a/A1", {"outcome": "pass"})
    tamper(server)
    assert ready.sync() == "sent", "what was said here is sent all the same"
    assert len(server.ops) == 1
    found = alarm(ready)
    assert found
    assert (found["why"], found["kept"]) == (why, note)
    assert kept(ready) == note, "the older one stays, to compare"
    parcel = json.loads(ready.do("return (await bundle.exportAll()).text()"))
    assert parcel["witness"]["alarm"]["kept"] == note
    shown(server, LOG, 60)
    assert ready.sync() == "sent"
    assert alarm(ready) == found, "a server that mends it does not take it back"


def parcel_of(phone: Phone) -> dict[str, Any]:
    return dict(json.loads(phone.do("return (await bundle.exportAll()).text()"))["witness"])


@pytest.mark.parametrize("tamper", [rewrite, rewrite_the_same_size, cut, forget])
def test_after_a_restoration_its_owner_follows_the_new_history_and_both_checkpoints_stay(
    tamper: Tamper, ready: Phone, server: Office
) -> None:
    note = shown(server, LOG, 40)
    ready.sync()
    tamper(server)
    ready.sync()
    seen = alarm(ready)
    assert seen
    assert ready.do("return witness.accept(given)", {**seen, "offered": "khác"}) is False, "what was not read"
    assert alarm(ready) == seen
    assert ready.do("return witness.accept(given)", seen) is True
    assert ready.sync() == "sent"
    assert (alarm(ready), kept(ready)) == (None, (server.checkpoint or {}).get("note", ""))
    (told,) = parcel_of(ready)["accepted"]
    assert (told["kept"], told["offered"], told["why"]) == (note, seen["offered"], seen["why"])
    assert told["accepted"] > 0
    shown(server, [leaf_hash(b"lai khac"), *LOG[1:]], 70)
    ready.sync()
    assert bool(alarm(ready)) is (tamper is not forget), "the next rewriting is told as the first"


def test_a_log_without_its_signature_is_never_accepted(ready: Phone, server: Office) -> None:
    note = shown(server, LOG, 40)
    ready.sync()
    sign_with_nothing(server)
    ready.sync()
    seen = alarm(ready)
    assert seen
    assert ready.do("return witness.accept(given)", seen) is False
    assert (alarm(ready), kept(ready)) == (seen, note)


def test_what_was_followed_since_is_not_given_up_for_what_was_offered_once(ready: Phone, server: Office) -> None:
    shown(server, LOG, 40)
    ready.sync()
    rewrite(server)
    ready.sync()
    seen = alarm(ready)
    note = shown(server, LOG, 60)
    ready.sync()
    assert ready.do("return witness.accept(given)", seen) is True
    assert (alarm(ready), kept(ready)) == (None, note)


def test_a_renewed_key_is_followed_where_the_log_goes_on(ready: Phone, server: Office) -> None:
    shown(server, LOG, 40)
    assert ready.sync() == "sent"
    note = shown(server, LOG, 60, LogKey.read(new_log_key("moi.example")))
    assert ready.sync() == "sent"
    assert (kept(ready), alarm(ready)) == (note, None)
