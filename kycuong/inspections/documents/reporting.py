"""What a team reports to the authority that sent it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from kycuong.inspections import authority
from kycuong.inspections.models import Inspection, TeamReport
from kycuong.inspections.rules import TeamRole
from kycuong.inspections.rules.telling import ensure_reported
from kycuong.letterheads.documents import seen
from kycuong.letterheads.queries import name_in_body, receivers_of, team_header
from kycuong.letterheads.rules import NAMED, Paper, in_sentence
from kycuong.orgs.authority import can
from kycuong.orgs.models import Person
from kycuong.papers.model import Document, Signature, closed, paragraphs

KIND = Paper.REPORT


def report(by: Person, uid: UUID) -> Document:
    """The report, for the side that leads and for whoever may hand it in."""
    known = Inspection.objects.visible_to(by).select_related("lead", "report__submitted_by").filter(uid=uid).first()
    found = seen(known)
    reads = can(by, "inspection.see", at=found.lead) or authority.can(by, "report.submit", at=found)
    seen(found if reads else None)
    told = getattr(found, "report", None)
    ensure_reported(told is not None)
    assert told is not None
    return Document(
        kind=NAMED[KIND].name,
        about=f"Kết quả kiểm tra {in_sentence(found.title)}",
        header=team_header(
            found.lead,
            KIND,
            number=told.number,
            day=told.reported_on if told.number else None,
            today=told.reported_on,
        ),
        to=[name_in_body(found.lead, told.reported_on)],
        blocks=closed(paragraphs(told.text)),
        signatures=[Signature(["TRƯỞNG ĐOÀN"], _signer(found, told))],
        recipients=receivers_of(found.lead, KIND, told.reported_on, "Như trên", "Lưu: VT, Hồ sơ Đoàn kiểm tra"),
    )


def _signer(found: Inspection, told: TeamReport) -> str:
    """Who headed the team when it reported: whoever heads it later signed nothing. Of a report that was handed in from the
    team, whoever did so; otherwise (the lead's desk) whoever held the seat of the head then."""
    by, moment = told.submitted_by, told.submitted_at
    if found.team.filter(person=by).exists():
        return by.full_name
    came, stayed = Q(joined_at=None) | Q(joined_at__lte=moment), Q(left_at=None) | Q(left_at__gt=moment)
    head = found.team.filter(came, stayed, role=TeamRole.HEAD).select_related("person").order_by("-pk").first()
    return head.person.full_name if head and head.person else ""
