"""Steps that the acts on a draft share: taking its next revision, its rows in order, checking and writing a criterion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import F, Model

from kycuong.catalog import rules
from kycuong.catalog.models import Checklist, Criterion, CriterionGroup, LegalBasis
from kycuong.core.checks import ensure_clean
from kycuong.core.problems import BadInput, Stale
from kycuong.orgs.rules import INSPECTABLE


def claim(checklist: Checklist, revision: int | None) -> None:
    """Take the next revision of a draft for this act. One statement: of two who hold the same revision, one wins.

    Without a revision the act builds on whatever is there.
    """
    known = Checklist.objects.filter(pk=checklist.pk).values_list("revision", flat=True).first()
    if known is None:
        raise Stale("Dự thảo này vừa bị xóa.", en="This draft has just been deleted.")
    drafts = Checklist.objects.filter(pk=checklist.pk, published_on__isnull=True)
    taken = drafts.filter(revision=known if revision is None else revision).update(revision=F("revision") + 1)
    checklist.refresh_from_db()
    if not taken:
        rules.ensure_not_published(checklist.published_on is not None)
        raise Stale(
            "Dự thảo vừa được người khác sửa. Hãy tải lại trang, xem phần đã đổi rồi ghi lại.",
            en="Somebody else has just changed this draft. Reload the page, look at the change and write yours again.",
        )


def in_order(checklist: Checklist) -> list[Criterion]:
    """The criteria as the form asks them: group by group."""
    return sorted(checklist.criteria.select_related("group"), key=lambda one: (one.group.code, one.position, one.pk))


def renumber(criteria: Sequence[Criterion]) -> list[Criterion]:
    """Give each its place; returns those that moved."""
    moved = []
    for place, criterion in enumerate(criteria, start=1):
        if criterion.position != place:
            criterion.position = place
            moved.append(criterion)
    Criterion.objects.bulk_update(moved, ["position"])
    return moved


def check(criterion: Criterion, above: Sequence[Criterion]) -> None:
    """Everything that must hold of one criterion before it is written."""
    criterion.evidence, criterion.text = criterion.evidence.strip(), criterion.text.strip()
    rules.ensure_criterion_in_order(criterion, group_code=criterion.group.code)
    unknown = [kind for kind in criterion.for_kinds if kind not in INSPECTABLE]
    if unknown:
        raise BadInput(
            "Có loại đơn vị không kiểm tra được; hãy chọn trong danh sách.",
            en="One of these kinds of unit cannot be inspected; choose from the list.",
            errors=[{"field": "for_kinds", "vi": "loại đơn vị không có", "en": "unknown kind of unit"}],
        )
    rules.ensure_condition_in_order(criterion, above)
    ensure_clean(criterion, exclude=["checklist", "group"])


def ensure_code_is_free(checklist: Checklist, criterion: Criterion) -> None:
    if checklist.criteria.filter(code=criterion.code).exclude(pk=criterion.pk).exists():
        raise BadInput(
            f"Phiếu đã có tiêu chí {criterion.code}; hãy dùng số khác.",
            en=f"There is a criterion {criterion.code} already; use another number.",
            errors=[{"field": "code", "vi": f"đã có {criterion.code}", "en": "taken"}],
        )


def links_of(criterion: Criterion) -> list[Any]:
    """The rows that tie a criterion to its legal bases."""
    return list(Criterion.legal_bases.through.objects.filter(criterion_id=criterion.pk))


def tie(criterion: Criterion, bases: Sequence[LegalBasis]) -> tuple[list[Model], list[Model]]:
    """Rest a criterion on exactly these documents: (new rows, rows to be taken away)."""
    link = Criterion.legal_bases.through
    wanted, there = {basis.pk for basis in bases}, links_of(criterion)
    gone = [row for row in there if row.legalbasis_id not in wanted]
    missing = sorted(wanted - {row.legalbasis_id for row in there})
    new = [link.objects.create(criterion_id=criterion.pk, legalbasis_id=pk) for pk in missing]
    return list(new), gone


def ensure_group_is_own(group: CriterionGroup, checklist: Checklist) -> None:
    """Two authorities never use the same letters: their codes would be taken for one another."""
    rules.ensure_group_code(group.code, local=checklist.authority_id is not None)
    if checklist.authority_id is None:
        return
    others = CriterionGroup.objects.filter(code=group.code, checklist__authority__isnull=False)
    if others.exclude(checklist__authority_id=checklist.authority_id).exists():
        raise BadInput(
            f"Mã nhóm {group.code} đã được cơ quan khác dùng; hãy chọn chữ khác.",
            en=f"Another authority uses {group.code} already; choose other letters.",
            errors=[{"field": "code", "vi": f"Mã nhóm {group.code} đã có cơ quan dùng.", "en": "taken"}],
        )
