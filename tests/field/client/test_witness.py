"""A phone is a witness: it keeps the last checkpoint, follows a log that grows, and says it loudly when the log was rewritten."""

from __future__ import annotations

import json
import time
from base64 import b64encode
from collections.abc import Callable
from typing import Any

import pytest

from kycuong.audit.merkle import between, folded, leaf_hash
from kycuong.audit.notes import Checkpoint, LogKey, new_log_key
from tests.budget import few, later
from tests.field.client.standin import Fault, Handler, Office, broken, refuse
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
        (rewrite, "other"), later(rewrite_the_same_size, "other"), later(prove_nothing, "other"),
        (cut, "lost"), later(forget, "lost"), (sign_with_nothing, "unsigned"),
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


@pytest.mark.parametrize("tamper", few([rewrite, rewrite_the_same_size, cut, forget]))
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


@pytest.mark.long
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


@pytest.mark.parametrize("status", few([403, 404, 429, 500]))
def test_a_proof_that_is_refused_decides_nothing(status: int, ready: Phone, server: Office) -> None:
    note = shown(server, LOG, 40)
    assert ready.sync() == "sent"
    shown(server, [leaf_hash(b"khac"), *LOG[1:]], 50)
    server.next("GET witness", refuse(status))
    assert ready.sync() == "sent"
    assert (kept(ready), alarm(ready)) == (note, None), "what was not proved is not kept"
    assert ready.sync() == "sent"
    found = alarm(ready)
    assert found
    assert (found["why"], found["kept"]) == ("other", note)


def hang(server: Office, seen: list[bool]) -> Fault:
    """The proof does not come before all that waits on the phone has arrived."""

    def hanging(request: Handler) -> bool:
        until = time.monotonic() + 8
        while time.monotonic() < until and not (server.ops and any(server.media.values())):
            time.sleep(0.05)
        seen.append(bool(server.ops and any(server.media.values())))
        return broken(request)

    return hanging


@pytest.mark.long
def test_a_witness_that_hangs_stops_nothing(ready: Phone, server: Office) -> None:
    note, seen = shown(server, LOG, 40), list[bool]()
    assert ready.sync() == "sent"
    ready.say("a/A1", {"outcome": "pass"})
    ready.photo()
    shown(server, LOG, 50)
    server.next("GET witness", hang(server, seen), *[broken] * 9)  # a browser asks again
    assert ready.sync() == "sent"
    assert seen == [True], "words and pictures are there before the proof is"
    assert (kept(ready), alarm(ready)) == (note, None)


@pytest.mark.long
def test_the_first_alarm_stays_and_later_ones_stand_beside_it(ready: Phone, server: Office) -> None:
    note = shown(server, LOG, 40)
    assert ready.sync() == "sent"
    rewrite(server)
    assert ready.sync() == "sent"
    first = alarm(ready)
    assert first
    cut(server)
    for _ in range(2):
        assert ready.sync() == "sent"
    found = ready.do("return witness.alarm()")
    assert {**found, "later": []} == first
    assert [(one["why"], one["kept"]) for one in found["later"]] == [("lost", note)], "each is told once"


@pytest.mark.long
def test_the_alarm_is_told_without_a_line(ready: Phone, server: Office) -> None:
    shown(server, LOG, 40)
    assert ready.sync() == "sent"
    rewrite(server)
    assert ready.sync() == "sent"
    server.next("GET start", broken, broken)
    told = "sync.forget(); const said = []; sync.onProgress((one) => said.push(one.alarm)); await sync.sync({ now: true }); return said"
    assert all(ready.do(told))


def test_a_server_that_says_nothing_of_its_log_is_not_one_that_lost_it(ready: Phone, server: Office) -> None:
    note = shown(server, LOG, 40)
    assert ready.sync() == "sent"
    server.mute = True
    assert ready.sync() == "sent"
    assert (kept(ready), alarm(ready)) == (note, None)


@pytest.mark.long
def test_any_signature_line_of_the_key_counts(ready: Phone, server: Office) -> None:
    other = LogKey.read(new_log_key("thu.example"))
    note, second = (key.sign(Checkpoint(key.name, 40, folded(LOG[:40]))) for key in (other, KEY))
    both = note + second.partition("\n\n")[2]
    asked = [{"note": both, "key": key.vkey} for key in (KEY, other)]
    asked += [{"note": note, "key": KEY.vkey}, {"note": both, "key": LogKey.read(new_log_key("thu.example")).vkey}]
    told = "const said = []; for (const one of given) said.push(await witness.signed(one)); return said"
    assert ready.do(told, asked) == [True, True, False, False]


@pytest.mark.long
def test_an_empty_log_is_no_checkpoint(ready: Phone) -> None:
    note = KEY.sign(Checkpoint(KEY.name, 0, folded([])))
    assert ready.do("return witness.read(given)", note) is None
    nothing = {"size": 0, "root": b64encode(folded([])).decode()}
    given = {"old": nothing, "now": {**nothing, "size": 3}}
    assert ready.do("return witness.leads(given.old, given.now, [])", given) is False
