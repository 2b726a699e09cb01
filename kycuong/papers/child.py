"""Reads a Word file, compares it with the profile or writes into its places, inside a process of its own that may use only so much memory and time: `python -m kycuong.papers.child`."""

from __future__ import annotations

import base64
import json
import resource
import sys
from dataclasses import asdict
from datetime import date
from typing import Any

MEMORY = 1024**3
CPU_SECONDS = 20
OUTPUT = 64 * 1024**2


def confine() -> None:
    """Give up what a reader does not need, before anything of the file is looked at."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT, OUTPUT))


def main() -> int:
    """One line of JSON and the file from standard input, one JSON text to standard output."""
    from . import reading, seen, vetting  # noqa: PLC0415 - after the limits

    answer: dict[str, Any]
    told, _line, data = sys.stdin.buffer.read().partition(b"\n")
    try:
        answer = {"check": _check, "own": _own, "fill": _fill}[sys.argv[1]](data, json.loads(told))
    except (MemoryError, reading.TooLong):
        answer = {"refused": "heavy"}
    except seen.Unseen:
        answer = {"refused": "unseen"}
    except vetting.Unfit:
        answer = {"refused": "unfit"}
    except reading.Stranger:
        answer = {"refused": "stranger"}
    except Exception:
        answer = {"refused": "broken"}
    sys.stdout.write(json.dumps(answer))
    return 0


def _check(data: bytes, _told: dict[str, Any]) -> dict[str, Any]:
    """What the file looks like, and where it is not as the decree wants it."""
    from . import checking, reading  # noqa: PLC0415 - after the limits

    read = reading.read(data)
    return read | {"deviations": [asdict(one) for one in checking.deviations(read)]}


def _own(data: bytes, told: dict[str, Any]) -> dict[str, Any]:
    """What is wrong with an office's own file; if nothing is, how a sample made from it departs from the decree."""
    from . import checking, reading, vetting  # noqa: PLC0415 - after the limits

    faults = vetting.vet(data, told["needs"])
    if not faults and not _takes(data, told["full"]):
        faults = [vetting.UNFIT]
    if faults:
        return {"faults": [one._asdict() for one in faults], "deviations": []}
    found = checking.deviations(reading.read(_filled(data, told)))
    return {"faults": [], "deviations": [asdict(one) for one in found]}


def _takes(data: bytes, told: dict[str, Any]) -> bool:
    """Whether it can be filled with everything that a paper may have. Too heavy is another answer."""
    try:
        return bool(_filled(data, told))
    except MemoryError:
        raise
    except Exception:
        return False


def _fill(data: bytes, told: dict[str, Any]) -> dict[str, Any]:
    """The file with a document in it."""
    from . import vetting  # noqa: PLC0415 - after the limits

    made = _filled(data, told)  # what it would not show is said first
    vetting.ensure_still_fit(data)
    return {"file": base64.b64encode(made).decode()}


def _filled(data: bytes, told: dict[str, Any]) -> bytes:
    from . import filling, profile  # noqa: PLC0415 - after the limits

    day = date.fromisoformat(told["day"]) if told["day"] else None
    return filling.filled(data, told["laid"], day, profile.profile())


if __name__ == "__main__":
    confine()
    sys.exit(main())
