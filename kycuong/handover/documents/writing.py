"""Write everything: of one moment, in bounded memory, apart, and named only when whole and on record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kycuong.core.clock import now
from kycuong.core.moment import one_moment
from kycuong.core.problems import BadInput, RuleBroken
from kycuong.core.version import product_version
from kycuong.files.store import contents
from kycuong.handover.actions import note_taken_out
from kycuong.handover.queries import BY_LABEL, chosen, columns_of, rows_of, topmost
from kycuong.handover.rules import FILES, TABLES, Table, csv_line, json_line
from kycuong.handover.store import Draft, drafted, pack, publish, sweep

from .describing import NAME, Told, Written, description, is_nested
from .telling import NAMED, page

AT_ONCE = 500
"""Lines that are put into one write."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Taken:
    """What left: rows, files; kept files whose bytes are missing or changed. Leftovers: of runs that broke off, swept now."""

    rows: int
    files: int
    missing: int
    digest: str
    leftovers: int


def hand_over(target: Path, progress: Progress) -> Taken:
    """Write everything into a folder, or a file that ends in .zip. `progress`: (done, of how many)."""
    tops = topmost()
    if not tops:
        raise BadInput(
            "Chưa có đơn vị nào, nên chưa có gì để mang đi.", en="There is no unit yet, so nothing to take along."
        )
    told = Told(", ".join(map(str, tops)), now(), product_version())
    leftovers = sweep(target)
    with drafted(target) as draft:
        with one_moment():
            total = sum(chosen(table).count() for table in TABLES)
            steps = _Steps(progress, total)
            told.tables = [_table(draft, table, steps) for table in TABLES]
            hashes = {one: None for label in FILES for one in _hashes(BY_LABEL[label])}
        files = sum(_file(draft, sha256, told) for sha256 in hashes)
        draft.put(NAME, description(told))
        draft.put(NAMED, page(told))
        digest = draft.close()
        if target.suffix == ".zip":
            pack(draft)
        note_taken_out(tops[0], by=None, files=files, digest=digest)
        try:
            publish(draft, target)
        except BaseException:
            note_taken_out(tops[0], by=None, files=files, digest=digest, placed=False)
            raise
    return Taken(total, files, len(told.missing), digest, leftovers)


class _Steps:
    """Counts rows and tells how far the work is."""

    def __init__(self, progress: Progress, total: int) -> None:
        self.progress, self.total, self.done = progress, total, 0

    def add(self, count: int) -> None:
        self.done += count
        self.progress(self.done, self.total)


def _table(draft: Draft, table: Table, steps: _Steps) -> Written:
    nested = is_nested(table)
    path = f"tables/{table.name}.{'jsonl' if nested else 'csv'}"
    names = [column.attname for column in columns_of(table)]
    count = 0
    with draft.leaf(path) as leaf:
        if not nested:
            leaf.write((",".join(names) + "\r\n").encode())
        for rows in _batches(rows_of(table)):
            lines = (json_line(names, row) if nested else csv_line(row) for row in rows)
            leaf.write("".join(lines).encode())
            count += len(rows)
            steps.add(len(rows))
    return Written(table, path, count, leaf.size, leaf.digest.hexdigest())


def _batches(rows: Iterator[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    batch: list[tuple[Any, ...]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _hashes(table: Table) -> Iterator[str]:
    yield from chosen(table).order_by("pk").values_list("sha256", flat=True).iterator()


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
