"""Writing a visit before it is signed: answers, headcount, findings, and what the unit has to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from uuid import UUID

from django.db.models import Model

from kycuong.audit.log import act, record, record_many
from kycuong.catalog.models import Criterion
from kycuong.catalog.rules import Answer, AnswerType, Judged, Outcome, Severity, weigh_all
from kycuong.core.checks import ensure_clean, refresh
from kycuong.core.ids import uuid7
from kycuong.inspections import rules
from kycuong.inspections.authority import authorize
from kycuong.inspections.models import Finding, Visit
from kycuong.inspections.queries import asked_of, exceptions_at, form_of
from kycuong.inspections.queries.apart import findings_apart
from kycuong.inspections.rules import Headcount
from kycuong.orgs.models import Person

from ._steps import claim, criterion_at, drop_finding, rewrite_exceptions, settle

SHORT_OF_PASS = (Outcome.PARTIAL, Outcome.FAIL)


@act
def record_answers(
    visit: Visit,
    *,
    by: Person,
    version: int | None = None,
    answers: Mapping[str, Answer],
    headcount: Headcount | None = None,
    strengths: str | None = None,
    explanation: str | None = None,
) -> Visit:
    """Write all answers given so far; they replace those written before. What is short of a pass is described."""
    authorize(by, "visit.record", at=visit)
    claim(visit, version)
    if headcount is not None:
        _put_headcount(visit, headcount)
    if strengths is not None:
        visit.strengths = strengths.strip()
    if explanation is not None:
        visit.unit_explanation = explanation.strip()
    written = _judge_and_write(visit, answers, by)
    record_many("visit.record", [visit, *written], by=by)
    settle(visit.inspection, by=by, begun=True)
    return visit


@act
def record_headcount(visit: Visit, *, by: Person, version: int | None = None, headcount: Headcount) -> Visit:
    """Write the headcount sheet; the criterion on presence follows from it."""
    authorize(by, "visit.record", at=visit)
    claim(visit, version)
    _put_headcount(visit, headcount)
    written = _judge_and_write(visit, visit.answers, by)
    record_many("visit.record", [visit, *written], by=by)
    settle(visit.inspection, by=by, begun=True)
    return visit


@act
def record_explanation(visit: Visit, *, by: Person, version: int | None = None, text: str) -> Visit:
    """Write down what the inspected unit explains, in its own words."""
    authorize(by, "visit.record", at=visit)
    claim(visit, version)
    visit.unit_explanation = text.strip()
    ensure_clean(visit)
    visit.save()
    record("visit.record", visit, by=by)
    return visit


@act
def add_finding(
    visit: Visit,
    *,
    by: Person,
    description: str,
    criterion_code: str = "",
    severity: int | None = None,
    due_on: date | None = None,
    uid: UUID | None = None,
) -> Finding:
    """Write down a shortcoming. Repeating the call with the same uid returns the first one."""
    authorize(by, "visit.record", at=visit)
    if uid and (already := Finding.objects.filter(uid=uid, visit=visit).first()):
        return already
    claim(visit, None)
    criterion = criterion_at(visit, criterion_code)
    finding = described(visit, criterion, description, severity=severity, due_on=due_on)
    finding.uid = uid or finding.uid
    ensure_clean(finding)
    finding.save(force_insert=True)
    record_many("finding.add", [finding, visit], by=by)
    return finding


@act
def change_finding(finding: Finding, *, by: Person, description: str, severity: int, due_on: date | None) -> Finding:
    """Rewrite a shortcoming while the visit is a draft."""
    authorize(by, "visit.record", at=finding.visit)
    refresh(finding)
    claim(finding.visit, None)
    finding.description, finding.severity, finding.due_on = description.strip(), severity, due_on
    rules.ensure_due_after_visit(due_on, visited_on=finding.visit.visited_on)
    ensure_clean(finding)
    finding.save()
    record_many("finding.change", [finding, finding.visit], by=by)
    return finding


@act
def remove_finding(finding: Finding, *, by: Person) -> None:
    """Take a shortcoming away while the visit is a draft, unless an answer rests on it."""
    authorize(by, "visit.record", at=finding.visit)
    refresh(finding)
    visit = finding.visit
    claim(visit, None)
    code = finding.criterion_code
    others = visit.findings.filter(criterion_code=code).exclude(pk=finding.pk).exists()
    if code and not others and _is_short_of_pass(visit.answers.get(code)):
        rules.ensure_described([code])
    drop_finding(finding, by=by)
    record("finding.remove", visit, by=by)


def described(
    visit: Visit, criterion: Criterion | None, text: str, *, severity: int | None = None, due_on: date | None = None
) -> Finding:
    """A shortcoming with the severity of its criterion and the usual term, unless others are given."""
    grave = severity or (criterion.severity if criterion else Severity.MINOR)
    rules.ensure_due_after_visit(due_on, visited_on=visit.visited_on)
    return Finding(
        uid=uuid7(),
        visit=visit,
        unit_id=visit.unit_id,
        criterion_code=criterion.code if criterion else "",
        group_code=criterion.group.code if criterion else "",
        description=text.strip(),
        severity=grave,
        due_on=due_on or rules.remedy_due(grave, visited_on=visit.visited_on),
    )


def _put_headcount(visit: Visit, headcount: Headcount) -> None:
    rules.ensure_headcount(headcount)
    for name, value in asdict(headcount).items():
        setattr(visit, name, value)


def _judge_and_write(visit: Visit, answers: Mapping[str, Answer], by: Person) -> list[Model]:
    form = form_of(visit)
    criteria = asked_of(form, visit)
    people = rules.headcount_of(visit)
    judged = weigh_all(criteria, answers, headcount=people.outcome)
    for code, criterion in criteria.items():
        if criterion.answer_type == AnswerType.HEADCOUNT and code in judged.short_of_pass:
            judged.findings.setdefault(code, rules.absence_described(people))
    before, visit.answers = visit.answers, judged.stored
    ensure_clean(visit)
    visit.save()
    findings = _rewrite_findings(visit, criteria, judged, before, by)
    return [*rewrite_exceptions(visit, exceptions_at(visit, form), by=by), *findings]


def _rewrite_findings(
    visit: Visit, criteria: Mapping[str, Criterion], judged: Judged, before: Mapping[str, Answer], by: Person
) -> list[Model]:
    """Findings follow the answers: described anew, or gone when the answer has become a pass. Returns the written rows."""
    written: list[Model] = []
    old: dict[str, Finding] = {}
    apart, said = findings_apart(visit), set(judged.findings)
    for finding in visit.findings.exclude(criterion_code="").order_by("-pk"):
        code = finding.criterion_code
        if finding.uid in apart:
            said.add(code)
        elif code not in judged.short_of_pass and _is_short_of_pass(before.get(code)):
            drop_finding(finding, by=by)
        else:
            old[code] = finding
    rules.ensure_described(code for code in judged.short_of_pass if code not in old and code not in said)
    for code, text in judged.findings.items():
        finding = old.get(code) or described(visit, criteria[code], text)
        if finding.pk is None or finding.description != text:
            finding.description = text
            ensure_clean(finding)
            finding.save()
            written.append(finding)
    return written


def _is_short_of_pass(answer: Answer | None) -> bool:
    return bool(answer) and (answer or {}).get("outcome") in SHORT_OF_PASS
