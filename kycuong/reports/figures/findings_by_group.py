"""Findings by group of criteria."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext_noop

from . import lists
from .figure import Figure, Reading
from .tallies import FINDINGS


def read(rows: Reading) -> dict[str, int]:
    groups: Counter[str] = Counter()
    for group, _, _, found in rows[FINDINGS]:
        groups[group or "other"] += found
    return dict(sorted(groups.items(), key=lambda part: (part[0] == "other", part[0])))


FIGURE = Figure(
    name="findings_by_group",
    titled=gettext_noop("Hạn chế theo nhóm tiêu chí"),
    defined="Các hạn chế, chia theo nhóm tiêu chí; «other» là hạn chế ngoài bảng kiểm.",
    definition_en="Findings by group of criteria; “other” holds those outside the checklist.",
    tallies=(FINDINGS,),
    read=read,
    listing=lists.findings("group_code"),
)
