"""Adding visits to an inspection, choosing their form, removing drafts, annulling what was signed wrongly."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from kycuong.audit.log import act, record, record_many
from kycuong.catalog.models import Checklist
from kycuong.catalog.queries import checklist_for
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import now
from kycuong.core.problems import RuleBroken, Stale
from kycuong.inspections import authority, rules
from kycuong.inspections.models import ConcernedPerson, Inspection, Visit, VisitAddition
from kycuong.inspections.queries import form_of
from kycuong.inspections.rules import VisitState
from kycuong.inspections.rules.conflicts import ensure_free_of
from kycuong.inspections.rules.sealing import ensure_plain
from kycuong.orgs.authority import authorize, persons_in
from kycuong.orgs.models import Person, Unit

from ._drafts import add_local, drafted
from ._seals import put_back
from ._steps import claim, ensure_may_join, settle


@act
def add_visit(
    inspection: Inspection,
    *,
    by: Person,
    unit: Unit,
    visited_on: date,
    checklist: Checklist | None = None,
    checklist_form: str = "",
    uid: UUID | None = None,
) -> Visit:
    """Add a visit, as a draft. Repeating the call with the same uid returns the first one."""
    authorize(by, "visit.record", at=inspection.lead)
    if uid and (already := Visit.objects.filter(uid=uid, inspection=inspection, unit=unit).first()):
        return already
    ensure_may_join(inspection, by)
    inspection.refresh_from_db()
    rules.ensure_open(inspection)
    ensure_plain(inspection.sealed_at)
    visit = drafted(inspection, by, unit, visited_on, checklist_form, checklist)
    visit.uid = uid or visit.uid
    _ensure_new(visit)
    ensure_clean(visit, exclude=["inspection", "recorded_by"])
    visit.save(force_insert=True)
    record_many("visit.add", [visit, *add_local(visit)], by=by)
    settle(inspection, by=by)
    return visit


@act
def remove_draft_visit(visit: Visit, *, by: Person) -> None:
    """Take away a visit that was never signed, with what was written for it: by a role, and never against a conflict."""
    authorize(by, "visit.record", at=visit.inspection.lead)
    ensure_free_of(authority.conflict_of_any(persons_in(by, "visit.record", at=visit.inspection.lead), visit))
    claim(visit, None)
    for path in settings.VISITS_REMOVED:
        import_string(path)(visit, by=by)
    inspection = visit.inspection
    additions = VisitAddition.objects.filter(visit=visit)
    people = ConcernedPerson.objects.filter(finding__visit=visit)
    rows = [
        *people,
        *visit.findings.all(),
        *visit.exceptions.all(),
        *visit.files.all(),
        *visit.picks.all(),
        *additions,
        visit,
    ]
    record_many("visit.remove", rows, by=by, op="delete")
    for row in rows:
        row.delete()
    if sealing := put_back(visit):
        record("visit.remove", sealing, by=by)
    settle(inspection, by=by)


@act
def choose_checklist(visit: Visit, *, by: Person, version: int | None = None, checklist_form: str) -> Visit:
    """Change the form of the checklist, as long as no answer would be lost."""
    authority.authorize(by, "visit.record", at=visit)
    claim(visit, version)
    visit.checklist = (visit.checklist or checklist_for(visit.visited_on)) if checklist_form else None
    visit.checklist_form = checklist_form
    held = form_of(visit)
    lost = ", ".join(code for code in visit.answers if code not in held)
    if lost:
        raise RuleBroken(
            f"Phiếu mới không có các tiêu chí đã trả lời: {lost}. Hãy xóa những câu trả lời đó trước.",
            en=f"The other form lacks criteria that are answered already: {lost}. Clear those answers first.",
        )
    ensure_clean(visit)
    visit.save()
    record_many("visit.record", [visit, *add_local(visit)], by=by)
    return visit


@act
def annul_visit(visit: Visit, *, by: Person, reason: str) -> Visit:
    """Annul signed minutes that are wrong. They stay readable and stop counting."""
    authorize(by, "visit.annul", at=visit.inspection.lead)
    reason = reason.strip()
    rules.ensure_reason(reason)
    visit.refresh_from_db()
    rules.ensure_signed(visit)
    visit.state, visit.annulled_at, visit.annulled_by, visit.annul_reason = VisitState.ANNULLED, now(), by, reason
    visit.version += 1
    ensure_clean(visit, exclude=["recorded_by"])  # a sheet read at the machine was recorded by nobody
    values = {name: getattr(visit, name) for name in ("state", "annulled_at", "annulled_by", "annul_reason", "version")}
    if not Visit.objects.filter(pk=visit.pk, state=VisitState.SIGNED).update(**values):
        raise Stale("Lượt kiểm tra này vừa được hủy.", en="This visit has just been annulled.")
    record("visit.annul", visit, by=by, reason=reason)
    settle(visit.inspection, by=by)
    return visit


def _ensure_new(visit: Visit) -> None:
    same = Visit.objects.filter(inspection=visit.inspection, unit=visit.unit, visited_on=visit.visited_on)
    if same.exclude(state=VisitState.ANNULLED).exists():
        raise RuleBroken(
            f"Cuộc kiểm tra này đã có lượt tại {visit.unit} ngày {visit.visited_on:%d/%m/%Y}. Hãy mở lượt đó.",
            en=f"This inspection already has a visit to {visit.unit} on {visit.visited_on:%Y-%m-%d}. Open that one.",
        )
