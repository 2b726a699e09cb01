"""Reads a Word file and compares it with the profile, inside a process of its own that may use only so much memory and time: `python -m kycuong.papers.child`."""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import asdict
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
    """The file from standard input, one JSON text to standard output."""
    from . import checking, reading  # noqa: PLC0415 - after the limits

    answer: dict[str, Any]
    try:
        read = reading.read(sys.stdin.buffer.read())
        answer = read | {"deviations": [asdict(one) for one in checking.deviations(read)]}
    except (MemoryError, reading.TooLong):
        answer = {"refused": "heavy"}
    except reading.Stranger:
        answer = {"refused": "stranger"}
    except Exception:
        answer = {"refused": "broken"}
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    confine()
    sys.exit(main())
