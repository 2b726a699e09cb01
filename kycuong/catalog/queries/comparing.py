"""Two versions of a checklist side by side: what was added, what was removed, what changed, by stable code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from kycuong.catalog.models import Checklist, Criterion

FIELDS = (
    "text", "answer_type", "evidence", "severity", "severity_to", "setting", "in_short_form", "counted",
    "only_with_procedures", "for_kinds", "asked_after", "pass_from", "partial_from",
)  # fmt: skip
"""Fields that are laid side by side; a condition is one of them, with what it waits for."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one criterion, before and after."""

    title: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between an older and a newer version."""

    added: list[Criterion] = field(default_factory=list)
    removed: list[Criterion] = field(default_factory=list)
    changed: list[tuple[Criterion, list[Change]]] = field(default_factory=list)
    same: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.removed or self.changed)


def compare(old: Checklist, new: Checklist) -> Comparison:
    """By code: the code is what stays when the words change."""
    before, after = _criteria(old), _criteria(new)
    both = [(one, changes(before[code], one)) for code, one in after.items() if code in before]
    return Comparison(
        added=[one for code, one in after.items() if code not in before],
        removed=[one for code, one in before.items() if code not in after],
        changed=[(one, found) for one, found in both if found],
        same=sum(not found for _, found in both),
    )


def changes(old: Criterion, new: Criterion) -> list[Change]:
    """The fields that differ, in words."""
    fields = [field for field in Criterion._meta.concrete_fields if field.name in FIELDS]
    pairs = [(str(field.verbose_name), said(old, field.name), said(new, field.name)) for field in fields]
    pairs.append(("căn cứ", _numbers(old), _numbers(new)))
    return [Change(title[:1].upper() + title[1:], before, after) for title, before, after in pairs if before != after]


def said(criterion: Criterion, name: str) -> str:
    """One field as people read it."""
    if name == "asked_after":
        return criterion.condition_in_words
    if name == "for_kinds":
        return criterion.kinds_in_words
    value: Any = getattr(criterion, name)
    if isinstance(value, bool):
        return "Có" if value else "Không"
    label = getattr(criterion, f"get_{name}_display", None)
    return str(label() if label else value)


def _criteria(checklist: Checklist) -> dict[str, Criterion]:
    return {one.code: one for one in checklist.criteria.prefetch_related("legal_bases")}


def _numbers(criterion: Criterion) -> str:
    bases: Iterable[Any] = criterion.legal_bases.all()
    return "; ".join(sorted(basis.number for basis in bases))
