"""What counts as sent: our server's own word about the very op, and nothing else. Nothing else stops the rest."""

from __future__ import annotations

import hashlib
import json
import threading
from typing import Any

import pytest

from tests.budget import few
from tests.field.client.standin import (
    OTHER,
    PERSON,
    Fault,
    Handler,
    Office,
    broken,
    lost,
    pack,
    refuse,
    silent,
    stranger,
)
from tests.field.client.window import VISIT, Phone, Refused


def test_all_is_sent_and_called_so_only_after_the_servers_own_count(ready: Phone, server: Office) -> None:
    ready.say("a/A1", {"outcome": "pass"})
    ready.say("s/0190cccc-0000-7000-8000-000000000001", {"snapshot": {}})
    photo = ready.photo(visit=OTHER)
    assert ready.waiting()["ops"] == 3
    assert ready.sync() == "sent"
    assert ready.waiting() | {"oldest": None} == {"ops": 0, "media": 0, "bytes": 0, "oldest": None, "damaged": 0}
    held = bytes(server.media[photo["media_id"]])
    assert hashlib.sha256(held).hexdigest() == photo["sha256"]
    assert [op["field"][:2] for op in server.ops.values()] == ["a/", "m/", "s/"]
    assert sorted(op["seq"] for op in server.ops.values()) == [1, 2, 3]
    assert (
        ready.do("return [await sync.complete(given[0]), await sync.complete(given[1])]", [VISIT, OTHER]) == [True] * 2
    )
    ready.say("a/A1", {"outcome": "fail"}, visit=OTHER)
    assert ready.do("return sync.complete(given)", OTHER) is False


def test_a_server_that_counts_less_is_no_server_that_has_all(ready: Phone, server: Office) -> None:
    ready.say("a/A1", {"outcome": "pass"})
    server.next("GET visits", lambda request: bool([request.office.ops.clear(), request.do_visits(f"visits/{VISIT}")]))
    assert ready.sync() == "idle"
    assert ready.do("return sync.complete(given)", VISIT) is False


def test_a_signature_that_the_server_does_not_use_is_taken_back_and_the_visit_goes_on(
    ready: Phone, server: Office
) -> None:
    field, other = (f"s/0190cccc-0000-7000-8000-00000000000{number}" for number in (1, 2))
    said = ready.say(field, {"snapshot": {}})
    with pytest.raises(Refused, match="Signed"):
        ready.say(field, None, deleted=True)
    problem = {"vi": "Hãy đọc lại.", "en": "Read."}
    head = {"op_id": said["op_id"], "value": {}, "deleted": False, "wall": 1, "status": "set_aside", "problem": problem}
    server.packs.append(pack(heads={field: [head]}))
    assert ready.sync() == "sent"
    with pytest.raises(Refused, match="Signed"):
        ready.say("t/strengths", "x")
    taken = ready.say(field, None, deleted=True)
    ready.say("t/strengths", "Đọc lại")
    assert ready.sync() == "sent"
    gone = {"op_id": taken["op_id"], "value": None, "deleted": True, "wall": 2}
    desk = {"op_id": "0190dddd-0000-7000-8000-000000000001", "value": None, "deleted": True, "wall": 3}
    server.packs.append(pack(heads={field: [gone], other: [desk]}))
    assert ready.sync() == "sent"
    ready.say("t/strengths", "Văn phòng bỏ chữ ký kia thì cũng ghi tiếp được")


LIES: dict[str, Fault] = {
    "F08_captive_portal_200": stranger(200, {"ok": True}),
    "F08_captive_portal_that_mimics_us": stranger(200, {"results": [], "server_time": 0}),
    "F08_gateway_that_repeats_us": lambda request: repeated(request, ours=False),
    "F09_login_redirect_302": stranger(302, Location="/sign-in/"),
    "F10_http_503": refuse(503),
    "F02_net_drop_before_send": broken,
    "ours_but_names_nothing": lambda request: bool([request.say(200, {"results": [], "server_time": 1})]),
    "ours_but_cut_off": lambda request: bool([request.say(200, None, Content_Type="application/json")]),
    "ours_but_names_another": lambda request: bool(
        [request.say(200, {"results": [{"op_id": "x", "status": "applied"}]})]
    ),
    "ours_but_of_no_known_kind": lambda request: bool([request.say(201, {"results": []})]),
}


