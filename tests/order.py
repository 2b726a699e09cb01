"""What always holds of an office, whoever pressed what: states, the log, figures, what is signed, heard, sealed and shared."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine, invariant

from kycuong.audit.models import AuditEntry, AuditHead
from kycuong.core.clock import now, today
from kycuong.draws.queries import records_of
from kycuong.inspections.models import Conclusion, Finding, Inspection, Minutes, Sealing, Visit
from kycuong.inspections.queries import minutes_digest, plan_of
from kycuong.inspections.rules import INSPECTION_TRANSITIONS, VISIT_TRANSITIONS, InspectionState, VisitState
from kycuong.inspections.rules.conclusions import CONCLUSION_TRANSITIONS, ConclusionState
from kycuong.plans.models import InspectionPlan
from kycuong.plans.rules import NOT_YET_ISSUED, PLAN_TRANSITIONS
from kycuong.reports.queries import figures_for
from kycuong.reports.rules.periods import Period
from tests.desk import YESTERDAY, Desk

EYES = ("aggregator", "leader", "team_member", "unit_head")
"""Whose eyes are asked about what is sealed: the widest sight, a member of the team, the unit's side."""
WRITERS = {"aggregator", "team_head", "coordinator", "outsider"}
"""Who signs minutes somewhere: nobody else ever does."""

Kept = dict[tuple[str, Any], str]
"""(model, key) → state."""

ARROWS: dict[str, Any] = {
    "InspectionPlan": PLAN_TRANSITIONS,
    "Inspection": INSPECTION_TRANSITIONS,
    "Visit": VISIT_TRANSITIONS,
    "Conclusion": CONCLUSION_TRANSITIONS,
}


