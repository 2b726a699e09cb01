"""A whole draft at once, as a spreadsheet gives it: all of it in order, or nothing written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from kycuong.audit.log import act, record_many
from kycuong.catalog.models import Checklist, Criterion, CriterionGroup, LegalBasis, province
from kycuong.core.checks import ensure_clean
from kycuong.core.ids import uuid7
from kycuong.features.authority import ensure_offered
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person, Unit

from ._steps import check, ensure_code_is_free, ensure_group_is_own, tie
from .drafts import OWN, name


@dataclass(frozen=True, slots=True)
class FilledCriterion:
    """One criterion: its code, the letters of its group, what it says, and the documents it rests on."""

    code: str
    group: str
    content: Mapping[str, Any]
    legal_bases: Sequence[LegalBasis] = ()


@dataclass(frozen=True, slots=True)
class Filling:
    """A version: groups by their letters, criteria in the order in which they are asked."""

    version: str
    title: str
    groups: Mapping[str, str] = field(default_factory=dict)
    criteria: Sequence[FilledCriterion] = ()


@act
def start_filled_draft(filling: Filling, *, by: Person | None, authority: Unit | None = None) -> Checklist:
    """Begin a draft that holds all of this."""
    authorize(by, "checklist.write", at=authority or province())
    if authority:
        ensure_offered(OWN, at=authority)
    draft = Checklist(uid=uuid7(), authority=authority)
    name(draft, filling.version, filling.title)
    draft.save(force_insert=True)
    groups = {code: _group(draft, code, title) for code, title in sorted(filling.groups.items())}
    criteria: list[Criterion] = []
    links: list[Model] = []
    for given in sorted(filling.criteria, key=lambda one: one.group):
        place = len(criteria) + 1
        one = Criterion(checklist=draft, group=groups[given.group], code=given.code, position=place, **given.content)
        ensure_code_is_free(draft, one)
        check(one, criteria)
        one.save(force_insert=True)
        links += tie(one, given.legal_bases)[0]
        criteria.append(one)
    record_many("checklist.draft", [draft, *groups.values(), *criteria, *links], by=by)
    return draft


def _group(draft: Checklist, code: str, title: str) -> CriterionGroup:
    group = CriterionGroup(checklist=draft, code=code, title=title.strip())
    ensure_group_is_own(group, draft)
    ensure_clean(group, exclude=["checklist"])
    group.save(force_insert=True)
    return group
