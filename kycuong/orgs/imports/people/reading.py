"""Reads a sheet of people into a preview: what each row would do, in words, and what is wrong, by cell. Writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from django.utils.translation import gettext as _

from kycuong.orgs.models import Person
from kycuong.sheets.headers import heading_key
from kycuong.sheets.importing import Line as Sentence
from kycuong.sheets.importing import Preview, PreviewRow
from kycuong.sheets.reader import read_workbook
from kycuong.sheets.rows import ORDINALS
from kycuong.sheets.table import Table, find_table

from .columns import COLUMNS
from .known import Accounts
from .lines import Change, Close, Create, End, Grant, Line, Plan
from .roles import settle_roles
from .words import settle_words


def read(data: bytes, filename: str, *, by: Person | None, options: Mapping[str, str]) -> Preview:
    """What the file would do."""
    table = find_table(read_workbook(data, filename), COLUMNS, sheet=options.get("sheet", ""))
    rows = [row for row in table.rows if row.values.get("username")]
    lines = [Line(row, str(row.values["username"]).strip().lower()) for row in rows]
    accounts = Accounts({line.username for line in lines}, by=by)
    together: dict[str, list[Line]] = {}
    for line in lines:
        line.person = accounts.people.get(line.username)
        together.setdefault(line.username, []).append(line)
    for of_one in together.values():
        if settle_words(of_one, accounts):
            settle_roles(of_one, accounts)
    issues = [*table.issues, *(issue for line in lines for issue in line.issues)]
    faulty = {issue.row for issue in issues if issue.level == "error"}
    shown = [_row(line, faulty) for line in lines]
    return Preview(
        sheet=table.sheet,
        titles=[_("Tài khoản"), _("Việc sẽ làm")],
        rows=shown,
        issues=sorted(issues, key=lambda issue: (issue.row, len(issue.column), issue.column)),
        summary=_summary(table, lines),
        plan=Plan(lines, accounts.state),
    )


def _row(line: Line, faulty: set[int]) -> PreviewRow:
    fault = line.row.number in faulty
    new = any(isinstance(step, Create) for step in line.steps)
    what = "fault" if fault else "new" if new else "change" if line.steps else "same"
    name = line.value("full_name") or (line.person.full_name if line.person else "")
    said = "; ".join(line.said) if line.said and not fault else _("chưa làm được") if fault else _("giữ nguyên")
    return PreviewRow(line.row.number, what, [f"{name} ({line.username})", said])


def _summary(table: Table, lines: list[Line]) -> list[Sentence]:
    counted = Counter(type(step) for line in lines for step in line.steps)
    new, changed, closed, ended, given = (counted[kind] for kind in (Create, Change, Close, End, Grant))
    said = [
        Sentence(
            f"Trang «{table.sheet.name}», tiêu đề ở dòng {table.header_row}, {len(table.rows)} dòng dữ liệu.",
            f"Sheet “{table.sheet.name}”, head in row {table.header_row}, {len(table.rows)} rows of data.",
        ),
        Sentence(
            f"{new} tài khoản mới, {changed} đổi thông tin, {closed} ngừng; cấp {given} vai trò, kết thúc {ended}.",
            f"{new} new accounts, {changed} changed, {closed} closed; {given} roles given, {ended} ended.",
        ),
    ]
    unused = [heading for heading in table.unknown if heading_key(heading.title) not in ORDINALS]
    if unused:
        names = ", ".join(f"«{heading.title}»" for heading in unused)
        said.append(Sentence(f"Cột không dùng đến: {names}.", f"Columns not used: {names}."))
    return said
