"""Reorganisations: created, renamed, recoded, moved, merged, absorbed, split, dissolved — and never rewritten."""

from __future__ import annotations

from .acts import (
    absorb_units,
    create_unit,
    create_units,
    dissolve_unit,
    merge_units,
    move_unit,
    recode_unit,
    rename_unit,
    split_unit,
)
from .batch import one_rebuild
from .shape import Document, Draft, Fate, Heir, Move, NewCode, NewName, Plan

__all__ = [
    "Document",
    "Draft",
    "Fate",
    "Heir",
    "Move",
    "NewCode",
    "NewName",
    "Plan",
    "absorb_units",
    "create_unit",
    "create_units",
    "dissolve_unit",
    "merge_units",
    "move_unit",
    "one_rebuild",
    "recode_unit",
    "rename_unit",
    "split_unit",
]
