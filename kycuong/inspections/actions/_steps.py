"""Steps that several acts share: taking the next version of a draft, moving the inspection's state, rewriting exceptions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.db.models import F, Model
from django.utils.module_loading import import_string

from kycuong.audit.log import record, record_many
from kycuong.catalog.models import Criterion
from kycuong.catalog.rules import Outcome
from kycuong.core.checks import refresh
from kycuong.core.problems import RuleBroken, Stale
from kycuong.inspections import rules
from kycuong.inspections.models import AnswerException, Finding, Inspection, TeamReport, Visit
from kycuong.inspections.queries import criteria_at, lives_of
from kycuong.inspections.queries.sealing import is_known
from kycuong.inspections.rules import InspectionState, VisitState
from kycuong.inspections.rules.conclusions import ConclusionState
from kycuong.orgs.authority import can, units_where
from kycuong.orgs.models import Person, Unit


def claim(visit: Visit, version: int | None) -> None:
    """Take the next version of a draft for this act. One statement: of two who hold the same version, one wins.

    Without a version the act builds on whatever is there.
    """
    _ensure_not_held(visit)
    drafts = Visit.objects.filter(pk=visit.pk, state=VisitState.DRAFT)
    if version is not None:
        drafts = drafts.filter(version=version)
    taken = drafts.update(version=F("version") + 1)
    refresh(visit)
    rules.ensure_draft(visit)
    if not taken:
        raise Stale(
            "Lượt kiểm tra này vừa được người khác ghi. Những gì bạn nhập còn nguyên: hãy xem bản mới rồi lưu lại.",
            en="Somebody else has just written to this visit. What you typed is kept: look at the new text, then save again.",
        )
    rules.ensure_open(visit.inspection)


def drop_finding(finding: Finding, *, by: Person | None) -> None:
    """Take a finding away with the people whom it concerns."""
    rows = [*finding.people.all(), finding]
    record_many("finding.remove", rows, by=by, op="delete")
    for row in rows:
        row.delete()


def ensure_open_draft(visit: Visit) -> None:
    """Something may be put beside a draft without taking its version; acts take turns, so nobody signs meanwhile."""
    refresh(visit)
    _ensure_not_held(visit)
    rules.ensure_draft(visit)
    rules.ensure_open(visit.inspection)


def _ensure_not_held(visit: Visit) -> None:
    for path in settings.VISITS_HELD:
        import_string(path)(visit)


def criterion_at(visit: Visit, code: str) -> Criterion | None:
    """The criterion that something at the visit is about; None when it is about none."""
    criterion = criteria_at(visit).get(code)
    if code and criterion is None:
        raise RuleBroken(
            f"Phiếu không có tiêu chí {code[:20]}. Hãy chọn tiêu chí khác hoặc để trống.",
            en=f"The form has no criterion {code[:20]}. Choose another one, or none.",
        )
    return criterion


def settle(inspection: Inspection, *, by: Person | None, begun: bool = False) -> None:
    """Move the inspection to the state that its visits give it."""
    held = Inspection.objects.select_for_update().only("state")  # so that two signers do not each see the other's draft
    current = inspection.state = held.get(pk=inspection.pk).state
    if begun and current == InspectionState.SCHEDULED:
        current = InspectionState.IN_PROGRESS
    visits = list(inspection.visits.values_list("state", flat=True))
    signed = inspection.visits.filter(state=VisitState.SIGNED)
    state = rules.state_of(
        current,
        visits,
        sealed=inspection.sealed_at is not None,
        reported=TeamReport.objects.filter(inspection=inspection).exists(),
        concluded=not signed.exclude(conclusion__state=ConclusionState.ISSUED).exists(),
    )
    if state != inspection.state:
        inspection.state = state
        inspection.save(update_fields=["state"])
        record("inspection.move", inspection, by=by)


def ensure_may_join(inspection: Inspection, by: Person | None) -> None:
    """A sealed inspection is written by its short list alone, and by its team once that has been told."""
    if inspection.sealed_at is not None:
        rules.ensure_on_short_list(by is not None and is_known(inspection, by))


def seen_from(by: Person, lead: Unit) -> Unit:
    """Where the person sees inspections: at the lead; or, on loan from another office, in that one. The short list decides
    the rest."""
    if can(by, "inspection.see", at=lead):
        return lead
    return Unit.objects.filter(pk__in=units_where(by, "inspection.see")).first() or lead


def name_on(unit: Unit, day: date) -> tuple[str, str]:
    """Name and kind of a unit on a day on which it must exist."""
    life = lives_of([unit.pk])[unit.pk]
    known = life.on(day)
    rules.ensure_existed(life.last_name or unit.slug, known is not None, on=day)
    assert known is not None
    return known


def full_name_on(unit: Unit, day: date) -> str:
    """The name with the parent's, of a unit that must exist on the day."""
    name_on(unit, day)
    return lives_of([unit.pk])[unit.pk].full_name_on(day)


def rewrite_exceptions(
    visit: Visit, exceptions: Mapping[str, tuple[Outcome, str]], *, by: Person | None
) -> list[Model]:
    """Make the rows of exceptions say what the answers say; only what differs is written. Returns the written rows."""
    written: list[Model] = []
    old = {row.criterion_code: row for row in visit.exceptions.all()}
    for code in old.keys() - exceptions.keys():
        record("visit.record", old[code], by=by, op="delete")
        old[code].delete()
    for code, (outcome, note) in exceptions.items():
        row = old.get(code) or AnswerException(visit=visit, unit_id=visit.unit_id, criterion_code=code)
        if (row.outcome, row.note) != (outcome, note):
            row.outcome, row.note = outcome, note
            row.save()
            written.append(row)
    return written
