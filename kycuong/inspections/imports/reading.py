"""Reads a table of visits into a preview: which visits are new, which are there already, and what is wrong, by cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from kycuong.catalog.models import Topic
from kycuong.core.vietnamese import fold
from kycuong.inspections.rules import Form
from kycuong.orgs.authority import can
from kycuong.orgs.models import Person
from kycuong.sheets.headers import heading_key
from kycuong.sheets.importing import Line as Sentence
from kycuong.sheets.importing import Preview, PreviewRow
from kycuong.sheets.reader import read_workbook
from kycuong.sheets.rows import ORDINALS
from kycuong.sheets.table import Row, Table, find_table

from .columns import COLUMNS, EXAMPLE
from .existing import compare, decision_key, find_inspections
from .lines import Line
from .resolve import Units, find_topics, place_told
from .rows import row_of, tell_faults

AGREEING = ("form", "title", "topics", "decision_on")
"""Columns that say the same in all rows of one decision; a blank follows the first row."""


def read(data: bytes, filename: str, *, by: Person | None, options: Mapping[str, str]) -> Preview:
    """What the file would do. Writes nothing."""
    table = find_table(read_workbook(data, filename), COLUMNS, sheet=options.get("sheet", ""))
    examples = {row.number for row in table.rows if _is_example(row)}
    lines = [_line(row) for row in table.rows if row.number not in examples]
    told = [issue for issue in table.issues if issue.row not in examples]
    wrong = {issue.row for issue in told if issue.level == "error"}
    judge(lines, wrong, by=by)
    issues = [*told, *(issue for line in lines for issue in line.issues)]
    rows = [_row(line, wrong) for line in lines]
    return Preview(
        sheet=table.sheet,
        titles=["Cơ quan chủ trì", "Đơn vị được kiểm tra", "Ngày", "Hình thức", "Quyết định", "Tồn tại"],
        rows=rows,
        issues=sorted(issues, key=lambda issue: (issue.row, len(issue.column), issue.column)),
        summary=_summary(table, lines, rows),
        plan=lines,
    )


def _is_example(row: Row) -> bool:
    return str(row.values.get("unit") or "").startswith(EXAMPLE)


def _line(row: Row) -> Line:
    return Line(row, row.values.get("on"), row.values.get("form") or "", str(row.values.get("decision") or ""))


def judge(lines: list[Line], wrong: set[int], *, by: Person | None) -> None:
    """Find what each line means, then everything that speaks against it."""
    units, topics, rights = Units(), list(Topic.objects.all()), dict[int, bool]()
    for line in lines:
        line.lead = units.find(line, "lead")
        line.unit = units.find(line, "unit", context=place_told(line), code=str(line.row.values.get("code") or ""))
        line.topics = find_topics(line, topics)
        _check_count(line)
        if by and line.lead and not rights.setdefault(line.lead.pk, can(by, "visit.import", at=line.lead)):
            line.blame("lead", f"Bạn không có quyền nhập lượt kiểm tra do {line.lead} chủ trì.",
                       f"You may not import visits led by {line.lead}.")  # fmt: skip
    _group(lines)
    whole = [line for line in lines if line.lead and line.unit and line.on and line.form]
    for line in whole:
        line.visit = row_of(line)
    compare([line for line in whole if line.row.number not in wrong], by=by)
    find_inspections(lines)
    for line in whole:
        line.visit = None if line.same else row_of(line)
    tell_faults(whole, by=by)


def _check_count(line: Line) -> None:
    count, said = line.row.values.get("count"), line.row.values.get("findings") or []
    if count is not None and said and count != len(said):
        line.blame("count", f"Ghi {count} tồn tại nhưng chép {len(said)} nội dung. Hãy sửa một trong hai ô.",
                   f"It says {count} shortcomings but lists {len(said)}. Mend one of the cells.")  # fmt: skip
    elif count and not said:
        line.warn("count", f"Sẽ ghi {count} tồn tại chưa có nội dung. Nên chép nội dung vào cột tồn tại.",
                  f"{count} shortcomings are recorded without their text. Better to list them.")  # fmt: skip


def _group(lines: list[Line]) -> None:
    """Give each line its inspection; rows of one decision must agree, and no visit may stand twice."""
    first: dict[tuple[object, ...], Line] = {}
    seen: dict[tuple[int, int, object], Line] = {}
    dated = {(line.lead, fold(line.decision)): day for line in lines if (day := line.row.values.get("decision_on"))}
    for line in lines:
        if not (line.lead and line.on):
            continue
        if line.decision:
            day = line.row.values.get("decision_on") or dated.get((line.lead, fold(line.decision))) or line.on
            line.key = decision_key(line.lead.pk, line.decision, day)
        else:
            line.key = (line.lead.pk, line.form, fold(line.row.values.get("title") or ""), line.on)
        _agree(line, first.setdefault(line.key, line))
        if line.unit:
            earlier = seen.setdefault((line.lead.pk, line.unit.pk, line.on), line)
            if earlier.key != line.key:  # rows of one inspection are compared with the other rules
                line.blame("unit", f"Trùng lượt kiểm tra với dòng {earlier.row.number}. Hãy xóa một dòng.",
                           f"The same visit as in row {earlier.row.number}. Delete one of them.")  # fmt: skip


def _agree(line: Line, first: Line) -> None:
    for key in AGREEING:
        here, there = line.row.values.get(key), first.row.values.get(key)
        if here and here != there:
            line.blame(key, f"Cùng một cuộc nhưng khác dòng {first.row.number}. Hãy ghi giống nhau.",
                       f"The same inspection, but it differs from row {first.row.number}. Write the same.")  # fmt: skip
        elif not here and there:
            line.row.values[key] = there
    line.topics, line.decision = first.topics, first.decision


def _row(line: Line, wrong: set[int]) -> PreviewRow:
    fault = line.is_faulty or line.row.number in wrong
    told = line.row.values
    cells = [
        str(line.lead or told.get("lead") or "—"),
        str(told.get("unit") or "—"),
        f"{line.on:%d/%m/%Y}" if line.on else "—",
        str(Form(line.form).label) if line.form else "—",
        line.decision or "—",
        str(len(line.visit.findings)) if line.visit else "—",
    ]
    return PreviewRow(line.row.number, "fault" if fault else "same" if line.same else "new", cells)


def _summary(table: Table, lines: list[Line], rows: list[PreviewRow]) -> list[Sentence]:
    counted = Counter(row.what for row in rows)
    new = [line for line in lines if line.visit]
    opened = len({line.key for line in new if not line.within})
    findings = sum(len(line.visit.findings) for line in new if line.visit)
    counting = sum(line.form != Form.SELF_CHECK for line in new)
    said = [
        Sentence(
            f"Trang «{table.sheet.name}», tiêu đề ở dòng {table.header_row}, {len(lines)} dòng dữ liệu.",
            f"Sheet “{table.sheet.name}”, head in row {table.header_row}, {len(lines)} rows of data.",
        ),
        Sentence(
            f"{opened} cuộc mới, {len(new)} lượt mới, {findings} tồn tại; {counted['same']} lượt đã có, giữ nguyên.",
            f"{opened} new inspections, {len(new)} new visits, {findings} findings; {counted['same']} visits already there.",
        ),
    ]
    if counting and not counted["fault"]:
        said.append(
            Sentence(f"Khi nhập, số lượt kiểm tra tăng {counting}.", f"The figure of visits will grow by {counting}.")
        )
    unused = [heading for heading in table.unknown if heading_key(heading.title) not in ORDINALS]
    if unused:
        names = ", ".join(f"«{heading.title}»" for heading in unused)
        said.append(Sentence(f"Cột không dùng đến: {names}.", f"Columns not used: {names}."))
    return said
