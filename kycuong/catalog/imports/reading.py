"""Reads a checklist kept as a spreadsheet into a preview of a new draft, every fault by its cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kycuong.catalog.actions import FilledCriterion, Filling
from kycuong.catalog.models import Checklist, LegalBasis
from kycuong.catalog.rules import ensure_version_name
from kycuong.core.problems import BadInput
from kycuong.core.vietnamese import fold
from kycuong.orgs.models import Person, Unit
from kycuong.sheets.cells import Issue
from kycuong.sheets.headers import heading_key
from kycuong.sheets.importing import Line as Sentence
from kycuong.sheets.importing import Preview, PreviewRow
from kycuong.sheets.reader import read_workbook
from kycuong.sheets.rows import ORDINALS
from kycuong.sheets.table import Table, find_table

from .columns import COLUMNS, TYPES
from .lines import Line, judge, line_of


@dataclass
class Plan:
    """What would be written, and for whom."""

    filling: Filling
    authority: Unit | None
    lines: list[Line] = field(default_factory=list)


def read(data: bytes, filename: str, *, by: Person | None, options: Mapping[str, str]) -> Preview:
    """What the file would become. Writes nothing."""
    authority = _authority(options.get("authority", ""))
    _ensure_named(options)
    table = find_table(read_workbook(data, filename), COLUMNS, sheet=options.get("sheet", ""))
    bases = {fold(basis.number): basis for basis in LegalBasis.objects.all()}
    wrong = {issue.row for issue in table.issues if issue.level == "error"}
    lines = [line_of(row, bases) for row in table.rows]
    groups = judge(lines, wrong, local=authority is not None)
    issues = [*table.issues, *(issue for line in lines for issue in line.issues)]
    rows = [_row(line, wrong) for line in lines]
    criteria = [FilledCriterion(line.code, line.group, line.content, line.bases) for line in lines]
    filling = Filling(options["number"].strip(), options["title"].strip(), groups, criteria)
    return Preview(
        sheet=table.sheet,
        titles=["Mã", "Nhóm", "Nội dung", "Cách trả lời", "Điều kiện"],
        rows=rows,
        issues=sorted(issues, key=_place),
        summary=_summary(table, lines, options),
        plan=Plan(filling, authority, lines),
    )


def _authority(slug: str) -> Unit | None:
    if not slug:
        return None
    found = Unit.objects.filter(slug=slug).first()
    if found is None:
        raise BadInput(f"Không có đơn vị “{slug[:80]}”.", en=f"There is no unit “{slug[:80]}”.")
    return found


def _ensure_named(options: Mapping[str, str]) -> None:
    """A draft needs a version nobody has, and a title, before its rows are looked at."""
    version = (options.get("number") or "").strip()
    ensure_version_name(version)
    if Checklist.objects.filter(version=version).exists():
        said = f"Đã có phiên bản {version}; hãy đặt số khác."
        errors = [{"field": "version", "vi": said, "en": "taken"}]
        raise BadInput(said, en=f"There is a version {version} already; choose another number.", errors=errors)
    if not (options.get("title") or "").strip():
        said = "Hãy ghi tên phiếu."
        raise BadInput(said, en="Give a title.", errors=[{"field": "title", "vi": said, "en": "needed"}])


def _row(line: Line, wrong: set[int]) -> PreviewRow:
    fault = line.row.number in wrong or any(issue.level == "error" for issue in line.issues)
    told = line.row.values
    kind = TYPES[told["answer_type"]][0] if told.get("answer_type") else "—"
    waits = f"theo {told['asked_after']}" if told.get("asked_after") else "—"
    cells = [told.get("code") or "—", told.get("group") or "—", told.get("text") or "—", kind, waits]
    return PreviewRow(line.row.number, "fault" if fault else "new", [str(cell) for cell in cells])


def _summary(table: Table, lines: list[Line], options: Mapping[str, str]) -> list[Sentence]:
    version = options["number"].strip()
    said = [
        Sentence(
            f"Trang «{table.sheet.name}», tiêu đề ở dòng {table.header_row}, {len(lines)} dòng dữ liệu.",
            f"Sheet “{table.sheet.name}”, head in row {table.header_row}, {len(lines)} rows of data.",
        ),
        Sentence(
            f"Sẽ lập dự thảo {version} với {len(lines)} tiêu chí.", f"A draft {version} with {len(lines)} criteria."
        ),
    ]
    unused = [heading for heading in table.unknown if heading_key(heading.title) not in ORDINALS]
    if unused:
        names = ", ".join(f"«{heading.title}»" for heading in unused)
        said.append(Sentence(f"Cột không dùng đến: {names}.", f"Columns not used: {names}."))
    return said


def _place(issue: Issue) -> tuple[int, int, str]:
    return issue.row, len(issue.column), issue.column
