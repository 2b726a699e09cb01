"""The disk that power cuts leave, and the reader of what strace wrote: by examples that can be checked by hand."""

from __future__ import annotations

import random

import pytest

from tests.trust.disk import SECTOR, WAYS, Disk, Event
from tests.trust.syscalls import events

CHANCE = random.Random(7)


def event(kind: str, path: str = "/d/a", offset: int = 0, data: bytes = b"", to: str = "") -> Event:
    return Event(0, 0, kind, path, offset, data, to)


def after(disk: Disk, way: str) -> dict[str, bytes]:
    return disk.after_a_cut(CHANCE, way)[1]


def test_what_was_synchronised_is_there_however_it_went() -> None:
    disk = Disk({"/d/a": b"old words"})
    for one in (event("write", data=b"NEW"), event("sync"), event("write", offset=4, data=b"lost?")):
        disk.take(one)
    assert after(disk, "nothing") == {"/d/a": b"NEW words"}
    assert after(disk, "everything") == {"/d/a": b"NEW lost?"}
    assert all(after(disk, way)["/d/a"].startswith(b"NEW ") for way in WAYS for _each in range(20))


def test_what_nobody_waited_for_comes_in_part_and_in_another_order() -> None:
    disk = Disk({"/d/a": b".."})
    disk.take(event("write", offset=0, data=b"1"))
    disk.take(event("write", offset=1, data=b"2"))
    assert {after(disk, "some")["/d/a"] for _each in range(200)} == {b"..", b"1.", b".2", b"12"}
    assert {after(disk, "the first ones")["/d/a"] for _each in range(200)} == {b"..", b"1.", b"12"}


def test_a_write_is_torn_between_sectors_and_nowhere_else() -> None:
    disk = Disk({"/d/a": b"." * 3 * SECTOR})
    disk.take(event("write", offset=100, data=b"x" * 2 * SECTOR))
    seen = {after(disk, "torn")["/d/a"] for _each in range(200)}
    first, second, third = (slice(n * SECTOR, (n + 1) * SECTOR) for n in range(3))
    assert len(seen) == 8
    assert {one[second].strip(b".") for one in seen} == {b"", b"x" * SECTOR}
    assert {one[first].count(b"x") for one in seen} == {0, SECTOR - 100}
    assert {one[third].count(b"x") for one in seen} == {0, 100}


def test_a_file_may_be_longer_and_hold_nothing() -> None:
    disk = Disk({"/d/a": b"ab"})
    disk.take(event("write", offset=2, data=b"cd"))
    assert {after(disk, "length without bytes")["/d/a"] for _each in range(50)} == {b"ab", b"ab\0\0"}


def test_a_truncation_is_certain_only_with_its_synchronisation() -> None:
    disk = Disk({"/d/a": b"journal"})
    disk.take(event("truncate"))
    assert after(disk, "nothing") == {"/d/a": b"journal"}
    disk.take(event("sync"))
    assert after(disk, "nothing") == {"/d/a": b""}


def test_names_are_certain_with_their_folder_or_their_file_and_come_in_their_order() -> None:
    disk = Disk({"/d/old": b"1"})
    disk.take(event("create", "/d/new"))
    disk.take(event("write", "/d/new", data=b"2"))
    assert after(disk, "nothing") == {"/d/old": b"1"}
    disk.take(event("sync", "/d/new"))
    assert after(disk, "nothing") == {"/d/old": b"1", "/d/new": b"2"}
    disk.take(event("rename", "/d/new", to="/d/old"))
    assert after(disk, "nothing") == {"/d/old": b"1", "/d/new": b"2"}
    disk.take(event("sync", "/d"))
    assert after(disk, "nothing") == {"/d/old": b"2"}
    disk.take(event("remove", "/d/old"))
    assert (after(disk, "nothing"), after(disk, "everything")) == ({"/d/old": b"2"}, {})


