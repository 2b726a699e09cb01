"""What is exported, and how an export describes itself. No database here."""

from .manifest import FILE, FORMAT, MANIFEST, Held, Manifest, Origin, Part, manifest_of
from .tables import ANSWERS, TABLES, Column, Table

__all__ = [
    "ANSWERS",
    "FILE",
    "FORMAT",
    "MANIFEST",
    "TABLES",
    "Column",
    "Held",
    "Manifest",
    "Origin",
    "Part",
    "Table",
    "manifest_of",
]
