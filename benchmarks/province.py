"""Fills an empty database with one province of the size that performance targets name: 3,000 units, 100,000 visits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from django.db import connection, transaction

from kycuong.catalog.actions import install_standard_checklist
from kycuong.catalog.models import Checklist, Topic
from kycuong.core.statistics import analyze
from kycuong.followup.models import Recommendation, RecommendationTerm, RemedyReport
from kycuong.inspections.models import AnswerException, Finding, Inspection, Visit
from kycuong.inspections.rules import COUNTED_FORMS
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import derive
from kycuong.orgs.models import Edge, Person, Reorganisation, Succession, Unit, UnitVersion
from kycuong.orgs.rules import Kind
from kycuong.plans.actions import install_plan_duties
from kycuong.plans.models import InspectionPlan

from .progress import progress

SEED = 2019
SINCE, REFORM = date(2010, 1, 1), date(2020, 1, 1)
FIRST, LAST = date(2016, 1, 1), date(2025, 12, 31)
DEPARTMENTS, DISTRICTS, BELOW = 20, 30, 59
MERGERS = 150
MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
CHUNK = 5_000
CODES = [f"{group}{number}" for group in "ABCDE" for number in range(1, 6)]


class Province:
    """The units by kind, and who may inspect them."""

    def __init__(self) -> None:
        self.versions: list[UnitVersion] = []
        self.edges: list[Edge] = []
        self.parent: dict[int, int] = {}
        self.communes: list[int] = []
        self.root = self.add(Kind.PROVINCE, None)

    def add(self, kind: str, parent: int | None, since: date = SINCE) -> int:
        number = len(self.versions) + 1
        name = f"Đơn vị {number}"
        self.versions.append(
            UnitVersion(
                unit_id=number, name=name, kind=kind, search_key=name, sort_key=f"{number:06}", valid_from=since
            )
        )
        if parent:
            self.edges.append(Edge(child_id=number, parent_id=parent, valid_from=since))
            self.parent[number] = parent
        return number

    def alive(self, unit: int, day: date) -> bool:
        version = self.versions[unit - 1]
        return version.valid_from <= day < version.valid_to


def write_units(random: Random) -> Province:
    """Departments with rooms, districts with communes and rooms; in 2020 three hundred communes become half as many."""
    province = Province()
    for kind, number in ((Kind.PROVINCIAL_DEPARTMENT, DEPARTMENTS), (Kind.DISTRICT_PC, DISTRICTS)):
        for _ in range(number):
            top = province.add(kind, province.root)
            for place in range(BELOW):
                commune = kind == Kind.DISTRICT_PC and place < BELOW * 2 // 3
                below = province.add(Kind.COMMUNE_PC if commune else Kind.DIVISION, top)
                province.communes += [below] if commune else []
    ending = random.sample(province.communes, 2 * MERGERS)
    successions = []
    for old in zip(ending[::2], ending[1::2], strict=True):
        new = province.add(Kind.COMMUNE_PC, province.parent[old[0]], REFORM)
        for unit in old:
            province.versions[unit - 1].valid_to = REFORM
            next(edge for edge in province.edges if edge.child_id == unit).valid_to = REFORM
            successions.append(Succession(reorganisation_id=1, predecessor_id=unit, successor_id=new))
    Unit.objects.bulk_create([Unit(id=v.unit_id, slug=f"don-vi-{v.unit_id}") for v in province.versions])
    UnitVersion.objects.bulk_create(province.versions)
    Edge.objects.bulk_create(province.edges)
    Reorganisation.objects.create(id=1, kind="merge", effective_on=REFORM, title="2020")
    Succession.objects.bulk_create(successions)
    derive.rebuild()
    return province


def write_visits(province: Province, random: Random, visits: int, told: Callable[..., None] = progress) -> None:
    """Inspections of one to four visits, each with its exceptions and findings, in chunks of one transaction."""
    checklist = Checklist.objects.get()
    units = [version.unit_id for version in province.versions[1:]]
    leads = [unit for unit in units if province.parent[unit] == province.root]
    topics, combines = list(Topic.objects.values_list("pk", flat=True)), Inspection.topics.through
    kinds = (Inspection, combines, Visit, AnswerException, Finding, Recommendation, RecommendationTerm, RemedyReport)
    rows: dict[type[Any], list[Any]] = {kind: [] for kind in kinds}
    reporter, _ = Person.objects.get_or_create(username="reporter", defaults={"full_name": "Thủ trưởng"})
    number = inspection = Visit.objects.count()
    while number < visits:
        inspection += 1
        subject = random.choice(units)
        lead = random.choice(leads) if random.random() < 0.2 else province.parent[subject]
        lead = lead if lead != province.root else random.choice(leads)
        opened = FIRST + timedelta(random.randrange((LAST - FIRST).days))
        rows[Inspection].append(
            Inspection(id=inspection, lead_id=lead, form=random.choice(COUNTED_FORMS), opened_on=opened)
        )
        rows[combines] += [combines(inspection_id=inspection, topic_id=topic) for topic in random.sample(topics, 2)]
        for place in range(min(random.randint(1, 4), visits - number)):
            number += 1
            unit = subject if province.alive(subject, opened) else random.choice(leads)
            rows[Visit].append(signed_visit(number, inspection, unit, opened + timedelta(place), checklist.pk))
            write_faults(rows, random, number, unit, opened)
            write_recommendation(rows, random, number, unit, opened + timedelta(10), reporter.pk)
            subject = random.choice(units)
        if len(rows[Visit]) >= CHUNK:
            flush(rows)
            told(f"{connection.vendor}: visits", number, visits)
    flush(rows)
    told(f"{connection.vendor}: visits", visits, visits)


def signed_visit(number: int, inspection: int, unit: int, day: date, checklist: int) -> Visit:
    return Visit(
        id=number,
        inspection_id=inspection,
        unit_id=unit,
        visited_on=day,
        state="signed",
        signed_at=MOMENT,
        checklist_id=checklist,
        checklist_form="full" if number % 4 == 0 else "short",
    )


def write_faults(rows: dict[type[Any], list[Any]], random: Random, visit: int, unit: int, day: date) -> None:
    """Two exceptions and one or two findings."""
    codes = random.sample(CODES, 2)
    outcomes = ("fail", random.choice(("partial", "not_applicable")))
    for code, outcome in zip(codes, outcomes, strict=True):
        rows[AnswerException].append(
            AnswerException(visit_id=visit, unit_id=unit, criterion_code=code, outcome=outcome)
        )
    for code in codes[: random.randint(1, 2)]:
        remedied = day + timedelta(random.randint(5, 60)) if random.random() < 0.8 else None
        finding = {"criterion_code": code, "group_code": code[0], "severity": random.randint(1, 3), "description": code}
        term = {"due_on": day + timedelta(30), "remedied_on": remedied}
        rows[Finding].append(Finding(visit_id=visit, unit_id=unit, **finding, **term))


def write_recommendation(
    rows: dict[type[Any], list[Any]], random: Random, visit: int, unit: int, issued: date, reporter: int
) -> None:
    """One a visit: two terms, a report for most, verified if it came early."""
    due, reported = issued + timedelta(28), issued + timedelta(random.randint(5, 60))
    one = Recommendation(id=visit, visit_id=visit, unit_id=unit, issued_to_id=unit, issued_on=issued, due_on=due)
    one.text, one.days, one.state = "Khắc phục", 20, "issued"
    if reported <= issued + timedelta(40):
        one.state, one.settled_on, one.decided_on = "verified", reported, reported + timedelta(5)
        one.days_late = max(0, (reported - due).days)
    rows[Recommendation].append(one)
    terms = [("issued", issued), ("days_off", issued + timedelta(3))]
    rows[RecommendationTerm] += [
        RecommendationTerm(recommendation_id=visit, kind=kind, set_on=day, due_on=due) for kind, day in terms
    ]
    if reported <= issued + timedelta(50):
        report = RemedyReport(recommendation_id=visit, text="Đã làm", submitted_on=reported, submitted_by_id=reporter)
        report.check_until = reported + timedelta(14)
        if one.decided_on:
            report.decision, report.decided_on, report.decided_at = "accepted", one.decided_on, MOMENT
            report.decided_by_id = reporter
        rows[RemedyReport].append(report)


def flush(rows: dict[type[Any], list[Any]]) -> None:
    with transaction.atomic():
        for model, waiting in rows.items():
            model._default_manager.bulk_create(waiting, batch_size=2_000)
            waiting.clear()


def one_more(province: Province, random: Random) -> None:
    """An inspection more, of one visit, written as those before."""
    write_visits(province, random, Visit.objects.count() + 1, told=lambda *_: None)


def write_plans(province: Province) -> None:
    tops = [unit for unit, parent in province.parent.items() if parent == province.root]
    InspectionPlan.objects.bulk_create(
        InspectionPlan(
            agency_id=unit,
            year=year,
            state="issued",
            issued_on=date(year, 1, 15) + timedelta(unit % 60),
            target_percent=30,
        )
        for unit in [province.root, *tops]
        for year in range(FIRST.year, LAST.year + 1)
        if unit == province.root or (unit + year) % 9
    )


def fill_units(random: Random) -> Province:
    """The province without a visit."""
    with at_the_machine():
        install_standard_checklist(by=None)
        install_plan_duties(by=None)
    with transaction.atomic():
        province = write_units(random)
        write_plans(province)
    return province


def fill_visits(province: Province, random: Random, visits: int) -> None:
    """So many visits in all."""
    write_visits(province, random, visits)
    analyze()
