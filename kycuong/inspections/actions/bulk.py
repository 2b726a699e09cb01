"""The one way in for visits by the thousand, which sheets and the demonstration share: all rows are checked, then written."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db.models import Model

from kycuong.audit.log import act, record, record_many
from kycuong.core.checks import refresh
from kycuong.inspections.models import AnswerException, Finding, Inspection, Minutes, TeamMember, Visit
from kycuong.inspections.rules import VisitState, ensure_open, state_of
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person

from ._faults import checked_rows
from ._rows import Checked, VisitRow, inspection_of

AT_ONCE = 500
Progress = Callable[[int, int], None]


@act
def record_signed_visits(
    rows: Sequence[VisitRow], *, by: Person | None, source: str, progress: Progress | None = None
) -> list[Visit]:
    """Write signed visits, all or none, in the order of the rows. Every fault of every row is told at once."""
    for lead in {row.lead.pk: row.lead for row in rows}.values():
        authorize(by, "visit.import", at=lead)
    checked = checked_rows(rows, by, source)
    inspections = _write_inspections(checked, by, source)
    for start in range(0, len(checked), AT_ONCE):
        part = checked[start : start + AT_ONCE]
        record_many("visit.import", _write_visits(part, inspections), by=by, source=str(source))
        if progress:
            progress(start + len(part), len(checked))
    return [one.visit for one in checked]


def _write_inspections(checked: Sequence[Checked], by: Person | None, source: str) -> dict[str, Inspection]:
    groups: dict[str, list[Checked]] = {}
    for one in checked:
        groups.setdefault(one.row.inspection_key, []).append(one)
    joined = {key: group[0].row.within for key, group in groups.items() if group[0].row.within}
    inspections = {
        key: inspection_of(group, by=by, source=source) for key, group in groups.items() if key not in joined
    }
    Inspection.objects.bulk_create(inspections.values(), batch_size=AT_ONCE)
    link = Inspection.topics.through
    first = {key: groups[key][0].row for key in inspections}
    topics = link.objects.bulk_create(
        link(inspection_id=inspections[key].pk, topic_id=topic.pk) for key, row in first.items() for topic in row.topics
    )
    team = TeamMember.objects.bulk_create(
        TeamMember(inspection=inspections[key], person=seat.person, position=seat.position, role=seat.role)
        for key, row in first.items()
        for seat in row.team
    )
    record_many("visit.import", [*inspections.values(), *topics, *team], by=by, source=str(source))
    for inspection in joined.values():
        _join(inspection, by, source)
    return inspections | joined


def _join(inspection: Inspection, by: Person | None, source: str) -> None:
    """An inspection that is there already takes signed visits more: its state follows."""
    refresh(inspection)
    ensure_open(inspection)
    states = [*inspection.visits.values_list("state", flat=True), VisitState.SIGNED]
    inspection.state = state_of(inspection.state, states, sealed=inspection.sealed_at is not None)
    inspection.version += 1
    inspection.save(update_fields=["state", "version"])
    record("visit.import", inspection, by=by, source=str(source))


def _write_visits(part: Sequence[Checked], inspections: dict[str, Inspection]) -> list[Model]:
    for one in part:
        one.visit.inspection = inspections[one.row.inspection_key]
    visits = Visit.objects.bulk_create([one.visit for one in part])
    minutes, exceptions, findings = [], [], []
    for one in part:
        one.minutes.visit = one.visit
        minutes.append(one.minutes)
        for exception in one.exceptions:
            exception.visit = one.visit
        for finding in one.findings:
            finding.visit = one.visit
        exceptions += one.exceptions
        findings += one.findings
    return [
        *visits,
        *Minutes.objects.bulk_create(minutes),
        *AnswerException.objects.bulk_create(exceptions),
        *Finding.objects.bulk_create(findings),
    ]
