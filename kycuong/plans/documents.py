"""Plans as documents: the plan of an agency with its units by month in an annex, and the letter to agencies that have issued none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from kycuong.core.clock import today
from kycuong.core.vietnamese import sort_key
from kycuong.letterheads.documents import as_draft, seen
from kycuong.letterheads.queries import header_of, name_in_body, receivers_of, signature_of, worded
from kycuong.letterheads.rules import NAMED, Paper
from kycuong.orgs.authority import can, deciding_assignments
from kycuong.orgs.models import Person, Unit
from kycuong.orgs.queries import parent_on
from kycuong.orgs.queries.instead import spoken_for
from kycuong.papers.model import (
    Annex,
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    Table,
    closed,
    day_words,
    paragraphs,
)
from kycuong.plans.models import InspectionPlan, PlanReminder, PlanStep
from kycuong.plans.queries import ItemLine, item_lines
from kycuong.plans.queries.duties import cut_off, units_that_owe
from kycuong.plans.rules import PlanState, about_words, ensure_still_missing, units_words

KIND, REMIND = Paper.PLAN, "plan.remind"
COLUMNS = [
    Column("TT", 1, "center"),
    Column("Đơn vị", 6),
    Column("Thời gian", 3, "center"),
    Column("Hình thức", 3, "center"),
    Column("Nội dung", 8, "justify"),
]


def plan(by: Person, uid: UUID) -> Document:
    """The plan as it stands now; without number and day until they are entered."""
    found = seen(InspectionPlan.objects.visible_to(by).select_related("agency").filter(uid=uid).first())
    day, agency = found.issued_on or today(), found.agency
    lines = item_lines(by, found, today=today())
    names = {"cơ quan": name_in_body(agency, day)}

    def piece(key: str) -> list[str]:
        return worded(agency, KIND, key, day, names)

    document = Document(
        kind=NAMED[KIND].name,
        about=about_words(found.title, found.year),
        header=header_of(agency, KIND, number=found.number, day=found.issued_on, today=today()),
        bases=piece("bases"),
        blocks=closed(_body(found, lines, piece)),
        signatures=[signature_of(agency, KIND, day)],
        recipients=receivers_of(agency, KIND, day, "Các đơn vị được kiểm tra"),
        annexes=[_annex(lines)] if lines else [],
    )
    return as_draft(document) if found.state in (PlanState.DRAFT, PlanState.SUBMITTED) else document


def plan_urge(by: Person, uid: UUID) -> Document:
    """A letter to the agencies of one reminder that have issued no plan since; for the side that reminds."""
    known = PlanReminder.objects.visible_to(by).select_related("agency", "reminded_by")
    found = seen(known.filter(uid=uid).first())
    seen(found if can(by, REMIND, at=found.agency) else None)
    day = today()
    issued = InspectionPlan.objects.issued(by_day=day).filter(year=found.year).values("agency_id")
    owing = units_that_owe(by, cut_off(found.year, today=day))  # neither ended units nor those whose duty has ended
    missing = known.passed_on_with(found).filter(agency_id__in=owing).exclude(agency_id__in=issued)
    names = sorted((name_in_body(one.agency, day) for one in missing), key=sort_key)
    ensure_still_missing(len(names), found.year)
    sender, kind = _sender(found), Paper.URGE
    own = {"cơ quan": name_in_body(sender, day)}
    return Document(
        kind="",
        about=f"đôn đốc ban hành kế hoạch kiểm tra kỷ luật, kỷ cương hành chính năm {found.year}",
        header=header_of(sender, kind, today=day),
        to=names,
        blocks=closed(
            [
                Paragraph(
                    f"Qua theo dõi, đến hết {day_words(day)}, {len(names)} cơ quan, đơn vị có tên trên chưa ban hành kế hoạch kiểm tra việc chấp "
                    f"hành kỷ luật, kỷ cương hành chính năm {found.year}."
                ),
                *paragraphs(found.words),
                *map(Paragraph, worded(sender, kind, "plan_closing", day, own)),
            ]
        ),
        signatures=[signature_of(sender, kind, day)],
        recipients=receivers_of(sender, kind, day, "Như trên"),
    )


def _sender(reminder: PlanReminder) -> Unit:
    """The unit for which whoever reminded spoke, in whoever's stead; when that role is over, the one above the agency."""
    if lent := spoken_for(reminder, REMIND):
        return lent
    held = deciding_assignments(reminder.reminded_by, REMIND, at=reminder.agency).select_related("unit").first()
    return held.unit if held else parent_on(reminder.agency, reminder.reminded_on) or reminder.agency