class InOrder(RuleBasedStateMachine):
    """An office in order. Whoever inherits this moves it."""

    desk: Desk
    states: Kept

    @invariant()
    def states_move_along_the_arrows(self) -> None:
        now = states()
        for key, state in now.items():
            before = self.states.get(key, state)
            arrows = ARROWS[key[0]]
            assert before == state or state in reached(arrows, before), f"{key}: {before} → {state}"
        self.states = now

    @invariant()
    def the_log_goes_on(self) -> None:
        assert AuditHead.objects.get().size == AuditEntry.objects.count()

    @invariant()
    def figures_count_what_is_signed(self) -> None:
        """The same by hand: signed, not annulled, no self-check."""
        counted = {
            visit.unit_id
            for visit in Visit.objects.select_related("inspection")
            if visit.state == "signed" and visit.inspection.form != "self_check"
        }
        year = Period(YESTERDAY.replace(month=1, day=1) - timedelta(days=9), today())
        told = figures_for(self.desk.units["province"], year, names=["units_inspected"])
        assert told["units_inspected"] == len(counted)

    @invariant()
    def signed_minutes_say_what_was_signed(self) -> None:
        for minutes in Minutes.objects.select_related("visit__inspection", "visit__checklist"):
            assert minutes_digest(minutes.visit, minutes) == minutes.digest
            assert minutes.visit.state != VisitState.DRAFT
            assert minutes.visit.signed_by
            assert minutes.visit.signed_by.username in WRITERS

    @invariant()
    def nobody_is_concluded_upon_unheard(self) -> None:
        for one in Conclusion.objects.filter(state__in=[ConclusionState.APPROVED, ConclusionState.ISSUED]):
            assert one.approved_by_id != one.created_by_id
            silent = one.visit.findings.filter(reply=None)
            spoken = one.replied_at or not silent.exists()
            assert spoken or (one.reply_until and one.reply_until < today())
            assert not [found for found in one.visit.findings.all() if found.is_disputed], (
                "approved over an unread answer"
            )

    @invariant()
    def what_is_withdrawn_or_unread_counts_against_nobody(self) -> None:
        """The same by hand: withdrawn findings are nowhere; what is disputed, or still asked about, is not overdue."""
        rows = Finding.objects.filter(visit__state=VisitState.SIGNED).exclude(visit__inspection__form="self_check")
        standing = [one for one in rows.select_related("visit", "reply", "decision") if not one.is_withdrawn]
        late = {one.pk for one in standing if is_late(one)}
        assert (
            set(Finding.objects.overdue(today()).filter(pk__in=rows.values("pk")).values_list("pk", flat=True)) == late
        )
        period = Period(YESTERDAY.replace(month=1, day=1) - timedelta(days=9), today())
        told = figures_for(self.desk.units["province"], period, names=["findings", "findings_by_state"])
        # what is recommended about a finding, once issued, has terms of its own, which take the place of the finding's
        issued = {one.pk: list(one.recommendations.exclude(issued_on=None)) for one in standing}
        past = {one.pk for one in standing if any(each.due_on < today() for each in issued[one.pk])}
        late = {pk for pk in late if not issued[pk]} | past
        assert (told["findings"], told["findings_by_state"]["overdue"]) == (len(standing), len(late))
        commune = self.desk.units["commune"].pk
        weighed = records_of([commune], today())[commune].open_findings
        assert weighed == sum(one.unit_id == commune and not one.remedied_on for one in standing)

    @invariant()
    def a_plan_is_approved_by_another(self) -> None:
        for plan in InspectionPlan.objects.all():
            assert (plan.issued_on is None) == (plan.state in NOT_YET_ISSUED)
            takers = {step.kind: step.taken_by_id for step in plan.steps.order_by("pk")}
            assert "approve" not in takers or takers["approve"] != takers.get("submit")

    @invariant()
    def an_inspection_stands_where_its_visits_stand(self) -> None:
        for one in Inspection.objects.prefetch_related("visits__conclusion"):
            visits = [visit.state for visit in one.visits.all()]
            if one.state == InspectionState.CANCELLED:
                assert VisitState.SIGNED not in visits
            elif one.state in (InspectionState.MINUTES_SIGNED, InspectionState.REPORTED, InspectionState.CONCLUDED):
                assert VisitState.SIGNED in visits
                assert VisitState.DRAFT not in visits
            if one.state == InspectionState.CONCLUDED:
                signed = [visit for visit in one.visits.all() if visit.state == VisitState.SIGNED]
                assert {visit.conclusion.state for visit in signed} == {ConclusionState.ISSUED}

    @invariant()
    def what_is_sealed_is_known_to_its_list_alone(self) -> None:
        for sealing in Sealing.objects.select_related("inspection"):
            inspection = sealing.inspection
            plan, signed = plan_of(sealing), inspection.visits.exclude(state=VisitState.DRAFT).exists()
            begun = {one.visit for one in plan.targets if one.visit}
            assert {str(uid) for uid in inspection.visits.values_list("uid", flat=True)} <= begun
            told = {entry.person_id for entry in inspection.short_list.all()}
            if sealing.members_from and sealing.members_from <= now():
                told |= set(inspection.team.filter(person__isnull=False).values_list("person_id", flat=True))
            for person in (self.desk.people[who] for who in EYES):
                if person.pk not in told:
                    assert (
                        not Visit.objects.visible_to(person)
                        .filter(inspection=inspection, state=VisitState.DRAFT)
                        .exists()
                    )
                    assert signed or not Inspection.objects.visible_to(person).filter(pk=inspection.pk).exists()

    @invariant()
    def a_unit_reads_only_what_is_signed_or_shared(self) -> None:
        head = self.desk.people["unit_head"]
        assert not Visit.objects.visible_to(head).filter(state=VisitState.DRAFT).exists()
        assert not Conclusion.objects.visible_to(head).filter(state=ConclusionState.DRAFT).exists()
        assert not Visit.objects.visible_to(self.desk.people["nobody"]).exists()


def is_late(one: Finding) -> bool:
    conclusion = getattr(one.visit, "conclusion", None)
    asked = conclusion and conclusion.state == ConclusionState.SHARED and conclusion.reply_until >= today()
    due = one.due_on is not None and one.due_on < today() and not one.remedied_on
    return due and not one.is_disputed and not asked


def states() -> Kept:
    models = (InspectionPlan, Inspection, Visit, Conclusion)
    return {(model.__name__, key): state for model in models for key, state in model.objects.values_list("pk", "state")}


def reached(arrows: Any, state: str) -> set[str]:
    """One act may take two arrows: the last draft is removed, and what was signed is complete."""
    first = set(arrows[state])
    return first.union(*(arrows[one] for one in first)) if first else first
