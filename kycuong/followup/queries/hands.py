"""On which side of a recommendation a person stands: nobody decides on what is owed by those for whom he speaks too."""

from __future__ import annotations

from kycuong.followup.models import AccountabilityMeasure, Extension, Recommendation, RemedyReport
from kycuong.inspections.models import TeamMember, Visit
from kycuong.orgs.authority import can, hand_behind, persons_in
from kycuong.orgs.models import Person, Unit

REPORT, RECORD = "remedy.report", "measure.record"


def maker_of(made: RemedyReport | Extension, *, by: Person, verb: str) -> int | None:
    """Whose hand reported or asked: `by` where one of those as whom `by` would `verb` did."""
    maker = made.submitted_by_id if isinstance(made, RemedyReport) else made.asked_by_id
    return hand_behind(made, maker, by=by, verb=verb, at=made.recommendation.visit.inspection.lead)


def speaks_for_unit(about: Recommendation, *, by: Person, verb: str) -> bool:
    """Whether one of those as whom `by` would `verb` answers for the unit that owes."""
    lead = about.visit.inspection.lead
    return any(can(one, REPORT, at=about.unit) for one in persons_in(by, verb, at=lead))


def on_both_sides(about: Recommendation, waiting: list[RemedyReport | Extension], *, by: Person, verb: str) -> bool:
    """Whether what waits, or the recommendation itself, is for somebody else to decide."""
    return speaks_for_unit(about, by=by, verb=verb) or any(maker_of(one, by=by, verb=verb) == by.pk for one in waiting)


def proposed_by(measures: list[AccountabilityMeasure], *, by: Person, at: Unit) -> bool:
    """Whether one of those as whom `by` would record a decision at the authority proposed one of them."""
    return any(hand_behind(one, one.proposed_by_id, by=by, verb=RECORD, at=at) == by.pk for one in measures)


def sat_on_team(visit: Visit, *, by: Person, at: Unit) -> bool:
    """Whether one of those as whom `by` would record a decision at the authority inspected, now or before leaving the team."""
    selves = persons_in(by, RECORD, at=at)
    return any(TeamMember.objects.of(one).filter(inspection=visit.inspection_id).exists() for one in selves)


def is_for_another(measure: AccountabilityMeasure, *, by: Person) -> bool:
    """Whether the decision on a proposal is for somebody else to record."""
    at = measure.authority
    return proposed_by([measure], by=by, at=at) or sat_on_team(measure.visit, by=by, at=at)