def _body(found: InspectionPlan, lines: Sequence[ItemLine], piece: Callable[[str], list[str]]) -> list[Block]:
    """Why, what, whom and when, who does it; what amended it stands first."""
    return [
        *_amended(found),
        Heading("I. MỤC ĐÍCH, YÊU CẦU"),
        Heading("1. Mục đích", 2),
        *map(Paragraph, piece("purpose")),
        Heading("2. Yêu cầu", 2),
        *map(Paragraph, piece("demands")),
        Heading("II. NỘI DUNG, ĐỐI TƯỢNG, THỜI GIAN KIỂM TRA"),
        *_substance(found, lines),
        Heading("III. TỔ CHỨC THỰC HIỆN"),
        *map(Paragraph, piece("organising")),
    ]


def _amended(plan: InspectionPlan) -> list[Block]:
    """What is printed is the plan of now: it says by which documents it is no longer that of its number alone."""
    steps = PlanStep.objects.amendments().filter(plan=plan)
    by = "; ".join(f"số {one.document_number} {day_words(one.document_on)}" for one in steps if one.document_on)
    return [Paragraph(f"Kế hoạch này đã được điều chỉnh theo văn bản {by}.")] if by else []


def _substance(plan: InspectionPlan, lines: Sequence[ItemLine]) -> list[Block]:
    """What is inspected, whom, when, how many."""
    topics = sorted({topic for line in lines for topic in line.topics})
    content = [f"- {topic}" for topic in topics] or ["Theo phiếu kiểm tra kỷ luật, kỷ cương hành chính đang áp dụng."]
    window = "Xuyên suốt trong năm."
    if plan.window_from and plan.window_to:
        window = f"Từ {day_words(plan.window_from)} đến {day_words(plan.window_to)}."
    named = sum(1 for line in lines if line.item.unit_id)
    later = sum(line.item.units_count or 0 for line in lines)
    blocks: list[Block] = [Heading("1. Nội dung kiểm tra", 2), *map(Paragraph, content)]
    blocks += [Heading("2. Đơn vị được kiểm tra", 2), Paragraph(units_words(named, later))]
    blocks += [Heading("3. Thời gian kiểm tra", 2), Paragraph(window)]
    if plan.target_units is not None:
        blocks += [Heading("4. Chỉ tiêu", 2), Paragraph(f"Kiểm tra {plan.target_units} đơn vị trong năm {plan.year}.")]
    elif plan.target_percent is not None:
        share = f"Kiểm tra {plan.target_percent}% số đơn vị trực thuộc trong năm {plan.year}."
        blocks += [Heading("4. Chỉ tiêu", 2), Paragraph(share)]
    return blocks


def _annex(lines: Sequence[ItemLine]) -> Annex:
    rows = [
        [
            str(place),
            line.name or f"{line.item.units_count} đơn vị, chọn sau",
            line.item.when,
            line.item.get_form_display(),
            "; ".join(line.topics),
        ]
        for place, line in enumerate(lines, 1)
    ]
    return Annex("Đơn vị và nội dung kiểm tra", [Table("Đơn vị và nội dung kiểm tra", COLUMNS, rows)], landscape=True)
