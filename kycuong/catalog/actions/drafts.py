"""Drafts of a checklist: begun from a published version or empty, renamed, deleted, and published once and for all."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import F, Model

from kycuong.audit.log import act, record, record_many
from kycuong.catalog import rules
from kycuong.catalog.models import Checklist, Criterion, CriterionGroup, province
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import today
from kycuong.core.ids import uuid7
from kycuong.core.problems import BadInput, RuleBroken, Stale
from kycuong.features.authority import ensure_offered
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person, Unit

from ._steps import claim, in_order, links_of

OWN = "own_checklists"


@act
def start_draft(
    *,
    by: Person | None,
    version: str,
    title: str,
    based_on: Checklist | None = None,
    authority: Unit | None = None,
    uid: UUID | None = None,
) -> Checklist:
    """Begin a new version, with everything of the one it is based on. Repeating the call with the same uid changes nothing."""
    authorize(by, "checklist.write", at=authority or province())
    if uid and (already := Checklist.objects.filter(uid=uid, authority=authority).first()):
        return already
    if authority:
        ensure_offered(OWN, at=authority)
    draft = Checklist(uid=uid or uuid7(), authority=authority, based_on=based_on)
    name(draft, version, title)
    _ensure_may_follow(draft)
    draft.save(force_insert=True)
    copied = _copy(based_on, draft) if based_on else []
    record_many("checklist.draft", [draft, *copied], by=by)
    return draft


@act
def change_draft(
    draft: Checklist, *, by: Person | None, revision: int | None = None, version: str, title: str, review_note: str = ""
) -> Checklist:
    """Rename a draft, and say what a practitioner must still look at."""
    authorize(by, "checklist.write", at=draft.place)
    claim(draft, revision)
    draft.review_note = review_note.strip()
    name(draft, version, title)
    draft.save()
    record("checklist.change", draft, by=by)
    return draft


@act
def publish_draft(
    draft: Checklist, *, by: Person | None, revision: int | None = None, valid_from: date | None = None
) -> Checklist:
    """Publish: from here on nothing in it changes. Visits from `valid_from` on use it; those already begun keep theirs."""
    authorize(by, "checklist.publish", at=draft.place)
    if draft.authority:
        ensure_offered(OWN, at=draft.authority)
    claim(draft, revision)
    begins = valid_from or today()
    faults = rules.faults_of_draft(list(draft.groups.all()), in_order(draft))
    rules.ensure_publishable(faults, valid_from=begins, today=today())
    mine = Checklist.objects.filter(pk=draft.pk, published_on__isnull=True, revision=draft.revision)
    if not mine.update(published_on=today(), valid_from=begins, revision=F("revision") + 1):
        raise Stale("Dự thảo này vừa được công bố.", en="This draft has just been published.")
    draft.refresh_from_db()
    record("checklist.publish", draft, by=by)
    return draft


@act
def delete_draft(draft: Checklist, *, by: Person | None, revision: int | None = None) -> None:
    """Take a draft away with all that stands in it. What was published stays."""
    authorize(by, "checklist.write", at=draft.place)
    claim(draft, revision)
    criteria = list(draft.criteria.all())
    rows: list[Model] = [*(link for one in criteria for link in links_of(one)), *criteria, *draft.groups.all(), draft]
    record_many("checklist.delete", rows, by=by, op="delete")
    for row in rows:
        row.delete()


def name(draft: Checklist, version: str, title: str) -> None:
    """Give a draft its version and title, in order and not yet taken."""
    draft.version, draft.title = version.strip(), title.strip()
    rules.ensure_version_name(draft.version)
    if Checklist.objects.filter(version=draft.version).exclude(pk=draft.pk).exists():
        raise BadInput(
            f"Đã có phiên bản {draft.version}; hãy đặt số khác.",
            en=f"There is a version {draft.version} already; choose another number.",
            errors=[{"field": "version", "vi": f"Đã có phiên bản {draft.version}; hãy đặt số khác.", "en": "taken"}],
        )
    ensure_clean(draft, exclude=["based_on", "authority"])


def _ensure_may_follow(draft: Checklist) -> None:
    """A version follows a published one of the same authority."""
    before = draft.based_on
    if before and (before.published_on is None or before.authority_id != draft.authority_id):
        raise RuleBroken(
            "Chỉ lập phiên bản mới từ một phiên bản đã công bố của chính cơ quan đó.",
            en="A new version is made from a published one of the same authority.",
        )


def _copy(old: Checklist, new: Checklist) -> list[Model]:
    groups = {group.pk: CriterionGroup(checklist=new, code=group.code, title=group.title) for group in old.groups.all()}
    CriterionGroup.objects.bulk_create(groups.values())
    criteria, links = [], []
    for one in old.criteria.prefetch_related("legal_bases"):
        values = {field.attname: getattr(one, field.attname) for field in one._meta.concrete_fields}
        for column in ("id", "checklist_id", "group_id"):
            del values[column]
        criteria.append((Criterion(checklist=new, group=groups[one.group_id], **values), list(one.legal_bases.all())))
    Criterion.objects.bulk_create(copy for copy, _ in criteria)
    through = Criterion.legal_bases.through
    for copy, bases in criteria:
        links += [through(criterion_id=copy.pk, legalbasis_id=basis.pk) for basis in bases]
    through.objects.bulk_create(links)
    return [*groups.values(), *(copy for copy, _ in criteria), *links]
