"""The tour: each statement of 2019 beside the exact figure, asked of the same engine as every page, when it is opened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kycuong.core.clock import today
from kycuong.core.vietnamese import sort_key
from kycuong.inspections.rules import Form
from kycuong.orgs.authority import Someone, can
from kycuong.orgs.models import Lineage, Unit
from kycuong.orgs.queries import names_on, versions_on
from kycuong.orgs.rules import Kind
from kycuong.reports.figures import FIGURES
from kycuong.reports.forms import Asked
from kycuong.reports.queries import figures_for, list_for
from kycuong.reports.rules.periods import Period, between, year_to_date
from kycuong.reports.rules.words import is_rate
from kycuong.ui.formats import SPACE, percent, vn_number

from .langson import REFORMS
from .statements import STATEMENTS, Statement

PROVINCE = "tinh-lang-son"
SEE = "figures.see"
NEEDED = (
    "units_inspected", "coverage", "units_by_kind", "plan_progress", "inspections_by_form", "topics", "surprise_share",
    "agencies_with_plan", "agencies_without_plan", "sum_of_leads", "double_counted",
)  # fmt: skip
"""What the statements and their tests read; asked together, so that each SQL text runs once for a question."""
KIND_WORDS = {
    Kind.DISTRICT_PC: gettext_lazy("huyện, thành phố"),
    Kind.DIVISION: gettext_lazy("phòng, chi cục"),
    Kind.COMMUNE_PC: gettext_lazy("xã, thị trấn"),
    Kind.PROVINCIAL_DEPARTMENT: gettext_lazy("sở, ngành"),
    Kind.PUBLIC_SERVICE_UNIT: gettext_lazy("đơn vị sự nghiệp"),
}
APART = ("so-noi-vu",)
"""Statements that named kinds apart, so that their exact figure does, too."""
Figures = Mapping[str, Any]


@dataclass(frozen=True)
class Restated:
    """The same events on today's organisation; `number` is empty where the scope itself has ended."""

    number: str
    flagged: int = 0
    url: str = ""
    ended_on: date | None = None
    heirs: str = ""
    without_heir: int = 0


@dataclass(frozen=True)
class Row:
    """One statement with all that the tour shows beside it."""

    statement: Statement
    number: str
    raw: str
    parts: str
    holds: bool
    definition: str
    list_url: str
    page_url: str
    restated: Restated
    command: str
    api: str
    missing: str = ""
    topics: str = ""
    target: str = ""
    sum_of_leads: int = 0
    double_counted: int = 0


@dataclass
class Guide:
    """Asks the questions of all statements; statements that share a question share its answer."""

    person: Someone
    day: date = field(default_factory=today)
    answers: dict[tuple[Any, ...], Figures] = field(default_factory=dict)

    def rows(self) -> list[Row]:
        """The statements whose scope the person may see."""
        slugs = {statement.scope for statement in STATEMENTS}
        scopes = {unit.slug: unit for unit in Unit.objects.filter(slug__in=slugs)}
        seen = {slug for slug, unit in scopes.items() if can(self.person, SEE, at=unit)}
        return [self.row(statement, scopes[statement.scope]) for statement in STATEMENTS if statement.scope in seen]

    def row(self, statement: Statement, scope: Unit) -> Row:
        asked = Asked(scope, between(statement.first, statement.last), statement.view)
        figures = self.answer(asked)
        return Row(
            statement=statement,
            number=number_of(statement, figures),
            raw=raw_of(value_of(statement, figures)),
            parts=parts_of(statement, figures),
            holds=statement.holds(figures),
            definition=FIGURES[statement.figure].definition,
            list_url=list_url(asked, statement.listed),
            page_url=f"{reverse('reports:figures')}?{asked.query()}",
            restated=self.restated(statement, asked),
            command=asked.as_command(),
            api=api_address(asked),
            missing=missing(asked) if statement.figure == "agencies_with_plan" else "",
            topics=topics_of(figures),
            target=target_of(figures) if statement.figure == "coverage" else "",
            sum_of_leads=figures["sum_of_leads"],
            double_counted=figures["double_counted"]
            if statement.figure in ("units_inspected", "double_counted")
            else 0,
        )

    def answer(self, asked: Asked) -> Figures:
        key = (asked.scope.pk, asked.period, asked.view, asked.restated_on)
        if key not in self.answers:
            names = NEEDED if asked.restated_on is None else (*NEEDED, "restated_flagged")
            self.answers[key] = figures_for(
                asked.scope, asked.period, view=asked.view, restated_on=asked.restated_on, names=names
            )
        return self.answers[key]

    def restated(self, statement: Statement, asked: Asked) -> Restated:
        """On today's organisation; a scope that has ended is followed to the units that carry what it inspected."""
        version = versions_on([asked.scope.pk], self.day)[asked.scope.pk]
        if version.valid_to <= self.day:
            heirs, without = heirs_of(asked, statement, self.day)
            return Restated("", ended_on=version.valid_to, heirs=heirs, without_heir=without)
        restated = Asked(asked.scope, asked.period, asked.view, self.day)
        figures = self.answer(restated)
        # plans are never restated: no unit of theirs is waiting to be placed
        flagged = 0 if statement.figure == "agencies_with_plan" else figures["restated_flagged"]
        return Restated(number_of(statement, figures), flagged, list_url(restated, "restated_flagged"))


