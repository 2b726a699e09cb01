"""Whatever phones, networks, desks and crashes do, in any order: nothing that was said is lost, changed or invented, and what
holds does not hang on who came first (Hypothesis, stateful; the invariants of design/field-sync.md §3.11)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from kycuong.core.ids import uuid7
from kycuong.core.problems import Problem
from kycuong.field import actions, store
from kycuong.field.actions import _beside, photos
from kycuong.field.actions import _checking as checking
from kycuong.field.models import FieldAside, FieldDevice, FieldMedia, FieldOp, FieldSignature
from kycuong.field.queries import body_of, fields_of, form_sha, missing_seq, pulled
from kycuong.field.queries.record import values_of
from kycuong.field.rules import sha256_of, spelled
from kycuong.files.store import Examined
from kycuong.files.store import contents as kept_bytes
from kycuong.inspections import actions as desk_acts
from kycuong.inspections.actions import Planned
from kycuong.inspections.models import Finding, Visit
from kycuong.inspections.queries import criteria_at, files_of, minutes_digest
from kycuong.inspections.rules import VisitState
from kycuong.orgs.models import Person
from tests.budget import stories
from tests.desk import YESTERDAY, Desk, passing
from tests.photos import examined, jpeg

FINDINGS = ["0198c0de-0000-7000-8000-00000000000a", "0198c0de-0000-7000-8000-00000000000b"]
ANSWERS = ["a/C3", "a/A3"]
FIELDS = [*["t/strengths"] * 3, "h", *[f"f/{uid}" for uid in FINDINGS], "st/start", *ANSWERS, "a/Z9"]
SHEET = {"quota": 12, "present": 12, "absent_excused": 0, "absent_unexcused": 0, "late": 0}
WHICH, WORD = st.integers(0, 2), st.sampled_from(["một", "hai", "ba", "bốn"])
Op = dict[str, Any]


@dataclass
class Pocket:
    """What one phone knows."""

    person: Person
    device: FieldDevice
    said: list[Op] = field(default_factory=list)
    acked: set[str] = field(default_factory=set)
    photos: dict[str, bytes] = field(default_factory=dict)
    seen: dict[str, list[str]] = field(default_factory=dict)


class Crash(Exception):
    """The server falls over before it commits."""


class Field(RuleBasedStateMachine):
    """Three phones of two people, the desk, and one visit with the short form."""

    desk: Desk
    form: str

    def __init__(self) -> None:
        super().__init__()
        self.around = transaction.atomic()
        self.around.__enter__()
        self.signed = ""

    @initialize()
    def enrolled(self) -> None:
        self.visit = self.desk.visit(visits=[Planned(self.desk.units["commune"], YESTERDAY, "short")])
        self.form = form_sha(self.visit)
        self.pockets = [self.pocket(who) for who in ("team_head", "team_member", "team_member")]
        self.at_desk: list[str] = []
        for which in (0, 1):
            self.takes_a_photo(which, "C3", back=1)

    def pocket(self, who: str) -> Pocket:
        person = self.desk.people[who]
        return Pocket(person, actions.enrol(by=person, uid=uuid7(), name="Máy", key="A" * 43 + "="))

    def teardown(self) -> None:
        try:
            if hasattr(self, "pockets"):
                self.comes_to_rest()
        finally:
            transaction.set_rollback(True)
            self.around.__exit__(None, None, None)

    # ------------------------------------------------------------ what happens

    @rule(
        which=WHICH,
        name=st.sampled_from(FIELDS),
        word=WORD,
        seen=st.booleans(),
        gone=st.integers(0, 4),
        wall=st.integers(0, 2**45),
    )
    def says(self, which: int, name: str, word: str, seen: bool, gone: int, wall: int) -> None:
        pocket = self.pockets[which]
        base = pocket.seen.get(name, []) if seen else []
        deleted = name.startswith("f/") and gone == 0
        op = self.op(pocket, name, None if deleted else value_of(name, word), base, wall)
        pocket.said.append(op | ({"deleted": True} if deleted else {}))
        pocket.seen[name] = [op["op_id"]]

    def op(self, pocket: Pocket, name: str, value: Any, base: list[str], wall: int = 5) -> Op:
        plain = {"op_id": str(uuid7()), "seq": len(pocket.said) + 1, "visit": str(self.visit.uid), "field": name}
        clock = {"wall": wall, "mono": 1.5, "boot": "b"}
        return {**plain, **clock, "value": value, "base": base, "form": self.form, "author": str(pocket.person.uid)}

    @rule(
        which=WHICH,
        order=st.lists(st.integers(0, 60), max_size=8),
        reply=st.sampled_from(["comes", "is lost", "crash"]),
    )
    def sends(self, which: int, order: list[int], reply: str) -> None:
        """Any of what was said, in any order, some of it twice."""
        pocket = self.pockets[which]
        batch = [pocket.said[place % len(pocket.said)] for place in order] if pocket.said else []
        self.deliver(pocket, batch, reply)

    @rule(which=WHICH, name=st.sampled_from(FIELDS), words=st.lists(WORD, min_size=2, max_size=3))
    def changes_its_mind_and_sends_the_last_first(self, which: int, name: str, words: list[str]) -> None:
        pocket = self.pockets[which]
        for word in words:
            self.says(which, name, word, seen=True, gone=1, wall=len(word))
        for op in pocket.said[: -len(words) - 1 : -1]:
            self.deliver(pocket, [op], "comes")

    @rule(which=WHICH, place=st.integers(0, 60), word=WORD)
    def sends_poison(self, which: int, place: int, word: str) -> None:
        """An id with other content, and what is no op at all, around one that is sound."""
        pocket = self.pockets[which]
        if pocket.said:
            op = pocket.said[place % len(pocket.said)]
            self.deliver(pocket, [{"op_id": op["op_id"]}, "x", op, {**op, "boot": word}, None], "comes")

    @rule(which=WHICH)
    def pulls(self, which: int) -> None:
        pocket = self.pockets[which]
        visits = actions.mirror(pocket.device, by=pocket.person)
        (pack,) = pulled(visits, pocket.person, "").packs or ({"heads": {}},)
        waiting = {op["field"] for op in pocket.said if op["op_id"] not in pocket.acked}
        pocket.seen |= {
            name: [one["op_id"] for one in heads] for name, heads in pack["heads"].items() if name not in waiting
        }

    @rule(word=WORD)
    def the_desk_writes(self, word: str) -> None:
        text = f"bàn {word} {len(self.at_desk)}"
        if self.by_hand(lambda by: desk_acts.record_answers(self.fresh(), by=by, answers={}, strengths=text)):
            self.at_desk.append(text)

    @rule(place=st.integers(0, 1), word=WORD)
    def the_desk_changes_a_finding(self, place: int, word: str) -> None:
        if found := Finding.objects.filter(uid=FINDINGS[place]).select_related("visit__inspection__lead").first():
            self.by_hand(lambda by: desk_acts.change_finding(found, by=by, description=word, severity=2, due_on=None))

    @rule(which=WHICH, code=st.sampled_from(["", "C3"]), back=st.integers(0, 3))
    def takes_a_photo(self, which: int, code: str, back: int) -> None:
        """Three of four are kept; nothing is sent yet."""
        pocket, data = self.pockets[which], jpeg() + uuid4().bytes
        uid, sha = str(uuid4()), hashlib.sha256(data).hexdigest()
        about = {"sha256": sha, "size": len(data), "mime": "image/jpeg", "w": 4, "h": 3, "orig_sha256": sha}
        about |= {"taken_wall": 5, "gps": None, "criterion_code": code, "caption": ""}
        pocket.said.append(kept := self.op(pocket, f"m/{uid}", about, []))
        pocket.photos[uid] = data
        if back == 0:
            pocket.said.append(self.op(pocket, f"m/{uid}", None, [kept["op_id"]]) | {"deleted": True})

    @rule(which=WHICH)
    def sends_a_photo(self, which: int) -> None:
        """The first that is announced and not whole yet."""
        pocket = self.pockets[which]
        waiting = FieldMedia.objects.filter(device=pocket.device, complete_at=None).select_related("visit", "device")
        if media := waiting.first():
            self.upload(pocket, media)

    def upload(self, pocket: Pocket, media: FieldMedia) -> None:
        data = pocket.photos[str(media.uid)]
        there = store.offset_of(media.uid)
        store.append(media.uid, there, data[there:])
        store.finish(media.uid, media.sha256)
        actions.keep_photo(media, pocket.device, by=pocket.person)

    @rule()
    def the_server_looks_at_photos(self) -> None:
        for pk in FieldMedia.objects.all().unchecked().values_list("pk", flat=True):
            assert checking.check(pk)

    @rule(due=st.integers(0, 1), photos=st.booleans())
    def the_head_signs(self, due: int, photos: bool) -> None:
        """All that is left is answered, read and signed: once, or once more; with the photos that were taken, here or not yet."""
        pocket = self.pockets[0]
        if due:
            return
        self.deliver(pocket, pocket.said, "comes")
        self.pulls(0)
        if not self.signed:
            for name, value in {**{f"a/{code}": one for code, one in passing(self.visit).items()}, "h": SHEET}.items():
                pocket.said.append(self.op(pocket, name, value, pocket.seen.get(name, [])))
                pocket.seen[name] = [pocket.said[-1]["op_id"]]
            self.deliver(pocket, pocket.said, "comes")
        shot = self.snapshot(photos=photos)
        value = {
            "snapshot": shot,
            "sha256": sha256_of(shot),
            "team_signatory": "Trưởng đoàn",
            "unit_signatory": "Chủ tịch",
        }
        value |= {"read": {"sha256": value["sha256"], "at": 5}}
        pocket.said.append(op := self.op(pocket, f"s/{uuid4()}", value, []))
        self.deliver(pocket, [op], "comes")

    def snapshot(self, *, photos: bool) -> dict[str, Any]:
        """What the head's phone folds; of a field at which two values stand, nothing."""
        fields = fields_of(self.visit)
        held = {name: ops[0] for name, ops in fields.items() if len(ops) == 1 and not ops[0].deleted}
        said = {name: body_of(op)["value"] for name, op in held.items()}

        def of(start: str) -> dict[str, Any]:
            return {name[len(start) :]: value for name, value in said.items() if name.startswith(start)}

        codes = criteria_at(self.visit)
        texts = {name[2:]: said.get(name, "") for name in ("t/strengths", "t/explanation")}
        plain = {"visit": str(self.visit.uid), "form": self.form, "headcount": said.get("h"), "findings": of("f/")}
        answers = {code: value for code, value in of("a/").items() if code in codes}
        media = {uid: value["sha256"] for uid, value in of("m/").items()} if photos else {}
        heads = sorted(str(op.uid) for ops in fields.values() for op in ops)
        return {
            **texts,
            **plain,
            "answers": answers,
            "explanations": {},
            "concerned": {},
            "media": media,
            "heads": heads,
        }

    # ------------------------------------------------------------ what always holds

    @invariant()
    def what_holds_is_what_nobody_replaced(self) -> None:
        if not hasattr(self, "visit"):
            return
        ops = [(op, body_of(op)) for op in FieldOp.objects.filter(visit=self.visit)]
        replaced = {(body["field"], uid) for _, body in ops for uid in body["base"] if uid != body["op_id"]}
        held = {str(op.uid) for op, _ in ops if (op.field, str(op.uid)) not in replaced}
        assert held == {str(op.uid) for ops in fields_of(self.visit).values() for op in ops}

    @invariant()
    def what_was_taken_is_there_as_it_was_said_and_nothing_else_is(self) -> None:
        if not hasattr(self, "visit"):
            return
        said = {op["op_id"]: spelled(op) for pocket in self.pockets for op in pocket.said}
        stored = {str(op.uid): spelled(body_of(op)) for op in FieldOp.objects.exclude(device=None)}
        assert stored.items() <= said.items()
        assert {uid for pocket in self.pockets for uid in pocket.acked} <= stored.keys()

    @invariant()
    def gaps_are_seen(self) -> None:
        for pocket in getattr(self, "pockets", ()):
            pocket.device.refresh_from_db()
            here = set(pocket.device.ops.values_list("seq", flat=True))
            here |= set(FieldAside.objects.filter(device=pocket.device).values_list("seq", flat=True))
            assert missing_seq(pocket.device) == [
                one for one in range(1, pocket.device.seq_head + 1) if one not in here
            ]

    @invariant()
    def what_is_signed_stays(self) -> None:
        """The first signature whose photos are here, as it was read, with each of them; whoever signs once more changes nothing."""
        if not hasattr(self, "visit") or (visit := self.fresh()).state != VisitState.SIGNED:
            return
        self.signed = self.signed or visit.minutes.digest
        assert minutes_digest(visit, visit.minutes) == visit.minutes.digest == self.signed
        found = FieldSignature.objects.get(visit=visit)
        shot = body_of(found.op)["value"]["snapshot"]
        assert sha256_of(shot) == found.sha256
        assert {str(one.attachment.uid): one.attachment.sha256 for one in files_of(visit)} == shot["media"]
        values = values_of(visit)
        assert {name[2:]: bare(value) for name, value in values.items() if name.startswith("a/")} == {
            code: bare(value) for code, value in shot["answers"].items()
        }

    @invariant()
    def a_photo_is_what_was_announced_and_whole_or_waited_for(self) -> None:
        for media in FieldMedia.objects.filter(visit=getattr(self, "visit", None)).select_related("file__attachment"):
            sent = next(one.photos[str(media.uid)] for one in self.pockets if str(media.uid) in one.photos)
            assert media.sha256 == hashlib.sha256(sent).hexdigest()
            if media.complete_at:
                assert kept_bytes(media.sha256) == sent if media.file else store.contents(media.uid) == sent

    def comes_to_rest(self) -> None:
        """Everything is sent and pulled: each op is there once, in the log; one value that holds stands in the record."""
        for pocket in self.pockets:
            self.deliver(pocket, pocket.said, "comes")
            for media in FieldMedia.objects.filter(device=pocket.device, complete_at=None).select_related(
                "visit", "device"
            ):
                self.upload(pocket, media)
            self.the_server_looks_at_photos()
            self.pulls(self.pockets.index(pocket))
            assert missing_seq(pocket.device) == []
            assert {op["op_id"] for op in pocket.said} == {
                str(uid) for uid in pocket.device.ops.values_list("uid", flat=True)
            }
        self.what_holds_is_what_nobody_replaced()
        self.what_is_signed_stays()
        self.a_photo_is_what_was_announced_and_whole_or_waited_for()
        photos = {uid for pocket in self.pockets for uid in pocket.photos}
        assert photos == {
            str(uid) for uid in FieldMedia.objects.exclude(complete_at=None).values_list("uid", flat=True)
        }
        values, visit = values_of(self.fresh()), self.fresh()
        for name, ops in fields_of(visit).items():
            if (
                visit.state == VisitState.DRAFT
                and len(ops) == 1
                and ops[0].status == "applied"
                and (name[:2] in ("t/", "f/", "h") or name in ANSWERS)
            ):
                said = None if ops[0].deleted else body_of(ops[0])["value"]
                assert bare(values.get(name)) == bare(said), name
            if visit.state == VisitState.DRAFT and name.startswith("m/") and len(ops) == 1:
                assert (name in values) is not ops[0].deleted, name
        written = json.dumps([body_of(op) for op in FieldOp.objects.filter(device=None)], ensure_ascii=False)
        assert all(text in written for text in self.at_desk[-1:])

    # ------------------------------------------------------------ how it is asked

    def fresh(self) -> Visit:
        return Visit.objects.select_related("inspection__lead", "unit", "checklist").get(pk=self.visit.pk)

    def deliver(self, pocket: Pocket, batch: Iterable[Any], reply: str) -> None:
        beat = actions.Heartbeat(sent_wall=1, seq_head=len(pocket.said))
        try:
            with transaction.atomic():
                told = actions.receive(pocket.device, list(batch), by=pocket.person, beat=beat)
                if reply == "crash":
                    raise Crash
        except Crash:
            return
        if reply == "comes":
            mine = {op["op_id"] for op in pocket.said}
            pocket.acked |= {one.op_id for one in told if one.op_id and one.op_id in mine and one.heads}

    def by_hand(self, act: Any) -> bool:
        """What the desk's rules refuse is not written."""
        try:
            with transaction.atomic():
                act(self.desk.people["team_member"])
        except Problem:
            return False
        return True


def value_of(name: str, word: str) -> Any:
    if name.startswith("f/"):
        return {"criterion_code": "", "description": word, "severity": 2, "due_on": None}
    if name == "h":
        return {"quota": 12, "present": len(word), "absent_unexcused": 0}
    if name == "a/A3":
        return {"part": len(word), "whole": 4, "finding": word}
    if name.startswith("a/"):
        return {"outcome": "fail", "finding": word} if word == "một" else {"outcome": "pass"}
    return {"at": 1, "note": word} if name.startswith("st/") else word


def bare(value: Any) -> Any:
    """Without the term, which the desk fills in."""
    return {key: part for key, part in value.items() if key != "due_on"} if isinstance(value, dict) else value


def looked_at(data: bytes, name: str) -> Examined:
    """Each photo is the same picture with other bytes behind it: decoding takes a process, and is tested elsewhere."""
    return replace(examined(), data=data, name=name, sha256=hashlib.sha256(data).hexdigest())


def test_any_order(desk: Desk, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.HOME, Field.desk = tmp_path, desk
    for module in (_beside, photos):
        monkeypatch.setattr(module, "examine", looked_at)
    run_state_machine_as_test(Field, settings=stories(4, long=400))
