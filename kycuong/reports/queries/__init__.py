"""Questions that every surface asks: figures and the lists behind them."""

from __future__ import annotations

from .figures import (
    LAST_YEAR,
    NAMES,
    Rows,
    answer_for,
    figures_for,
    list_for,
    names_with_list,
    owners_of,
)
from .reading import closed_to

__all__ = [
    "LAST_YEAR",
    "NAMES",
    "Rows",
    "answer_for",
    "closed_to",
    "figures_for",
    "list_for",
    "names_with_list",
    "owners_of",
]
