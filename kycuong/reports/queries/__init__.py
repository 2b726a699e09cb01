"""Questions that every surface asks: figures and the lists behind them."""

from __future__ import annotations

from kycuong.reports.rules.par import KINDS, MISSING

from .cells import CellsTold, cells_told, need_cells, tops
from .figures import (
    LAST_YEAR,
    NAMES,
    Accountability,
    Rows,
    accountability_for,
    answer_for,
    figures_for,
    list_for,
    names_with_list,
    owners_of,
)
from .par import ParSheet, par_answer, par_for
from .ranking import ranking_answer, ranking_for
from .reading import closed_to
from .summary import summary_for
from .summary_lines import lines_of

__all__ = [
    "KINDS",
    "LAST_YEAR",
    "MISSING",
    "NAMES",
    "Accountability",
    "CellsTold",
    "ParSheet",
    "Rows",
    "accountability_for",
    "answer_for",
    "cells_told",
    "need_cells",
    "tops",
    "closed_to",
    "figures_for",
    "lines_of",
    "list_for",
    "names_with_list",
    "owners_of",
    "par_answer",
    "par_for",
    "ranking_answer",
    "ranking_for",
    "summary_for",
]
