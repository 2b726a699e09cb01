"""The summary report of a unit and a period, computed: as many statements for two hundred agencies as for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext

from kycuong.core.clock import now
from kycuong.core.moment import one_moment
from kycuong.letterheads.queries import head_of, name_in_body, receivers_of, signature_of, worded
from kycuong.letterheads.rules import WORDINGS, Paper, symbol_of
from kycuong.orgs.authority import Someone
from kycuong.orgs.models import Unit
from kycuong.orgs.queries import full_names, parent_on
from kycuong.reports.figures import by_group
from kycuong.reports.figures.agencies_with_plan import LISTING as AGENCIES
from kycuong.reports.figures.figure import Listing
from kycuong.reports.figures.question import LEAD, Question
from kycuong.reports.figures.registers import RECOMMENDATIONS, VISITS, brought_forward
from kycuong.reports.rules.par import EARLIEST, Tier, vn
from kycuong.reports.rules.periods import FIRST_YEAR, Period, year_to_date
from kycuong.reports.rules.summary.content import (
    AdviceLine,
    Evidence,
    GroupLine,
    MeasureLine,
    Month,
    Office,
    Place,
    Proof,
    Rate,
    Scored,
    Span,
    Summary,
    VisitLine,
)

from .figures import LAST_YEAR, accountability_for, figures_for, owners_of, rows_behind, sees_measures
from .par import ParSheet, par_for
from .reading import closed_to
from .summary_lines import lines_for

COMPARED = (
    "units", "units_inspected", "coverage", "inspections", "visits", "inspections_by_form", "surprise_share", "sum_of_leads",
    "double_counted", "agencies_with_plan", "plan_progress", "inspections_concluded", "findings", "findings_by_state",
    "findings_by_group", "repeat_findings", "recommendations", "recommendations_by_state", "handling_rate", "remedied_in_time",
    "answers_by_criterion", "self_checks",
)  # fmt: skip
"""Figures that the report tells of, beside those of the same period last year."""
OTHER = "other"
LONG_AGO = date(FIRST_YEAR, 1, 1)


def summary_for(scope: Unit, period: Period, *, person: Someone | None) -> Summary:
    """What the person may know (None: at the machine, everything). The caller has authorised `figures.see`.

    By lead authority, with the hierarchy as it was. The year runs from 1 January to the cut-off. All of it is read from one moment:
    a visit signed meanwhile is in every number or in none. It is signed, so it is counted from the rows and never from cells.
    """
    with one_moment():
        return counted_summary(scope, period, person)


def counted_summary(scope: Unit, period: Period, person: Someone | None) -> Summary:
    year, day, before = year_to_date(period.last), period.last, period.year_before()
    sees = person is None or sees_measures(person, scope, LEAD)
    figures = figures_for(scope, period, view=LEAD, names=(*COMPARED, LAST_YEAR), plainly=True)
    last = figures.pop(LAST_YEAR)
    months = figures_for(scope, year, view=LEAD, names=["by_month"], plainly=True)["by_month"]
    owing = listed(scope, period, AGENCIES)
    alone, lines, total = lines_for(
        scope, period, year, sees=sees, owes=any(one["unit"] == scope.slug for one in owing)
    )
    return Summary(
        scope=place_of(scope, day),
        period=span(period),
        year=span(year),
        made_at=localtime(now()).isoformat(timespec="seconds"),
        office=office_of(scope, day),
        words=words_of(scope, day),
        figures=figures,
        before=last["figures"],
        before_period=span(before),
        months=tuple(Month(**one) for one in months),
        lines=(*alone, *lines),
        total=total,
        groups=groups_of(Question(scope.pk, period, LEAD), figures, last["figures"]),
        visits=visits_of(scope, period),
        advice=advice_of(scope, period, person),
        measures=measures_of(scope, period, person) if sees else None,
        evidence=evidence_of(par_for(scope, day.year, today=day)) if day >= EARLIEST else Evidence(day.year, (), ()),
        existed_before=scope.versions.filter(valid_from__lte=before.last, valid_to__gt=before.first).exists(),
        without_plan=tuple(one["unit_name"] for one in owing if not one["issued"]),
    )


def span(period: Period) -> Span:
    return Span(period.first, period.last, period.name, period.label)


def place_of(unit: Unit, day: date) -> Place:
    version = unit.version_on(day)
    return Place(unit.slug, version.name if version else unit.slug, str(version.kind) if version else "")


def office_of(scope: Unit, day: date) -> Office:
    """Head, signature and receivers as the unit has set them for its reports."""
    head, signature, over = head_of(scope, day), signature_of(scope, Paper.SUMMARY, day), parent_on(scope, day)
    to = [name_in_body(over, day)] if over else []
    return Office(
        name=name_in_body(scope, day),
        issuer=head.issuer,
        superior=head.superior,
        symbol=symbol_of(Paper.SUMMARY, head),
        place=head.place,
        power=tuple(signature.power),
        signer=signature.name,
        to=tuple(to),
        recipients=tuple(receivers_of(scope, Paper.SUMMARY, day, *(["Như trên"] if to else []))),
    )


def words_of(scope: Unit, day: date) -> dict[str, tuple[str, ...]]:
    """What people write themselves: the office's own pieces, the rest left for them to write."""
    names = {"cơ quan": name_in_body(scope, day)}
    return {key: tuple(worded(scope, Paper.SUMMARY, key, day, names)) for key in WORDINGS[Paper.SUMMARY]}


