"""Rows become Parquet, part by part: first as lines whose digest is taken, then, if the digest is a new one, as a file."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from kycuong.facts.rules import Held, Part, Table

from .folder import Folder, sha256_of
from .optional import bounded, needed
from .snapshot import Batches

GROUP = 100_000


class Press:
    """Makes Parquet of lines, in bounded memory and on one core."""

    def __init__(self, scratch: Path) -> None:
        self.lines = scratch / "lines.csv"
        self.duck = needed("duckdb", "facts").connect()
        self.duck.execute(
            f"{bounded('256MB', 1, scratch / 'spill')}; SET autoinstall_known_extensions = false; SET autoload_known_extensions = false"
        )

    def press(self, table: Table, target: Path) -> None:
        """The lines as a file."""
        types = {one.name: "INTEGER" if one.holds == "flag" else one.stored for one in table.columns}
        columns = ", ".join(f"'{name}': '{kind}'" for name, kind in types.items())
        # an empty field is «nothing», but in a text, which is never nothing
        chosen = ", ".join(
            f"COALESCE({one.name}, '') AS {one.name}"
            if one.stored == "VARCHAR"
            else f"CAST({one.name} AS {one.stored}) AS {one.name}"
            for one in table.columns
        )
        self.duck.execute(
            f"COPY (SELECT {chosen} FROM read_csv('{quoted(self.lines)}', header = false, auto_detect = false, delim = ',', "
            f"quote = '\"', escape = '\"', nullstr = '', new_line = '\\n', parallel = false, columns = {{{columns}}})) "
            f"TO '{quoted(target)}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {GROUP})"
        )


class Lines:
    """The rows of one part on their way to the disk, with their number and digest."""

    def __init__(self, path: Path, table: Table, part: str) -> None:
        path.unlink(missing_ok=True)
        self.file = open(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w", encoding="utf-8", newline="")  # noqa: SIM115 - closed with its part
        self.rows, self.part = 0, part
        self.digest = hashlib.sha256(" ".join(table.schema()).encode())

    def add(self, rows: list[tuple[Any, ...]]) -> None:
        """Rows that begin with the name of the part."""
        text = io.StringIO()
        # quoted, whatever line ends stand in it: browsers send CRLF
        csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC).writerows(row[1:] for row in rows)
        self.digest.update(text.getvalue().encode())
        self.file.write(text.getvalue())
        self.rows += len(rows)


class Shelf:
    """Puts tables into a folder. What an earlier export wrote and has not changed stays as it is."""

    def __init__(self, folder: Folder, scratch: Path, earlier: dict[str, Part]) -> None:
        self.folder, self.press, self.earlier = folder, Press(scratch), earlier
        self.written = 0

    def put(self, table: Table, batches: Batches) -> Held:
        """All rows of a table; those of a part come together."""
        held, open_part = Held(table.schema()), None
        for rows in batches:
            for part, group in groupby(rows, key=itemgetter(0)):
                if open_part is None or open_part.part != part:
                    held.parts.extend(self._closed(table, open_part))
                    open_part = Lines(self.press.lines, table, str(part))
                open_part.add(list(group))
        held.parts.extend(self._closed(table, open_part))
        return held

    def _closed(self, table: Table, lines: Lines | None) -> list[Part]:
        if lines is None:
            return []
        lines.file.close()
        digest = lines.digest.hexdigest()
        name = f"{table.name}/{lines.part}-{digest[:16]}.parquet"
        before = self.earlier.get(name)
        if before and (before.digest, before.rows) == (digest, lines.rows) and self.folder.holds(before, closely=True):
            return [before]
        return [self._written(table, lines, name, digest)]

    def _written(self, table: Table, lines: Lines, name: str, digest: str) -> Part:
        target, draft = self.folder.place / name, self.press.lines.with_name("part.parquet")
        draft.unlink(missing_ok=True)
        draft.touch(mode=0o600)
        self.press.press(table, draft)
        draft.chmod(0o600)
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        target.parent.mkdir(mode=0o700, exist_ok=True)
        draft.replace(target)
        self.written += 1
        return Part(lines.part, lines.rows, digest, name, target.stat().st_size, sha256_of(target))


def quoted(path: Path) -> str:
    return str(path).replace("'", "''")
