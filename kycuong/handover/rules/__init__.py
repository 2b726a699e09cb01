"""Which tables leave, which stay and why, and how a value is spelled."""

from __future__ import annotations

from .spelling import csv_line, json_line
from .tables import FILES, NAMED_BY, TABLES, Table
from .withheld import KEPT_BACK, SECRET_COLUMNS

__all__ = ["FILES", "KEPT_BACK", "NAMED_BY", "SECRET_COLUMNS", "TABLES", "Table", "csv_line", "json_line"]
