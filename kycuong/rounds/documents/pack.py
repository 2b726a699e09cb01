"""The evidence of a year as one archive that goes out while it is made: documents, how numbers were counted, a table of contents.

Whoever scores the index reads numerator and denominator, every visit that counts, and the documents; each with its SHA-256.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.timezone import localtime

from kycuong.core.clock import now
from kycuong.core.problems import Problem
from kycuong.core.vietnamese import slug
from kycuong.letterheads.documents import INSTEAD, as_file, written
from kycuong.letterheads.queries import header_of, name_in_body
from kycuong.letterheads.rules import Paper
from kycuong.orgs.models import Person
from kycuong.papers.model import Block, Document, Heading, Paragraph
from kycuong.reports.figures import FIGURES
from kycuong.reports.queries import ParSheet
from kycuong.reports.queries.figures import Rows
from kycuong.reports.queries.par import Scored
from kycuong.reports.rules.words import part_label, percent
from kycuong.rounds.models import SignedReport
from kycuong.rounds.queries.evidence import CONCLUSION, PLAN, REMEDY, Evidence, Proof
from kycuong.sheets.writer import OutColumn, OutSheet, write_workbook

from .kept import signed_file

FOLDERS = {PLAN: "1-ke-hoach", CONCLUSION: "2-ket-luan", REMEDY: "3-khac-phuc"}
KINDS = {PLAN: "Kế hoạch kiểm tra", CONCLUSION: "Thông báo kết quả, kết luận", REMEDY: "Báo cáo khắc phục"}
SIGNED, SIGNED_KIND = "4-bao-cao-da-ky", "Báo cáo tổng hợp đã ký"
CONTENTS, EXPLAINED, SUMS = "00-muc-luc.xlsx", "00-thuyet-minh", "SHA256SUMS"
HOW = "Kiểm tra cả gói: mở thư mục đã giải nén, chạy «sha256sum -c SHA256SUMS»."


SCORED = (
    ("Tiêu chí", 50), ("Tử số", 10), ("Mẫu số", 10), ("Tỷ lệ", 10), ("Điểm", 8), ("Điểm tối đa", 8),
    ("Cách tính", 70), ("Lưu ý", 50),
)  # fmt: skip
DOCUMENTS = (
    ("Loại", 30), ("Đơn vị", 44), ("Số, ký hiệu", 20), ("Ngày", 13), ("Tệp trong gói", 52), ("SHA-256", 68),
    ("Không kèm tệp vì", 50),
)  # fmt: skip
"""Columns of the table of contents, with their widths."""


@dataclass
class Out:
    """What a zip file is written to: it is taken away piece by piece."""

    held: list[bytes] = field(default_factory=list)

    def write(self, data: bytes) -> int:
        self.held.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits behind it."""

    def taken(self) -> bytes:
        found, self.held = b"".join(self.held), []
        return found


def pack_name(sheet: ParSheet) -> str:
    return f"minh-chung-cchc_{sheet.scope.slug}_{sheet.year}.zip"


def packed(found: Evidence, person: Person) -> Iterator[bytes]:
    """The archive, piece by piece. A document that cannot be written is named in the table of contents with the reason."""
    out, lines, sums = Out(), list[list[Any]](), list[str]()
    moment = localtime(now()).timetuple()[:6]
    with zipfile.ZipFile(out, "w") as archive:  # type: ignore[call-overload]

        def put(name: str, data: bytes) -> str:
            told = zipfile.ZipInfo(name, moment)
            told.compress_type, told.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            archive.writestr(told, data)
            digest = hashlib.sha256(data).hexdigest()
            sums.append(f"{digest}  {name}\n")
            return digest

        for kind, unit, number, day, name, data in _documents(found, person):
            digest = put(name, data) if isinstance(data, bytes) else ""
            lines.append([kind, unit, number, day, name if digest else "", digest, "" if digest else data])
            yield out.taken()
        explained = as_file(_explanation(found.sheet), "docx", EXPLAINED)
        put(explained.name, explained.data)
        put(CONTENTS, _contents(found, lines))
        archive.writestr(zipfile.ZipInfo(SUMS, moment), "".join(sums))
    yield out.taken()


Line = tuple[str, str, str, date | None, str, bytes | str]
"""Kind, unit, number, day, name in the archive, and the file; or why there is none."""


def _documents(found: Evidence, person: Person) -> Iterator[Line]:
    known = set()
    for one in found.proofs:
        known.add((KINDS[one.paper], one.slug, one.number, one.issued_on))
        yield _written(one, person)
    for signed in found.signed:
        yield from _signed(signed, person)
    for told in found.sheet.documents:
        if (told.kind_label, told.unit, told.number, told.issued_on) not in known:
            reason = "Chỉ có số, ngày trong hệ thống (nhập từ bảng cũ) hoặc bạn không được xem; hãy kèm bản giấy."
            yield told.kind_label, told.unit_name, told.number, told.issued_on, "", reason


