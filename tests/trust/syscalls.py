"""What a program did to its disk, as `strace` writes it down: its lines are read into events (tests/trust/disk.py)."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests.trust.disk import Event

CALLS = "openat,open,creat,close,lseek,write,pwrite64,writev,pwritev,pwritev2,ftruncate,fallocate,fsync,fdatasync,sync_file_range,unlink,unlinkat,rename,renameat,renameat2"
LINE = re.compile(r"(?P<pid>\d+) +(?P<at>\d+\.\d+) (?P<rest>.*)", re.DOTALL)
CALL = re.compile(
    r"(?P<name>\w+)\((?P<given>.*)\) += (?P<result>-?\d+)(?:<(?P<path>[^>]*)>(?:\(deleted\))?)?[^<]*(?:<(?P<took>[\d.]+)>)?$"
)
RESUMED = re.compile(r"<\.\.\. (?P<name>\w+) resumed>(?P<rest>.*)")
ON = re.compile(r"(?P<fd>-?\d+|AT_FDCWD)<(?P<path>[^>]*)>(?P<gone>\(deleted\))?")
QUOTED = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
UNFINISHED = " <unfinished ...>"


def strace(out: Path, *paths: str) -> list[str]:
    """The beginning of a command line: what follows is watched. Only calls about these paths, where any are given."""
    if shutil.which("strace") is None:
        raise SystemExit("strace is missing: sudo apt-get install strace")
    only = [word for path in paths for word in ("-P", path)]
    seen = [
        "-f",
        "--seccomp-bpf",
        "-y",
        "-xx",
        "-s",
        "100000000",
        "-ttt",
        "-T",
        "-e",
        f"trace={CALLS}",
        "-e",
        "signal=none",
    ]
    return ["strace", *seen, *only, "-o", str(out)]


class Call(NamedTuple):
    """One call that came to its end, without an error."""

    at: float
    done: float
    pid: str
    name: str
    given: str
    result: int
    opened: str


def calls(lines: Iterable[str]) -> Iterator[Call]:
    """In the order in which they were done."""
    waiting: dict[str, tuple[float, str]] = {}
    for line in lines:
        found = LINE.fullmatch(line.rstrip("\n"))
        if found is None:
            continue
        pid, at, rest = found["pid"], float(found["at"]), found["rest"]
        began = at
        if rest.endswith(UNFINISHED):
            waiting[pid] = at, rest.removesuffix(UNFINISHED)
            continue
        if resumed := RESUMED.fullmatch(rest):
            began, beginning = waiting.pop(pid)
            rest = beginning + resumed["rest"]
        call = CALL.fullmatch(rest)
        if call and int(call["result"]) >= 0:
            done = max(at, began + float(call["took"] or 0))
            yield Call(began, done, pid, call["name"], call["given"], int(call["result"]), plain(call["path"] or ""))


def plain(escaped: str) -> str:
    return re.sub(r"((?:\\x[0-9a-f]{2})+)", lambda one: data_of(one[1]).decode(), escaped)


def data_of(escaped: str) -> bytes:
    return bytes.fromhex(escaped.replace("\\x", ""))


def data(given: str) -> bytes:
    """All that is quoted, one after the other: the parts of a gathered write, too."""
    parts = list(QUOTED.finditer(given))
    if any(part[2] for part in parts):
        raise ValueError("strace cut a write short")
    return b"".join(data_of(part[1]) for part in parts)


def events(lines: Iterable[str], root: str) -> Iterator[Event]:
    """What happened below this folder, in which the program itself stands, in the order in which it was done."""
    reader = Reader(root)
    for call in calls(lines):
        event = reader.read(call)
        if event is not None and event.path.startswith(root):
            yield event


class Reader:
    """Knows where each open file stands: `write` does not say."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.at: dict[tuple[str, str], int] = {}
        self.appending: set[tuple[str, str]] = set()

    def read(self, call: Call) -> Event | None:
        if call.name in ("openat", "open", "creat"):
            return self.opened(call)
        if call.name.startswith(("rename", "unlink")):
            return renamed(call, self.folder)
        on = ON.match(call.given)
        if on is None or on["gone"]:
            return None
        path, key, words = (
            plain(on["path"]),
            (call.pid, on["fd"]),
            [one.strip() for one in QUOTED.sub("", call.given).split(",")],
        )
        if call.name in ("fsync", "fdatasync"):
            return Event(call.at, call.done, "sync", path)
        if call.name == "ftruncate":
            return Event(call.at, call.done, "truncate", path, int(words[1]))
        if call.name == "fallocate":
            return (
                Event(call.at, call.done, "allocate", path, int(words[2]) + int(words[3])) if words[1] == "0" else None
            )
        if call.name == "lseek":
            self.at[key] = call.result
        if call.name.startswith("pwrite"):
            offset = int(words[-2] if call.name == "pwritev2" else words[-1])
            return Event(call.at, call.done, "write", path, offset, data(call.given)[: call.result])
        return self.wrote(call, path, key) if call.name.startswith("write") else None

    def opened(self, call: Call) -> Event | None:
        key = (call.pid, str(call.result))
        self.at[key] = 0
        self.appending.discard(key)
        if "O_APPEND" in call.given:
            self.appending.add(key)
        if "O_TRUNC" in call.given or call.name == "creat":
            return Event(call.at, call.done, "empty", call.opened)
        return Event(call.at, call.done, "create", call.opened) if "O_CREAT" in call.given else None

    def wrote(self, call: Call, path: str, key: tuple[str, str]) -> Event:
        if key in self.appending:
            return Event(call.at, call.done, "append", path, 0, data(call.given)[: call.result])
        offset = self.at.get(key, 0)
        self.at[key] = offset + call.result
        return Event(call.at, call.done, "write", path, offset, data(call.given)[: call.result])


def renamed(call: Call, folder: str) -> Event | None:
    """Names that are relative are taken from the folder that the call names, or from where the program stands."""
    folders = [plain(one["path"]) for one in ON.finditer(call.given)] or [folder]
    names = [data_of(one[1]).decode() for one in QUOTED.finditer(call.given)]
    full = [str(Path(folders[min(number, len(folders) - 1)]) / name) for number, name in enumerate(names)]
    if call.name.startswith("unlink"):
        return None if "AT_REMOVEDIR" in call.given else Event(call.at, call.done, "remove", full[0])
    return Event(call.at, call.done, "rename", full[0], to=full[1])
