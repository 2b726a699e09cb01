"""Photos come in any parts, again, damaged, over a server that falls: whole is what was announced (Hypothesis, stateful)."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any
from uuid import uuid4

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from kycuong.core.problems import Problem
from kycuong.field import store
from tests.budget import stories


class Photo(RuleBasedStateMachine):
    """Bytes come in any parts, again, damaged, while the server falls over: whole is what was announced, or it goes on."""

    home: Path

    def __init__(self) -> None:
        super().__init__()
        self.uid, self.data = uuid4(), bytes(range(256)) * 4
        self.sha = hashlib.sha256(self.data).hexdigest()

    @rule(at=st.integers(0, 1024), length=st.integers(0, 600), damaged=st.integers(0, 6))
    def a_part_comes(self, at: int, length: int, damaged: int) -> None:
        part = self.data[at : at + length]
        self.put(at, bytes(len(part)) if damaged == 0 else part)

    @rule()
    def the_sender_goes_on(self) -> None:
        self.put(store.offset_of(self.uid), self.data[store.offset_of(self.uid) :][:300])

    @rule(keep=st.integers(0, 1024))
    def the_disk_forgets_the_end(self, keep: int) -> None:
        """A crash in the middle of a write leaves a part of it."""
        path = self.home / "files" / "field" / f"{self.uid}.part"
        if path.exists():
            path.write_bytes(path.read_bytes()[:keep])

    def put(self, at: int, part: bytes) -> None:
        if at + len(part) > len(self.data):
            return
        try:
            if store.append(self.uid, at, part) == len(self.data):
                store.finish(self.uid, self.sha)
        except store.WrongOffset:
            assert at != store.offset_of(self.uid) or store.is_whole(self.uid)
        except Problem:
            assert store.offset_of(self.uid) == 0

    @invariant()
    def whole_is_what_was_announced(self) -> None:
        if store.is_whole(self.uid):
            assert store.contents(self.uid) == self.data

    def teardown(self) -> None:
        for _ in range(20):
            if not store.is_whole(self.uid):
                self.the_sender_goes_on()
                if store.offset_of(self.uid) == len(self.data):
                    self.put(len(self.data), b"")
        assert store.is_whole(self.uid)


def test_photos_in_any_parts(tmp_path: Path, settings: Any) -> None:
    settings.HOME = Photo.home = tmp_path
    run_state_machine_as_test(Photo, settings=stories(20, long=3000))