def _signed(signed: SignedReport, person: Person) -> Iterator[Line]:
    """To read, and as a workbook: a paper shows the first of thousands of rows."""
    number = getattr(getattr(signed, "numbered", None), "number", "")
    told = (SIGNED_KIND, str(signed.authority), number, localtime(signed.signed_at).date())
    for form in ("pdf", "xlsx"):
        name = f"{SIGNED}/{signed.round.last}_{str(signed.uid)[-6:]}.{form}"
        try:
            yield (*told, name, signed_file(signed, form, person).data)
        except Problem as problem:
            yield (*told, name, problem.vi)


def _written(one: Proof, person: Person) -> Line:
    told = (KINDS[one.paper], one.unit, one.number, one.issued_on)
    name = f"{FOLDERS[one.paper]}/{one.issued_on}_{slug(one.number or 'chua-so')[:40]}_{one.uid.hex[-6:]}"
    try:
        made = written(one.paper, one.uid, "docx", by=person)
        return (*told, f"{name}{INSTEAD if INSTEAD in made.name else ''}.docx", made.data)
    except Problem as problem:
        return (*told, f"{name}.docx", problem.vi)


def _explanation(sheet: ParSheet) -> Document:
    """Numerator and denominator in words, as whoever scores asks for them."""
    day, name = sheet.period.last, name_in_body(sheet.scope, sheet.period.last)
    blocks: list[Block] = [
        Paragraph(
            f"Phạm vi: {name}. Từ {sheet.period.first:%d/%m/%Y} đến hết {day:%d/%m/%Y}, theo đơn vị được kiểm tra."
        )
    ]
    for place, one in enumerate(sheet.scored, 1):
        top, bottom, rate = (one.value[part] for part in ("numerator", "denominator", "rate"))
        points = (
            "chưa có mẫu số để chấm"
            if one.points is None
            else f"{float(one.points):g}/{float(one.criterion.most):g} điểm"
        )
        blocks += [
            Heading(f"{place}. {one.criterion.title}", 2),
            Paragraph(f"{top}. Danh sách: tờ «{_sheet_of(one.criterion.figure)}» của {CONTENTS}.", "Tử số:"),
            Paragraph(f"{bottom}. Tỷ lệ: {percent(rate)}; tự chấm {points}.", "Mẫu số:"),
            Paragraph(one.definition, "Cách tính:"),
            Paragraph(one.criterion.note, "Lưu ý:"),
        ]
    blocks.append(Paragraph(f"Tài liệu kèm theo và mã SHA-256 của từng tệp: {CONTENTS}. {HOW}"))
    about = f"Tử số, mẫu số, tài liệu kiểm chứng Chỉ số cải cách hành chính năm {sheet.year}"
    return Document(
        kind="BẢN THUYẾT MINH", about=about, header=header_of(sheet.scope, Paper.SUMMARY, today=day), blocks=blocks
    )


def _contents(found: Evidence, lines: list[list[Any]]) -> bytes:
    sheet = found.sheet
    place = name_in_body(sheet.scope, sheet.period.last)
    heading = [f"Minh chứng Chỉ số cải cách hành chính: {place}, năm {sheet.year}"]
    scored = OutSheet("Chấm điểm", [OutColumn(*one) for one in SCORED], [_scored(one) for one in sheet.scored], heading)
    missing = sum(not line[5] for line in lines)
    told = [*heading, f"{len(lines)} tài liệu, {missing} không kèm tệp. {HOW}"]
    documents = OutSheet("Tài liệu", [OutColumn(*one) for one in DOCUMENTS], lines, told)
    visits = _listed("Lượt được tính", found.visits, [*heading, "Mọi lượt được tính trong năm."])
    lists = [
        _listed(_sheet_of(figure), rows, [*heading, f"{FIGURES[figure].title}: {FIGURES[figure].definition}"])
        for figure, rows in found.lists.items()
    ]
    return write_workbook([scored, documents, visits, *lists])


def _scored(one: Scored) -> list[Any]:
    points = None if one.points is None else float(one.points)
    value = [one.value["numerator"], one.value["denominator"], percent(one.value["rate"])]
    return [one.criterion.title, *value, points, float(one.criterion.most), one.definition, one.criterion.note]


def _sheet_of(figure: str) -> str:
    return FIGURES[figure].title[:31]


def _listed(name: str, rows: Rows, heading: list[str]) -> OutSheet:
    columns = [OutColumn(one.title, 40 if one.name.endswith("_name") else 18) for one in rows.columns]
    marks = {at for at, one in enumerate(rows.columns) if one.holds == "mark"}
    cells = [[_cell(value, at in marks) for at, value in enumerate(row)] for row in rows.rows]
    return OutSheet(name, columns, cells, [*heading, f"Số dòng: {len(cells)}."])


def _cell(value: Any, is_mark: bool) -> Any:
    if is_mark:
        return "x" if value else ""
    return (
        part_label(value)
        if isinstance(value, str)
        else value
        if isinstance(value, int | float | date | None)
        else str(value)
    )
