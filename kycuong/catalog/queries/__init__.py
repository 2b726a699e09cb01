"""Questions about checklists that span nouns."""

from __future__ import annotations

from .comparing import Change, Comparison, compare
from .reading import bases_with_use, checklist_for, groups_on, local_checklist_for, next_code, open_under
from .topics import topics_coded

__all__ = [
    "Change",
    "Comparison",
    "bases_with_use",
    "checklist_for",
    "compare",
    "groups_on",
    "local_checklist_for",
    "next_code",
    "open_under",
    "topics_coded",
]