def groups_of(question: Question, now_: Mapping[str, Any], before: Mapping[str, Any]) -> tuple[GroupLine, ...]:
    """Every group that was asked about in either year, then what was found outside the checklist."""
    units, told = by_group.units_asked(question), by_group.titles(question)
    lines = [group_line(code, title, criteria, units, now_, before) for code, (title, criteria) in told.items()]
    rest = group_line(OTHER, gettext("Ngoài bảng kiểm"), [], units, now_, before)
    return tuple(one for one in [*sorted(lines, key=lambda one: one.code), rest] if one_says(one))


def one_says(line: GroupLine) -> bool:
    asked = line.share.denominator + line.share_before.denominator + line.not_applicable
    return bool(line.units or asked or line.findings or line.findings_before)


def group_line(
    code: str,
    title: str,
    criteria: list[str],
    units: Mapping[str, int],
    now_: Mapping[str, Any],
    before: Mapping[str, Any],
) -> GroupLine:
    here, then = summed(criteria, now_), summed(criteria, before)
    return GroupLine(
        code=code,
        title=title,
        units=units.get(code, 0),
        passed=here["pass"],
        partial=here["partial"],
        failed=here["fail"],
        not_applicable=here["not_applicable"],
        findings=now_["findings_by_group"].get(code, 0),
        repeats=here["repeats"],
        share=share(here),
        share_before=share(then),
        findings_before=before["findings_by_group"].get(code, 0),
        repeats_before=then["repeats"],
    )


def summed(criteria: list[str], figures: Mapping[str, Any]) -> dict[str, int]:
    """The answers to all criteria of a group: the figure counts each criterion, so they add up."""
    answers = [figures["answers_by_criterion"][code] for code in criteria if code in figures["answers_by_criterion"]]
    return {
        name: sum(one[name] for one in answers) for name in ("pass", "partial", "fail", "not_applicable", "repeats")
    }


def share(counts: Mapping[str, int]) -> Rate:
    return Rate(counts["pass"], counts["pass"] + counts["partial"] + counts["fail"])


def listed(scope: Unit, period: Period, listing: Listing) -> list[dict[str, Any]]:
    """All rows of a register, units with whose they are."""
    rows = rows_behind(listing, Question(scope.pk, period, LEAD), None, None, 0).dicts()
    owners = owners_of({row["unit"] for row in rows}, period.last)
    return [{**row, "unit_name": f"{row['unit_name']}{owners.get(row['unit'], '')}"} for row in rows]


