"""Reads a list of units into a preview: which rows are new, which are there already, and what is wrong, by cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from kycuong.core.problems import BadInput
from kycuong.orgs.history import checks
from kycuong.orgs.models import Person
from kycuong.orgs.rules import PEOPLES_COMMITTEES, Kind, Scheme
from kycuong.sheets.cells import Cell
from kycuong.sheets.headers import heading_key
from kycuong.sheets.importing import Line as Sentence
from kycuong.sheets.importing import Preview, PreviewRow
from kycuong.sheets.reader import read_workbook
from kycuong.sheets.rows import ORDINALS
from kycuong.sheets.table import Row, Table, find_table
from kycuong.sheets.values import date_value, warning

from .columns import COLUMNS
from .known import Known, Organisation
from .lines import NO_DAY, Line, Places, Plan
from .verdicts import judge

DIGITS = {Kind.PROVINCE: 2, Kind.DISTRICT_PC: 3, Kind.COMMUNE_PC: 5}
"""How long an area code is; Excel drops the zeros at its front."""


def read(data: bytes, filename: str, *, by: Person | None, options: Mapping[str, str]) -> Preview:
    """What the file would do. Writes nothing."""
    first_day = _day(options.get("on", ""))
    table = find_table(read_workbook(data, filename), COLUMNS, sheet=options.get("sheet", ""))
    lines = [_line(row, first_day) for row in table.rows if row.values.get("name")]
    organisation = Organisation()
    places = Places(organisation, lines)
    for line in lines:
        places.place(line)
    judge(organisation, lines, places.twins(), by=by)
    issues = [*table.issues, *(issue for line in lines for issue in line.issues)]
    faulty = {issue.row for issue in issues if issue.level == "error"}
    rows = [_row(line, faulty) for line in lines]
    return Preview(
        sheet=table.sheet,
        titles=["Tên đơn vị", "Loại", "Đơn vị cấp trên", "Mã", "Từ ngày"],
        rows=rows,
        issues=sorted(issues, key=lambda issue: (issue.row, len(issue.column), issue.column)),
        summary=_summary(table, rows),
        plan=Plan(lines, organisation.state),
    )


def _day(text: str) -> date | None:
    if not text:
        return None
    parsed = date_value(Cell(text, 0, ""), "on")
    if parsed.value is None:
        raise BadInput(
            f"Không hiểu ngày «{text[:40]}»; hãy ghi ngày/tháng/năm, ví dụ 01/01/2019.",
            en=f"“{text[:40]}” is not a day; write it like 2019-01-01.",
        )
    day: date = parsed.value
    return day


def _line(row: Row, first_day: date | None) -> Line:
    kind = row.values.get("kind") or ""
    told = row.values.get("parent")
    line = Line(row, row.values.get("on") or first_day or NO_DAY, _plain_name(row.values["name"], kind), kind)
    line.parents_told = [told] if told else list(reversed(row.context))
    line.scheme = row.values.get("scheme") or Scheme.AREA
    line.code = _code(line)
    if line.on == NO_DAY and row.cell("on").is_blank:
        line.blame("on", "Từ ngày", "Chưa có ngày bắt đầu. Hãy ghi cột «Từ ngày», hoặc chọn một ngày chung cho cả tệp.",
                   "There is no first day. Fill the column “Từ ngày”, or give one day for the whole file.")  # fmt: skip
    _check(line, "name", "Tên đơn vị")
    return line


def _plain_name(name: str, kind: str) -> str:
    """The name as the system keeps it: «UBND xã A» is «Xã A»."""
    if kind in PEOPLES_COMMITTEES:
        for prefix in ("ubnd ", "ủy ban nhân dân ", "uỷ ban nhân dân "):
            if name.lower().startswith(prefix):
                rest = name[len(prefix) :]
                return rest[:1].upper() + rest[1:]
    return name


def _code(line: Line) -> str:
    """The code, with the zeros at its front that Excel has dropped."""
    code = str(line.row.values.get("code") or "")
    cell = line.row.cell("code")
    size = DIGITS.get(Kind(line.kind)) if line.kind else None
    if line.scheme == Scheme.AREA and size and code.isdigit() and len(code) < size:
        whole = code.zfill(size)
        line.issues.append(
            warning(
                cell,
                "Mã",
                f"Mã {code} được hiểu là {whole} (Excel bỏ số 0 ở đầu). Hãy kiểm tra lại.",
                f"The code {code} was taken as {whole} (Excel drops leading zeros). Please check.",
            )
        )
        return whole
    return code


def _check(line: Line, key: str, title: str) -> None:
    """What the acts would refuse about the words themselves, told at the cell."""
    try:
        checks.checked_name(line.name)
        key, title = "code", "Mã"
        checks.checked_code(line.code, line.scheme)
    except BadInput as problem:
        line.blame(key, title, problem.vi, problem.en)


def _row(line: Line, faulty: set[int]) -> PreviewRow:
    fault = line.row.number in faulty
    what = "fault" if fault else "same" if line.existing else "change" if line.renames else "new"
    parent = line.parent
    above = parent.name if isinstance(parent, Line) else _name_on(parent, line.on)
    day = "" if line.on == NO_DAY else f"{line.on:%d/%m/%Y}"
    kind = str(Kind(line.kind).label) if line.kind else ""
    former = line.row.values.get("former") or ""
    name = f"{line.name} (tên cũ: {former})" if line.renames else line.name
    return PreviewRow(line.row.number, what, [name, kind or "—", above or "—", line.code or "—", day or "—"])


def _name_on(known: Known | None, on: date) -> str:
    return (known.version(on) or known.latest).name if known else ""


def _summary(table: Table, rows: list[PreviewRow]) -> list[Sentence]:
    counted = Counter(row.what for row in rows)
    new, same, renamed = (counted[what] for what in ("new", "same", "change"))
    said = [
        Sentence(
            f"Trang «{table.sheet.name}», tiêu đề ở dòng {table.header_row}, {len(table.rows)} dòng dữ liệu.",
            f"Sheet “{table.sheet.name}”, head in row {table.header_row}, {len(table.rows)} rows of data.",
        ),
        Sentence(
            f"{new} đơn vị mới, {renamed} đổi tên, {same} đã có và giữ nguyên.",
            f"{new} new units, {renamed} renamed, {same} already there and left alone.",
        ),
    ]
    unused = [heading for heading in table.unknown if heading_key(heading.title) not in ORDINALS]
    if unused:
        names = ", ".join(f"«{heading.title}»" for heading in unused)
        said.append(Sentence(f"Cột không dùng đến: {names}.", f"Columns not used: {names}."))
    return said
