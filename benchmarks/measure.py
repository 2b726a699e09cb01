"""How a time is taken: the best of several rounds, the things compared taking turns, so that other load hits both alike."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Mapping
from pathlib import Path

ROUNDS = 9


def best(
    things: Mapping[str, Callable[[], object]], clock: Callable[[], float] = time.perf_counter
) -> dict[str, float]:
    """name → seconds of the fastest round."""
    fastest = dict.fromkeys(things, float("inf"))
    for _ in range(ROUNDS):
        for name, thing in things.items():
            start = clock()
            thing()
            fastest[name] = min(fastest[name], clock() - start)
    return fastest


def machine() -> str:
    """Processor, cores, memory, system and Python, in one line."""
    names = [line.split(":")[1].strip() for line in lines_of("/proc/cpuinfo") if line.startswith("model name")]
    memory = next((int(line.split()[1]) for line in lines_of("/proc/meminfo") if line.startswith("MemTotal")), 0)
    return ", ".join(
        [
            names[0] if names else platform.processor() or platform.machine(),
            f"{os.cpu_count()} cores",
            f"{memory // 1024 // 1024} GiB",
            platform.system(),
            f"Python {platform.python_version()}",
            f"load {os.getloadavg()[0]:.1f}",
        ]
    )


def lines_of(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines() if Path(path).exists() else []