def test_what_is_done_while_a_synchronisation_is_under_way_is_not_certain() -> None:
    """Of two processes: `at` and `done` of a call tell which came first."""
    for at, done, certain in ((1, 2, True), (1, 3.5, False), (3.2, 3.5, False)):
        disk = Disk({"/d/a": b"old", "/d/b": b""})
        disk.take(Event(at, done, "write", "/d/a", 0, b"NEW"))
        disk.take(Event(at, done, "create", "/d/c"))
        disk.take(Event(at, done, "remove", "/d/b"))
        for path in ("/d/a", "/d"):
            disk.take(Event(3, 4, "sync", path))
        assert after(disk, "nothing") == ({"/d/a": b"NEW", "/d/c": b""} if certain else {"/d/a": b"old", "/d/b": b""})
        assert after(disk, "everything") == {"/d/a": b"NEW", "/d/c": b""}
        for path in ("/d/a", "/d"):
            disk.take(Event(5, 6, "sync", path))
        assert after(disk, "nothing") == {"/d/a": b"NEW", "/d/c": b""}


def shown(text: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in text.encode())


A, B = f"5<{shown('/d/a')}>", f"6<{shown('/d/b')}>"


@pytest.mark.parametrize(
    ("lines", "seen"),
    [
        ([f'7 10.5 pwrite64({A}, "{shown("hi, 9")}", 5, 4096) = 5 <0.25>'], [(10.5, 10.75, "write", "/d/a", 4096, b"hi, 9", "")]),
        ([f'7 10.5 pwrite64({A}, "{shown("hi")}", 2, 0) = 1 <0.5>'], [(10.5, 11, "write", "/d/a", 0, b"h", "")]),
        ([f'7 10.5 pwrite64({A}, "{shown("hi")}", 2, 0) = -1 ENOSPC (No space left on device) <0.5>'], []),
        ([f"7 1.0 fdatasync({A}) = 0 <1.0>"], [(1, 2, "sync", "/d/a", 0, b"", "")]),
        (
            [f"7 1.0 fsync({A} <unfinished ...>", f"8 2.0 ftruncate({B}, 3) = 0 <0.0>", "7 3.0 <... fsync resumed>) = 0 <2.0>"],
            [(2, 2, "truncate", "/d/b", 3, b"", ""), (1, 3, "sync", "/d/a", 0, b"", "")],
        ),
        (
            [
                f'7 1.0 openat(AT_FDCWD<{shown("/x")}>, "{shown("/d/a")}", O_WRONLY|O_CREAT, 0600) = {A} <0.0>',
                f'7 1.0 write({A}, "{shown("ab")}", 2) = 2 <0.0>',
                f'7 1.0 write({A}, "{shown("c")}", 1) = 1 <0.0>',
            ],
            [(1, 1, "create", "/d/a", 0, b"", ""), (1, 1, "write", "/d/a", 0, b"ab", ""), (1, 1, "write", "/d/a", 2, b"c", "")],
        ),
        (
            [f'7 1.0 pwritev({A}, [{{iov_base="{shown("ab")}", iov_len=2}}, {{iov_base="{shown("c")}", iov_len=1}}], 2, 8) = 3 <0.0>'],
            [(1, 1, "write", "/d/a", 8, b"abc", "")],
        ),
        (
            [f'7 1.0 rename("{shown("a.new")}", "{shown("a")}") = 0 <0.0>', f'7 1.0 unlink("{shown("/d/a")}") = 0 <0.0>'],
            [(1, 1, "rename", "/d/a.new", 0, b"", "/d/a"), (1, 1, "remove", "/d/a", 0, b"", "")],
        ),
        ([f'7 1.0 write({A}(deleted), "{shown("ab")}", 2) = 2 <0.0>'], []),
        ([f'7 1.0 write(9<{shown("/elsewhere")}>, "{shown("ab")}", 2) = 2 <0.0>'], []),
    ],
)  # fmt: skip
def test_what_strace_wrote_is_read(lines: list[str], seen: list[tuple[object, ...]]) -> None:
    assert list(events(lines, "/d")) == seen


def test_a_write_that_strace_cut_short_is_told() -> None:
    with pytest.raises(ValueError, match="cut a write short"):
        list(events([f'7 1.0 write({A}, "{shown("ab")}"..., 200) = 200 <0.0>'], "/d"))