def repeated(request: Handler, **how: bool) -> bool:
    """The right words about the right ops, and nothing was stored."""
    named = [{"op_id": op["op_id"], "status": "applied"} for op in json.loads(request.body)["ops"]]
    request.say(200, {"results": named, "server_time": 1}, **how)
    return True


@pytest.mark.parametrize("lie", few(list(LIES), 2))
def test_nothing_else_is_taken_for_an_acknowledgement(ready: Phone, server: Office, lie: str) -> None:
    ready.say("a/A1", {"outcome": "pass"})
    server.next("POST ops", *[LIES[lie]] * 9)  # Chromium itself sends again, and again, after a broken line (F04)
    assert ready.sync() == "offline"
    assert ready.waiting()["ops"] == 1
    server.faults.clear()
    assert ready.sync() == "sent"
    assert len(server.ops) == 1


def test_only_what_was_in_the_batch_is_acknowledged(ready: Phone, server: Office) -> None:
    """A server that names what it was not sent, as after a mix-up of replies, has said nothing of it."""
    first, second = ready.say("t/strengths", "x" * 300_000), ready.say("t/explanation", "y" * 300_000)

    def lie(request: Handler) -> bool:
        sent = json.loads(request.body)["ops"]
        assert [op["op_id"] for op in sent] == [first["op_id"]]
        request.office.ops |= {op["op_id"]: op for op in sent}
        both = [{"op_id": one["op_id"], "status": "applied"} for one in (first, second)]
        return bool([request.say(200, {"results": both, "server_time": 1, "missing_seq": []})])

    server.next("POST ops", lie, *[broken] * 9)
    assert ready.sync() == "offline"
    assert ready.waiting()["ops"] == 1
    server.faults.clear()
    assert ready.sync() == "sent"
    assert set(server.ops) == {first["op_id"], second["op_id"]}


def test_F03_reply_lost_after_commit_is_sent_once_more_and_stored_once(ready: Phone, server: Office) -> None:
    ready.say("a/A1", {"outcome": "pass"})
    server.next("POST ops", *[lost] * 9)
    assert ready.sync() == "offline"
    server.faults.clear()
    assert len(server.ops) == 1
    assert ready.waiting()["ops"] == 1
    assert ready.sync() == "sent"
    assert len(server.ops) == 1


@pytest.mark.long
def test_F07_a_server_that_hangs_is_given_up(ready: Phone, server: Office) -> None:
    ready.say("a/A1", {"outcome": "pass"})
    end = threading.Event()
    server.next("GET start", silent(end))
    ready.do("const was = AbortSignal.timeout; AbortSignal.timeout = (ms) => was.call(AbortSignal, Math.min(ms, 300))")
    try:
        assert ready.sync() == "offline"
    finally:
        end.set()
    assert ready.waiting()["ops"] == 1


@pytest.mark.long
def test_a_network_that_comes_back_while_a_round_fails_is_used_at_once(ready: Phone, server: Office) -> None:
    """The round that began without it knows nothing of it, and the next occasion may be a minute away."""
    ready.say("a/A1", {"outcome": "pass"})
    end = threading.Event()
    server.next("GET start", lambda request: end.wait(60) and stranger(502)(request))
    ready.do("""
      window.sent = new Promise((then) => sync.onProgress(({ state }) => state === "sent" && then(true)))
      sync.start()
      dispatchEvent(new Event("online"))
    """)
    end.set()
    late = "new Promise((then) => setTimeout(() => then(false), 20_000))"
    assert ready.do(f"return await Promise.race([window.sent, {late}])"), "it waits for the next occasion"
    assert len(server.ops) == 1


