"""The stand-alone verifier over a long log, beside plain hashlib over the same leaves in the same run.

    python -m benchmarks.ledger [--entries 1000000] [--rounds 1]

A log of one entry a row is written in the form of `./run audit export`, with bodies and rows; then verifier/verify.py reads it as an
auditor would run it, a process of its own. hashlib does what no verifier can do without: one hash a leaf and one a node of the tree.
"""

from __future__ import annotations

import argparse
import hmac
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from kycuong.audit.merkle import Frontier, leaf_hash
from kycuong.audit.notes import Checkpoint, LogKey, new_log_key

from .apart import tell
from .numbers import note
from .progress import progress

VERIFIER = Path(__file__).parents[1] / "verifier" / "verify.py"
SECONDS_A_MILLION = 20.0
EVERY = 10_000


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place:
        leaves = write(Path(place), options.entries)
        plain = verified = spent = float("inf")
        for turn in range(options.rounds):
            start = time.perf_counter()
            hashed(leaves)
            plain, start, used = min(plain, time.perf_counter() - start), time.perf_counter(), children()
            said = subprocess.run([sys.executable, VERIFIER, place], capture_output=True, text=True, check=True).stdout
            verified = min(verified, time.perf_counter() - start)
            spent = min(spent, children() - used)
            assert said.startswith(f"sound: {options.entries} entries, signed up to {options.entries} "), said
            progress("verify.py beside hashlib", turn + 1, options.rounds)
    title = f"verifier/verify.py over {options.entries} entries with bodies and rows"
    return tell("ledger", title, [report(options, plain, verified, spent)])


def report(options: Any, plain: float, verified: float, spent: float) -> str:
    allowed = SECONDS_A_MILLION * options.entries / 1_000_000
    good = note("verifier", "processor seconds", options.entries, spent, allowed).mark
    return "\n".join(
        [
            "| way | seconds | processor seconds |",
            "| --- | ---: | ---: |",
            f"| hashlib, leaves and nodes only | {plain:.2f} | |",
            f"| verify.py | {verified:.2f} | {spent:.2f} |",
            f"\n{verified / plain:.1f} × hashlib; target at most {allowed:.1f} processor seconds {good}\n",
        ]
    )


def children() -> float:
    """Processor seconds of the programs that were started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def hashed(leaves: list[bytes]) -> None:
    """The tree and nothing else, level by level."""
    level = [sha256(b"\x00" + leaf).digest() for leaf in leaves]
    while len(level) > 1:
        pairs = [sha256(b"\x01" + level[at] + level[at + 1]).digest() for at in range(0, len(level) - 1, 2)]
        level = pairs + level[len(pairs) * 2 :]


def write(place: Path, entries: int) -> list[bytes]:
    """The four files; returns the leaves."""
    leaves, frontier = [], Frontier()
    with (place / "log.jsonl").open("w") as log, (place / "rows.jsonl").open("w") as rows:
        for meta, salt, body, row in told(entries):
            log.write(json.dumps({"meta": meta, "salt": salt, "body": body}) + "\n")
            rows.write(json.dumps(row) + "\n")
            leaves.append(meta.encode())
            frontier.append(leaf_hash(leaves[-1]))
            if len(leaves) % EVERY == 0:
                progress("writing a log", len(leaves), entries)
    key = LogKey.read(new_log_key("thu.example"))
    note = key.sign(Checkpoint(key.name, frontier.size, frontier.root()))
    (place / "checkpoints.txt").write_text(note, encoding="utf-8")
    (place / "keys.txt").write_text(f"{key.vkey}\n", encoding="utf-8")
    return leaves


def told(entries: int) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """Answers of visits as the log holds them: about 330 bytes a leaf, 350 a body."""
    plain = {"ensure_ascii": False, "separators": (",", ":"), "sort_keys": True}
    for seq in range(entries):
        key, salt = str(UUID(int=seq + 2**120)), sha256(str(seq).encode()).digest()
        row = {
            "id": str(seq), "uid": f"'{key.replace('-', '')}'", "visit_id": str(seq // 40), "criterion_id": str(seq % 40),
            "value": "'partial'", "note": "'Bộ phận một cửa mở cửa muộn, chưa niêm yết đủ thủ tục'", "by_id": "17",
            "created_at": "'2026-03-09 02:15:00'", "left_at": None, "place": str(seq % 40),
        }  # fmt: skip
        body = json.dumps({"details": {"value": "partial"}, "row": row}, **plain)  # type: ignore[arg-type]
        meta = {
            "v": 1, "seq": seq, "ts": "2026-03-09T02:15:00.000Z", "actor": str(UUID(int=17)), "op": "save",
            "verb": "visit.answer", "model": "inspections.AnswerException", "pk": key,
            "c": hmac.digest(salt, body.encode(), "sha256").hex(),
        }  # fmt: skip
        yield (
            json.dumps(meta, **plain),  # type: ignore[arg-type]
            salt.hex(),
            body,
            {"model": meta["model"], "key": key, "row": json.dumps(row, **plain)},  # type: ignore[arg-type]
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
