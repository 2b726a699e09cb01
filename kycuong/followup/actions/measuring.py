"""Holding units and people accountable: the side that inspected proposes, the managing authority decides or declines."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import F, Model

from kycuong.audit.log import act, record, record_many
from kycuong.core.checks import ensure_clean, refresh
from kycuong.core.clock import now, today
from kycuong.core.ids import uuid7
from kycuong.core.problems import Stale
from kycuong.core.sealing import keyring
from kycuong.followup.models import AccountabilityMeasure, MeasureKind, Recommendation
from kycuong.followup.queries.hands import proposed_by, sat_on_team
from kycuong.followup.queries.measures import (
    authorities_over,
    is_concluded,
    issued_advice,
    measured_name,
    place_of_measured_name,
    unsound_among,
)
from kycuong.followup.rules import accountability as rules
from kycuong.followup.rules import ensure_reason
from kycuong.followup.rules.accountability import MeasureState, Subject
from kycuong.inspections.models import Finding, Visit
from kycuong.inspections.rules import VisitState
from kycuong.inspections.rules.concerned import Category
from kycuong.orgs.authority import authorize, can
from kycuong.orgs.models import Person, Unit

from ._measured import tell_deciders, tell_head

PROPOSE, RECORD = "measure.propose", "measure.record"


@act
def propose_measure(
    visit: Visit,
    *,
    by: Person,
    subject: Subject,
    kind: MeasureKind,
    authority: Unit,
    grounds: str,
    findings: Collection[Finding] = (),
    recommendations: Collection[Recommendation] = (),
    is_complex: bool = False,
) -> AccountabilityMeasure:
    """The side that inspected proposes a measure to the managing authority, on the ground of what was concluded."""
    authorize(by, PROPOSE, at=visit.inspection.lead)
    ensure_reason(grounds, field="grounds")
    measure = _drawn_up(visit, subject, kind, authority, on=today())
    measure.grounds, measure.is_complex = grounds.strip(), is_complex
    measure.proposed_on, measure.proposed_by = today(), by
    _write(measure, findings, recommendations, "measure.propose", by=by)
    tell_deciders(measure)
    return measure


@act
def record_measure(
    visit: Visit,
    *,
    by: Person,
    subject: Subject,
    kind: MeasureKind,
    authority: Unit,
    number: str,
    decided_on: date | None,
    findings: Collection[Finding] = (),
    recommendations: Collection[Recommendation] = (),
    is_complex: bool = False,
) -> AccountabilityMeasure:
    """Record what the managing authority decided of its own accord."""
    authorize(by, RECORD, at=authority)
    _ensure_independent(list(AccountabilityMeasure.objects.filter(visit=visit)), visit, by, at=authority)
    rules.ensure_decision(number=number, decided_on=decided_on, visited_on=visit.visited_on, today=today())
    assert decided_on is not None, "ensured above"
    measure = _drawn_up(visit, subject, kind, authority, on=decided_on)
    measure.state, measure.number, measure.decided_on = MeasureState.DECIDED, number.strip(), decided_on
    measure.is_complex, measure.recorded_at, measure.recorded_by = is_complex, now(), by
    _write(measure, findings, recommendations, "measure.record", by=by)
    tell_head(measure)
    return measure


@act
def decide_measure(
    measure: AccountabilityMeasure,
    *,
    by: Person,
    number: str,
    decided_on: date | None,
    kind: MeasureKind | None = None,
    version: int | None = None,
) -> AccountabilityMeasure:
    """Record the decision on a proposal; `kind` when the authority decided on another measure than was proposed."""
    authorize(by, RECORD, at=measure.authority)
    _ensure_undecided(measure, by)
    visit, decided = measure.visit, kind or measure.kind
    rules.ensure_ground(signed=visit.state == VisitState.SIGNED, concluded=is_concluded(visit))
    rules.ensure_standing(unsound_among(measure.findings.values_list("pk", flat=True)))
    rules.ensure_decision(number=number, decided_on=decided_on, visited_on=visit.visited_on, today=today())
    assert decided_on is not None, "ensured above"
    rules.ensure_kind_fits(decided, _subject_of(measure), on=decided_on)
    values = {"number": number.strip(), "decided_on": decided_on, "kind": decided}
    _settle(measure, MeasureState.DECIDED, by=by, version=version, **values)
    tell_head(measure)
    return measure


@act
def decline_measure(
    measure: AccountabilityMeasure, *, by: Person, reason: str, version: int | None = None
) -> AccountabilityMeasure:
    """The authority takes no measure on a proposal, and says why."""
    authorize(by, RECORD, at=measure.authority)
    _ensure_undecided(measure, by)
    ensure_reason(reason)
    values = {"decline_reason": reason.strip(), "decided_on": today()}
    return _settle(measure, MeasureState.DECLINED, by=by, version=version, **values)


@act
def look_at_measured_name(measure: AccountabilityMeasure, *, by: Person) -> str:
    """Open the name of the person a measure is about. Every look is noted."""
    authorize(by, "name.see", at=_where_named(measure, by))
    refresh(measure)
    rules.ensure_seen(AccountabilityMeasure.objects.visible_to(by).filter(pk=measure.pk).exists())
    rules.ensure_named(measure.sealed_name)
    record("measure.look", measure, by=by, op="read")
    return measured_name(measure)


def _drawn_up(visit: Visit, subject: Subject, kind: MeasureKind, authority: Unit, *, on: date) -> AccountabilityMeasure:
    """A measure with what it says of whom, after the checks of visit, subject, kind and authority."""
    refresh(visit)
    rules.ensure_ground(signed=visit.state == VisitState.SIGNED, concluded=is_concluded(visit))
    rules.ensure_subject(subject, Category.values)
    rules.ensure_kind_fits(kind, subject, on=on)
    above = authorities_over(visit.unit, today())
    rules.ensure_manages(authority in above)
    rules.ensure_from_above(subject, itself=authority == above[0])
    measure = AccountabilityMeasure(uid=uuid7(), visit=visit, unit=visit.unit, kind=kind, authority=authority)
    measure.about, measure.category, measure.rank = subject.about, subject.category, subject.rank
    measure.position = subject.position.strip()
    if subject.name.strip():
        measure.sealed_name = keyring().seal(subject.name.strip(), about=place_of_measured_name(measure))
    return measure


def _write(
    measure: AccountabilityMeasure,
    findings: Collection[Finding],
    recommendations: Collection[Recommendation],
    verb: str,
    *,
    by: Person,
) -> None:
    """The row, then its grounds: findings and recommendations of the same visit that stand."""
    known = set(issued_advice(measure.visit))
    chosen = list(Finding.objects.filter(visit=measure.visit, pk__in=[one.pk for one in findings]))
    advice = [one for one in recommendations if one in known]
    rules.ensure_basis(len(chosen), len(advice))
    rules.ensure_standing(unsound_among([one.pk for one in chosen]))
    ensure_clean(measure, exclude=["findings", "recommendations"])
    measure.save(force_insert=True)
    found, asked = AccountabilityMeasure.findings.through, AccountabilityMeasure.recommendations.through
    links: list[Model] = [
        *found.objects.bulk_create(found(accountabilitymeasure_id=measure.pk, finding_id=one.pk) for one in chosen),
        *asked.objects.bulk_create(
            asked(accountabilitymeasure_id=measure.pk, recommendation_id=one.pk) for one in advice
        ),
    ]
    record_many(verb, [measure, *links], by=by)


def _ensure_undecided(measure: AccountabilityMeasure, by: Person) -> None:
    """The proposal as it is now, for somebody who neither inspected nor proposed."""
    refresh(measure)
    refresh(measure.visit)
    rules.ensure_proposed(measure.state)
    _ensure_independent([measure], measure.visit, by, at=measure.authority)


def _ensure_independent(proposed: Collection[AccountabilityMeasure], visit: Visit, by: Person, *, at: Unit) -> None:
    """Neither on the team nor behind a proposal: oneself, or anybody in whose stead one acts."""
    on_team = sat_on_team(visit, by=by, at=at)
    rules.ensure_independent(on_team=on_team, proposer=proposed_by(list(proposed), by=by, at=at))


def _where_named(measure: AccountabilityMeasure, by: Person) -> Unit:
    """At the authority that inspected, or at the unit itself."""
    lead = measure.visit.inspection.lead
    return lead if can(by, "name.see", at=lead) else measure.visit.unit


def _subject_of(measure: AccountabilityMeasure) -> Subject:
    return Subject(measure.about, measure.category, measure.rank, measure.position)


def _settle(
    measure: AccountabilityMeasure, state: MeasureState, *, by: Person, version: int | None, **values: Any
) -> AccountabilityMeasure:
    """One conditional statement, so that of two outcomes at once one wins; then the record."""
    read = measure.version if version is None else version
    values |= {"state": state, "recorded_at": now(), "recorded_by": by}
    for name, value in values.items():
        setattr(measure, name, value)
    ensure_clean(measure, exclude=["findings", "recommendations"])
    there = AccountabilityMeasure.objects.filter(pk=measure.pk, version=read, state=MeasureState.PROPOSED)
    if not there.update(version=F("version") + 1, **values):
        raise Stale(
            "Đề nghị này vừa được người khác cập nhật. Những gì bạn nhập còn nguyên: hãy xem bản mới rồi làm lại.",
            en="Somebody else has just changed this proposal. What you typed is kept: look at it, then try again.",
        )
    measure.refresh_from_db()
    record(f"measure.{'record' if state == MeasureState.DECIDED else 'decline'}", measure, by=by)
    return measure