@pytest.mark.long
def test_photos_go_at_once_when_the_line_they_waited_for_comes_while_a_round_has_passed_them(
    ready: Phone, server: Office
) -> None:
    """The round under way ends without them, and the next occasion may be a minute away."""
    ready.say("a/A1", {"outcome": "pass"})
    photo = ready.photo(visit=OTHER)
    end, asked = threading.Event(), threading.Event()
    server.next(f"GET visits/{VISIT}/manifest", lambda _: asked.set() or not end.wait(60))
    ready.do("""
      window.line = Object.assign(new EventTarget(), { type: "cellular" })
      Object.defineProperty(Navigator.prototype, "connection", { get: () => window.line, configurable: true })
      const { setMeta } = await import("/static/field/db.js")
      await setMeta("photos_wifi", true)
      window.sent = new Promise((then) => sync.onProgress(({ state }) => state === "sent" && then(true)))
      sync.start()
    """)
    assert asked.wait(30)
    assert photo["media_id"] not in server.media
    ready.do("window.line.type = 'wifi'; window.line.dispatchEvent(new Event('change'))")
    end.set()
    late = "new Promise((then) => setTimeout(() => then(false), 20_000))"
    assert ready.do(f"return await Promise.race([window.sent, {late}])"), "they wait for the next occasion"
    assert len(server.media[photo["media_id"]]) == photo["size"]


@pytest.mark.long
def test_F10_what_the_server_asks_for_is_waited_out(ready: Phone, server: Office) -> None:
    ready.say("a/A1", {"outcome": "pass"})
    server.next("POST ops", refuse(503, Retry_After="600"))
    assert ready.sync() == "offline"
    before = len(server.asked)
    assert ready.sync() == "offline"
    assert len(server.asked) == before, "it did not leave the server alone"


def test_F11_what_is_too_much_is_halved(ready: Phone, server: Office) -> None:
    server.batch = 3
    for n in range(10):
        ready.say(f"a/A{n}", {"outcome": "pass"})
    assert ready.sync() == "sent"
    assert len(server.ops) == 10


@pytest.mark.long
def test_F45_a_poisoned_op_stops_nothing(ready: Phone, server: Office) -> None:
    for n in range(5):
        ready.say(f"a/A{n}", "poison" if n == 2 else {"outcome": "pass"})
    photo = ready.photo(visit=OTHER)
    assert ready.sync() == "idle"
    assert len(server.ops) == 5
    assert ready.waiting()["ops"] == 1
    assert len(server.media[photo["media_id"]]) == photo["size"]
    held = [op for op in ready.do("return log.mine(given)", VISIT) if op["state"] == "queued"]
    assert [(op["value"], op["problem"]["vi"]) for op in held] == [("poison", "Không đọc được.")]


@pytest.mark.long
def test_what_was_set_aside_is_shown_with_its_sentence(ready: Phone, server: Office) -> None:
    ready.say("a/A1", "refused")
    assert ready.sync() == "sent"
    (op,) = ready.do("return log.mine(given)", VISIT)
    assert (op["status"], op["problem"]["vi"], op["value"]) == ("set_aside", "Không được.", "refused")


@pytest.mark.long
def test_what_the_server_has_lost_is_sent_again(ready: Phone, server: Office) -> None:
    """As after a backup was put back."""
    ready.say("a/A1", {"outcome": "pass"})
    ready.say("a/A2", {"outcome": "pass"})
    assert ready.sync() == "sent"
    lost_op = next(op for op in server.ops.values() if op["seq"] == 1)
    del server.ops[lost_op["op_id"]]
    server.missing_seq = [1]
    ready.sync()
    server.missing_seq = []
    assert ready.sync() == "sent"
    assert server.ops[lost_op["op_id"]]["value"] == {"outcome": "pass"}


def test_F18_signed_out_keeps_everything_and_sends_after_the_sign_in(ready: Phone, server: Office) -> None:
    ready.say("a/A1", {"outcome": "pass"})
    server.person = None
    assert ready.sync() == "signed_out"
    assert ready.waiting()["ops"] == 1
    server.person = PERSON
    assert ready.sync() == "sent"


