"""Where cells lie: what is kept for a text, what marks each block now, and keeping without ever making a reader wait."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import Max, Sum

from kycuong.core.clock import now

from .models import Cell, CellSet, CellStamp
from .walls import EVERYTHING, expected, standing

Row = tuple[Any, ...]
Held = dict[int, tuple[int, list[Row]]]
"""Block → its stamp, and what it adds."""
Unread = tuple[int, int, str]
"""A cell as it is kept: a page holds those of many texts until it reads them."""
STANDING = -2
"""Stands for a block in the answer that also tells how many triggers stand."""
MOST_QUESTIONS = 120
"""Thirty to sixty pages, each with the year before and, where there is a plan, its progress: of a question more than these nothing is kept."""
PIECE = 4_000
"""So many cells are kept at once: whoever writes waits for them."""
MANY = 2
"""So many notes a block are left as they are."""
FEW = 8
"""So many blocks or texts that add what they added are looked at again rather than kept: whoever saves drafts makes nobody write who
reads one number."""
PATIENCE = 50
"""Milliseconds that keeping waits for whoever writes; then nothing is kept, and the next reader counts again."""


@dataclass(frozen=True)
class Kept:
    """What there is for a text. `sound` says that no trigger is missing; `now` is the sum of all weights, `base_now` of those of everything."""

    pk: int | None
    base: int
    total: int | None
    rows: str
    now: int
    base_now: int
    sound: bool


def kept(keys: Collection[str]) -> dict[str, Kept]:
    """Of each text; in one statement, so in one moment for all of them."""
    wanted = list(dict.fromkeys(keys))
    text = (
        "SELECT s.key, s.id, s.base, s.total, s.rows, n.now, n.base, n.there FROM "
        "(SELECT (SELECT COALESCE(SUM(weight), 0) FROM reports_cellstamp) AS now, "
        f"(SELECT COALESCE(SUM(weight), 0) FROM reports_cellstamp WHERE block = {EVERYTHING}) AS base, "
        f"({standing(connection.vendor)}) AS there) n LEFT JOIN reports_cellset s ON s.key IN ({', '.join(['%s'] * len(wanted))})"
    )
    with connection.cursor() as cursor:
        cursor.execute(text, wanted)
        told = cursor.fetchall()
    moment = (int(told[0][5]), int(told[0][6]), told[0][7] == expected(connection.vendor))
    found = {key: Kept(pk, base, total, rows, *moment) for key, pk, base, total, rows, *_ in told if pk}
    nothing = Kept(None, 0, None, "", *moment)
    return {key: found.get(key, nothing) for key in wanted}


def sound() -> bool:
    """Whether all triggers stand now: otherwise nothing needs to be looked up."""
    with connection.cursor() as cursor:
        cursor.execute(standing(connection.vendor))
        (there,) = cursor.fetchone()
    return bool(there == expected(connection.vendor))


def cells_of(pks: Collection[int]) -> dict[int, tuple[int, list[Unread]]]:
    """Set → the base for which all its cells were counted, and its cells (block, stamp, rows as they are kept), all of one moment.
    One that somebody has let go of is not there."""
    found: dict[int, tuple[int, list[Unread]]] = {}
    told = CellSet.objects.filter(pk__in=pks).values_list("pk", "base", "cells__block", "cells__stamp", "cells__rows")
    for pk, base, block, stamp, rows in told:
        cells = found.setdefault(pk, (base, []))[1]
        if block is not None:
            cells.append((block, stamp, rows))
    return found


def held_of(cells: Iterable[Unread]) -> Held:
    return {block: (stamp, rows_from(rows)) for block, stamp, rows in cells}


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


@dataclass(frozen=True)
class Keeping:
    """What was counted for a text and may be kept: the answer, and the blocks that were counted (None: all)."""

    key: str
    question: Mapping[str, Any]
    base: int
    answer: tuple[int, list[Row]] | None
    held: Held
    counted: Collection[int] | None
    other: bool = True
    """False where nothing came out differently."""

    def told(self) -> dict[str, Any]:
        total, rows = self.answer or (None, [])
        return {"base": self.base, "total": total, "rows": as_text(rows), "kept_at": now()}

    def cells(self, kept_set: int) -> Iterator[Cell]:
        for block in sorted(self.held if self.counted is None else self.counted):
            stamp, rows = self.held[block]
            yield Cell(cell_set_id=kept_set, block=block, stamp=stamp, rows=as_text(rows))


def keep(counted: Collection[Keeping], *, worthless: bool = False) -> None:
    """Keep what one reader counted, if it is worth it, or even so. Nothing is kept where somebody else is writing it.

    Whoever writes waits for one piece at most.
    """
    if not counted or not may_keep() or not (worthless or worth(counted)):
        return
    with suppress(DatabaseError), impatiently():  # the answer is right without; some may only read
        for piece in pieces(counted):
            with transaction.atomic():
                _keep(piece)


def worth(counted: Collection[Keeping]) -> bool:
    """Whether anything came out differently, or so much was looked at that the next reader had better not do it again.

    A text of which no block was counted is looked at, too: whatever was written, whoever reads a whole page leaves it ready. Otherwise
    those after would wait again after some writes and not after others, and could tell these apart.
    """
    blocks = sum(len(one.counted or ()) for one in counted)
    return any(one.other for one in counted) or max(blocks, len(counted)) > FEW


def pieces(counted: Collection[Keeping]) -> Iterator[dict[str, Keeping]]:
    """What is kept in one transaction: some thousand cells, in the order of keys."""
    piece, cells = dict[str, Keeping](), 0
    for key, one in sorted({one.key: one for one in counted}.items()):
        size = len(one.held if one.counted is None else one.counted)
        if piece and cells + size > PIECE:
            yield piece
            piece, cells = {}, 0
        piece[key] = one
        cells += size
    if piece:
        yield piece


def _keep(counted: Mapping[str, Keeping]) -> None:
    """In the order of keys, so that two who keep the same never wait for each other in a ring."""
    there = {one.key: one for one in CellSet.objects.select_for_update().filter(key__in=counted).order_by("key")}
    changed, cells, known = [], list[Cell](), questions_kept()
    for key, one in counted.items():
        kept_set = there.get(key)
        if kept_set is None:
            if one.counted is not None or (one.question not in known and len(known) >= MOST_QUESTIONS):
                continue
            known += [dict(one.question)] if one.question not in known else []
            kept_set = CellSet.objects.create(key=key, question=dict(one.question), **one.told())
        elif one.counted is None or kept_set.base == one.base:
            # Cells tell of which blocks there is something only for the base for which all of them were counted.
            for name, value in one.told().items():
                setattr(kept_set, name, value)
            changed.append(kept_set)
        else:
            continue
        cells += one.cells(kept_set.pk)
    CellSet.objects.bulk_update(changed, ["base", "total", "rows", "kept_at"])
    Cell.objects.bulk_create(
        cells,
        update_conflicts=True,
        unique_fields=["cell_set", "block"],
        update_fields=["stamp", "rows"],
        batch_size=1000,
    )


def questions_kept() -> list[dict[str, Any]]:
    """Of which anything is kept."""
    return list(CellSet.objects.values_list("question", flat=True).distinct())


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
    """One note a block instead of many, where there are many; the sums stay, in every reader's moment. How many blocks, or none."""
    if CellStamp.objects.count() <= MANY * CellStamp.objects.values("block").distinct().count():
        return 0
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
    """Make room: let go of the questions that were kept longest ago, so that half of all places are free. How many sets."""
    last = CellSet.objects.values_list("question").annotate(last=Max("kept_at")).order_by("-last")
    old = [question for question, _ in last[MOST_QUESTIONS // 2 :]]
    return sum(drop(CellSet.objects.filter(question=one).values_list("pk", flat=True)) for one in old)


def refresh(question: Mapping[str, Any]) -> None:
    """It is asked for every day: others are let go of first."""
    CellSet.objects.filter(question=dict(question)).update(kept_at=now())


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
