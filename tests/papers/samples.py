"""Documents to write: short, long, with everything, with almost nothing; and how their files are read back."""

from __future__ import annotations

import io
import re
from collections import Counter
from datetime import date
from typing import Any

from docx import Document as WordFile
from docx.oxml.ns import qn
from pypdf import PdfReader

from kycuong.papers.checking import deviations
from kycuong.papers.model import (
    Annex,
    Column,
    Document,
    Figure,
    Header,
    Heading,
    Paragraph,
    Proof,
    Signature,
    Table,
    Witness,
    closed,
)
from kycuong.papers.reading import read

HEADER = Header(
    issuer="SỞ NỘI VỤ", superior="ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", symbol="KH-SNV", place="Lạng Sơn", year=2026
)
COLUMNS = [Column("TT", 1, "center"), Column("Nội dung", 6, "justify"), Column("Hạn", 2, "center")]


def table(rows: int) -> Table:
    told = "Chấp hành thời giờ làm việc, nội quy cơ quan; đeo thẻ, trang phục và văn hóa giao tiếp, ứng xử"
    return Table("Kết quả kiểm tra", COLUMNS, [[str(row), told, "30/10/2026"] for row in range(1, rows + 1)])


def plan(rows: int = 3) -> Document:
    """A plan with bases, headings, a wide annex."""
    return Document(
        kind="KẾ HOẠCH",
        about="Kiểm tra việc chấp hành kỷ luật, kỷ cương hành chính đối với các cơ quan, đơn vị, địa phương năm 2026",
        header=HEADER,
        bases=["Căn cứ Nghị định số 30/2020/NĐ-CP về công tác văn thư;", "Xét đề nghị của Chánh Văn phòng Sở"],
        blocks=closed(
            [
                Heading("I. MỤC ĐÍCH, YÊU CẦU"),
                Heading("1. Mục đích", 2),
                Paragraph("Nâng cao trách nhiệm của người đứng đầu. " * 6),
                table(rows),
                Paragraph("Giám đốc Sở yêu cầu các đơn vị thực hiện", lead="II."),
            ]
        ),
        signatures=[Signature(["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"])],
        recipients=["UBND tỉnh (báo cáo)", "Các sở, ban, ngành", "Lưu: VT, CCVC"],
        annexes=[Annex("Danh sách đơn vị được kiểm tra", [table(rows)], landscape=True)],
    )


def minutes(rows: int = 3) -> Document:
    """Minutes with three signatures, a proof, a reader."""
    return Document(
        kind="BIÊN BẢN",
        about="Kiểm tra kỷ luật, kỷ cương hành chính tại Ủy ban nhân dân phường Đông Kinh",
        header=Header(
            issuer="ĐOÀN KIỂM TRA THEO QUYẾT ĐỊNH SỐ 215/QĐ-SNV",
            superior="SỞ NỘI VỤ TỈNH LẠNG SƠN",
            number="7/BB-ĐKT",
            dated=False,
        ),
        blocks=closed([Paragraph("Hôm nay, hồi 07 giờ 30 phút."), table(rows), Paragraph("Biên bản kết thúc")]),
        signatures=[
            Signature(["ĐẠI DIỆN ĐƠN VỊ", "ĐƯỢC KIỂM TRA"], "Người A", "(Chữ ký, dấu)"),
            Signature(["THƯ KÝ"], "Người B"),
            Signature(["TRƯỞNG ĐOÀN"], "Người C"),
        ],
        recipients=["Lưu: VT, Hồ sơ"],
        proof=Proof("ab" * 32, "https://kycuong.example/visits/x/minutes/"),
        witness=Witness(12_345, "thu.example\n12345\nAAAA\n\n— thu.example BBBB"),
        reader="Người đọc: Trưởng đoàn, 08/09/2026 07:30",
    )


def letter() -> Document:
    """A letter, the shortest of all."""
    return Document(
        kind="",
        about="đôn đốc thực hiện kiến nghị sau kiểm tra",
        header=Header(issuer="SỞ NỘI VỤ", symbol="SNV-CCVC", number="12", place="Lạng Sơn", day=date(2026, 2, 3)),
        to=["UBND xã Cao Lộc", "UBND xã Đồng Đăng"],
        blocks=closed([Paragraph("Sở Nội vụ đề nghị")]),
        signatures=[Signature(["TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"], "Người D")],
        recipients=["Như trên", "Lưu: VT"],
    )


def drawing() -> Figure:
    return Figure(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><rect width="20" height="10"/></svg>',
        "Một nửa",
        0.5,
    )


ALL = {"plan": plan, "minutes": minutes, "letter": letter}


def words_of_word(data: bytes) -> Counter[str]:
    """The words of the body, and how often each stands there."""
    body = WordFile(io.BytesIO(data)).element.body
    lines = ("".join(_piece(one) for one in paragraph.iter()) for paragraph in body.iter(qn("w:p")))
    return Counter(" ".join(lines).split())


def _piece(part: Any) -> str:
    return {qn("w:t"): part.text or "", qn("w:br"): " "}.get(part.tag, "")


def words_of_pdf(data: bytes, *, reader: str = "") -> Counter[str]:
    """The same of a PDF, without the numbers of pages in the top margin and the reader at the foot."""
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    pages = [re.sub(r"^\d+\n", "", page) for page in pages]
    whole = " ".join(pages)
    return Counter((whole.replace(reader, " ") if reader else whole).split())


def lowest_of_pdf(data: bytes) -> float:
    """How high the lowest text stands above the edge of its page, in points: below nought it left the paper."""
    heights: list[float] = []

    def see(text: str, now: Any, line: Any, *_font: Any) -> None:
        if text.strip():
            heights.append(line[5] * now[3] + now[5])

    for page in PdfReader(io.BytesIO(data)).pages:
        page.extract_text(visitor_text=see)
    return min(heights)


def found_in(data: bytes) -> list[str]:
    """The deviations of a Word file, as «element: sentence»."""
    return [f"{one.element}: {one.vi}" for one in deviations(read(data))]
