"""What follows minutes, as documents: the conclusion with its recommendations, a letter that urges, what the unit reports of a remedy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from kycuong.core.clock import today
from kycuong.followup.models import Recommendation, RemedyReport
from kycuong.followup.rules import ensure_owed
from kycuong.inspections.models import Conclusion
from kycuong.inspections.rules.conclusions import ConclusionState
from kycuong.inspections.rules.telling import ensure_stands
from kycuong.letterheads.documents import as_draft, seen, witnessed
from kycuong.letterheads.queries import header_of, name_in_body, receivers_of, signature_of, worded
from kycuong.letterheads.rules import NAMED, Paper
from kycuong.orgs.authority import can
from kycuong.orgs.models import Person
from kycuong.papers.model import Block, Column, Document, Heading, Paragraph, Table, closed, day_words, paragraphs

PARTS = {
    "strengths": ("ƯU ĐIỂM", "Không ghi riêng."),
    "shortcomings": ("TỒN TẠI, HẠN CHẾ", "Không ghi nhận tồn tại, hạn chế."),
    "causes": ("NGUYÊN NHÂN", ""),
    "requests": ("KIẾN NGHỊ, YÊU CẦU", ""),
}
ROMAN = ("", "I", "II", "III", "IV")
ASKED = [
    Column("TT", 1, "center"),
    Column("Kiến nghị", 8, "justify"),
    Column("Minh chứng cần có", 4),
    Column("Thời hạn", 3, "center"),
]
OVERDUE = [
    Column("TT", 1, "center"),
    Column("Kiến nghị", 8, "justify"),
    Column("Văn bản", 4, "center"),
    Column("Hạn", 3, "center"),
]


def conclusion(by: Person, uid: UUID) -> Document:
    """The conclusion on a visit, with what is recommended. A draft has neither number nor day."""
    known = Conclusion.objects.visible_to(by).select_related("visit__inspection__lead", "visit__unit")
    found = seen(known.filter(uid=uid).first())
    visit, kind = found.visit, Paper.CONCLUSION
    ensure_stands(visit.state)
    lead, day = visit.inspection.lead, found.issued_on or today()
    names = {"cơ quan": name_in_body(lead, day), "đơn vị": name_in_body(visit.unit, visit.visited_on)}
    asked = list(Recommendation.objects.visible_to(by).filter(visit=visit).prefetch_related("terms"))
    document = Document(
        kind=NAMED[kind].name,
        about=f"Kết luận kiểm tra việc chấp hành kỷ luật, kỷ cương hành chính tại {names['đơn vị']}",
        header=header_of(lead, kind, number=found.number, day=found.issued_on, today=today()),
        blocks=closed(
            [
                Paragraph(_opening(found, names)),
                *_said(found, asked),
                *map(Paragraph, worded(lead, kind, "closing", day, names)),
            ]
        ),
        signatures=[signature_of(lead, kind, day)],
        recipients=receivers_of(lead, kind, day, names["đơn vị"], "Đoàn kiểm tra"),
    )
    if found.state in (ConclusionState.DRAFT, ConclusionState.SHARED):
        return as_draft(document)
    return witnessed(document, found, "conclusion.issue") if found.state == ConclusionState.ISSUED else document


def urge(by: Person, uid: UUID) -> Document:
    """A letter to a unit about every recommendation of one authority that is overdue there; for the side that leads."""
    known = Recommendation.objects.visible_to(by).select_related("visit__inspection__lead", "unit")
    found = seen(known.filter(uid=uid).first())
    lead, day, kind = found.visit.inspection.lead, today(), Paper.URGE
    seen(found if can(by, "inspection.see", at=lead) else None)
    owed = known.overdue(on=day).filter(unit=found.unit, visit__inspection__lead=lead).order_by("due_on", "pk")
    ensure_owed(found.pk in {one.pk for one in owed})
    names = {"cơ quan": name_in_body(lead, day), "đơn vị": name_in_body(found.unit, day)}
    rows = [[str(place), one.text, one.document, _due(one)] for place, one in enumerate(owed, 1)]
    return Document(
        kind="",
        about="đôn đốc thực hiện kiến nghị sau kiểm tra",
        header=header_of(lead, kind, today=day),
        to=[names["đơn vị"]],
        blocks=closed(
            [
                Paragraph(
                    f"Qua theo dõi, đến hết {day_words(day)}, {names['đơn vị']} còn {len(rows)} kiến nghị sau kiểm tra đã quá hạn "
                    "nhưng chưa báo cáo kết quả thực hiện:"
                ),
                Table("Kiến nghị quá hạn", OVERDUE, rows),
                *map(Paragraph, worded(lead, kind, "closing", day, names)),
            ]
        ),
        signatures=[signature_of(lead, kind, day)],
        recipients=receivers_of(lead, kind, day, "Như trên"),
    )


def remedy(by: Person, uid: UUID) -> Document:
    """What the unit reports of one recommendation."""
    known = RemedyReport.objects.visible_to(by).select_related(
        "recommendation__visit__inspection__lead", "recommendation__unit"
    )
    found = seen(known.filter(uid=uid).first())
    asked, kind, day = found.recommendation, Paper.REMEDY, found.submitted_on
    ensure_stands(asked.visit.state)
    lead, unit = asked.visit.inspection.lead, asked.unit
    names = {"cơ quan": name_in_body(lead, day), "đơn vị": name_in_body(unit, day)}
    document, proof = f" tại {asked.document}" if asked.document else "", found.files.count()
    return Document(
        kind=NAMED[kind].name,
        about="Kết quả khắc phục tồn tại, hạn chế sau kiểm tra",
        header=header_of(unit, kind, number=found.number, day=day if found.number else None, today=day),
        to=[names["cơ quan"]],
        blocks=closed(
            [
                Paragraph(f"Thực hiện kiến nghị{document} sau kiểm tra ngày {asked.visit.visited_on:%d/%m/%Y}, {names['đơn vị']} báo cáo như sau:"),
                Heading("1. Kiến nghị", 2),
                Paragraph(f"{asked.text.rstrip('. ')} (thời hạn: {_due(asked)})."),
                Heading("2. Kết quả khắc phục", 2),
                Paragraph(f"Mức độ: {found.get_extent_display().lower()}."),
                *paragraphs(found.text),
                *([Paragraph(f"Minh chứng kèm theo: {proof} tệp, gửi trong hệ thống.")] if proof else []),
                *map(Paragraph, worded(unit, kind, "closing", day, names)),
            ]
        ),
        signatures=[signature_of(unit, kind, day)],
        recipients=receivers_of(unit, kind, day, "Như trên"),
    )  # fmt: skip


def _opening(found: Conclusion, names: dict[str, str]) -> str:
    visit = found.visit
    minutes = getattr(visit, "minutes", None)
    number = f" số {minutes.number}" if minutes and minutes.number else ""
    return (
        f"Căn cứ Biên bản kiểm tra{number} {day_words(visit.visited_on)} tại {names['đơn vị']}, {names['cơ quan']} thông báo kết luận "
        "kiểm tra như sau:"
    )


def _said(found: Conclusion, asked: Sequence[Recommendation]) -> list[Block]:
    """The parts that say something, numbered; recommendations stand under the requests."""
    blocks: list[Block] = []
    place = 0
    for part, (title, otherwise) in PARTS.items():
        text = paragraphs(getattr(found, part)) or ([Paragraph(otherwise)] if otherwise else [])
        table = part == "requests" and asked
        if not text and not table:
            continue
        place += 1
        blocks += [Heading(f"{ROMAN[place]}. {title}"), *text]
        if table:
            rows = [[str(at), one.text, one.expected_proof, _first_due(one)] for at, one in enumerate(asked, 1)]
            blocks.append(Table("Kiến nghị", ASKED, rows))
    return blocks


def _first_due(one: Recommendation) -> str:
    """The term that it was issued with: a conclusion says what it said, whatever was granted or settled later."""
    first = min(one.terms.all(), key=lambda term: term.pk, default=None)
    return _day(first.due_on) if first else _due(one)


def _due(one: Recommendation) -> str:
    return _day(one.due_on) if one.due_on else f"{one.days} ngày làm việc"


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
