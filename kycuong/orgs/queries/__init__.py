"""Questions about units: which one is meant, what it was called, where it stood."""

from __future__ import annotations

from .names import (
    children_on,
    codes_on,
    full_names,
    last_day,
    names_on,
    parent_on,
    parents_on,
    unit_by_code,
    versions_on,
)
from .resolve import resolve_unit
from .search import UnitHit, search_units
from .tree import TreeNode, tree_on

__all__ = [
    "TreeNode",
    "UnitHit",
    "children_on",
    "codes_on",
    "full_names",
    "last_day",
    "names_on",
    "parent_on",
    "parents_on",
    "resolve_unit",
    "search_units",
    "tree_on",
    "unit_by_code",
    "versions_on",
]
