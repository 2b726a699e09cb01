"""What counts as sent: our server's own word about the very op, and nothing else. Nothing else stops the rest."""

from __future__ import annotations

import hashlib
import json
import threading
from base64 import b64decode
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.field.client.standin import PERSON, Fault, Handler, Office, broken, lost, refuse, silent, stranger
from tests.field.client.window import PASSPHRASE, VISIT, Phone, Refused

OTHER = "0190bbbb-0000-7000-8000-000000000002"


def pack(**changed: Any) -> dict[str, Any]:
    plain = {
        "uid": VISIT, "version": 1, "state": "draft", "sealed": False, "removed": False, "unit": {"name": "Xã thử"},
        "inspection": {"uid": OTHER, "lead_name": "Sở thử"}, "visited_on": "2026-11-20", "checklist_form": "short",
        "form": "", "excused": [], "heads": {}, "media": {}, "signature": None,
    }  # fmt: skip
    return plain | changed


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


@pytest.mark.parametrize("lie", LIES)
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


def test_what_was_set_aside_is_shown_with_its_sentence(ready: Phone, server: Office) -> None:
    ready.say("a/A1", "refused")
    assert ready.sync() == "sent"
    (op,) = ready.do("return log.mine(given)", VISIT)
    assert (op["status"], op["problem"]["vi"], op["value"]) == ("set_aside", "Không được.", "refused")


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


def test_F42_a_full_disk_there_keeps_the_photo_here(ready: Phone, server: Office) -> None:
    ready.photo()
    server.next("PATCH media", refuse(507))
    assert ready.sync() == "server_full"
    assert ready.waiting()["media"] == 1
    assert ready.waiting()["ops"] == 0


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


def test_a_heartbeat_tells_what_still_waits(ready: Phone, server: Office) -> None:
    ready.photo()
    server.next("PATCH media", refuse(507))
    ready.sync()
    ready.sync()
    assert server.heartbeats[0]["queued"]["ops"] == 1
    last = server.heartbeats[-1]
    assert (last["seq_head"], last["queued"]["ops"], last["queued"]["media"]) == (1, 0, 1)
    assert last["queued"]["oldest_wall"] > 0


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


@pytest.mark.parametrize("how", ["cipher", "json"])
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