@pytest.mark.long
def test_F19_a_renewed_token_costs_one_more_question(ready: Phone, server: Office) -> None:
    ready.say("a/A1", {"outcome": "pass"})
    server.next("POST ops", refuse(403))
    assert ready.sync() == "sent"


def test_F20_another_persons_session_sends_nothing_of_mine(ready: Phone, server: Office) -> None:
    ready.say("a/A1", {"outcome": "pass"})
    server.person = OTHER
    assert ready.sync() == "other_user"
    assert server.ops == {}
    assert not any(asked.startswith(("POST ops", "GET pull")) for asked in server.asked)
    assert ready.do("return db.known()") == [{"uid": PERSON, "name": "", "ops": 1, "media": 0}]


def test_F44_a_revoked_phone_says_so_and_keeps_all(ready: Phone, server: Office) -> None:
    ready.say("a/A1", {"outcome": "pass"})
    server.revoked = True
    assert ready.sync() == "revoked"
    assert ready.waiting()["ops"] == 1


@pytest.mark.long
def test_too_old_a_phone_says_so_and_keeps_all(ready: Phone, server: Office) -> None:
    ready.say("a/A1", {"outcome": "pass"})
    server.next("POST ops", refuse(426))
    assert ready.sync() == "upgrade"
    assert ready.waiting()["ops"] == 1


def test_F05_an_upload_goes_on_where_the_server_says(ready: Phone, server: Office) -> None:
    photo = ready.photo()
    server.next("PATCH media", lambda _: False, *[broken] * 9)
    assert ready.sync() == "offline"
    server.faults.clear()
    held = len(server.media[photo["media_id"]])
    assert 0 < held < photo["size"]
    del server.media[photo["media_id"]][held - 20_000 :]  # half a chunk was torn off by the crash
    server.asked.clear()
    assert ready.sync() == "sent"
    assert hashlib.sha256(server.media[photo["media_id"]]).hexdigest() == photo["sha256"]


def test_F40_F41_a_chunk_spoilt_on_the_way_and_a_file_spoilt_there_are_sent_again(ready: Phone, server: Office) -> None:
    photo = ready.photo()

    def spoil(request: Any) -> bool:
        request.body = b"x" + request.body[1:]
        return False

    def spoil_there(request: Any) -> bool:
        held = request.office.media[photo["media_id"]]
        held[:1] = bytes([held[0] ^ 1])
        return False

    server.next("PATCH media", spoil, lambda _: False, spoil_there)
    assert ready.sync() == "sent"
    assert hashlib.sha256(server.media[photo["media_id"]]).hexdigest() == photo["sha256"]


@pytest.mark.long
def test_F42_a_full_disk_there_keeps_the_photo_here(ready: Phone, server: Office) -> None:
    ready.photo()
    server.next("PATCH media", refuse(507))
    assert ready.sync() == "server_full"
    assert ready.waiting()["media"] == 1
    assert ready.waiting()["ops"] == 0


@pytest.mark.long
def test_F29_a_chunk_missing_here_stops_no_other_photo(ready: Phone, server: Office) -> None:
    torn, sound = ready.photo(width=500, height=400), ready.photo()
    ready.do(
        "await db.tx(['chunks'], 'readwrite', (store) => db.asked(store('chunks').delete([given, 1])))",
        torn["media_id"],
    )
    assert ready.sync() == "idle"
    assert len(server.media[sound["media_id"]]) == sound["size"]
    told = ready.do("return photos.progress(given)", torn["media_id"])
    assert not told["complete"]
    assert told["problem"] == "Một phần của ảnh không còn trên máy."


