"""The figures as pictures: months, kinds, forms, remedies, criteria, and the scope at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kycuong.inspections.rules import Form
from kycuong.orgs.rules import Kind
from kycuong.reports.figures.glance import Below
from kycuong.reports.figures.question import SUBJECT
from kycuong.reports.figures.units_by_kind import KINDS
from kycuong.reports.forms import Asked
from kycuong.reports.rules.words import FINDING_STATES, RECOMMENDATION_STATES
from kycuong.ui.charts import Bar, Series
from kycuong.ui.formats import vn_number
from kycuong.ui.states import Tile, TileGroup

from .cards import Values, list_url
from .rows import unit_page

GROUPS = (
    (Kind.PROVINCIAL_DEPARTMENT, gettext_lazy("Sở, ban, ngành")),
    (Kind.DISTRICT_PC, gettext_lazy("Huyện, thành phố")),
    (Kind.COMMUNE_PC, gettext_lazy("Xã, phường, thị trấn")),
    (Kind.DIVISION, gettext_lazy("Phòng, chi cục")),
    (Kind.PUBLIC_SERVICE_UNIT, gettext_lazy("Đơn vị sự nghiệp")),
)


def months(figures: Values) -> dict[str, Any]:
    """Visits with the units inspected inside them, and last year's visits as a line across."""
    now, before = figures["by_month"], figures["same_period_last_year"]["figures"]["by_month"]
    many_years = len({month["month"][:4] for month in now}) > 1
    series = [
        Series(_("Lượt kiểm tra"), [month["visits"] for month in now], "outer"),
        Series(_("Đơn vị được kiểm tra"), [month["units_inspected"] for month in now], "inner"),
    ]
    if len(before) == len(now) and any(month["visits"] for month in before):
        series.append(Series(_("Lượt cùng kỳ năm trước"), [month["visits"] for month in before], "mark"))
    labels = [month_name(month["month"], with_year=many_years) for month in now]
    return {"labels": labels, "series": series}


def month_name(month: str, *, with_year: bool) -> str:
    year, _dash, number = month.partition("-")
    return f"{int(number)}/{year[2:]}" if with_year else f"T{int(number)}"


def kinds(asked: Asked, figures: Values) -> list[dict[str, Any]]:
    """One row for each kind of unit that there is or that was inspected."""
    before = figures["same_period_last_year"]["figures"]["units_by_kind"]
    rows = []
    for kind in KINDS:
        value = figures["units_by_kind"][kind]
        if value["units"] or value["units_inspected"]:
            lists = {
                "url": list_url(asked, "units_by_kind", kind),
                "inspected_url": list_url(asked, "units_inspected", kind),
            }
            rows.append({"name": kind.label, "value": value, "before": before[kind], **lists})
    return rows


def forms(asked: Asked, figures: Values) -> list[Bar]:
    """Inspections by form; only forms that were used."""
    visits = figures["visits_by_form"]
    return [
        Bar(
            str(Form(form).label), count, url=list_url(asked, "inspections_by_form", form),
            text=_("%(inspections)s cuộc · %(visits)s lượt") % {"inspections": vn_number(count), "visits": vn_number(visits[form])},
        )
        for form, count in figures["inspections_by_form"].items() if count
    ]  # fmt: skip


def remedies(asked: Asked, figures: Values) -> list[Bar]:
    """Where findings stand at the cut-off, as shares of all of them."""
    return [
        Bar(
            _(FINDING_STATES[state]).capitalize(),
            count,
            of=figures["findings"],
            url=list_url(asked, "findings_by_state", state),
        )
        for state, count in figures["findings_by_state"].items()
        if count
    ]


def recommendations(asked: Asked, figures: Values) -> list[Bar]:
    """Where recommendations stood at the cut-off, as shares of all of them."""
    return [
        Bar(
            _(RECOMMENDATION_STATES[state]).capitalize(),
            count,
            of=figures["recommendations"],
            url=list_url(asked, "recommendations_by_state", state),
        )
        for state, count in figures["recommendations_by_state"].items()
        if count
    ]


def weakest(asked: Asked, figures: Values, most: int = 5) -> list[Bar]:
    """The criteria that were met least: those that failed most often."""
    answers: Mapping[str, Mapping[str, Any]] = figures["answers_by_criterion"]
    missed = {code: answer["fail"] + answer["partial"] for code, answer in answers.items()}
    worst = sorted((code for code in missed if missed[code]), key=lambda code: (-missed[code], code))[:most]
    return [
        Bar(
            f"{code}. {answers[code]['text']}",
            missed[code],
            of=answers[code]["pass_rate"]["denominator"],
            url=list_url(asked, "answers_by_criterion", code),
        )
        for code in worst
    ]


def glance(asked: Asked, below: Iterable[Below]) -> list[TileGroup]:
    """The units directly below, in groups; those that ended before the cut-off last."""
    units = list(below)
    groups = [(str(title), [unit for unit in units if unit.kind == kind and unit.units]) for kind, title in GROUPS]
    groups.append((_("Đã kết thúc trước ngày chốt"), [unit for unit in units if not unit.units]))
    return [
        TileGroup(title, [tile(asked, unit) for unit in members], note=_("%s đơn vị") % len(members))
        for title, members in groups
        if members
    ]


def tile(asked: Asked, unit: Below) -> Tile:
    return Tile(unit.name, unit.state, url=page_of(asked, unit), note=note(asked, unit), word=word(unit))


def word(unit: Below) -> str:
    if unit.state == "late":
        return _("%s quá hạn") % unit.overdue
    if unit.state == "attention":
        return _("%s chưa xong") % unit.unmended
    return _("Chưa kiểm tra") if unit.state == "planned" else ""


def note(asked: Asked, unit: Below) -> str:
    """How much was seen: units of units, or visits."""
    if unit.state == "planned":
        return _("có kế hoạch")
    if not unit.visits:
        return ""
    if asked.view == SUBJECT and unit.units > 1:
        return f"{unit.inspected}/{unit.units}"
    return _("%s lượt") % unit.visits


def page_of(asked: Asked, unit: Below) -> str:
    """A unit with units under it has figures of its own; any other has its own page."""
    if unit.units <= 1:
        return unit_page(unit.slug)
    query = asked.query(scope=unit.slug)
    return f"{reverse('reports:figures')}?{query}"
