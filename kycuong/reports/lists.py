"""The list of this capability as a file: every row behind a figure, with its definition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from kycuong.core.problems import BadInput
from kycuong.orgs.models import Person
from kycuong.reports.figures.question import VIEWS
from kycuong.reports.forms import Asked
from kycuong.reports.queries import Rows, list_for
from kycuong.reports.views.asking import understood
from kycuong.reports.views.first_page import name_of
from kycuong.reports.views.lists import figure_named, headline, titles
from kycuong.reports.views.rows import HIDDEN, NUMBERS, Open, readable, words
from kycuong.sheets.listing import Column, Listed
from kycuong.ui.formats import vn_date

AT_ONCE = 5_000
"""Each piece asks the figure's whole text again, as a page does: fewer pieces of more rows."""
WIDTHS = {"unit_name": 40, "lead_name": 34, "first_lead_name": 34, "description": 60, "text": 60, "title": 40}


def behind(person: Person, asked: Mapping[str, str]) -> Listed[Any]:
    """`figure=visits&scope=…`: as the page of the list asks, without a role to see the unit's figures refused as there."""
    figure = figure_named(asked.get("figure", ""))
    found = understood(person, asked)
    if found.asked is None:
        faults = [{"field": str(name), "vi": str(one)} for name, all_ in found.form.errors.items() for one in all_]
        raise BadInput(
            "Địa chỉ này có chỗ chưa đúng nên chưa xuất được tệp.", en="This address has a fault.", errors=faults
        )
    question, key = found.asked, asked.get("key") or None
    ask = partial(
        list_for, figure.name, question.scope, question.period,
        view=question.view, restated_on=question.restated_on, key=key,
    )  # fmt: skip
    sample = ask(limit=1)
    title = titles(question, figure, key)["title"]
    columns = [
        Column(column.title, lambda row, place=place: row[place], WIDTHS.get(column.name, 16))  # type: ignore[misc]
        for place, column in enumerate(sample.columns)
    ]
    number = headline(question, figure, key, sample.total).number
    notes = [_("Cách tính: %s") % figure.definition, _("Số liệu: %s.") % number]

    def read(places: Sequence[int]) -> list[list[Any]]:
        return values(person, ask(limit=len(places), offset=places[0]), question.organisation_on)

    return Listed(title, columns, range(sample.total), read, said(question), notes, piece=AT_ONCE)


def said(asked: Asked) -> list[tuple[str, str]]:
    """The question in words."""
    organisation = _("như khi đó") if asked.restated_on is None else _("quy về ngày %s") % vn_date(asked.restated_on)
    days = _("từ %(first)s đến hết %(last)s") % {
        "first": vn_date(asked.period.first), "last": vn_date(asked.period.last),
    }  # fmt: skip
    return [
        (_("Phạm vi"), name_of(asked)),
        (_("Kỳ"), days),
        (_("Cách nhìn"), _(VIEWS[asked.view])),
        (_("Tổ chức"), organisation),
    ]


def values(person: Person, rows: Rows, day: date) -> list[list[Any]]:
    """The rows with words for codes; days stay days, numbers numbers, identifiers as they are."""
    dicts = rows.dicts()
    opened = Open(person, dicts, day)
    return [
        [value(column.name, row, opened) for column in rows.columns] for row in (readable(row, rows) for row in dicts)
    ]


def value(name: str, row: dict[str, Any], opened: Open) -> Any:
    raw = row[name]
    if raw is None or name in HIDDEN or isinstance(raw, date) or name in (*NUMBERS, "decision_number"):
        return raw
    return words(name, raw, row, opened)
