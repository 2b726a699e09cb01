"""P7 and P8: what a phone sends, taken in, against the rows that it comes to written raw, and against an address that only writes; then 50
phones at once against a server of its own.

    python -m benchmarks.intake [--visits 40] [--phones 50] [--only sqlite|postgresql]

The table goes to standard output and to benchmarks/results.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from .measure import machine

RESULTS = Path(__file__).parent / "results"
P7, BATCHED, P8, KEPT = 0.02, 0.015, 0.1, 0.01
"""Why no more: docs/adr/0031."""
ENGINE = "KYCUONG_BENCHMARK_ENGINE"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=40)
    parser.add_argument("--phones", type=int, default=50)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    options = parser.parse_args(arguments)
    if os.environ.get(ENGINE):
        sys.stdout.write("\n".join(report(options.visits, options.phones)))
        return 0
    engines = [options.only] if options.only else ["sqlite", "postgresql"]
    head = f"# Taking in what phones send, {date.today().isoformat()}\n\n{machine()}\n"  # noqa: DTZ011 - the machine's day
    text = "\n".join([head, *(run_apart(engine, arguments) for engine in engines)])
    sys.stdout.write(text)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"intake-{date.today().isoformat()}.md").write_text(text, encoding="utf-8")  # noqa: DTZ011
    return 1 if "✗" in text else 0


def run_apart(engine: str, arguments: list[str]) -> str:
    """Measure one database in a process that knows no other."""
    with tempfile.TemporaryDirectory(prefix="kycuong-benchmark-") as home:
        environment = {**os.environ, "KYCUONG_HOME": home, ENGINE: engine, "KYCUONG_HOSTS": "127.0.0.1"}
        environment.pop("KYCUONG_DATABASE_URL", None)
        command = [sys.executable, "-m", "benchmarks.intake", *arguments]
        if engine == "postgresql":
            command = [sys.executable, "-m", "tests.postgres", *command]
        return subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout


def report(visits: int, phones: int) -> Iterator[str]:
    """The tables of this process's database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kycuong.site.settings")
    import django  # noqa: PLC0415 - settings are read here, after the environment is known

    django.setup()
    from kycuong.site.prepare import collect_static, migrate  # noqa: PLC0415

    from .phones import Field, at_once, one_by_one, photos  # noqa: PLC0415

    migrate(sys.stderr.write)
    collect_static(sys.stderr.write)
    field = Field()
    yield f"## {os.environ[ENGINE]}\n\n| what | product a second | raw a second | share of the limit | target |"
    yield "| --- | ---: | ---: | ---: | --- |"
    for (name, product, raw), target in zip(one_by_one(field, visits), (P7, BATCHED), strict=True):
        yield row(name, product, raw, target)
    for (name, product, raw), target in zip(photos(field, visits), (P8, KEPT), strict=True):
        yield row(name, product, raw, target)
    yield f"\n{at_once(field, phones)}\n"


def row(name: str, product: float, raw: float, target: float) -> str:
    good = "✓" if product >= target * raw else "✗"
    return f"| {name} | {product:.1f} | {raw:.1f} | {product / raw:.3f} | ≥ {target} {good} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
