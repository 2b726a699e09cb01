"""The summary report as a document: sections I–V, Biểu 1–6 as annexes across. From the content alone: nothing is asked here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kycuong.letterheads.rules import NAMED, Paper
from kycuong.papers.model import (
    Annex,
    Block,
    Column,
    Document,
    Figure,
    Header,
    Heading,
    Note,
    Paragraph,
    Signature,
    Table,
    closed,
)
from kycuong.reports.rules.summary import Schedule, Summary, proofs_of, schedules_of, sentences
from kycuong.reports.rules.summary.schedules import Head, Row, shown
from kycuong.ui.formats import vn_number

from .plot import bars_of

BLANK = "…" * 28
"""Where a person must write."""
YEAR = range(1, 13)
MOST_PRINTED = 800
"""Rows of Biểu 3, Biểu 4 and the documents of Biểu 6 together that stand on paper. A tagged PDF takes half a megabyte of memory for
each (papers/apart.py): a year of a province would take gigabytes, and hundreds of sheets that nobody leafs through. The workbook holds every row."""
ALIGNS = {"number": "right", "share": "right", "points": "right", "day": "center", "text": "left", "code": "center"}


def document_of(summary: Summary, *, number: str = "", day: date | None = None) -> Document:
    """The document. Number and day are what the records clerk entered, or blank."""
    office, kind = summary.office, NAMED[Paper.SUMMARY].name
    header = Header(
        office.issuer,
        office.superior,
        office.symbol,
        number,
        office.place,
        day,
        day.year if day else int(summary.made_at[:4]),
    )
    return Document(
        kind=kind,
        about=f"Kết quả kiểm tra việc chấp hành kỷ luật, kỷ cương hành chính {period_words(summary)}",
        header=header,
        to=office.to,
        blocks=closed(narrative(summary)),
        signatures=[Signature(office.power, office.signer)],
        recipients=office.recipients,
        annexes=annexes(summary),
        as_of=date.fromisoformat(summary.made_at[:10]),
    )


def annexes(summary: Summary) -> list[Annex]:
    """Biểu 1–6; of registers that are too long the first rows."""
    proofs, made = proofs_of(summary), schedules_of(summary)
    registers = [one for one in (*made, proofs) if (one.number in (3, 4) or one is proofs)]
    most = printed_of([len(one.rows) for one in registers])
    cut = {id(one): number for one, number in zip(registers, most, strict=True)}
    return [annex(one, proofs if one.number == 6 else None, cut) for one in made]


def printed_of(sizes: Sequence[int], most: int = MOST_PRINTED) -> list[int]:
    """How many rows of each register are printed: all where there is room; a long one gives way to the shorter ones."""
    found, left = dict.fromkeys(range(len(sizes)), 0), most
    for place, at in enumerate(sorted(found, key=lambda at: sizes[at])):
        found[at] = min(sizes[at], left // (len(sizes) - place))
        left -= found[at]
    return list(found.values())


def period_words(summary: Summary) -> str:
    """«quý I năm 2019», «từ ngày 01/01/2019 đến ngày 15/04/2019»."""
    period = summary.period
    if period.name or "đầu năm" in period.label:
        return f"{period.label[:1].lower()}{period.label[1:]}"
    if period.first == period.last:
        return f"ngày {period.last:%d/%m/%Y}"
    return f"từ ngày {period.first:%d/%m/%Y} đến ngày {period.last:%d/%m/%Y}"


def narrative(summary: Summary) -> list[Block]:
    """I–V. What figures can say is said; the office's own words stand behind it, or room to write them."""
    own = summary.words
    return [
        Heading("I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI"),
        *said(sentences.directing(summary), own["directing"]),
        Heading("II. KẾT QUẢ KIỂM TRA"),
        Heading("1. Tình hình kiểm tra", 2),
        *said(sentences.inspected(summary)),
        *plot(summary),
        Heading("2. Ưu điểm", 2),
        *said(sentences.strong(summary), own["strengths"]),
        Heading("3. Tồn tại, hạn chế", 2),
        *said(sentences.weak(summary)),
        Heading("4. Nguyên nhân", 2),
        *said([], own["causes"]),
        Heading("III. XỬ LÝ SAU KIỂM TRA"),
        *said(sentences.followed(summary)),
        Heading("IV. KHÓ KHĂN, VƯỚNG MẮC"),
        *said([], own["difficulties"]),
        Heading("V. PHƯƠNG HƯỚNG, ĐỀ XUẤT, KIẾN NGHỊ"),
        *said([], own["directions"]),
        *map(Paragraph, own["closing"]),
    ]


