"""The API of the two-sided clock: answers to findings, decisions on them, the rule of silence."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from kycuong.core.clock import today
from kycuong.core.days import IsoDay, IsoMoment
from kycuong.core.http import Request
from kycuong.inspections import actions
from kycuong.inspections.models import Conclusion, Finding, SilenceRule
from kycuong.inspections.queries.replies import findings_told
from kycuong.inspections.queries.silence import rule_on, two_terms

from .answers import FileOut
from .schemas import REFUSED, In, Version
from .told import told_file

router = Router(tags=["conclusions"])
Silence = Literal["withdrawn", "waits"]


class ReplyIn(In):
    """What the unit answers to one finding. Who objects says why."""

    finding: UUID
    accepts: bool
    text: Annotated[str, Field(max_length=3000)] = ""
    version: Version | None = None


class FindingDecisionIn(In):
    """What becomes of a finding to which the unit objects; `version` is that of the answer that was read."""

    finding: UUID
    outcome: Literal["kept", "changed", "withdrawn"]
    reason: Annotated[str, Field(max_length=2000)]
    description: Annotated[str, Field(max_length=1000)] = ""
    severity: Annotated[int, Field(strict=True, ge=1, le=4)] | None = None
    version: Version | None = None


class RuleIn(In):
    """A rule of silence from a day on."""

    valid_from: IsoDay
    reply_days: Annotated[int, Field(strict=True, ge=1, le=60)]
    unit_silence: Literal["stands"] = "stands"
    decide_days: Annotated[int, Field(strict=True, ge=1, le=60)]
    lead_silence: Silence
    conclude_days: Annotated[int, Field(strict=True, ge=1, le=60)] | None = None
    basis: Annotated[str, Field(max_length=300)] = ""


class RuleOut(Schema):
    """A rule of silence; without a basis it is a proposal that no practitioner has reviewed."""

    valid_from: IsoDay
    reply_days: int
    unit_silence: str
    decide_days: int
    lead_silence: str
    conclude_days: int
    basis: str


class ReplyOut(Schema):
    """The unit's answer to a finding."""

    uid: UUID
    accepts: bool
    text: str
    replied_at: IsoMoment
    version: int
    files: list[FileOut]


class DecisionOut(Schema):
    """The decision on a finding; without a decider it was withdrawn by the rule of silence."""

    uid: UUID
    outcome: str
    reason: str
    decided_on: IsoDay
    by_rule: bool


class FindingToldOut(Schema):
    """A finding with the words and severity that hold, those that were signed, and what both sides said."""

    uid: UUID
    criterion_code: str
    description: str
    severity: int
    description_signed: str
    severity_signed: int
    due_on: IsoDay | None
    reply: ReplyOut | None
    decision: DecisionOut | None


class ReplyTermOut(Schema):
    """A term in working days, and how its last day comes about."""

    until: IsoDay | None
    words: str


class RepliesOut(Schema):
    """Both clocks of a conclusion, and its findings."""

    rule: RuleOut
    reply: ReplyTermOut | None
    decide: ReplyTermOut | None
    findings: list[FindingToldOut]


@router.get("/conclusions/{uid}/replies", response={200: RepliesOut, **REFUSED}, operation_id="finding_replies")
def replies(request: Request, uid: UUID) -> Any:
    """The two terms with their computation, what silence means, and every finding with what both sides said."""
    return _told(_conclusion(request, uid))


@router.post("/conclusions/{uid}/replies", response={200: RepliesOut, **REFUSED}, operation_id="answer_finding")
def answer(request: Request, uid: UUID, body: ReplyIn) -> Any:
    """The unit answers one finding; again, within its term, to correct it."""
    found = _finding(request, uid, body.finding)
    actions.answer_finding(found, by=request.user, **body.dict(exclude={"finding"}))
    return _told(_conclusion(request, uid))


@router.post("/conclusions/{uid}/decisions", response={200: RepliesOut, **REFUSED}, operation_id="decide_finding")
def decide(request: Request, uid: UUID, body: FindingDecisionIn) -> Any:
    """The lead side keeps, changes or withdraws a finding to which the unit objects. Once."""
    found = _finding(request, uid, body.finding)
    actions.decide_finding(found, by=request.user, **body.dict(exclude={"finding"}))
    return _told(_conclusion(request, uid))


@router.get("/silence-rule", response={200: RuleOut, **REFUSED}, operation_id="silence_rule")
def silence_rule(request: Request) -> Any:
    """The rule in force today."""
    return rule_on(today())


@router.post("/silence-rule", response={201: RuleOut, **REFUSED}, operation_id="set_silence_rule")
def set_silence_rule(request: Request, body: RuleIn) -> Any:
    """Set the rule from a day on. What was shared under another goes on under that one."""
    rule: SilenceRule = actions.set_silence_rule(by=request.user, **body.dict())
    return Status(201, rule)


def _told(conclusion: Conclusion) -> dict[str, Any]:
    terms = two_terms(conclusion)
    return {
        "rule": terms.rule,
        "reply": {"until": terms.reply_until, "words": terms.reply.words} if terms.reply else None,
        "decide": {"until": terms.decide_until, "words": terms.decide.words} if terms.decide else None,
        "findings": [_finding_told(one) for one in findings_told(conclusion.visit)],
    }


def _finding_told(one: Finding) -> dict[str, Any]:
    reply, decision = one.answered, one.decided
    said = (
        {name: getattr(reply, name) for name in ("uid", "accepts", "text", "replied_at", "version")} if reply else None
    )
    told = {name: getattr(decision, name) for name in ("uid", "outcome", "reason", "decided_on")} if decision else None
    return {
        "uid": one.uid,
        "criterion_code": one.criterion_code,
        "description": one.words_now,
        "severity": one.severity_now,
        "description_signed": one.description,
        "severity_signed": one.severity,
        "due_on": one.due_on,
        "reply": said and reply and {**said, "files": [told_file(file) for file in reply.kept_files]},
        "decision": told and decision and {**told, "by_rule": decision.decided_by_id is None},
    }


def _conclusion(request: Request, uid: UUID) -> Conclusion:
    seen = Conclusion.objects.visible_to(request.user).select_related("visit__inspection__lead", "visit__unit", "rule")
    return get_object_or_404(seen, uid=uid)


def _finding(request: Request, uid: UUID, finding: UUID) -> Finding:
    seen = Finding.objects.visible_to(request.user).filter(visit=_conclusion(request, uid).visit)
    return get_object_or_404(seen.select_related("visit__inspection__lead", "visit__unit"), uid=finding)
