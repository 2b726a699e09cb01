"""Coverage-guided fuzzing of what reads from outside: `just fuzz [TARGET [SECONDS]]`, with `atheris` (libFuzzer for Python).

Each target says what bytes may do: be refused in words, or be read so that what was read holds. Anything else ends the run with the bytes that did it.
Where it begins (the corpus) is made by tests/trust/fuzz_seeds.py, in a folder that is thrown away; the same targets are run without atheris, over
those beginnings and some damage, by tests/trust/test_fuzz.py.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

TARGETS = ("ops", "values", "canonical", "receipts", "sheets", "tables", "photos", "templates", "queries")
SECONDS = 180
SLOWEST = 20
"""Seconds that one input may take."""


def target_of(name: str) -> Callable[[bytes], None]:
    """The function of a target; its modules are read here, so that atheris may look on."""
    from tests.trust import fuzz_queries, fuzz_targets  # noqa: PLC0415

    if name == "queries":
        return fuzz_queries.target()
    return getattr(fuzz_targets, name)  # type: ignore[no-any-return]


def one(name: str, place: str, seconds: int) -> None:
    """In a process of its own: libFuzzer ends it."""
    import atheris  # type: ignore[import-not-found]  # noqa: PLC0415 - for whoever fuzzes: no part of ./test

    with atheris.instrument_imports(include=["kycuong", "verifier", "tests.trust.fuzz_targets"]):
        import django  # noqa: PLC0415

        django.setup()
        target = target_of(name)
    here = Path(place)
    limits = [
        f"-max_total_time={seconds}",
        f"-timeout={SLOWEST}",
        "-rss_limit_mb=3000",
        "-print_final_stats=1",
        "-max_len=65536",
    ]
    atheris.Setup([name, str(here / "corpus"), f"-artifact_prefix={here}/", *limits], target)
    atheris.Fuzz()


def run(name: str, seconds: int) -> bool:
    """Whether nothing was found. What libFuzzer counted is printed; the bytes that did it, too."""
    from tests.trust.fuzz_seeds import seeds  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as place:
        corpus = Path(place) / "corpus"
        corpus.mkdir()
        for number, data in enumerate(seeds(name)):
            (corpus / f"seed-{number}").write_bytes(data)
        command = [sys.executable, "-m", "tests.trust.fuzz", name, str(seconds), place]
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        told = dict(line[6:].split(":", 1) for line in done.stderr.splitlines() if line.startswith("stat::"))
        print(
            f"{name}: {told.get('number_of_executed_units', '?').strip()} inputs in {seconds} s, {len(list(corpus.iterdir()))} kept",
            flush=True,
        )
        if done.returncode:
            print(done.stderr[-4000:], done.stdout[-4000:])
            for found in sorted(Path(place).glob("*-*")):
                print(found.name, repr(found.read_bytes()[:2000]))
        return done.returncode == 0


def main(words: list[str]) -> int:
    if len(words) == 3:
        one(words[0], words[2], int(words[1]))
    import django  # noqa: PLC0415

    django.setup()
    names = [words[0]] if words and words[0] != "all" else TARGETS
    seconds = int(words[1]) if len(words) > 1 else SECONDS
    return 0 if all([run(name, seconds) for name in names]) else 1  # noqa: C419 - each of them, also after a failure


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