def said(computed: Sequence[str], own: Sequence[str] | None = None) -> list[Block]:
    """Computed sentences as one paragraph, then the office's own; room to write where neither says anything.

    Without `own` the part is the figures' alone.
    """
    blocks: list[Block] = [Paragraph(sentences.joined(computed))] if computed else []
    blocks += [Paragraph(line) for line in own or ()]
    return blocks or [Paragraph(BLANK)]


def plot(summary: Summary) -> list[Block]:
    """Visits of the year month by month: columns over a table that bears the numbers."""
    if not summary.total.inspections_of_year:
        return []
    months = {int(one.month[5:]): one for one in summary.months}
    columns = [Column("Tháng", 2.2), *(Column(str(month), 1, "right") for month in YEAR)]
    rows = [
        ["Lượt", *(str(months[month].visits) if month in months else "" for month in YEAR)],
        ["Đơn vị", *(str(months[month].units_inspected) if month in months else "" for month in YEAR)],
    ]
    words = f"Số lượt và số đơn vị được kiểm tra từng tháng, từ 01/01 đến hết {summary.year.last:%d/%m/%Y}"
    drawn = Figure(
        bars_of([months[month].visits if month in months else 0 for month in YEAR], before=2.2), f"Biểu đồ cột: {words}"
    )
    return [Paragraph(f"{words}:"), drawn, Table(words, columns, rows, dense=True)]


def annex(schedule: Schedule, proofs: Schedule | None, cut: Mapping[int, int]) -> Annex:
    """One Biểu: its table (in bands where it is too wide), the rules under it."""
    rows = cut.get(id(schedule), len(schedule.rows))
    blocks: list[Block] = []
    for place, band in enumerate(schedule.bands or [tuple(range(len(schedule.heads)))]):
        if place:
            blocks.append(Heading(f"{schedule.name} (tiếp theo)", 2))
        blocks.append(table(schedule, band, rows))
    blocks += left_out(schedule, rows)
    if not schedule.rows and not schedule.total:
        blocks = [Note(schedule.empty)]
    blocks += [Note(f"{'Cách tính. ' if not place else ''}{rule}") for place, rule in enumerate(schedule.rules)]
    if proofs:
        blocks.append(Heading(proofs.title, 2))
        whole, rows = tuple(range(len(proofs.heads))), cut[id(proofs)]
        blocks += [table(proofs, whole, rows), *left_out(proofs, rows)] if proofs.rows else [Note(proofs.empty)]
    return Annex(f"{schedule.name}. {schedule.title}", blocks, landscape=True)


def left_out(schedule: Schedule, printed: int) -> list[Block]:
    """That rows are missing stands right under the table, with where they are."""
    rows = len(schedule.rows)
    if printed == rows:
        return []
    words = f"In {vn_number(printed)} dòng đầu trong {vn_number(rows)} dòng. Đủ {vn_number(rows)} dòng ở tệp Excel lập cùng báo cáo này; các số "
    return [Note(f"{words}trong báo cáo và các biểu khác tính trên mọi dòng.")]


def table(schedule: Schedule, band: Sequence[int], printed: int) -> Table:
    """The columns of a band, with the total as its last row."""
    heads = [schedule.heads[at] for at in band]
    told = (*schedule.rows[:printed], *([schedule.total] if schedule.total else []))
    rows = [texts(row, schedule.heads, band) for row in told]
    columns = [column(head, at) for head, at in zip(heads, band, strict=True)]
    return Table(f"{schedule.name}. {schedule.title}", columns, rows, dense=True, total=schedule.total is not None)


def column(head: Head, at: int) -> Column:
    align = "center" if at == 0 else ALIGNS[head.holds]
    return Column(head.title, head.room, align, head.group, head.mark)  # type: ignore[arg-type]


def texts(row: Row, heads: Sequence[Head], band: Sequence[int]) -> list[str]:
    return [shown(row.cells[at], heads[at]) for at in band]
