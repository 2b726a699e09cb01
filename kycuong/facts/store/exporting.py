"""One export: every table of one moment into a folder, the manifest last."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from kycuong.core.clock import now
from kycuong.facts.rules import ANSWERS, TABLES, Manifest, Origin, Table

from .folder import Folder
from .origin import origin_of
from .parts import Shelf
from .snapshot import Batches, Source, snapshot
from .telling import written_in

Tell = Callable[[int, int], None]
Moment = Callable[[], AbstractContextManager[Source]]


@dataclass(frozen=True)
class Counts:
    """What an export came to: rows and files in all, and how many files had to be written."""

    taken_at: datetime
    origin: Origin
    rows: int
    files: int
    written: int
    size: int


def export_facts(folder: Folder, tell: Tell, *, moment: Moment = snapshot) -> Counts:
    """Write what has changed since the export that lies in the folder. Until the end that one stays whole."""
    with written_in(folder.place), folder.begun().alone() as scratch:
        earlier = folder.earlier()
        shelf = Shelf(folder, scratch, earlier.files() if earlier else {})
        taken_at = now()  # before the snapshot: whatever was written by then is in it
        with moment() as source:
            origin = origin_of(source)
            held = {table.name: shelf.put(table, batches) for table, batches in told(source, tell)}
        manifest = Manifest(taken_at, origin, held)
        folder.keep(manifest)
        folder.sweep(earlier, manifest)
    files = manifest.files()
    return Counts(taken_at, origin, manifest.rows, len(files), shelf.written, sum(part.size for part in files.values()))


def told(source: Source, tell: Tell) -> Iterator[tuple[Table, Batches]]:
    """Each table with its rows, and how far it all is."""
    everything = (*TABLES, ANSWERS)
    sizes = {table.name: one_number(source, table.count()) for table in everything}
    done, total = 0, sum(sizes.values())
    for table in everything:
        batches = watched(source(select_of(table)), done, total, tell)
        yield table, exploded(batches) if table is ANSWERS else batches
        done += sizes[table.name]
    tell(total, total)


def watched(batches: Batches, done: int, total: int, tell: Tell) -> Batches:
    for rows in batches:
        done += len(rows)
        tell(min(done, total - 1), total)
        yield rows


def select_of(table: Table) -> str:
    if table is not ANSWERS:
        return table.select()
    return f"SELECT {table.part()}, v.id, v.answers FROM {table.source} ORDER BY {table.order}"


def exploded(batches: Batches) -> Batches:
    """One row for each answer: of its document only code and outcome."""
    for rows in batches:
        yield [
            (part, visit, code, answer["outcome"])
            for part, visit, document in rows
            for code, answer in sorted(json.loads(document).items())
        ]


def one_number(source: Source, sql: str) -> int:
    ((number,),) = [row for rows in source(sql) for row in rows]
    return int(number)
