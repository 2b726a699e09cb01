"""Pure rules of gathering: the columns of the table, what must hold between numbers, what may be done with a file."""

from __future__ import annotations

from .checks import faults_between, number, share_meant, total_faults
from .columns import BY_KEY, COLUMNS, FIGURES, MEASURES, NAME, Adds, FormColumn
from .states import MOST_FILES, FileState, ensure_confirmable, ensure_decided, ensure_waiting

__all__ = [
    "BY_KEY",
    "COLUMNS",
    "FIGURES",
    "MEASURES",
    "MOST_FILES",
    "NAME",
    "Adds",
    "FileState",
    "FormColumn",
    "ensure_confirmable",
    "ensure_decided",
    "ensure_waiting",
    "faults_between",
    "number",
    "share_meant",
    "total_faults",
]
