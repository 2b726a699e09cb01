"""Turn sketches into rows of the one bulk path that the spreadsheet import uses too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from random import Random
from typing import Any

from kycuong.catalog.models import Checklist, Criterion, Topic
from kycuong.catalog.rules import ChecklistForm, Outcome, headcount_outcome, ratio_outcome
from kycuong.inspections.actions import FindingRow, Headcount, VisitRow, record_signed_visits
from kycuong.inspections.models import Visit
from kycuong.inspections.rules import Source
from kycuong.orgs.models import Unit
from kycuong.plans.actions import PlanRow, record_issued_plans
from kycuong.plans.models import InspectionPlan

from .scenario import answers as invent
from .scenario.sketch import PlanSketch, VisitSketch, dice

WITH_PROCEDURES = ("commune_pc", "district_pc", "provincial_department")
Progress = Callable[[int, int], None]


def load_plans(sketches: Iterable[PlanSketch], units: Mapping[str, Unit], *, until: date) -> list[InspectionPlan]:
    """Plans issued by the day of loading; a later issue is still a draft on that day."""
    rows = []
    for sketch in sketches:
        if sketch.year > until.year:
            continue
        issued = sketch.issued_on if sketch.issued_on and sketch.issued_on <= until else None
        first, last = sketch.window or (None, None)
        rows.append(
            PlanRow(
                agency=units[sketch.agency],
                year=sketch.year,
                number=sketch.number if issued else "",
                issued_on=issued,
                title=f"Kế hoạch kiểm tra kỷ luật, kỷ cương hành chính năm {sketch.year}",
                window_from=first,
                window_to=last,
                target_units=sketch.target_units,
                target_percent=sketch.target_percent,
            )
        )
    return record_issued_plans(rows, by=None, source=Source.DEMONSTRATION)


def load_visits(
    sketches: Sequence[VisitSketch],
    units: Mapping[str, Unit],
    kinds: Mapping[str, str],
    *,
    until: date,
    progress: Progress,
) -> list[Visit]:
    """Signed visits up to the day of loading. `kinds` says which units receive procedures."""
    plans = {(plan.agency_id, plan.year): plan for plan in InspectionPlan.objects.exclude(issued_on=None)}
    maker = RowMaker(units, kinds, plans, until)
    rows = [maker.row(number, sketch) for number, sketch in enumerate(sketches, 1) if sketch.on <= until]
    return record_signed_visits(rows, by=None, source=Source.DEMONSTRATION, progress=progress)


class RowMaker:
    """Holds what every row needs: units, the checklist's criteria, topics and plans, each read once."""

    def __init__(
        self,
        units: Mapping[str, Unit],
        kinds: Mapping[str, str],
        plans: Mapping[tuple[int, int], InspectionPlan],
        until: date,
    ) -> None:
        self.units, self.kinds, self.plans, self.until = units, kinds, plans, until
        self.checklist = Checklist.objects.get(version="1.0")
        self.criteria = list(Criterion.objects.filter(checklist=self.checklist))
        self.topics = {topic.code: topic for topic in Topic.objects.all()}

    def row(self, number: int, sketch: VisitSketch) -> VisitRow:
        rng = dice("answers", sketch.inspection, sketch.unit)
        short = sketch.form in ("surprise", "recheck", "remote", "cross_check")
        criteria = [criterion for criterion in self.criteria if criterion.in_short_form or not short]
        people = invent.headcount(rng, sketch.quality)
        procedures = self.kinds[sketch.unit] in WITH_PROCEDURES
        given = invent.answers(criteria, people, rng, quality=sketch.quality, procedures=procedures)
        plan = self.plans.get((self.units[sketch.lead].pk, sketch.on.year))
        return VisitRow(
            inspection_key=sketch.inspection,
            lead=self.units[sketch.lead],
            unit=self.units[sketch.unit],
            visited_on=sketch.on,
            form=sketch.form,
            topics=tuple(self.topics[code] for code in sketch.topics),
            plan=plan if plan and plan.issued_on and plan.issued_on <= sketch.on else None,
            minutes_number=f"{number}/BB-{sketch.on:%Y}",
            unit_signatory="Thủ trưởng đơn vị",
            checklist=self.checklist,
            checklist_form=ChecklistForm.SHORT if short else ChecklistForm.FULL,
            answers=given,
            headcount=Headcount(
                people.quota, people.present, people.absent_excused, people.absent_unexcused, people.late
            ),
            findings=tuple(self._findings(criteria, given, people, sketch, rng)),
            row=str(number),
        )

    def _findings(
        self,
        criteria: Iterable[Criterion],
        given: Mapping[str, Mapping[str, Any]],
        people: invent.HeadcountSketch,
        sketch: VisitSketch,
        rng: Random,
    ) -> Iterable[FindingRow]:
        for criterion in criteria:
            if _outcome(criterion, given.get(criterion.code), people) in (Outcome.PARTIAL, Outcome.FAIL):
                found = invent.finding(criterion, sketch.on, rng, until=self.until)
                yield FindingRow(
                    found.criterion_code, found.description, found.severity, found.due_on, found.remedied_on
                )


def _outcome(criterion: Criterion, answer: Mapping[str, Any] | None, people: invent.HeadcountSketch) -> str:
    """What the answer comes to, by the same rules as at the desk."""
    if criterion.answer_type == "headcount":
        return headcount_outcome(absent_unexcused=people.absent_unexcused, late=people.late)
    if answer is None:
        return Outcome.NOT_ASKED
    if "part" in answer:
        return ratio_outcome(
            answer["part"], answer["whole"], pass_from=criterion.pass_from, partial_from=criterion.partial_from
        )
    if "count" in answer:
        return Outcome.FAIL if answer["count"] else Outcome.PASS
    return str(answer.get("outcome", Outcome.PASS))
