"""A list as a file for Excel: the question, the definition and the number of rows stand in it, so that it explains itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.core.clock import now
from kycuong.core.http import Request
from kycuong.core.problems import BadInput
from kycuong.reports.figures.figure import Figure
from kycuong.reports.figures.question import VIEWS
from kycuong.reports.forms import Asked
from kycuong.reports.queries import Rows, list_for
from kycuong.sheets.writer import OutColumn, OutSheet, write_csv, write_workbook
from kycuong.ui.formats import vn_date, vn_datetime, vn_number

from .asking import require
from .files import TYPES, ensure_type
from .first_page import name_of
from .lists import figure_named, headline, titles
from .rows import HIDDEN, NUMBERS, Open, readable, words


@require_safe
def export(request: Request, name: str, form: str) -> HttpResponse:
    """Every row of the list, under a heading that says what it is."""
    figure = figure_named(name)
    ensure_type(form)
    found = require(request)
    if found.asked is None:
        faults = [{"field": str(name), "vi": str(fault)} for name, all_ in found.form.errors.items() for fault in all_]
        raise BadInput(
            "Địa chỉ này có chỗ chưa đúng nên chưa xuất được tệp.", en="This address has a fault.", errors=faults
        )
    asked, key = found.asked, request.GET.get("key") or None
    rows = list_for(name, asked.scope, asked.period, view=asked.view, restated_on=asked.restated_on, key=key)
    heading = heading_of(asked, figure, key, rows.total)
    columns = [column.title for column in rows.columns]
    body = values(request, rows, asked.organisation_on)
    content = as_csv(heading, columns, body) if form == "csv" else as_workbook(heading, columns, body)
    response = HttpResponse(content, content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{file_name(asked, name, form)}"'
    return response


def heading_of(asked: Asked, figure: Figure, key: str | None, total: int) -> list[str]:
    """Title, question, definition, number: in this order above the rows."""
    organisation = _("như khi đó") if asked.restated_on is None else _("quy về ngày %s") % vn_date(asked.restated_on)
    return [
        titles(asked, figure, key)["title"],
        _("%(scope)s; từ %(first)s đến hết %(last)s; %(view)s; tổ chức %(organisation)s") % {
            "scope": name_of(asked), "first": vn_date(asked.period.first), "last": vn_date(asked.period.last),
            "view": VIEWS[asked.view], "organisation": organisation,
        },
        _("Cách tính: %s") % figure.definition,
        _("Số liệu: %(number)s. Danh sách: %(rows)s dòng. Tính lúc %(at)s.") % {
            "number": headline(asked, figure, key, total).number, "rows": vn_number(total), "at": vn_datetime(now()),
        },
    ]  # fmt: skip


def values(request: Request, rows: Rows, day: date) -> list[list[Any]]:
    """The rows with words for codes; days stay days, numbers numbers, identifiers as they are."""
    dicts = rows.dicts()
    opened = Open(request.user, dicts, day)
    return [
        [value(column.name, row, opened) for column in rows.columns] for row in (readable(row, rows) for row in dicts)
    ]


def value(name: str, row: dict[str, Any], opened: Open) -> Any:
    raw = row[name]
    if raw is None or name in HIDDEN or isinstance(raw, date) or name in (*NUMBERS, "decision_number"):
        return raw
    return words(name, raw, row, opened)


def as_csv(heading: list[str], columns: list[str], body: list[list[Any]]) -> bytes:
    return write_csv([heading[0]], [*([line] for line in heading[1:]), [], columns, *body])


def as_workbook(heading: list[str], columns: list[str], body: list[list[Any]]) -> bytes:
    return write_workbook([OutSheet("Danh sách", [OutColumn(title) for title in columns], body, heading)])


def file_name(asked: Asked, name: str, form: str) -> str:
    return f"{name}_{asked.scope.slug}_{asked.period.first}_{asked.period.last}.{form}"
