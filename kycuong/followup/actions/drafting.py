"""Recommendations are drafted with the conclusion, and issued by its issue."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Model

from kycuong.audit.log import act, record_many
from kycuong.catalog.models import LegalBasis
from kycuong.core.checks import ensure_clean, refresh
from kycuong.core.clock import today
from kycuong.followup import rules
from kycuong.followup.models import FollowupRule, Recommendation
from kycuong.followup.queries.drafting import offered_for, unanswered_findings
from kycuong.followup.queries.passing import carrier_of, stands
from kycuong.followup.rules import RecommendationState, TermKind
from kycuong.inspections import rules as inspecting
from kycuong.inspections.models import Conclusion, Finding, Visit
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person, Unit

from ._steps import computed_term, findings_at, move
from ._telling import tell_unit


@act
def draft_recommendation(
    visit: Visit,
    *,
    by: Person,
    text: str,
    days: int | None = None,
    findings: Collection[Finding] = (),
    unit: Unit | None = None,
    expected_proof: str = "",
    legal_basis: LegalBasis | None = None,
) -> Recommendation:
    """Write a recommendation into the draft conclusion of a signed visit. Without `days`: the usual working days for the
    gravest finding that it answers. Without `unit`: to the unit that was visited."""
    authorize(by, "conclusion.draft", at=visit.inspection.lead)
    _ensure_drafting(visit)
    written: dict[str, Any] = {
        "text": text,
        "days": days,
        "unit": unit,
        "expected_proof": expected_proof,
        "legal_basis": legal_basis,
    }
    return _write(Recommendation(visit=visit, created_by=by), findings, by=by, verb="draft", **written)


@act
def recommend_for_findings(visit: Visit, *, by: Person) -> list[Recommendation]:
    """A draft for each finding that none answers yet, in the standard wording of its criterion where there is one."""
    authorize(by, "conclusion.draft", at=visit.inspection.lead)
    _ensure_drafting(visit)
    made = []
    for finding in unanswered_findings(visit):
        offered = offered_for(finding)
        made.append(_write(Recommendation(visit=visit, created_by=by), [finding], by=by, verb="draft", **offered))
    return made


@act
def change_recommendation(
    recommendation: Recommendation,
    *,
    by: Person,
    version: int,
    text: str,
    days: int | None,
    findings: Collection[Finding] = (),
    unit: Unit | None = None,
    expected_proof: str = "",
    legal_basis: LegalBasis | None = None,
) -> Recommendation:
    """Rewrite a draft that nobody else has rewritten since `version` was read."""
    authorize(by, "conclusion.draft", at=recommendation.visit.inspection.lead)
    refresh(recommendation)
    _ensure_drafting(recommendation.visit)
    rules.ensure_in(recommendation, [RecommendationState.DRAFT])
    written: dict[str, Any] = {
        "text": text,
        "days": days,
        "unit": unit,
        "expected_proof": expected_proof,
        "legal_basis": legal_basis,
    }
    return _write(recommendation, findings, by=by, verb="change", version=version, **written)


@act
def remove_recommendation(recommendation: Recommendation, *, by: Person) -> None:
    """Take a draft away; the log keeps what it said."""
    authorize(by, "conclusion.draft", at=recommendation.visit.inspection.lead)
    refresh(recommendation)
    _ensure_drafting(recommendation.visit)
    rules.ensure_in(recommendation, [RecommendationState.DRAFT])
    _remove([recommendation], by=by)


@act
def issue_recommendations(conclusion: Conclusion, *, by: Person | None) -> list[Recommendation]:
    """With the issue of a conclusion its recommendations are issued and their terms begin. What only answers findings that
    were withdrawn or are remedied is taken away: a unit that was cleared is asked for nothing."""
    authorize(by, "conclusion.issue", at=conclusion.visit.inspection.lead)
    drafts = list(Recommendation.objects.filter(visit=conclusion.visit, state=RecommendationState.DRAFT))
    owed = {one.pk for one in drafts if one.findings.standing().filter(remedied_on=None).exists()}
    cleared = [one for one in drafts if one.findings.exists() and one.pk not in owed]
    _remove(cleared, by=by)
    assert conclusion.issued_on is not None, "called when it is issued"
    day = conclusion.issued_on
    for one in drafts:
        if one not in cleared:
            unit = carrier_of(one.unit, today())  # it may have ended since the draft
            # A paper of an earlier day reaches the unit when it is recorded here: from then on its time runs.
            term = computed_term(one, TermKind.ISSUED, start=today(), days=one.days, today=today(), by=by)
            issued: dict[str, Any] = {"issued_on": day, "issued_to": unit, "unit": unit, "due_on": term.due_on}
            move(one, RecommendationState.ISSUED, "recommendation.issue", by=by, beside=[term], **issued)
            tell_unit(one, "issued", f"Kiến nghị mới, hạn {one.due_on:%d/%m/%Y}")
    return [one for one in drafts if one not in cleared]


def _ensure_drafting(visit: Visit) -> None:
    refresh(visit)
    inspecting.ensure_signed(visit)
    rules.ensure_drafting(Conclusion.objects.filter(visit=visit).first())


def _write(
    recommendation: Recommendation,
    findings: Collection[Finding],
    *,
    by: Person,
    verb: str,
    version: int | None = None,
    **given: Any,
) -> Recommendation:
    answered = findings_at(recommendation.visit, findings)
    values = _values(recommendation.visit, answered, given)
    if not recommendation._state.adding:
        links, draft = _answer(recommendation, answered, by), RecommendationState.DRAFT
        return move(recommendation, draft, f"recommendation.{verb}", by=by, version=version, beside=links, **values)
    for name, value in values.items():
        setattr(recommendation, name, value)
    ensure_clean(recommendation, exclude=["findings"])
    recommendation.save(force_insert=True)
    record_many(f"recommendation.{verb}", [recommendation, *_answer(recommendation, answered, by)], by=by)
    return recommendation


def _values(visit: Visit, answered: Sequence[Finding], given: dict[str, Any]) -> dict[str, Any]:
    """What the columns will hold, after the checks of what was given."""
    rules.ensure_text(given["text"])
    rules.ensure_answers_something(len(answered), any_there=visit.findings.standing().exists())
    usual = FollowupRule.on(today()).days_for(max((one.severity_now for one in answered), default=1))
    days = usual if given["days"] is None else given["days"]
    rules.ensure_days(days)
    unit = given.get("unit") or carrier_of(visit.unit, today())
    inspecting.ensure_existed(str(unit), stands(unit, today()), on=today())
    return {
        "text": given["text"].strip(),
        "days": days,
        "unit": unit,
        "expected_proof": given["expected_proof"].strip(),
        "legal_basis": given["legal_basis"],
    }


def _answer(recommendation: Recommendation, findings: Sequence[Finding], by: Person) -> list[Model]:
    """Make the links say which findings are answered. Returns those that are new."""
    link = Recommendation.findings.through
    there = {one.finding_id: one for one in link.objects.filter(recommendation_id=recommendation.pk)}
    wanted = {one.pk for one in findings}
    gone = [one for pk, one in there.items() if pk not in wanted]
    record_many("recommendation.answer", gone, by=by, op="delete")
    link.objects.filter(pk__in=[one.pk for one in gone]).delete()
    new = [link(recommendation_id=recommendation.pk, finding_id=pk) for pk in sorted(wanted - there.keys())]
    return list(link.objects.bulk_create(new))


def _remove(drafts: Sequence[Recommendation], *, by: Person | None) -> None:
    link = Recommendation.findings.through
    for draft in drafts:
        rows: list[Model] = [*link.objects.filter(recommendation_id=draft.pk), draft]
        record_many("recommendation.remove", rows, by=by, op="delete")
        for row in rows:
            row.delete()
