"""Puts a sheet kept in TCVN3 or VNI into Unicode, column by column, and remembers what was there before."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

from .cells import Cell, Cells, Conversion, Sheet
from .legacy import ENOUGH, Tally, Vote, decode, encoding_of, encoding_of_font, tally


def decode_sheet(sheet: Sheet) -> Sheet:
    """The sheet in Unicode, with one Conversion for each column that was changed."""
    columns = zip(*(row.values for row in sheet.rows), strict=True)
    texts = [[value for value in column if type(value) is str] for column in columns]
    tallies = [tally(column) for column in texts]
    whole = reduce(Tally.plus, tallies, Tally())
    if not whole.evidence.words:
        return sheet
    conversions = []
    for index in range(len(texts)):
        judge = tallies[index] if tallies[index].evidence.words >= ENOUGH else whole
        changed = _decode_column(sheet.rows, index, judge.vote, sheet.fonts)
        if changed:
            first, encoding = changed[0]
            conversions.append(
                Conversion(first.column, encoding, len(changed), first.original, str(first.value), first.row)
            )
    return replace(sheet, conversions=conversions)


def _decode_column(rows: list[Cells], index: int, column: Vote, fonts: dict[str, str]) -> list[tuple[Cell, str]]:
    changed: list[tuple[Cell, str]] = []
    for row in rows:
        value = row.values[index]
        if not isinstance(value, str) or value.isascii():
            continue
        cell = row[index]
        font = fonts.get(cell.address, "")
        encoding = encoding_of(value, column=column, font=font)
        if not encoding:
            continue
        told = encoding_of_font(font)
        text = decode(value, encoding, capitals=bool(told and told[1]))
        if text != value:
            row.put(index, cell._replace(value=text, original=value))
            changed.append((row[index], encoding))
    return changed
