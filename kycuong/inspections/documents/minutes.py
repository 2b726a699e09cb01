"""Minutes as they were signed, with the code by which a print is compared with them; and what was added to them later."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.utils.timezone import localtime

from kycuong.inspections.models import Addendum, ConcernedPerson, Finding, Minutes, Visit
from kycuong.inspections.queries import (
    addendum_digest,
    answers_in_words,
    concerned,
    lead_at,
    minutes_digest,
    name_at,
)
from kycuong.inspections.queries.receipts import SIGNED
from kycuong.inspections.rules import headcount_of
from kycuong.inspections.rules.telling import ensure_intact, ensure_signed
from kycuong.letterheads.documents import seen, witnessed
from kycuong.letterheads.queries import receivers_of, team_header, worded
from kycuong.letterheads.rules import NAMED, Paper, spelt_out
from kycuong.orgs.models import Person
from kycuong.orgs.rules import formal_name
from kycuong.papers.model import (
    Annex,
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    Proof,
    Signature,
    Table,
    closed,
    day_words,
    paragraphs,
)

from .beside import beside

FOUND = [
    Column("TT", 1, "center"),
    Column("Tiêu chí", 2, "center"),
    Column("Tồn tại, hạn chế", 8, "justify"),
    Column("Mức độ", 2.4, "center"),
    Column("Hạn khắc phục", 2.8, "center"),
]
ANSWERS = [
    Column("Mã", 1.4, "center"),
    Column("Nội dung", 8, "justify"),
    Column("Kết quả", 3, "center"),
    Column("Số liệu, ghi chú", 4),
]


def minutes(by: Person, uid: UUID) -> Document:
    """The minutes of a visit. Names of people whom findings concern stay masked, as on every paper."""
    visit = _visit(by, uid)
    signed = visit.minutes
    ensure_intact(signed.digest, minutes_digest(visit, signed))
    unit, lead = _unit(visit), spelt_out(visit.lead_name_then or lead_at(visit.inspection))
    day = visit.visited_on
    closing = worded(visit.inspection.lead, Paper.MINUTES, "closing", day, {"cơ quan": lead, "đơn vị": unit})
    document = Document(
        kind=NAMED[Paper.MINUTES].name,
        about=f"Kiểm tra việc chấp hành kỷ luật, kỷ cương hành chính tại {unit}",
        header=team_header(visit.inspection.lead, Paper.MINUTES, number=signed.number, today=day),
        blocks=closed(
            [
                Paragraph(_opening(visit, signed, unit, lead)),
                *_people(signed, unit),
                Heading("II. NỘI DUNG VÀ KẾT QUẢ KIỂM TRA"),
                *_results(visit),
                Heading("III. Ý KIẾN CỦA ĐƠN VỊ ĐƯỢC KIỂM TRA"),
                *(paragraphs(visit.unit_explanation) or [Paragraph("Đơn vị không có ý kiến giải trình.")]),
                *_refused(signed),
                Paragraph(_closing(signed, closing)),
            ]
        ),
        signatures=_signatures(signed, signed.secretary),
        recipients=receivers_of(visit.inspection.lead, Paper.MINUTES, day, unit, "Lưu: VT, Hồ sơ Đoàn kiểm tra"),
        annexes=_annexes(visit),
        proof=_proof(visit, signed.digest),
    )
    return witnessed(document, signed, SIGNED)


def addendum(by: Person, uid: UUID) -> Document:
    """What was put right in minutes, signed beside them."""
    known = Addendum.objects.filter(minutes__visit__in=Visit.objects.visible_to(by))
    found = seen(known.select_related("minutes").filter(uid=uid).first())
    visit = _visit(by, seen(Visit.objects.filter(pk=found.minutes.visit_id).first()).uid)
    ensure_intact(found.digest, addendum_digest(found))
    unit, day = _unit(visit), visit.visited_on
    lead = spelt_out(visit.lead_name_then or lead_at(visit.inspection))
    number = f" số {found.minutes.number}" if found.minutes.number else ""
    document = Document(
        kind=NAMED[Paper.ADDENDUM].name,
        about=f"Bổ sung, đính chính (lần {found.position}) Biên bản kiểm tra{number} {day_words(day)} tại {unit}",
        header=team_header(visit.inspection.lead, Paper.ADDENDUM, today=day),
        blocks=closed(_put_right(found, lead)),
        signatures=_signatures(found, ""),
        recipients=receivers_of(visit.inspection.lead, Paper.ADDENDUM, day, unit, "Lưu: VT, Hồ sơ Đoàn kiểm tra"),
        proof=_proof(visit, found.digest),
    )
    return witnessed(document, found, "visit.add_addendum")


def _put_right(found: Addendum, lead: str) -> list[Block]:
    signed = day_words(localtime(found.signed_at).date())
    return [
        Paragraph(
            f"Hôm nay, {signed}, Đoàn kiểm tra của {lead} lập biên bản bổ sung, đính chính với các nội dung sau:"
        ),
        Heading("I. LÝ DO BỔ SUNG"),
        *paragraphs(found.reason),
        Heading("II. NỘI DUNG BỔ SUNG, ĐÍNH CHÍNH"),
        *paragraphs(found.text),
        *_refused(found),
        Paragraph("Biên bản này là một phần của Biên bản nêu trên"),
    ]


def _visit(by: Person, uid: UUID) -> Visit:
    known = Visit.objects.visible_to(by).select_related("inspection__lead", "unit", "checklist", "minutes")
    found = seen(known.filter(uid=uid).first())
    ensure_signed(found.state)
    return found


def _unit(visit: Visit) -> str:
    version = visit.unit.version_on(visit.visited_on)
    return spelt_out(formal_name(name_at(visit), version.kind) if version else name_at(visit))


def _opening(visit: Visit, signed: Minutes, unit: str, lead: str) -> str:
    began = f"{signed.begun_at:%H} giờ {signed.begun_at:%M} phút, " if signed.begun_at else ""
    basis = ""
    if signed.decision_number:
        on = f" {day_words(signed.decision_on)}" if signed.decision_on else ""
        basis = f"Thực hiện Quyết định số {signed.decision_number}{on} của {lead}, "
    form = visit.inspection.get_form_display().lower()
    text = (
        f"{basis}hôm nay, {began}{day_words(visit.visited_on)}, tại {unit}, Đoàn kiểm tra của {lead} tiến hành kiểm tra ({form}) "
        "và lập biên bản với các nội dung sau:"
    )
    return f"{text[:1].upper()}{text[1:]}"


def _people(signed: Minutes, unit: str) -> list[Block]:
    team = [
        f"{signed.team_signatory or 'Trưởng đoàn'};",
        *([f"{signed.secretary}, thư ký."] if signed.secretary else []),
    ]
    return [
        Heading("I. THÀNH PHẦN"),
        Heading("1. Đoàn kiểm tra", 2),
        *map(Paragraph, team),
        Heading(f"2. {unit}", 2),
        Paragraph(signed.unit_signatory or "Đại diện đơn vị."),
    ]


def _results(visit: Visit) -> list[Block]:
    """Presence, strengths, shortcomings: as signed, whatever was decided on them later."""
    people, blocks = headcount_of(visit), list[Block]()
    if visit.present is not None:
        at = f"Điểm danh lúc {visit.roll_call_at:%H} giờ {visit.roll_call_at:%M} phút. " if visit.roll_call_at else ""
        quota = f"/{visit.quota} biên chế" if visit.quota is not None else ""
        reasons = f" ({people.reasons_in_words})" if people.reasons_in_words else ""
        blocks += [
            Heading("1. Quân số", 2),
            Paragraph(
                f"{at}Có mặt {visit.present}{quota}; vắng có lý do {visit.absent_excused or 0}{reasons}; vắng không lý do "
                f"{visit.absent_unexcused or 0}; đi muộn, về sớm {visit.late or 0}."
            ),
        ]
    place = len(blocks) // 2 + 1
    strengths = paragraphs(visit.strengths) or [Paragraph("Không ghi riêng.")]
    blocks += [Heading(f"{place}. Ưu điểm", 2), *strengths, Heading(f"{place + 1}. Tồn tại, hạn chế", 2)]
    findings, named = list(visit.findings.order_by("pk")), concerned(visit, None)
    rows = [_finding(line, one, named.get(one.pk, [])) for line, one in enumerate(findings, 1)]
    blocks.append(Table("Tồn tại, hạn chế", FOUND, rows) if rows else Paragraph("Không ghi nhận tồn tại, hạn chế."))
    return [*blocks, *beside(visit, place + 2)]


def _finding(place: int, finding: Finding, people: Sequence[ConcernedPerson]) -> list[str]:
    text = finding.description
    if people:
        who = "; ".join(f"{one.get_category_display().lower()}, {one.position}" for one in people)
        text += f"\nLiên quan: {who}."
    if finding.unit_explanation:
        text += f"\nĐơn vị: {finding.unit_explanation}"
    due = f"{finding.due_on:%d/%m/%Y}" if finding.due_on else ""
    return [str(place), finding.criterion_code or "Khác", text, finding.get_severity_display(), due]


def _refused(signed: Minutes | Addendum) -> list[Block]:
    if not signed.refusal_reason:
        return []
    witness = f" Người chứng kiến: {signed.witness}." if signed.witness else ""
    return [Paragraph(f"Đại diện đơn vị từ chối ký, lý do: {signed.refusal_reason.rstrip('. ')}.{witness}")]


def _closing(signed: Minutes, words: Sequence[str]) -> str:
    ended = (
        f"Việc kiểm tra kết thúc hồi {signed.ended_at:%H} giờ {signed.ended_at:%M} phút. " if signed.ended_at else ""
    )
    return f"{ended}{' '.join(words)}"


def _signatures(signed: Minutes | Addendum, secretary: str) -> list[Signature]:
    """The places to sign, each with the position that signed; names of hands are on the paper itself."""
    unit = "(Từ chối ký)" if signed.refusal_reason else _note(signed.unit_signatory)
    both = [
        Signature(["ĐẠI DIỆN ĐƠN VỊ", "ĐƯỢC KIỂM TRA"], note=unit),
        Signature(["ĐẠI DIỆN", "ĐOÀN KIỂM TRA"], note=_note(signed.team_signatory)),
    ]
    return [both[0], Signature(["THƯ KÝ"], note=_note(secretary)), both[1]] if secretary else both


def _note(position: str) -> str:
    return f"({position})" if position else ""


def _annexes(visit: Visit) -> list[Annex]:
    groups = answers_in_words(visit, [])
    rows = [
        [
            line.criterion.code,
            line.criterion.text,
            str(line.outcome_label),
            " · ".join(filter(None, (line.detail, line.note))),
        ]
        for group in groups
        for line in group.lines
    ]
    return [Annex("Kết quả theo tiêu chí", [Table("Kết quả theo tiêu chí", ANSWERS, rows)])] if rows else []


def _proof(visit: Visit, digest: str) -> Proof | None:
    """The address of the minutes where one is known, and the code either way."""
    if not digest:
        return None
    address = f"{settings.BASE_URL}{visit.get_absolute_url()}minutes/ " if settings.BASE_URL else ""
    return Proof(digest, f"{address}SHA-256 {digest}")
