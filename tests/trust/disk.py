"""A disk as programs see it and as a power cut leaves it: what was not synchronised may be there, in part, in another order, or not at all.

What holds here, as on ext4 and XFS: a sector of 512 bytes is written whole or not; `fsync` and `fdatasync` bring the bytes and the length of one
file, as far as they were written before it began; a name (new, renamed, removed) is certain once its folder was synchronised, or the file itself; names come in their order, bytes do not.
Sources: POSIX fsync(2); “All File Systems Are Not Created Equal” (OSDI 2014) for what may be reordered.
"""

from __future__ import annotations

import posixpath
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

SECTOR = 512
WAYS = ("nothing", "everything", "the first ones", "some", "torn", "length without bytes")
"""What becomes of writes that nobody waited for."""


class Event(NamedTuple):
    """One call that changed a disk: `at` and `done` in seconds of the wall clock. `to`: the new name, where it is renamed."""

    at: float
    done: float
    kind: str  # write, append, truncate, allocate, sync, create, empty, remove, rename
    path: str
    offset: int = 0
    data: bytes = b""
    to: str = ""


class Change(NamedTuple):
    """Bytes from `offset` on; without bytes a new length of the file; `longer` only ever makes it longer."""

    offset: int
    data: bytes | None
    longer: bool = False
    done: float = 0


@dataclass
class File:
    """Its bytes that are certain, and what changed since."""

    certain: bytearray = field(default_factory=bytearray)
    length: int = 0
    pending: list[Change] = field(default_factory=list)

    def change(self, one: Change) -> None:
        self.pending.append(one)
        self.length = one.offset if one.data is None else max(self.length, one.offset + len(one.data))

    def sync(self, began: float) -> None:
        """What was written before it began; pending changes stand in the order in which they were done."""
        count = sum(one.done <= began for one in self.pending)
        for one in self.pending[:count]:
            applied(self.certain, one)
        del self.pending[:count]

    def after_a_cut(self, way: str, chance: random.Random) -> bytes:
        found = bytearray(self.certain)
        for one in kept(self.pending, way, chance):
            applied(found, one)
        return bytes(found)


def applied(to: bytearray, one: Change) -> None:
    end = one.offset + len(one.data or b"")
    if len(to) < end:
        to.extend(bytes(end - len(to)))
    if one.data is not None:
        to[one.offset : end] = one.data
    elif not one.longer:
        del to[one.offset :]


def kept(pending: list[Change], way: str, chance: random.Random) -> Iterator[Change]:
    """Those that came to the disk before it went dark."""
    if way == "everything":
        yield from pending
    elif way == "the first ones":
        yield from pending[: chance.randrange(len(pending) + 1)]
    elif way == "some":
        yield from (one for one in pending if chance.random() < 0.5)
    elif way == "torn":
        for one in pending:
            yield from sectors(one, chance) if one.data else ([one] if chance.random() < 0.5 else [])
    elif way == "length without bytes":
        for one in pending:
            if chance.random() < 0.5:
                yield one if one.data is None else Change(one.offset + len(one.data), None, longer=True)


def sectors(one: Change, chance: random.Random) -> Iterator[Change]:
    """The sectors of one write, each of which came or did not."""
    data, begin = one.data or b"", 0
    while begin < len(data):
        end = begin + SECTOR - (one.offset + begin) % SECTOR
        if chance.random() < 0.5:
            yield Change(one.offset + begin, data[begin:end])
        begin = end


class Disk:
    """Files by their name. Everything that is there at the beginning is certain."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.names = {name: File(bytearray(data), len(data)) for name, data in files.items()}
        self.certain = dict(self.names)
        self.renamed: list[tuple[str, File | None, float]] = []
        self.done = 0.0

    def take(self, event: Event) -> None:
        """What this call changed. Files that nobody made here (their creation was not seen) are made."""
        self.done = event.done
        if event.kind in ("create", "empty"):
            self.create(event)
        elif event.kind == "remove":
            self.name(event.path, None)
        elif event.kind == "rename":
            self.name(event.to, self.file(event.path))
            self.name(event.path, None)
        elif event.kind == "sync":
            self.sync(event.path, event.at)
        else:
            self.write(event)

    def write(self, event: Event) -> None:
        file = self.file(event.path)
        if event.kind == "truncate":
            file.change(Change(event.offset, None, done=event.done))
        elif event.kind == "allocate" and event.offset > file.length:
            file.change(Change(event.offset, None, longer=True, done=event.done))
        elif event.kind in ("write", "append"):
            offset = file.length if event.kind == "append" else event.offset
            file.change(Change(offset, event.data, done=event.done))

    def create(self, event: Event) -> None:
        if event.path not in self.names:
            self.name(event.path, File())
        elif event.kind == "empty":
            self.file(event.path).change(Change(0, None, done=event.done))

    def file(self, path: str) -> File:
        if path not in self.names:
            self.name(path, File())
        return self.names[path]

    def name(self, path: str, file: File | None) -> None:
        self.renamed.append((path, file, self.done))
        if file is None:
            self.names.pop(path, None)
        else:
            self.names[path] = file

    def sync(self, path: str, began: float) -> None:
        """A file with its name, or a folder with all of its names; names come in order, so with all that were changed before them. What
        another process wrote or named while this was under way may have come too late for it."""
        file = self.names.get(path)
        if file is not None:
            file.sync(began)
        last = max(
            (
                number
                for number, (name, _file, done) in enumerate(self.renamed)
                if done <= began and path in (name, posixpath.dirname(name))
            ),
            default=-1,
        )
        self.settle(self.certain, self.renamed[: last + 1])
        del self.renamed[: last + 1]

    def settle(self, names: dict[str, File], renamed: Iterable[tuple[str, File | None, float]]) -> None:
        for path, file, _done in renamed:
            if file is None:
                names.pop(path, None)
            else:
                names[path] = file

    def now(self) -> dict[str, bytes]:
        """Every file as programs see it: what really is on the disk, if the record is whole."""
        return {path: file.after_a_cut("everything", random.Random()) for path, file in self.names.items()}

    def after_a_cut(self, chance: random.Random, way: str = "") -> tuple[str, dict[str, bytes]]:
        """How it went, and every file that is then there."""
        way = way or chance.choice(WAYS)
        names = dict(self.certain)
        self.settle(names, self.renamed[: names_that_came(len(self.renamed), way, chance)])
        return way, {path: file.after_a_cut(way, chance) for path, file in names.items()}


def names_that_came(count: int, way: str, chance: random.Random) -> int:
    return {"nothing": 0, "everything": count}.get(way, chance.randrange(count + 1))
