"""The two questions that every surface asks: the figures of a scope, and the list behind one of them."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings

from kycuong.catalog.models import province
from kycuong.core.clock import today
from kycuong.core.problems import BadInput, NotAllowed
from kycuong.followup.models import MeasureKind
from kycuong.followup.rules.suppression import Table, suppressed, whole
from kycuong.inspections.rules import REPEAT_SPAN_MONTHS
from kycuong.orgs.authority import Someone, can, units_where
from kycuong.orgs.models import Unit
from kycuong.orgs.queries import full_names, is_topmost, names_on
from kycuong.reports import store
from kycuong.reports.figures import FIGURES, RESTRICTED
from kycuong.reports.figures.accountability import LISTINGS
from kycuong.reports.figures.figure import Column, Figure, Listing, Reading, Row, rows_as_declared
from kycuong.reports.figures.question import SUBJECT, VIEWS, Question
from kycuong.reports.figures.runner import elsewhere, rows_of
from kycuong.reports.rules.changes import change
from kycuong.reports.rules.periods import Period
from kycuong.reports.rules.words import CLOSED

LAST_YEAR = "same_period_last_year"
NAMES = (*FIGURES, LAST_YEAR)


@dataclass(frozen=True)
class Rows:
    """A list: its columns, the rows of this page, and how many there are in all."""

    columns: tuple[Column, ...]
    rows: list[Row]
    total: int

    def dicts(self) -> list[dict[str, Any]]:
        names = [column.name for column in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]


def figures_for(
    scope: Unit,
    period: Period,
    *,
    view: str = SUBJECT,
    restated_on: date | None = None,
    names: Iterable[str] | None = None,
    not_before: Collection[str] = (),
    plainly: bool = False,
    warming: bool = False,
) -> dict[str, Any]:
    """The figures of a scope by name, all of them unless some are named. The caller has authorised `figures.see`.

    `not_before`: figures that the caller compares with no year before; what is not shown is not counted.
    `plainly` counts from the rows at the top, too, as whoever checks rows by figures must. So does whoever asks inside a transaction
    (the summary, evidence): nothing could be kept there, and what was counted by block would be counted in vain.
    `warming` keeps whatever was counted for it, so that the next reader counts nothing.
    """
    wanted = list(NAMES if names is None else names)
    for name in wanted:
        ensure_figure(name)
    question = asked(scope, period, view, restated_on)
    if not plainly and restated_on is None and store.may_keep() and not elsewhere():
        question = replace(question, wide=is_topmost(scope) and store.sound())
    counted: list[store.Keeping] = []
    found = read(question, wanted, counted)
    if any(
        one.counted is None for one in counted
    ):  # all blocks of something: with those of the year before a nation's would be held twice
        store.keep(counted, worthless=warming)
        counted.clear()
    if LAST_YEAR in wanted:
        compared = {name: found[name] for name in found if name not in not_before}
        found[LAST_YEAR] = last_year(question, compared, counted)
    store.keep(counted, worthless=warming)
    return found


def read(question: Question, names: Iterable[str], counted: list[store.Keeping]) -> dict[str, Any]:
    """The named figures that mean anything for the question; each SQL text runs once. What may be kept of it is added to `counted`."""
    chosen = [FIGURES[name] for name in names if name in FIGURES and FIGURES[name].asked(question)]
    reading = Reading(question, (tally for figure in chosen for tally in figure.tallies), counted)
    return {figure.name: figure.read(reading) for figure in chosen}


def last_year(question: Question, now: dict[str, Any], counted: list[store.Keeping]) -> dict[str, Any]:
    """The same figures for the period shifted by one year, on that year's hierarchy, with difference and ratio.

    A restated question compares like with like: last year's events are restated on the same day's hierarchy, too.
    """
    before = question.year_before()
    figures = read(before, now, counted)
    changes = {name: change(now[name], figures[name]) for name in figures if name in now}
    return {
        **before.period.as_dict(),
        "figures": figures,
        "change": {k: v for k, v in changes.items() if v is not None},
    }


def list_for(
    name: str,
    scope: Unit,
    period: Period,
    *,
    view: str = SUBJECT,
    restated_on: date | None = None,
    key: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> Rows:
    """The rows that a figure counts, or one part of them. The caller has authorised `figures.see` at the scope."""
    figure = ensure_figure(name)
    question = asked(scope, period, view, restated_on)
    listing = figure.listing if figure else None
    if listing is None or (figure and not figure.asked(question)):
        raise BadInput(
            f"Số liệu «{name}» không có danh sách. Hãy chọn: {', '.join(names_with_list())}.",
            en=f"The figure “{name}” has no list. Choose one of: {', '.join(names_with_list())}.",
        )
    ensure_key(name, listing, key)
    return rows_behind(listing, listing.asks(question), key, limit, offset)


def rows_behind(listing: Listing, question: Question, key: str | None, limit: int | None, offset: int) -> Rows:
    """One page of a list. The number of rows is asked apart only when a page does not show them all."""
    values = {**question.parameters(), **dict(listing.values), "key": key, "limit": limit, "offset": offset}
    own = listing.columns[:-1] if listing.many else listing.columns
    tail = f"ORDER BY {listing.order}" + (" LIMIT :limit OFFSET :offset" if limit is not None else "")
    narrowed = key is not None
    text = listing.text(question, select=", ".join(column.name for column in own), narrowed=narrowed, tail=tail)
    rows = rows_as_declared(rows_of(text, values), own)
    total = len(rows)
    if limit is not None:
        ((total,),) = rows_of(listing.text(question, select="COUNT(*)", narrowed=narrowed), values)
    return Rows(listing.columns, with_many(listing, question, values, rows), total)


def with_many(listing: Listing, question: Question, values: dict[str, Any], rows: list[Row]) -> list[Row]:
    """The rows, each with the names that belong to its unit, joined."""
    if not listing.many or not rows:
        return rows
    names: dict[str, list[str]] = {}
    for unit, name in rows_of(listing.many_text(question), values):
        names.setdefault(unit, []).append(name)
    return [(*row, ", ".join(names.get(row[0], []))) for row in rows]


def owners_of(slugs: set[str], day: date) -> dict[str, str]:
    """«, Huyện Cao Lộc» for each unit of a list that belongs to that district: there are thirty rooms of one name."""
    units = dict(Unit.objects.filter(slug__in=slugs).values_list("pk", "slug"))
    names, full = names_on(units, day), full_names(units, day)
    return {slug: full[pk].removeprefix(names[pk]) for pk, slug in units.items()}


def asked(scope: Unit, period: Period, view: str, restated_on: date | None) -> Question:
    """The question, or what to write instead."""
    if view not in VIEWS:
        raise BadInput(
            f"Không có cách nhìn «{view}». Hãy viết subject (theo đơn vị được kiểm tra) hoặc lead (theo cơ quan chủ trì).",
            en=f"There is no view “{view}”. Write subject or lead.",
        )
    span = getattr(settings, "REPEAT_SPAN_MONTHS", REPEAT_SPAN_MONTHS)
    return Question(scope.pk, period, view, restated_on, span)


def ensure_figure(name: str) -> Figure | None:
    """The figure of that name; None for the comparison with last year, which is made of the others."""
    if name in FIGURES:
        return FIGURES[name]
    if name == LAST_YEAR:
        return None
    near = ", ".join(difflib.get_close_matches(name, NAMES, n=3)) or ", ".join(NAMES)
    raise BadInput(
        f"Không có số liệu «{name}». Hãy chọn: {near}.", en=f"There is no figure “{name}”. Choose one of: {near}."
    )


def ensure_key(name: str, listing: Listing, key: str | None) -> None:
    if key is not None and "\0" in key:
        raise BadInput(
            "Tên phần của danh sách có ký tự rỗng. Hãy gõ lại.", en="The part's name holds a null character."
        )
    if key is not None and not listing.key:
        raise BadInput(
            f"Danh sách «{name}» không chia phần. Hãy bỏ phần «{key}».",
            en=f"The list “{name}” has no parts. Leave out “{key}”.",
        )
    parts = CLOSED.get(listing.key)
    if key is not None and parts and key not in parts:
        raise BadInput(
            f"Danh sách «{name}» không có phần «{key}». Hãy chọn: {', '.join(parts)}.",
            en=f"The list “{name}” has no part “{key}”. Choose one of: {', '.join(parts)}.",
        )


def names_with_list() -> list[str]:
    return [name for name, figure in FIGURES.items() if figure.has_list]


def answer_for(
    scope: Unit,
    period: Period,
    *,
    view: str = SUBJECT,
    restated_on: date | None = None,
    names: Iterable[str] | None = None,
) -> dict[str, Any]:
    """What the command line and the API say: the question in words, then the figures by name."""
    figures = figures_for(scope, period, view=view, restated_on=restated_on, names=names)
    version = scope.version_on(restated_on or period.last)
    told = {
        "uid": str(scope.uid),
        "slug": scope.slug,
        "name": version.name if version else scope.slug,
        "kind": version.kind if version else None,
    }
    return answered(told, period, view, restated_on, figures)


def answered(
    scope: dict[str, Any], period: Period, view: str, restated_on: date | None, figures: dict[str, Any]
) -> dict[str, Any]:
    """The question in words, then the figures."""
    return {
        "scope": scope,
        "period": period.as_dict(),
        "view": view,
        "restated_on": restated_on.isoformat() if restated_on else None,
        **figures,
    }


@dataclass(frozen=True)
class Accountability:
    """Measures of a scope and period: the kinds in order, what may be told of the numbers, and the list for whoever may see it."""

    kinds: list[MeasureKind]
    table: Table
    rows: Rows | None


def accountability_for(scope: Unit, period: Period, *, view: str = SUBJECT, person: Someone | None) -> Accountability:
    """The restricted figure, as far as the person may know it (None: at the machine). The caller has authorised `figures.see`.

    With sight over the scope every number and the list. Without it only a whole year that is over, of a unit where the person
    holds a role: of two periods or two scopes, one inside the other, the difference would tell a small number.
    """
    figure, question = RESTRICTED["accountability"], asked(scope, period, view, None)
    sight = person is None or sees_measures(person, scope, view)
    if person is not None and not sight:
        ensure_coarse(scope, period, person, view)
    counted = figure.read(Reading(question))
    cells = {(kind, about): number for kind, parts in counted.items() for about, number in parts.items()}
    kinds = list(MeasureKind.objects.order_by("position", "code"))
    codes = [kind.code for kind in kinds]
    if not sight:
        return Accountability(kinds, suppressed(cells, codes), None)
    return Accountability(kinds, whole(cells, codes), rows_behind(LISTINGS[view], question, None, None, 0))


def sees_measures(person: Someone, scope: Unit, view: str) -> bool:
    """Over the units that a view is about: those under the scope, or by lead any unit of the province."""
    over = scope if view == SUBJECT else province()
    return over is not None and can(person, "measure.see", at=over)


def ensure_coarse(scope: Unit, period: Period, person: Someone, view: str) -> None:
    year = period.first.year
    over = period.first == date(year, 1, 1) and period.last == date(year, 12, 31) and period.last < today()
    if not over or view != SUBJECT or scope.pk not in units_where(person, "figures.see"):
        raise NotAllowed(
            "Với tài khoản của bạn, số liệu xử lý trách nhiệm chỉ xem được theo cả năm đã qua, theo đơn vị được kiểm tra, và của chính đơn vị "
            "nơi bạn giữ vai trò; số nhỏ hơn 3 không nêu. Hãy chọn lại.",
            en="With your account this figure is told for a whole year that is over, of a unit where you hold a role; numbers below "
            "3 are left out. Choose a whole year and your own unit.",
        )
