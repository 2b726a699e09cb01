"""Before a team goes: the decision that forms it, and the schedule that units are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kycuong.catalog.models import Topic
from kycuong.core.clock import now, today
from kycuong.inspections import actions
from kycuong.inspections.models import Inspection, TeamMember, Visit
from kycuong.inspections.queries import is_known, is_ours, lines_of, sealing_of, team_of
from kycuong.inspections.rules import VisitState
from kycuong.inspections.rules.sealing import SealedPlan, ensure_known
from kycuong.inspections.rules.telling import ensure_announced, ensure_sent, reader_words, whom_words
from kycuong.letterheads.documents import seen
from kycuong.letterheads.queries import (
    header_of,
    name_in_body,
    receivers_of,
    signature_of,
    signer_of,
    worded,
)
from kycuong.letterheads.rules import NAMED, Paper, in_sentence
from kycuong.orgs.models import Person
from kycuong.papers.model import Block, Column, Document, Paragraph, Table, closed, day_words, ended
from kycuong.plans.models import InspectionPlan

SCHEDULE = [Column("TT", 1, "center"), Column("Đơn vị được kiểm tra", 8), Column("Ngày kiểm tra", 4, "center")]

BLANK = "." * 40
"""Room for a name that is not entered yet."""


@dataclass(frozen=True, slots=True)
class _About:
    """What a decision says of its inspection: from its row, or from what is sealed, with the mark of who opened that."""

    title: str
    topics: Sequence[str]
    units: Sequence[str]
    plan: InspectionPlan | None
    reader: str = ""


def decision(by: Person, uid: UUID) -> Document:
    """The decision that forms the team. Of a sealed inspection for its short list alone: that is a look, and it is noted."""
    found = _inspection(by, uid)
    about = _about(found, by)
    day, lead = found.decision_on or today(), found.lead
    names = {"cơ quan": name_in_body(lead, day)}
    kind = Paper.DECISION
    signer = signer_of(lead, kind, day)
    bases = worded(lead, kind, "bases", day, names)
    if (plan := about.plan) and plan.number and plan.issued_on:
        bases.append(f"Căn cứ Kế hoạch số {plan.number} {day_words(plan.issued_on)} của {names['cơ quan']}")
    return Document(
        kind=NAMED[kind].name,
        about=f"Về việc thành lập Đoàn kiểm tra {about.title}",
        header=header_of(lead, kind, number=found.decision_number, day=found.decision_on, today=today()),
        authority=f"{signer.head_title} {names['cơ quan']}".upper(),
        bases=bases,
        enacts="QUYẾT ĐỊNH:",
        blocks=closed(_articles(found, about, worded(lead, kind, "tasks", day, names))
                      + _last(worded(lead, kind, "carrying_out", day, names))),
        signatures=[signature_of(lead, kind, day)],
        recipients=receivers_of(lead, kind, day, "Như Điều 4"),
        reader=about.reader,
    )  # fmt: skip


def notice(by: Person, uid: UUID) -> Document:
    """The schedule of an announced inspection, as far as the person may see its visits."""
    found = _inspection(by, uid)
    ensure_announced(found.form, sealed=found.sealed_at is not None)
    ensure_sent(found.form, found.state)
    visits = _visits(found, by)
    kind, day, lead = Paper.NOTICE, today(), found.lead
    names = {"cơ quan": name_in_body(lead, day)}
    title = in_sentence(found.title)
    rows = [[str(place), name, f"{visit.visited_on:%d/%m/%Y}"] for place, (visit, name) in enumerate(visits, 1)]
    schedule: list[Block] = [Table("Lịch kiểm tra", SCHEDULE, rows)] if rows else []
    opening = f"{names['cơ quan']} thông báo lịch kiểm tra {title} như sau:" if rows else (
        f"{names['cơ quan']} thông báo kiểm tra {title}; thời gian cụ thể thông báo sau."
    )  # fmt: skip
    return Document(
        kind=NAMED[kind].name,
        about=f"Lịch kiểm tra {title}",
        header=header_of(lead, kind, today=day),
        blocks=closed([Paragraph(opening), *schedule, *map(Paragraph, worded(lead, kind, "requests", day, names))]),
        signatures=[signature_of(lead, kind, day)],
        recipients=receivers_of(lead, kind, day, "Các đơn vị được kiểm tra", "Đoàn kiểm tra"),
    )


def _inspection(by: Person, uid: UUID) -> Inspection:
    found = Inspection.objects.visible_to(by).select_related("lead", "plan").filter(uid=uid).first()
    return seen(found if found and is_ours(found, by) else None)


def _about(found: Inspection, by: Person) -> _About:
    """A sealed inspection is opened for whoever may know of it; nobody else learns more than its signed minutes tell."""
    sealing = sealing_of(found)
    if sealing is None or sealing.unsealed_at:
        ensure_sent(found.form, found.state)
        opened = SealedPlan.of(sealing.summary) if sealing and sealing.summary else None
        topics = [topic.title for topic in found.topics.all()]
        title = found.title or (opened.title if opened else "")
        return _About(in_sentence(title), topics, [name for _visit, name in _visits(found, by)], found.plan)
    ensure_known(is_known(found, by))  # before all else, so that nobody learns of a state either
    ensure_sent(found.form, found.state)
    told = actions.look_at_sealing(found, by=by)
    topics = list(Topic.objects.filter(code__in=told.topics).order_by("pk").values_list("title", flat=True))
    plan = InspectionPlan.objects.filter(uid=UUID(told.plan)).first() if told.plan else None
    return _About(in_sentence(told.title), topics, [], plan, reader_words(by, now()))


def _visits(found: Inspection, by: Person) -> list[tuple[Visit, str]]:
    """Those that stand, with the names of their units."""
    [line] = lines_of([found], by)
    return [(visit, name) for visit, name in line.visits if visit.state != VisitState.ANNULLED]


def _articles(found: Inspection, about: _About, tasks: Sequence[str]) -> list[Block]:
    seats = team_of(found, []).members
    names = [_seat(one) for one in seats] or [f"{BLANK}, Trưởng đoàn", f"{BLANK}, Thành viên"]
    people = [Paragraph(one) for one in ended([f"{place}. {name}" for place, name in enumerate(names, 1)])]
    topics = "; ".join(about.topics)
    whom = whom_words(about.units)
    return [
        Paragraph("Thành lập Đoàn kiểm tra gồm các ông, bà có tên sau:", lead="Điều 1."),
        *people,
        Paragraph(f"Nội dung kiểm tra: {topics or about.title}.", lead="Điều 2."),
        Paragraph(whom),
        *(Paragraph(text, lead="" if place else "Điều 3.") for place, text in enumerate(tasks)),
    ]


def _last(text: Sequence[str]) -> list[Block]:
    return [Paragraph(one, lead="" if place else "Điều 4.") for place, one in enumerate(text)]


def _seat(seat: TeamMember) -> str:
    position = seat.position or (seat.person.position if seat.person else "")
    named = [seat.person.full_name if seat.person else "", position, seat.get_role_display()]
    return ", ".join(part for part in named if part)
