"""Sheets and files as offices send them, made for the tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl.utils import range_boundaries

from kycuong.sheets.cells import Range, Sheet
from kycuong.sheets.reader import _sheet


def sheet_of(rows: Sequence[Sequence[Any]], *, name: str = "Trang 1", merged: Sequence[str] = ()) -> Sheet:
    """A sheet from A1 on; merged blocks are filled as the reader fills them."""
    blocks = [range_boundaries(block) for block in merged]
    ranges = [Range(top, left - 1, bottom, right - 1) for left, top, right, bottom in blocks]
    return _sheet(name, [list(row) for row in rows], ranges)
