"""Whose words of a list a person may read: a list counts for all who see figures, what was written is for fewer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kycuong.followup.models import Recommendation
from kycuong.inspections.models import Visit
from kycuong.orgs.authority import Someone

WORDED: dict[str, tuple[str, Any]] = {"description": ("visit", Visit), "text": ("recommendation", Recommendation)}
"""Column with words → the column that tells of what they are, and its table."""


def closed_to(person: Someone, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows, without the words of what the person may not open."""
    found = [dict(row) for row in rows]
    for column, (about, model) in WORDED.items():
        asked = {row[about] for row in found if column in row and row.get(about)}
        open_ = (
            {str(uid) for uid in model.objects.visible_to(person).filter(uid__in=asked).values_list("uid", flat=True)}
            if asked
            else set()
        )
        for row in found:
            if column in row and row.get(about) not in open_:
                row[column] = None
    return found
