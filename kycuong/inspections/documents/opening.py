"""Before a team goes: the decision that forms it, and the schedule that units are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kycuong.core.clock import now, today
from kycuong.inspections import actions
from kycuong.inspections.models import Inspection, TeamMember
from kycuong.inspections.queries import is_known, is_ours, lines_of, sealing_of, team_of
from kycuong.inspections.rules.sealing import SealedPlan, ensure_known
from kycuong.inspections.rules.telling import ensure_announced, reader_words, whom_words
from kycuong.letterheads.documents import seen
from kycuong.letterheads.queries import (
    header_of,
    name_in_body,
    receivers_of,
    signature_of,
    signer_of,
    worded,
)
from kycuong.letterheads.rules import NAMED, Paper
from kycuong.orgs.models import Person
from kycuong.papers.model import Block, Column, Document, Paragraph, Table, closed, day_words, ended

SCHEDULE = [Column("TT", 1, "center"), Column("Đơn vị được kiểm tra", 8), Column("Ngày kiểm tra", 4, "center")]


@dataclass(frozen=True, slots=True)
class _About:
    """What a decision says of its inspection: from its row, or from what is sealed, with the mark of who opened that."""

    title: str
    topics: Sequence[str]
    units: Sequence[str]
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
    if found.plan and found.plan.number and found.plan.issued_on:
        bases.append(f"Căn cứ Kế hoạch số {found.plan.number} {day_words(found.plan.issued_on)} của {names['cơ quan']}")
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
    [line] = lines_of([found], by)
    kind, day, lead = Paper.NOTICE, today(), found.lead
    names = {"cơ quan": name_in_body(lead, day)}
    rows = [[str(place), name, f"{visit.visited_on:%d/%m/%Y}"] for place, (visit, name) in enumerate(line.visits, 1)]
    schedule: list[Block] = [Table("Lịch kiểm tra", SCHEDULE, rows)] if rows else []
    opening = f"{names['cơ quan']} thông báo lịch kiểm tra {_title(found.title)} như sau:" if rows else (
        f"{names['cơ quan']} thông báo kiểm tra {_title(found.title)}; thời gian cụ thể thông báo sau."
    )  # fmt: skip
    return Document(
        kind=NAMED[kind].name,
        about=f"Lịch kiểm tra {_title(found.title)}",
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
        opened = SealedPlan.of(sealing.summary) if sealing and sealing.summary else None
        [line] = lines_of([found], by)
        topics = [topic.title for topic in found.topics.all()]
        title = found.title or (opened.title if opened else "")
        return _About(_title(title), topics, [name for _visit, name in line.visits])
    ensure_known(is_known(found, by))
    told = actions.look_at_sealing(found, by=by)
    return _About(_title(told.title), told.topics, [], reader_words(by, now()))


def _title(title: str) -> str:
    """What the team is for, inside a sentence."""
    text = title.strip() or "việc chấp hành kỷ luật, kỷ cương hành chính"
    text = text.removeprefix("Kiểm tra ").removeprefix("kiểm tra ")
    return f"{text[:1].lower()}{text[1:]}" if text[:2].istitle() and not text[:2].isupper() else text


def _articles(found: Inspection, about: _About, tasks: Sequence[str]) -> list[Block]:
    seats = team_of(found, []).members
    people = [Paragraph(one) for one in ended([f"{place}. {_seat(one)}" for place, one in enumerate(seats, 1)])]
    topics = "; ".join(about.topics)
    whom = whom_words(about.units)
    first = "Thành lập Đoàn kiểm tra gồm các ông, bà có tên sau:" if people else (
        "Thành lập Đoàn kiểm tra; thành phần theo danh sách kèm theo."
    )  # fmt: skip
    return [
        Paragraph(first, lead="Điều 1."),
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
