"""What stands in a draft: its groups and criteria, added, changed, moved and taken away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Model

from kycuong.audit.log import act, record, record_many
from kycuong.catalog import rules
from kycuong.catalog.models import Checklist, Criterion, CriterionGroup, LegalBasis
from kycuong.core.checks import ensure_clean
from kycuong.core.problems import BadInput, RuleBroken
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person

from ._steps import check, claim, ensure_code_is_free, ensure_group_is_own, in_order, links_of, renumber, tie

UP, DOWN = "up", "down"
CONTENT = (
    "text", "answer_type", "evidence", "severity", "severity_to", "setting", "in_short_form", "counted",
    "only_with_procedures", "for_kinds", "asked_after", "asked_on", "pass_from", "partial_from",
)  # fmt: skip
"""What a criterion says; its code and its place are given apart."""


@act
def add_group(
    draft: Checklist, *, by: Person | None, revision: int | None = None, code: str, title: str
) -> CriterionGroup:
    """A new lettered group; groups stand in the order of their letters."""
    authorize(by, "checklist.write", at=draft.place)
    claim(draft, revision)
    group = CriterionGroup(checklist=draft, code=code.strip().upper(), title=title.strip())
    ensure_group_is_own(group, draft)
    if draft.groups.filter(code=group.code).exists():
        said = f"Phiếu đã có nhóm {group.code}; hãy dùng chữ khác."
        errors = [{"field": "code", "vi": said, "en": "taken"}]
        raise BadInput(said, en=f"There is a group {group.code} already; use another letter.", errors=errors)
    ensure_clean(group, exclude=["checklist"])
    group.save(force_insert=True)
    record_many("checklist.change", [group, draft], by=by)
    return group


@act
def change_group(
    group: CriterionGroup, *, by: Person | None, revision: int | None = None, title: str
) -> CriterionGroup:
    """Word the heading of a group anew. Its letter stays: the codes under it are stable."""
    authorize(by, "checklist.write", at=group.checklist.place)
    draft = group.checklist
    claim(draft, revision)
    group.title = title.strip()
    ensure_clean(group, exclude=["checklist"])
    group.save()
    record_many("checklist.change", [group, draft], by=by)
    return group


@act
def remove_group(group: CriterionGroup, *, by: Person | None, revision: int | None = None) -> None:
    """Take an empty group away."""
    authorize(by, "checklist.write", at=group.checklist.place)
    draft = group.checklist
    claim(draft, revision)
    if group.criteria.exists():
        raise RuleBroken(
            f"Nhóm {group.code} còn tiêu chí. Hãy bỏ các tiêu chí của nhóm trước.",
            en=f"Group {group.code} still holds criteria. Remove them first.",
        )
    record("checklist.change", group, by=by, op="delete")
    group.delete()
    record("checklist.change", draft, by=by)


@act
def add_criterion(
    draft: Checklist,
    *,
    by: Person | None,
    revision: int | None = None,
    group: CriterionGroup,
    code: str,
    content: Mapping[str, Any],
    legal_bases: Sequence[LegalBasis] = (),
) -> Criterion:
    """A new criterion, last of its group."""
    authorize(by, "checklist.write", at=draft.place)
    claim(draft, revision)
    there = in_order(draft)
    criterion = Criterion(checklist=draft, group=group, code=code.strip().upper(), position=0, **content)
    before = [one for one in there if one.group.code <= group.code]
    ensure_code_is_free(draft, criterion)
    check(criterion, before)
    criterion.position = len(before) + 1
    criterion.save(force_insert=True)
    moved = renumber([*before, criterion, *there[len(before) :]])
    links, _ = tie(criterion, legal_bases)
    record_many("checklist.change", [criterion, *moved, *links, draft], by=by)
    return criterion


@act
def change_criterion(
    criterion: Criterion,
    *,
    by: Person | None,
    revision: int | None = None,
    content: Mapping[str, Any],
    legal_bases: Sequence[LegalBasis] | None = None,
) -> Criterion:
    """Change what a criterion of a draft says; what is not given stays, as does its code: years are compared by it."""
    authorize(by, "checklist.write", at=criterion.checklist.place)
    draft = criterion.checklist
    claim(draft, revision)
    there = in_order(draft)
    for name in CONTENT:
        if name in content:
            setattr(criterion, name, content[name])
    check(criterion, [one for one in there if one.position < criterion.position])
    criterion.save()
    links, gone = tie(criterion, legal_bases) if legal_bases is not None else ([], [])
    _take_away(gone, by)
    record_many("checklist.change", [criterion, *links, draft], by=by)
    return criterion


@act
def move_criterion(criterion: Criterion, *, by: Person | None, revision: int | None = None, to: str) -> Criterion:
    """Move a criterion one place up or down within its group; what it waits for stays above it."""
    authorize(by, "checklist.write", at=criterion.checklist.place)
    draft = criterion.checklist
    claim(draft, revision)
    there = in_order(draft)
    at = next(place for place, one in enumerate(there) if one.pk == criterion.pk)
    other = at - 1 if to == UP else at + 1
    if to not in (UP, DOWN) or not 0 <= other < len(there) or there[other].group_id != criterion.group_id:
        raise RuleBroken(
            f"{criterion.code} đã ở đầu hoặc cuối nhóm, không chuyển được nữa.",
            en=f"{criterion.code} stands at the edge of its group already.",
        )
    there[at], there[other] = there[other], there[at]
    lower = max(at, other)
    rules.ensure_condition_in_order(there[lower - 1], there[: lower - 1])
    moved = renumber(there)
    record_many("checklist.change", [*moved, draft], by=by)
    return there[other]


@act
def remove_criterion(criterion: Criterion, *, by: Person | None, revision: int | None = None) -> None:
    """Take a criterion out of a draft, unless another one waits for it."""
    authorize(by, "checklist.write", at=criterion.checklist.place)
    draft = criterion.checklist
    claim(draft, revision)
    others = [one for one in in_order(draft) if one.pk != criterion.pk]
    rules.ensure_not_needed_by(criterion.code, others)
    _take_away([*links_of(criterion), criterion], by)
    moved = renumber(others)
    record_many("checklist.change", [*moved, draft], by=by)


def _take_away(rows: Sequence[Model], by: Person | None) -> None:
    record_many("checklist.change", rows, by=by, op="delete")
    for row in rows:
        row.delete()
