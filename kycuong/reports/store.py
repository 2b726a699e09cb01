"""Where cells lie: what is kept for a text, what marks each block now, and keeping without ever making a reader wait."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import Sum

from kycuong.core.clock import now

from .models import Cell, CellSet, CellStamp
from .walls import expected, standing

Row = tuple[Any, ...]
Held = dict[int, tuple[int, list[Row]]]
"""Block → its stamp, and what it adds."""
STANDING = -2
"""Stands for a block in the answer that also tells how many triggers stand."""
MOST_SETS = 400
PATIENCE = 50
"""Milliseconds that keeping waits for whoever writes; then nothing is kept, and the next reader counts again."""


@dataclass(frozen=True)
class Kept:
    """What there is for a text. `sound` says that no trigger is missing; `now` is the sum of all weights."""

    pk: int | None
    base: int
    total: int | None
    rows: str
    now: int
    sound: bool


def kept(key: str) -> Kept:
    """In one statement, so in one moment."""
    text = (
        "SELECT s.id, s.base, s.total, s.rows, (SELECT COALESCE(SUM(weight), 0) FROM reports_cellstamp), "
        f"({standing(connection.vendor)}) FROM (SELECT 1 AS one) o LEFT JOIN reports_cellset s ON s.key = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(text, [key])
        pk, base, total, rows, now_, there = cursor.fetchone()
    return Kept(pk, base or 0, total, rows or "", int(now_), there == expected(connection.vendor))


def cells_of(pk: int) -> Held:
    found = Cell.objects.filter(cell_set=pk).values_list("block", "stamp", "rows")
    return {block: (stamp, rows_from(rows)) for block, stamp, rows in found}


def marks() -> str:
    """SQL: (mark, block) of every block that was ever written to, of everything, and how many triggers stand."""
    return (
        "SELECT CAST(SUM(b.weight) AS BIGINT) AS mark, b.block{rest} FROM reports_cellstamp b GROUP BY b.block\n"
        f"UNION ALL\nSELECT w.mark, {STANDING}{{rest}} FROM ({standing(connection.vendor).replace('COUNT(*)', 'COUNT(*) AS mark')}) w"
    )


def marks_now() -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(marks().format(rest=""))
        return {block: int(mark) for mark, block in cursor.fetchall()}


def rows_from(text: str) -> list[Row]:
    return [tuple(row) for row in json.loads(text)]


def as_text(rows: list[Row]) -> str:
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def may_keep() -> bool:
    """Not inside somebody's act: it could be undone, and would hold what it wrote until its end."""
    return not connection.in_atomic_block


def keep(
    key: str,
    question: Mapping[str, Any],
    base: int,
    answer: tuple[int, list[Row]] | None,
    held: Held,
    counted: Collection[int] | None,
) -> None:
    """Keep the answer, and the blocks that were counted (None: all). Nothing is kept where somebody else is writing it."""
    if not may_keep():
        return
    total, rows = answer if answer else (None, [])
    told = {"base": base, "total": total, "rows": as_text(rows), "kept_at": now()}
    try:
        with impatiently(), transaction.atomic():
            if counted is None:
                kept_set, _ = CellSet.objects.update_or_create(key=key, defaults={**told, "question": dict(question)})
            else:
                # Cells tell of which blocks there is something only for the base for which all of them were counted.
                kept_set = CellSet.objects.select_for_update().get(key=key, base=base)
                CellSet.objects.filter(pk=kept_set.pk).update(**told)
            blocks = sorted(held if counted is None else counted)
            Cell.objects.bulk_create(
                (Cell(cell_set=kept_set, block=one, stamp=held[one][0], rows=as_text(held[one][1])) for one in blocks),
                update_conflicts=True,
                unique_fields=["cell_set", "block"],
                update_fields=["stamp", "rows"],
                batch_size=1000,
            )
    except (DatabaseError, CellSet.DoesNotExist):
        return  # the answer is right without; a database that may only be read keeps nothing


@contextmanager
def impatiently() -> Iterator[None]:
    """Inside, whoever writes is waited for no longer than PATIENCE."""
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if sqlite:
            cursor.execute("PRAGMA busy_timeout")
            (before,) = cursor.fetchone()
        else:
            cursor.execute("SELECT current_setting('lock_timeout')")
            (before,) = cursor.fetchone()
        setting = "PRAGMA busy_timeout = {}" if sqlite else "SET lock_timeout = '{}'"
        cursor.execute(setting.format(PATIENCE))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(setting.format(before))


def fold() -> int:
    """One note a block instead of many; the sums stay, in every reader's moment. How many there were."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":  # which has one writer: nothing comes between
            sums = list(CellStamp.objects.values_list("block").annotate(all=Sum("weight")))
            before, _ = CellStamp.objects.all().delete()
            CellStamp.objects.bulk_create(CellStamp(block=block, weight=weight) for block, weight in sums)
            return before
        cursor.execute(
            "WITH gone AS (DELETE FROM reports_cellstamp RETURNING block, weight) "
            "INSERT INTO reports_cellstamp (block, weight) SELECT block, SUM(weight) FROM gone GROUP BY block"
        )
        return int(cursor.rowcount)


def tidy() -> int:
    """Let go of the sets that were kept longest ago, so that there are never more than MOST_SETS. How many."""
    return drop(list(CellSet.objects.order_by("-kept_at", "-pk").values_list("pk", flat=True)[MOST_SETS:]))


def drop(sets: Collection[int] | None = None) -> int:
    """Let go of these sets, or of all, one by one."""
    chosen = CellSet.objects.values_list("pk", flat=True) if sets is None else sets
    gone = 0
    for pk in sorted(chosen):
        with transaction.atomic():
            for one in CellSet.objects.select_for_update().filter(pk=pk):
                one.delete()
                gone += 1
    return gone
