"""From May 2019 to the end of 2026: invented visits on the real hierarchy of each day, through all reforms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from kycuong.demo.langson import REFORMS, UnitFact

from .article import COMBINED_TOPICS, HOME_AFFAIRS
from .sketch import Batch, PlanSketch, VisitSketch, dice, in_order, visits_of, working_days

Structure = Mapping[str, UnitFact]
BEGIN, END = date(2019, 5, 1), date(2026, 12, 31)
WITHOUT_PLAN = 0.05
"""Chance that an agency's plan of a year is never issued."""


def stretches() -> list[tuple[date, date]]:
    """Stretches of at most half a year in which the organisation does not change; both days included."""
    cuts = {BEGIN, END + timedelta(1), *(reform.on for reform in REFORMS if BEGIN < reform.on <= END)}
    cuts |= {date(year, month, 1) for year in range(2019, 2027) for month in (1, 7) if date(year, month, 1) > BEGIN}
    days = sorted(cuts)
    return [(first, after - timedelta(1)) for first, after in zip(days, days[1:], strict=False)]


def visits_afterwards(structure_on: Callable[[date], Structure]) -> list[VisitSketch]:
    """All visits after the article's months. Cut them at the day of loading."""
    visits: list[VisitSketch] = []
    for first, last in stretches():
        structure = structure_on(first)
        days = working_days(first, last)
        if days:
            visits += _of_agencies(structure, days)
            visits += _of_the_province(structure, days)
    return in_order(visits)


def plans_afterwards(structure_on: Callable[[date], Structure]) -> list[PlanSketch]:
    """Plans of 2020–2026: issued in the first quarter mostly, some late, a few never; communes' from July 2025."""
    plans: list[PlanSketch] = []
    for year in range(2020, 2027):
        plans += [
            _plan(agency, year, date(year, 1, 2)) for agency in _agencies(structure_on(date(year, 3, 1)), year, 1)
        ]
    return plans + [
        _plan(agency, 2025, date(2025, 7, 7)) for agency in _agencies(structure_on(date(2025, 7, 1)), 2025, 7)
    ]


def _agencies(structure: Structure, year: int, month: int) -> list[str]:
    """Who must issue a plan: departments and districts, then departments and communes; in July 2025 the communes."""
    kinds = {"provincial_department", "district_pc"} if year < 2026 else {"provincial_department", "commune_pc"}
    if (year, month) == (2025, 7):
        kinds = {"commune_pc"}
    return [key for key, fact in structure.items() if fact.kind in kinds]


def _plan(agency: str, year: int, start: date) -> PlanSketch:
    rng = dice("plan", year, agency)
    number = f"{rng.randint(3, 95)}/KH"
    if rng.random() < WITHOUT_PLAN:
        return PlanSketch(agency, year, "", None, rng.choice([50, 80, 100]))
    quarter = working_days(start, start + timedelta(85))
    late = working_days(start + timedelta(86), start + timedelta(150))
    on = rng.choice(late if rng.random() < 0.12 else quarter)
    return PlanSketch(agency, year, number, on, rng.choice([30, 50, 60, 80, 100]))


def _of_agencies(structure: Structure, days: list[date]) -> list[VisitSketch]:
    """Departments, districts and (later) communes inspect their own units, each with a diligence of its own."""
    visits: list[VisitSketch] = []
    children: dict[str, list[str]] = {}
    for fact in structure.values():
        if fact.parent is not None:
            children.setdefault(fact.parent, []).append(fact.key)
    months = (days[-1] - days[0]).days / 30
    for lead, units in children.items():
        if structure[lead].kind == "province":
            continue
        rng = dice("after", lead, days[0])
        share = dice("diligence", lead).uniform(0.25, 0.75) * min(1.0, months / 6) * rng.uniform(0.6, 1.2)
        chosen = rng.sample(units, min(len(units), round(len(units) * share)))
        if chosen:
            batch = Batch(lead, chosen, days, surprise=0.6, quality=rng.uniform(0.82, 0.96), label=f"{days[0]:%Y-%m}")
            visits += visits_of(batch, rng)
    return visits


def _of_the_province(structure: Structure, days: list[date]) -> list[VisitSketch]:
    """Sở Nội vụ visits departments and local committees, often combined with its own fields."""
    rng = dice("after", HOME_AFFAIRS, days[0])
    higher = [
        key
        for key, fact in structure.items()
        if fact.kind in ("provincial_department", "district_pc", "commune_pc") and key != HOME_AFFAIRS
    ]
    count = max(2, round((days[-1] - days[0]).days / 30 * 3))
    chosen = rng.sample(higher, count)
    half = len(chosen) // 2
    label = f"{days[0]:%Y-%m}-tinh"
    combined = Batch(HOME_AFFAIRS, chosen[:half], days, form="combined", topics=COMBINED_TOPICS, label=f"{label}-kh")
    surprise = Batch(HOME_AFFAIRS, chosen[half:], days, surprise=0.85, label=label)
    return [*visits_of(combined, rng), *visits_of(surprise, rng)]
