"""What proves the index of administrative reform of a unit and a year: its sheet, what each number counts, its documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from kycuong.core.moment import one_moment
from kycuong.followup.models import RemedyReport
from kycuong.inspections.models import Conclusion
from kycuong.orgs.authority import Someone
from kycuong.orgs.models import Closure, Unit
from kycuong.orgs.queries import full_names
from kycuong.plans.models import InspectionPlan
from kycuong.reports.queries import ParSheet, list_for, par_for
from kycuong.reports.queries.figures import Rows
from kycuong.reports.queries.reading import closed_to
from kycuong.rounds.models import SignedReport

PLAN, CONCLUSION, REMEDY = "plan", "conclusion", "remedy"


@dataclass(frozen=True, slots=True)
class Proof:
    """A document that can be written: which kind of paper of which record."""

    paper: str
    uid: UUID
    slug: str
    unit: str
    number: str
    issued_on: date


@dataclass(frozen=True)
class Evidence:
    """The sheet of the year; behind each figure its list; every visit that counts; documents and signed reports."""

    sheet: ParSheet
    lists: dict[str, Rows]
    visits: Rows
    proofs: list[Proof]
    signed: list[SignedReport]


def evidence_for(scope: Unit, year: int, person: Someone, *, today: date) -> Evidence:
    """As far as the person may see its documents. The caller has authorised `figures.see` at the scope."""
    with one_moment():  # the numbers and the lists behind them are of one moment
        return _found(scope, year, person, today)


def _found(scope: Unit, year: int, person: Someone, today: date) -> Evidence:
    sheet = par_for(scope, year, today=today)
    figures = [one.criterion.figure for one in sheet.scored]
    lists = {figure: _closed(person, list_for(figure, scope, sheet.period)) for figure in figures}
    visits = _closed(person, list_for("visits", scope, sheet.period))
    signed = SignedReport.objects.visible_to(person).filter(authority=scope, round__last__year=year)
    signed = signed.filter(round__last__lte=sheet.period.last).select_related("round", "authority").order_by("pk")
    proofs = sorted(_proofs(sheet, _uids(visits), person), key=lambda one: (one.paper, one.issued_on, str(one.uid)))
    return Evidence(sheet, lists, visits, proofs, list(signed))


def _closed(person: Someone, rows: Rows) -> Rows:
    """Without the words of what the person may not open, as on every list."""
    return replace(rows, rows=[tuple(row.values()) for row in closed_to(person, rows.dicts())])


def _proofs(sheet: ParSheet, visits: list[Any], person: Someone) -> Iterator[Proof]:
    """Plans of the year, conclusions on visits that count, answers to recommendations of the year; by unit."""
    day = sheet.period.last
    below = Closure.objects.filter(ancestor=sheet.scope, valid_from__lte=day, valid_to__gt=day).values("descendant")
    plans = InspectionPlan.objects.visible_to(person).filter(agency__in=below, year=sheet.year).issued(by_day=day)
    found: list[tuple[str, UUID, Unit, str, date | None]] = [
        (PLAN, one.uid, one.agency, one.number, one.issued_on) for one in plans.select_related("agency")
    ]
    concluded = Conclusion.objects.visible_to(person).filter(visit__uid__in=visits, issued_on__lte=day)
    for one in concluded.select_related("visit__unit"):
        found.append((CONCLUSION, one.uid, one.visit.unit, one.number, one.issued_on))
    advised = _uids(list_for("recommendations", sheet.scope, sheet.period), "recommendation")
    remedied = RemedyReport.objects.visible_to(person).filter(recommendation__uid__in=advised, submitted_on__lte=day)
    for told in remedied.select_related("recommendation__visit__unit"):
        found.append((REMEDY, told.uid, told.recommendation.visit.unit, told.number, told.submitted_on))
    names = full_names({unit.pk for _paper, _uid, unit, _number, _day in found}, day)
    for paper, uid, unit, number, issued_on in found:
        if issued_on is not None:
            yield Proof(paper, uid, unit.slug, names[unit.pk], number, issued_on)


def _uids(rows: Rows, name: str = "visit") -> list[Any]:
    return [row[name] for row in rows.dicts()]
