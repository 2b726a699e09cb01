"""Every number of a period in one table: nothing that the command line and the API say is missing from the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kycuong.reports.figures import FIGURES
from kycuong.reports.forms import Asked
from kycuong.reports.rules.words import is_rate, part_label
from kycuong.ui.formats import rate, vn_number

from .cards import Values, list_url, moved
from .pictures import month_name

ANSWERS = "answers_by_criterion"
"""Has a table of its own: it has seven numbers for each criterion."""
Place = tuple[str, ...]


@dataclass(frozen=True)
class Amount:
    """One number: the name that the API has for it, its value for machines, and the words of the page."""

    name: str
    plain: str
    text: str
    label: str = ""

    @property
    def html(self) -> SafeString:
        """Here rather than in a template: the table has some four hundred of them."""
        return format_html('<data data-figure="{}" value="{}">{}</data>', self.name, self.plain, self.text)


@dataclass(frozen=True)
class Line:
    """One number beside the same of last year; a heading when there is no number."""

    label: str
    url: str = ""
    now: Amount | None = None
    before: Amount | None = None
    change: str = ""


@dataclass(frozen=True)
class Criterion:
    """One criterion: what was answered."""

    code: str
    text: str
    url: str
    amounts: list[Amount]


def amount(place: Place, value: Any, label: str = "") -> Amount:
    if is_rate(value):
        return Amount(".".join(place), f"{value['numerator']}/{value['denominator']}", rate(value), label)
    return Amount(".".join(place), "" if value is None else str(value), vn_number(value), label)


def lines(asked: Asked, figures: Values) -> list[Line]:
    """All figures but the answers, in the order of the catalogue."""
    last = figures["same_period_last_year"]["figures"]
    before = {place: value for name in last for place, _key, _label, value in parts_of(name, last[name])}
    found: list[Line] = []
    for name in (name for name in FIGURES if name in figures and name != ANSWERS):
        parts = list(parts_of(name, figures[name]))
        if len(parts) != 1 or len(parts[0][0]) > 1:
            found.append(Line(FIGURES[name].title, list_url(asked, name) if FIGURES[name].has_list else ""))
        found += [line(asked, part, before) for part in parts]
    return found


def line(asked: Asked, part: tuple[Place, str, str, Any], last: Mapping[Place, Any]) -> Line:
    place, key, label, value = part
    then = last.get(place)
    change = moved(difference(value, then), points=is_rate(value)) if comparable(value, then) else ""
    url = behind(asked, place, key) if FIGURES[place[0]].has_list else ""
    before = amount(("same_period_last_year", *place), then) if place in last else None
    return Line(label, url, amount(place, value), before, change)


def behind(asked: Asked, place: Place, key: str) -> str:
    """The list that is as long as the number: of units for a number of units, of visits for one of visits."""
    name, part = place[0], place[-1]
    if name == "units_by_kind":
        return list_url(asked, part, key)
    if name == "by_month" and part == "units_inspected":
        return list_url(asked.within(key), part)
    return list_url(asked, name, key)


def comparable(value: Any, then: Any) -> bool:
    if is_rate(value) and is_rate(then):
        return value["rate"] is not None and then["rate"] is not None
    return isinstance(value, int) and isinstance(then, int)


def difference(value: Any, then: Any) -> float:
    return float(value["rate"] - then["rate"]) if is_rate(value) else float(value - then)


def parts_of(name: str, value: Any) -> Iterator[tuple[Place, str, str, Any]]:
    """(place, key of the list, label, number) for each number of a figure."""
    if value is None or is_rate(value) or not isinstance(value, dict | list):
        yield (name,), "", FIGURES[name].title, value
    elif isinstance(value, list):
        for entry in value:
            yield from of_entry(name, entry)
    else:
        for part, count in value.items():
            if isinstance(count, dict):
                yield from of_kind(name, part, count)
            else:
                yield (name, part), part, part_label(part), count


def of_entry(name: str, entry: Mapping[str, Any]) -> Iterator[tuple[Place, str, str, Any]]:
    if "month" in entry:
        key, label = entry["month"], month_name(entry["month"], with_year=True)
        yield (name, key, "visits"), key, _("Tháng %s, lượt") % label, entry["visits"]
        yield (name, key, "units_inspected"), key, _("Tháng %s, đơn vị") % label, entry["units_inspected"]
    else:
        yield (name, entry["code"], "inspections"), entry["code"], entry["title"], entry["inspections"]


def of_kind(name: str, kind: str, count: Mapping[str, Any]) -> Iterator[tuple[Place, str, str, Any]]:
    words = {"units": _("%s, hiện có"), "units_inspected": _("%s, đã kiểm tra"), "coverage": _("%s, tỷ lệ")}
    for part, value in count.items():
        if part in words:
            yield (name, kind, part), kind, words[part] % part_label(kind), value


def columns() -> dict[str, str]:
    """What is told of each criterion → the head of its column."""
    return {
        "pass": _("Đạt"),
        "partial": _("Một phần"),
        "fail": _("Không đạt"),
        "not_applicable": _("Không áp dụng"),
        "units_asked": _("Đơn vị được hỏi"),
        "pass_rate": _("Tỷ lệ đạt"),
        "repeats": _("Lặp lại"),
    }


def criteria(asked: Asked, figures: Values) -> list[Criterion]:
    """Every criterion that was asked, with all that was answered."""
    answers: Mapping[str, Mapping[str, Any]] = figures[ANSWERS]
    return [
        Criterion(
            code, answer["text"], list_url(asked, ANSWERS, code),
            [amount((ANSWERS, code, name), answer[name], label) for name, label in columns().items()],
        )
        for code, answer in answers.items()
    ]  # fmt: skip
