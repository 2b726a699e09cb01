"""Questions about units: which one is meant, what it was called, where it stood."""

from __future__ import annotations

from .duties import open_duties
from .holders import holders, holders_by_unit
from .names import (
    children_on,
    codes_on,
    full_names,
    last_day,
    last_name,
    names_on,
    parent_on,
    parents_on,
    unit_by_code,
    versions_on,
)
from .past import Kin, Past, Stretch, chain_on, past_of
from .resolve import resolve_unit
from .search import UnitHit, search_units
from .topmost import finding_top, is_topmost, note_top, telling_topmost, top_key
from .tree import TreeNode, tree_on

__all__ = [
    "Kin",
    "Past",
    "Stretch",
    "TreeNode",
    "UnitHit",
    "chain_on",
    "children_on",
    "codes_on",
    "is_topmost",
    "finding_top",
    "note_top",
    "top_key",
    "full_names",
    "last_name",
    "holders",
    "holders_by_unit",
    "last_day",
    "names_on",
    "open_duties",
    "parent_on",
    "parents_on",
    "past_of",
    "resolve_unit",
    "search_units",
    "telling_topmost",
    "tree_on",
    "unit_by_code",
    "versions_on",
]
