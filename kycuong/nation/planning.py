"""The plans of one year: most agencies that owe one issued it in the first weeks, a few hold a draft, a few have nothing."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from kycuong.inspections.rules import Source
from kycuong.plans.models import InspectionPlan, PlanStep
from kycuong.plans.rules import DUTIES, PlanState, StepKind

from .days import LAST, Days
from .roster import Roster
from .writing import Table, put, uid_of

ISSUED, DRAFTED = 0.93, 0.97
"""Chances: that the plan was issued; that there is at least a draft."""
WEEKS = (8, 75)
"""Days after the agency owes a plan within which it is issued."""


class Planning:
    """The rows of plans and of their first steps."""

    def __init__(self, year: int, days: Days) -> None:
        self.days = days
        self.plan, self.step = Table(InspectionPlan), Table(PlanStep)
        title = f"Kế hoạch kiểm tra kỷ luật, kỷ cương hành chính năm {year}"
        self.plan_base = self.plan.row_of(
            InspectionPlan(agency_id=0, year=year, title=title, source=Source.DEMONSTRATION)
        )
        self.step_base = self.step.row_of(PlanStep(plan_id=0, kind=StepKind.DRAFT))
        self.of_plan = self.plan.places(
            "uid", "agency_id", "number", "issued_on", "target_percent", "state", "created_at"
        )
        self.of_step = self.step.places("uid", "plan_id", "kind", "taken_at", "document_number", "document_on")

    @property
    def tables(self) -> list[Table]:
        return [self.plan, self.step]

    def write(self, roster: Roster, rng: Random) -> dict[int, tuple[int, date]]:
        """Agency → its issued plan and the day of issue."""
        plans: dict[int, tuple[int, date]] = {}
        for unit, since in roster.agencies(DUTIES):
            luck, day = rng.random(), self.days.since(since + timedelta(rng.randint(*WEEKS)))
            if luck > DRAFTED or day >= min(roster.end(unit), LAST):
                continue
            plan = self._plan(unit, day, rng, issued=luck < ISSUED)
            if luck < ISSUED:
                plans[unit] = (plan, day)
        return plans

    def _plan(self, unit: int, day: date, rng: Random, *, issued: bool) -> int:
        moment, issued_on = f"{day} 02:00:00", day.isoformat() if issued else None
        number = f"{rng.randint(3, 400)}/KH" if issued else ""
        state, kind = (PlanState.ISSUED, StepKind.ISSUE) if issued else (PlanState.DRAFT, StepKind.DRAFT)
        target = rng.choice((10, 20, 30))
        row = self.plan_base.copy()
        put(row, self.of_plan, (uid_of(day, rng), unit, number, issued_on, target, str(state), moment))
        plan = self.plan.add(row)
        row = self.step_base.copy()
        put(row, self.of_step, (uid_of(day, rng), plan, str(kind), moment, number, issued_on))
        self.step.add(row)
        return plan
