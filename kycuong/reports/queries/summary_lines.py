"""The lines of Biểu 1: one for each lead authority directly below the scope, one for the scope alone, one for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kycuong.followup.rules.accountability import About
from kycuong.inspections.rules import COUNTED_FORMS
from kycuong.orgs.models import Unit
from kycuong.orgs.rules import INSPECTABLE, Kind
from kycuong.reports.figures.by_lead import ALONE, Authority, Counted, IssuedPlan, authorities, counted, plans_of
from kycuong.reports.figures.figure import Row
from kycuong.reports.figures.plan_progress import target_in_units
from kycuong.reports.figures.question import LEAD, Question
from kycuong.reports.rules.periods import Period, year_to_date
from kycuong.reports.rules.summary.content import Line, Place, PlanTold, Rate, Taken
from kycuong.reports.rules.words import FINDING_STATES, HANDLED

KINDS = (Kind.DIVISION, Kind.COMMUNE_PC, Kind.PUBLIC_SERVICE_UNIT)
"""Columns 16–18."""
COLUMNS = ("reprimand", "warning", "removal_from_office", "forced_resignation")
"""Columns 27–30: kinds of discipline by the codes of the usual catalogue."""
OF_YEAR = ("forms", "units")
Told = tuple[list[Line], list[Line], Line]


def lines_for(scope: Unit, period: Period, year: Period, *, sees: bool, owes: bool = False) -> Told:
    """The scope alone (nothing where it led nothing and owes no plan), the authorities, and the total."""
    asked, of_year = Question(scope.pk, period, LEAD), Question(scope.pk, year, LEAD)
    below = authorities(widest(scope, period, year))
    keys = [scope.pk, *(one.pk for one in below)]
    here = counted(asked, keys, counted_names(sees=sees))
    there, plans = counted(of_year, keys, OF_YEAR), plans_of(asked, keys)
    version = scope.version_on(period.last)
    me = Authority(
        scope.pk, scope.slug, version.name if version else scope.slug, version.kind if version else "", True, owes
    )
    rows = [line_of(one, plans, here, there, sees=sees) for one in below]
    total = replace(line(me, plans.get(scope.pk), here[scope.pk], there[scope.pk], sees=sees), stands_for="total")
    alone = line(me, None, here[ALONE], there[ALONE], sees=sees)
    alone = replace(alone, stands_for="alone", plan=bare(plans.get(scope.pk)), units=None, coverage_of_year=None)
    shown = sorted(
        (one for one in rows if one.says_something), key=lambda one: INSPECTABLE_ORDER.get(one.place.kind, 9)
    )
    return ([alone] if alone.says_something else []), shown, total


def widest(scope: Unit, period: Period, year: Period) -> Question:
    """From the earlier of two first days: who stood below on one of them may have a line."""
    return Question(scope.pk, Period(min(period.first, year.first), period.last), LEAD)


def lines_of(scope: Unit, period: Period, units: Sequence[Unit], *, sees: bool) -> dict[int, Line]:
    """Key of a unit → its line in the table of the scope; of one that stands deeper, the total of its own table."""
    asked, year = {one.pk for one in units}, year_to_date(period.last)
    below = [one for one in authorities(widest(scope, period, year)) if one.pk in asked]
    found = {
        one.pk: lines_for(one, period, year, sees=sees)[2] for one in units if one.pk not in {it.pk for it in below}
    }
    if not below:
        return found
    keys = [scope.pk, *(one.pk for one in below)]
    question = Question(scope.pk, period, LEAD)
    here = counted(question, keys, counted_names(sees=sees))
    there, plans = counted(Question(scope.pk, year, LEAD), keys, OF_YEAR), plans_of(question, keys)
    return found | {one.pk: line_of(one, plans, here, there, sees=sees) for one in below}


def counted_names(*, sees: bool) -> list[str]:
    """What is counted for a line, as far as the reader may know it."""
    return [name for name in Counted.__dataclass_fields__ if sees or name != "measures"]


def line_of(
    one: Authority,
    plans: Mapping[int, IssuedPlan],
    here: Mapping[int, Counted],
    there: Mapping[int, Counted],
    *,
    sees: bool,
) -> Line:
    """Who left is asked for no plan."""
    return line(one, None if one.left_on else plans.get(one.pk), here[one.pk], there[one.pk], sees=sees)


INSPECTABLE_ORDER = {
    str(kind): place for place, kind in enumerate((Kind.PROVINCIAL_DEPARTMENT, Kind.DISTRICT_PC, Kind.COMMUNE_PC))
}
"""Departments first, then districts, then communes; within them by name."""


def line(one: Authority, plan: IssuedPlan | None, here: Counted, there: Counted, *, sees: bool) -> Line:
    """Each number as the figure of that name reads the same rows."""
    forms, owned = by_form(here), units(there, belongs=True)
    done, both = units(there, inspected=True), units(there, belongs=True, inspected=True)
    states = dict.fromkeys(FINDING_STATES, 0)
    for _group, _severity, state, found in here.findings:
        states[state] += found
    handled = sum(n for standing, _, _, n in here.recommendations if standing in HANDLED)
    return Line(
        place=Place(one.slug, one.name, str(one.kind)),
        stands_for="authority",
        owes_plan=one.owes_plan,
        exists=one.exists,
        left_on=one.left_on,
        plan=told(plan, done=done, owned=owned) if plan else None,
        units=owned,
        forms=forms,
        inspections=sum(forms.values()),
        inspections_of_year=sum(by_form(there).values()),
        visits=sum(visits for _, _, visits in here.forms),
        units_inspected=units(here, inspected=True),
        units_inspected_of_year=done,
        coverage_of_year=Rate(both, owned),
        kinds_of_year={str(kind): units(there, inspected=True, kind=kind) for kind in KINDS},
        concluded=sum(int(n) for (n,) in here.concluded),
        findings=sum(states.values()),
        finding_states=states,
        handled=Rate(handled, sum(n for _, _, _, n in here.recommendations)),
        taken=taken(here.measures) if sees else None,
    )


def by_form(rows: Counted) -> dict[str, int]:
    found = {form: inspections for form, inspections, _visits in rows.forms}
    return {str(form): found.get(form, 0) for form in COUNTED_FORMS}


def units(rows: Counted, *, belongs: bool = False, inspected: bool = False, kind: str = "") -> int:
    """How many units of the tally are all of what is asked; what belongs must also be of a kind that may be inspected."""
    return sum(
        n
        for its, _existing, owned, seen, n in rows.units
        if (not belongs or (owned and its in INSPECTABLE)) and (not inspected or seen) and (not kind or its == kind)
    )


def told(plan: IssuedPlan, *, done: int, owned: int) -> PlanTold:
    """The plan with its progress: units inspected by lead this year, of its target."""
    target = target_in_units(plan.target_units, plan.target_percent, owned)
    return PlanTold(plan.number, plan.issued_on, plan.target_units, plan.target_percent, Rate(done, target))


def bare(plan: IssuedPlan | None) -> PlanTold | None:
    """The plan without its progress, which counts what is under the unit, too."""
    return PlanTold(plan.number, plan.issued_on, plan.target_units, plan.target_percent) if plan else None


def taken(rows: list[Row]) -> Taken:
    """Measures by column: about units; about people short of discipline; discipline by its kind."""
    collectives = people = other = 0
    kinds: dict[str, int] = dict.fromkeys(COLUMNS, 0)
    for kind, disciplinary, about, n in rows:
        if about == About.COLLECTIVE:
            collectives += n
        elif kind in kinds:
            kinds[kind] += n
        elif disciplinary:
            other += n
        else:
            people += n
    return Taken(collectives=collectives, people=people, other=other, **kinds)