@pytest.mark.long
def test_a_heartbeat_tells_what_still_waits(ready: Phone, server: Office) -> None:
    ready.photo()
    server.next("PATCH media", refuse(507))
    ready.sync()
    ready.sync()
    assert server.heartbeats[0]["queued"]["ops"] == 1
    last = server.heartbeats[-1]
    assert (last["seq_head"], last["queued"]["ops"], last["queued"]["media"]) == (1, 0, 1)
    assert last["queued"]["oldest_wall"] > 0


@pytest.mark.long
def test_a_locked_phone_sends_nothing(ready: Phone, server: Office) -> None:
    ready.say("a/A1", {"outcome": "pass"})
    ready.do("vault.lock()")
    server.asked.clear()
    assert ready.sync() == "locked"
    assert server.asked == []


def test_F21_F22_what_others_said_arrives_and_takes_nothing_away(ready: Phone, server: Office) -> None:
    """F21, F22: a colleague's value beside what waits here is a conflict; what I answered to is not."""
    mine = ready.say("a/A1", {"outcome": "pass"})
    ready.say("a/A2", {"outcome": "pass"})
    ready.sync()
    unsent = ready.say("a/A2", {"outcome": "fail"})
    sent = next(op["op_id"] for op in server.ops.values() if op["field"] == "a/A2")
    theirs = {"op_id": "0190dddd-0000-7000-8000-000000000001", "value": {"outcome": "partial"}, "deleted": False}
    theirs |= {"author_name": "Người khác", "device": None, "wall": 1, "received": 2}
    here = {name: {**theirs, "op_id": op_id} for name, op_id in (("mine", mine["op_id"]), ("sent", sent))}
    server.packs = [pack(heads={"a/A1": [here["mine"], theirs], "a/A2": [here["sent"]], "t/strengths": [theirs]})]
    server.next("POST ops", refuse(503))
    assert ready.do("return pack.pull()") == [VISIT]
    heads = ready.do("return log.heads(given)", VISIT)
    assert {head["op_id"] for head in heads["a/A1"]} == {mine["op_id"], theirs["op_id"]}
    assert [head["op_id"] for head in heads["a/A2"]] == [unsent["op_id"]]
    assert heads["t/strengths"][0]["author_name"] == "Người khác"
    assert ready.do("return (await pack.packs()).map((one) => one.unit.name)") == ["Xã thử"]
    server.packs.append(pack(removed=True, heads={}))
    ready.do("return pack.pull()")
    assert ready.do("return log.heads(given)", VISIT).keys() == heads.keys(), "what is no longer ours was deleted"


@pytest.mark.long
def test_a_signature_waits_for_no_photo(ready: Phone, server: Office) -> None:
    ready.photo()
    ready.do(
        """
        let once = true
        sync.onProgress(({ media }) => {
          if (once && Object.values(media ?? {}).some((one) => one.sent > 0)) {
            once = false
            window.signed = log.say(given, "s/0190cccc-0000-7000-8000-000000000001", { snapshot: {} })
          }
        })
        """,
        VISIT,
    )
    assert ready.sync() == "sent"
    steps = [asked.split("/")[0] for asked in server.asked if asked.startswith(("POST ops", "PATCH"))]
    assert steps[-1] == "PATCH media"
    assert steps.index("PATCH media") < len(steps) - 1 - steps[::-1].index("POST ops"), "it went between two parts"
    assert any(op["field"].startswith("s/") for op in server.ops.values())


@pytest.mark.long
def test_a_phone_that_locks_while_it_sends_goes_on_after_the_unlock(ready: Phone, server: Office) -> None:
    photo = ready.photo()
    ready.do(
        "sync.onProgress(({ media }) => { if (Object.values(media ?? {}).some((one) => one.sent > 0)) vault.lock() })"
    )
    assert ready.sync() == "locked"
    assert 0 < len(server.media[photo["media_id"]]) < photo["size"]
    assert ready.do("return photos.progress(given)", photo["media_id"])["problem"] is None, "a lock is no damage"
    ready.page.reload()
    assert ready.unlock(PERSON)
    ready.do("await sync.resume()")
    assert len(server.media[photo["media_id"]]) == photo["size"]
