"""The unit answers the draft of a conclusion finding by finding, with photos and files."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.db.models import F

from kycuong.audit.log import act, record
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import now, today
from kycuong.core.problems import RuleBroken, Stale
from kycuong.deadlines.queries import term_of
from kycuong.files.store import Examined
from kycuong.inspections.models import Conclusion, Finding, FindingReply, VisitFile
from kycuong.inspections.rules import replies
from kycuong.inspections.rules.conclusions import ConclusionState
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person

from ._conclusion import conclusion_on, move
from ._kept import Given, drop_file, keep_file

REPLY = "conclusion.reply"


@act
def answer_finding(
    finding: Finding, *, by: Person, accepts: bool, text: str = "", version: int | None = None
) -> FindingReply:
    """What the unit says of one finding. Given again within the term, it takes the place of the first; the log keeps both."""
    authorize(by, REPLY, at=finding.visit.unit)
    conclusion = _open(finding)
    replies.ensure_answer(accepts=accepts, text=text)
    reply = finding.answered or FindingReply(finding=finding)
    read = reply.version if version is None else version
    said = {"accepts": accepts, "text": text.strip(), "replied_at": now(), "replied_on": today(), "replied_by": by}
    for name, value in said.items():
        setattr(reply, name, value)
    ensure_clean(reply)
    if reply._state.adding:
        reply.save(force_insert=True)
    elif not FindingReply.objects.filter(pk=reply.pk, version=read).update(**said, version=F("version") + 1):
        raise Stale(
            "Ý kiến này vừa được người khác trong đơn vị sửa. Những gì bạn nhập còn nguyên: hãy xem rồi gửi lại.",
            en="Somebody else of the unit has just changed this answer. What you typed is kept: look, then send again.",
        )
    reply.refresh_from_db()
    record("finding.reply", reply, by=by)
    _set_term(conclusion, by=by)
    return reply


@act
def add_reply_file(
    finding: Finding, *, by: Person, examined: Examined, caption: str = "", uid: UUID | None = None
) -> VisitFile:
    """Add a photo or document to the unit's answer. Repeating the call with the same uid returns the first one."""
    authorize(by, REPLY, at=finding.visit.unit)
    if uid and (already := VisitFile.objects.filter(attachment__uid=uid, reply__finding=finding).first()):
        return already
    _open(finding)
    reply = finding.answered
    if reply is None:
        raise RuleBroken(
            "Hãy ghi ý kiến về tồn tại này trước, rồi thêm ảnh, tệp.",
            en="Answer to this finding first, then add photos and files.",
        )
    may = partial(authorize, by, REPLY, at=finding.visit.unit)
    code = finding.criterion_code
    given = Given(examined, code, caption, uid)
    return keep_file(finding.visit, given, by=by, may=may, reply=reply)


@act
def remove_reply_file(file: VisitFile, *, by: Person) -> VisitFile:
    """Take a photo or document out of the answer, as long as the answer may be corrected. The bytes stay, for the log."""
    authorize(by, REPLY, at=file.visit.unit)
    assert file.reply is not None
    _open(file.reply.finding)
    return drop_file(file, by=by)


def _open(finding: Finding) -> Conclusion:
    """The unit's word on the finding is asked for, its term runs, and nobody has decided."""
    conclusion = conclusion_on(finding, ConclusionState.SHARED)
    replies.ensure_undecided(finding)
    replies.ensure_in_time(conclusion, today=today())
    return conclusion


def _set_term(conclusion: Conclusion, *, by: Person) -> None:
    """The lead side's time to decide runs from the last objection. Whoever approves must have read this answer."""
    open_ones = FindingReply.objects.filter(finding__visit=conclusion.visit_id, accepts=False, finding__decision=None)
    start = open_ones.order_by("-replied_on").values_list("replied_on", flat=True).first()
    until = term_of(start, conclusion.held_rule.decide_days).due_on if start else None
    move(conclusion, conclusion.state, by, "hear", decide_from=start, decide_until=until)