def visits_of(scope: Unit, period: Period) -> tuple[VisitLine, ...]:
    return tuple(
        VisitLine(
            visit=row["visit"],
            visited_on=row["visited_on"],
            unit=Place(row["unit"], row["unit_name"], row["kind"] or ""),
            lead=Place(row["lead"], row["lead_name"], ""),
            form=row["form"],
            minutes=row["minutes"],
            conclusion=row["conclusion"],
            concluded_on=row["concluded_on"],
            findings=row["findings"],
        )
        for row in listed(scope, period, VISITS)
    )


def advice_of(scope: Unit, period: Period, person: Someone | None) -> tuple[AdviceLine, ...]:
    """Those issued in the period, then those of before that were still open at the cut-off."""
    earlier = Period(LONG_AGO, period.last)
    issued = [(row, False) for row in listed(scope, period, RECOMMENDATIONS)]
    carried = [(row, True) for row in listed(scope, earlier, brought_forward(period.first))]
    rows, marks = [row for row, _ in (*issued, *carried)], [mark for _, mark in (*issued, *carried)]
    shown, carriers = rows if person is None else closed_to(person, rows), carriers_of(rows, period.last)
    return tuple(
        advice_line(row, carriers.get(row["carrier"]), forwarded=mark) for row, mark in zip(shown, marks, strict=True)
    )


def carriers_of(rows: Sequence[Mapping[str, Any]], day: date) -> dict[str, Place]:
    """Who took recommendations over, as they were called at the cut-off."""
    units = dict(Unit.objects.filter(slug__in={row["carrier"] for row in rows} - {""}).values_list("pk", "slug"))
    names = full_names(units, day)
    return {slug: Place(slug, names[pk], "") for pk, slug in units.items()}


def advice_line(row: Mapping[str, Any], carried_by: Place | None, *, forwarded: bool) -> AdviceLine:
    return AdviceLine(
        recommendation=row["recommendation"],
        text=row["text"],
        unit=Place(row["unit"], row["unit_name"], ""),
        document=row["document"],
        issued_on=row["issued_on"],
        due_on=row["due_on"],
        standing=row["standing"],
        answer=row["answer"],
        days_over=row["days_over"],
        settled_on=row["settled_on"],
        forwarded=forwarded,
        carried_by=carried_by,
    )


def measures_of(scope: Unit, period: Period, person: Someone | None) -> tuple[MeasureLine, ...]:
    """Every kind that was used, or that is valid now."""
    told = accountability_for(scope, period, view=LEAD, person=person)
    cells = told.table.cells
    found = [
        MeasureLine(kind.code, kind.title, cells[kind.code, "collective"] or 0, cells[kind.code, "person"] or 0)
        for kind in told.kinds
    ]
    return tuple(one for one in found if one.collectives or one.people)


def tiers_told(tiers: Sequence[Tier]) -> str:
    words = gettext("từ %(since)s %%: %(points)s điểm")
    return "; ".join(words % {"since": vn(tier.since), "points": vn(tier.points)} for tier in tiers)


def evidence_of(sheet: ParSheet) -> Evidence:
    scored = [
        Scored(
            code=one.criterion.code,
            title=one.criterion.called,
            figure=one.criterion.figure,
            value=Rate(one.value["numerator"], one.value["denominator"]),
            points=None if one.points is None else float(one.points),
            most=float(one.criterion.most),
            tiers=tiers_told(one.criterion.tiers),
            definition=one.definition,
        )
        for one in sheet.scored
    ]
    proofs = [Proof(one.kind, Place(one.unit, one.unit_name, ""), one.number, one.issued_on) for one in sheet.documents]
    return Evidence(sheet.year, tuple(scored), tuple(proofs))
