"""Write everything that a unit owns: of one moment, in bounded memory, apart, and named only when whole and on record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kycuong.audit.documents import write_ledger
from kycuong.core.clock import now
from kycuong.core.moment import one_moment
from kycuong.core.problems import RuleBroken
from kycuong.core.version import product_version
from kycuong.files.store import contents
from kycuong.handover.actions import note_taken_out
from kycuong.handover.queries import BY_LABEL, chosen, columns_of, extent_of, rows_of, withheld_in
from kycuong.handover.rules import FILES, LEDGER, TABLES, Table, csv_line, json_line
from kycuong.handover.store import Draft, drafted, ensure_free, pack, publish
from kycuong.orgs.models import Unit

from .describing import NAME, Told, Written, description, is_nested
from .telling import NAMED, page

AT_ONCE = 500
"""Lines that are put into one write."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Taken:
    """What left: rows, files, log entries; what stays sealed; kept files whose bytes are missing or changed."""

    rows: int
    files: int
    entries: int
    withheld: int
    missing: int
    digest: str


def hand_over(unit: Unit, target: Path, progress: Progress) -> Taken:
    """Write what a unit owns into a folder, or a file that ends in .zip. `progress`: (done, of how many)."""
    ensure_free(target)
    extent = extent_of(unit)
    told = Told(extent, now(), product_version())
    with drafted(target) as draft:
        with one_moment():
            total = sum(chosen(table, extent).count() for table in TABLES)
            steps = _Steps(progress, total)
            told.tables = [_table(draft, table, told, steps) for table in TABLES]
            hashes = {one: None for label in FILES for one in _hashes(BY_LABEL[label], told)}
            entries = _ledger(draft, told)
        files = sum(_file(draft, sha256, told) for sha256 in hashes)
        draft.put(NAME, description(told))
        draft.put(NAMED, page(told))
        digest = draft.close()
        if target.suffix == ".zip":
            pack(draft)
        note_taken_out(unit, by=None, rows=total, files=files, digest=digest)
        publish(draft, target)
    withheld = sum(sum(one.withheld.values()) for one in told.tables)
    return Taken(total, files, entries, withheld, len(told.missing), digest)


class _Steps:
    """Counts rows and tells how far the work is."""

    def __init__(self, progress: Progress, total: int) -> None:
        self.progress, self.total, self.done = progress, total, 0

    def add(self, count: int) -> None:
        self.done += count
        self.progress(self.done, self.total)


def _table(draft: Draft, table: Table, told: Told, steps: _Steps) -> Written:
    nested = is_nested(table)
    path = f"tables/{table.name}.{'jsonl' if nested else 'csv'}"
    names = [column.attname for column in columns_of(table)]
    count = 0
    with draft.leaf(path) as leaf:
        if not nested:
            leaf.write((",".join(names) + "\r\n").encode())
        for rows in _batches(rows_of(table, told.extent)):
            lines = (json_line(names, row) if nested else csv_line(row) for row in rows)
            leaf.write("".join(lines).encode())
            count += len(rows)
            steps.add(len(rows))
    return Written(table, path, count, leaf.size, leaf.digest.hexdigest(), withheld_in(table, told.extent))


def _batches(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    batch: list[tuple[Any, ...]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _hashes(table: Table, told: Told) -> Iterator[str]:
    yield from chosen(table, told.extent).order_by("pk").values_list("sha256", flat=True).iterator()


def _ledger(draft: Draft, told: Told) -> int:
    """The log, without bodies. It is one for the whole installation: an entry taken out would break it."""
    folder = draft.place / "log"
    entries = write_ledger(folder, bodies=False, progress=lambda count: None)
    for path in sorted(folder.iterdir()):
        name = f"log/{path.name}"
        draft.note(name)
        about = [label for label, file in LEDGER.items() if file == name]
        told.others.append(
            {"name": path.stem, "path": name, "bytes": path.stat().st_size, "hash": f"sha256:{draft.sums[name]}"}
            | {"encoding": "utf-8", "description": f"{', '.join(about) or 'keys of the log'}: see verifier/verify.py"}
        )
    return entries


def _file(draft: Draft, sha256: str, told: Told) -> int:
    """One original. Bytes that are missing or changed stop nobody from leaving: they are told of."""
    try:
        data = contents(sha256)
    except RuleBroken as problem:
        told.missing.append({"sha256": sha256, "what": problem.en or problem.vi})
        return 0
    with draft.leaf(f"files/{sha256}") as leaf:
        leaf.write(data)
    return 1