def value_of(statement: Statement, figures: Figures) -> Any:
    """The number or the share that answers the statement."""
    value = figures[statement.figure]
    return value[statement.kind]["coverage"] if statement.kind else value


def raw_of(value: Any) -> str:
    """The same for machines: «197», «11/36»."""
    return f"{value['numerator']}/{value['denominator']}" if is_rate(value) else str(value)


def number_of(statement: Statement, figures: Figures) -> str:
    """The exact figure, as large as the round words beside it."""
    value = value_of(statement, figures)
    if statement.kind:
        return f"{value['numerator']}/{value['denominator']}"
    if statement.key in APART:
        return " + ".join(vn_number(count) for count, _words in counted_kinds(figures))
    return percent(value["rate"]) if is_rate(value) else vn_number(value)


def parts_of(statement: Statement, figures: Figures) -> str:
    """What the number is made of."""
    value = figures[statement.figure]
    if statement.figure == "double_counted":
        sums = {"sum": figures["sum_of_leads"], "units": figures["units_inspected"]}
        return _("cộng cột ra %(sum)s, đếm đúng là %(units)s") % sums
    if statement.kind:
        return percent(value[statement.kind]["coverage"]["rate"])
    if statement.figure == "surprise_share":
        return _("%(top)s trong %(bottom)s cuộc") % of(value)
    if statement.figure == "agencies_with_plan":
        return _("%(top)s trong %(bottom)s cơ quan") % of(value)
    kinds = kinds_of(figures)
    if statement.figure == "coverage":
        return _("%(kinds)s = %(top)s trong %(bottom)s đơn vị") % {"kinds": kinds, **of(value)}
    return kinds


def of(value: Any) -> dict[str, str]:
    return {"top": vn_number(value["numerator"]), "bottom": vn_number(value["denominator"])}


def kinds_of(figures: Figures) -> str:
    """«8 phòng, chi cục + 3 xã, thị trấn»."""
    return " + ".join(f"{vn_number(count)}{SPACE}{words}" for count, words in counted_kinds(figures))


def counted_kinds(figures: Figures) -> list[tuple[int, Any]]:
    """(units inspected, the kind in words) for each kind that was."""
    counted = [(figures["units_by_kind"][kind]["units_inspected"], words) for kind, words in KIND_WORDS.items()]
    return [(count, words) for count, words in counted if count]


def topics_of(figures: Figures) -> str:
    """What inspections combined, where every one of them did."""
    forms = {form for form, count in figures["inspections_by_form"].items() if count}
    return ", ".join(topic["title"] for topic in figures["topics"]) if forms == {Form.COMBINED} else ""


def target_of(figures: Figures) -> str:
    """The target of the plan of that year."""
    plan = figures["plan_progress"]
    if plan is None:
        return ""
    return (
        percent(plan["target_percent"] / 100) if plan["target_percent"] is not None else vn_number(plan["target_units"])
    )


def missing(asked: Asked) -> str:
    """The agencies without a plan, by name."""
    rows = list_for("agencies_without_plan", asked.scope, asked.period, view=asked.view).dicts()
    return ", ".join(row["unit_name"] for row in rows)


def heirs_of(asked: Asked, statement: Statement, day: date) -> tuple[str, int]:
    """Today's units that carry on the units of the list, by name; and how many ended with nobody to carry them on."""
    listed = list_for(statement.listed, asked.scope, asked.period, view=asked.view).dicts()
    slugs = {row["unit"] for row in listed}
    lines = Lineage.objects.filter(origin__slug__in=slugs, valid_from__lte=day, valid_to__gt=day)
    pairs = list(lines.values_list("origin__slug", "heir_id"))
    names = names_on({heir for _origin, heir in pairs}, day)
    return ", ".join(sorted(names.values(), key=sort_key)), len(slugs - {origin for origin, _heir in pairs})


def list_url(asked: Asked, name: str) -> str:
    return f"{reverse('reports:list', args=[name])}?{asked.query()}"


def api_address(asked: Asked) -> str:
    """The API call that gives the same numbers."""
    query = {"scope": asked.scope.slug, "from": asked.period.first.isoformat(), "to": asked.period.last.isoformat()}
    return f"GET /api/v1/figures?{urlencode({**query, 'view': asked.view})}"


@dataclass(frozen=True)
class Stage:
    """How many communes there were from a day on."""

    on: date
    communes: int
    title: str


def stages(province: Unit) -> list[Stage]:
    """The communes of 2019 and after each reform of theirs, counted on those days."""
    days = [reform.on for reform in REFORMS if reform.slug.startswith("cap-xa-")]
    words = [_("Năm 2019, khi bài báo viết"), *(_("Từ %s") % f"{day:%d/%m/%Y}" for day in days)]
    return [Stage(day, communes_on(province, day), title) for day, title in zip([eve(days), *days], words, strict=True)]


def eve(days: Iterable[date]) -> date:
    return min(days) - timedelta(days=1)


def communes_on(province: Unit, day: date) -> int:
    kinds = figures_for(province, Period(day, day), names=["units_by_kind"])["units_by_kind"]
    return int(kinds[Kind.COMMUNE_PC]["units"])


def the_province() -> Unit:
    """The root of the demonstration."""
    return Unit.objects.get(slug=PROVINCE)


def this_year(province: Unit) -> Asked:
    """The question whose figures the visitor will move."""
    return Asked(province, year_to_date(today()))
