"""What a team reports to the authority that sent it."""

from __future__ import annotations

from uuid import UUID

from kycuong.core.clock import today
from kycuong.inspections import authority
from kycuong.inspections.models import Inspection
from kycuong.inspections.rules import TeamRole
from kycuong.inspections.rules.telling import ensure_reported
from kycuong.letterheads.documents import seen
from kycuong.letterheads.queries import name_in_body, receivers_of, team_header
from kycuong.letterheads.rules import NAMED, Paper
from kycuong.orgs.authority import can
from kycuong.orgs.models import Person
from kycuong.papers.model import Document, Signature, closed, paragraphs

KIND = Paper.REPORT


def report(by: Person, uid: UUID) -> Document:
    """The report, for the side that leads and for whoever may hand it in."""
    known = Inspection.objects.visible_to(by).select_related("lead", "report").filter(uid=uid).first()
    found = seen(known)
    reads = can(by, "inspection.see", at=found.lead) or authority.can(by, "report.submit", at=found)
    seen(found if reads else None)
    told = getattr(found, "report", None)
    ensure_reported(told is not None)
    assert told is not None
    head = found.team.current().filter(role=TeamRole.HEAD).select_related("person").first()
    title = found.title or "kiểm tra việc chấp hành kỷ luật, kỷ cương hành chính"
    title = title.removeprefix("Kiểm tra ").removeprefix("kiểm tra ")
    return Document(
        kind=NAMED[KIND].name,
        about=f"Kết quả kiểm tra {title[:1].lower()}{title[1:]}",
        header=team_header(
            found.lead, KIND, number=told.number, day=told.reported_on if told.number else None, today=today()
        ),
        to=[name_in_body(found.lead, told.reported_on)],
        blocks=closed(paragraphs(told.text)),
        signatures=[Signature(["TRƯỞNG ĐOÀN"], head.person.full_name if head and head.person else "")],
        recipients=receivers_of(found.lead, KIND, told.reported_on, "Như trên", "Lưu: VT, Hồ sơ Đoàn kiểm tra"),
    )
