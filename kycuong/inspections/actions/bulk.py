"""The one way in for visits by the thousand, which sheets and the demonstration share: all rows are checked, then written."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models import Model

from kycuong.audit.log import record_many
from kycuong.core.problems import BadInput, NotAllowed
from kycuong.inspections.models import AnswerException, Finding, Inspection, Minutes, TeamMember, Visit
from kycuong.inspections.rules import Source
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person

from ._rows import Checked, RowChecker, VisitRow, inspection_of

AT_ONCE = 500
Progress = Callable[[int, int], None]


@transaction.atomic
def record_signed_visits(
    rows: Sequence[VisitRow], *, by: Person | None, source: str, progress: Progress | None = None
) -> list[Visit]:
    """Write signed visits, all or none, in the order of the rows. Every fault of every row is told at once."""
    for lead in {row.lead.pk: row.lead for row in rows}.values():
        authorize(by, "visit.import", at=lead)
    _ensure_answerable(by, source)
    checked = _check_all(rows, by, source)
    inspections = _write_inspections(checked, by, source)
    for start in range(0, len(checked), AT_ONCE):
        part = checked[start : start + AT_ONCE]
        record_many("visit.import", _write_visits(part, inspections), by=by, source=str(source))
        if progress:
            progress(start + len(part), len(checked))
    return [one.visit for one in checked]


def _ensure_answerable(by: Person | None, source: str) -> None:
    if by is None and source != Source.DEMONSTRATION:
        raise NotAllowed(
            "Chỉ dữ liệu minh họa mới được nạp khi không có người thực hiện.",
            en="Only demonstration data may be loaded without a person who answers for it.",
        )


def _check_all(rows: Sequence[VisitRow], by: Person | None, source: str) -> list[Checked]:
    checker = RowChecker(rows, by=by, source=source)
    checked, faults = [], []
    for place, row in enumerate(rows):
        try:
            checked.append(checker.check(place, row))
        except BadInput as problem:
            faults += problem.errors
    if faults:
        raise BadInput(
            f"Có {len(faults)} chỗ chưa đúng nên chưa ghi gì. Hãy sửa rồi nạp lại.",
            en=f"{len(faults)} things are wrong, so nothing was written. Correct them and load again.",
            errors=faults,
        )
    return checked


def _write_inspections(checked: Sequence[Checked], by: Person | None, source: str) -> dict[str, Inspection]:
    groups: dict[str, list[Checked]] = {}
    for one in checked:
        groups.setdefault(one.row.inspection_key, []).append(one)
    inspections = {key: inspection_of(group, by=by, source=source) for key, group in groups.items()}
    Inspection.objects.bulk_create(inspections.values(), batch_size=AT_ONCE)
    link = Inspection.topics.through
    first = {key: group[0].row for key, group in groups.items()}
    topics = link.objects.bulk_create(
        link(inspection_id=inspections[key].pk, topic_id=topic.pk) for key, row in first.items() for topic in row.topics
    )
    team = TeamMember.objects.bulk_create(
        TeamMember(inspection=inspections[key], person=seat.person, position=seat.position, role=seat.role)
        for key, row in first.items()
        for seat in row.team
    )
    record_many("visit.import", [*inspections.values(), *topics, *team], by=by, source=str(source))
    return inspections


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
