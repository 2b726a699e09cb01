"""What the API of recommendations takes and tells."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Schema

from kycuong.core.days import IsoDay, IsoMoment
from kycuong.followup.models import Extension, Recommendation, RemedyReport
from kycuong.followup.queries import Standing
from kycuong.inspections.api.schemas import In, Version

StateName = Literal["draft", "issued", "acknowledged", "remedied_claimed", "verified", "closed"]
StandingName = Literal["overdue", "in_term", "waiting", "verified", "closed", "draft"]
StoodName = Literal[StandingName, "annulled"]


class RecommendationIn(In):
    """A recommendation in a draft conclusion. `findings`: uids of findings of the same visit; `legal_basis`: its number."""

    text: Annotated[str, Field(max_length=1000)]
    findings: list[UUID] = []
    days: Annotated[int, Field(strict=True)] | None = None
    expected_proof: Annotated[str, Field(max_length=300)] = ""
    legal_basis: Annotated[str, Field(max_length=80)] = ""
    unit: Annotated[str, Field(max_length=200)] = ""


class RecommendationChange(RecommendationIn):
    """The same, rewritten whole."""

    version: Version


class RecommendationStepIn(In):
    """What a step takes: `report` text, extent and number; `accept` whole and note; `return`, `close` and `refuse` a reason;
    `extend` a day and a reason; `grant` a day if it is another one; `recheck` a day."""

    text: Annotated[str, Field(max_length=5000)] = ""
    extent: Literal["full", "partial"] = "full"
    number: Annotated[str, Field(max_length=80)] = ""
    whole: bool | None = None
    reason: Annotated[str, Field(max_length=500)] = ""
    day: IsoDay | None = None


class RecommendationTermOut(Schema):
    """A term that the recommendation has or had, with its computation."""

    kind: str
    set_on: IsoDay
    start: IsoDay | None
    days: int | None
    due_on: IsoDay
    words: str
    reason: str


class AnswerOut(Schema):
    """A report of remedy or a request for an extension, and what was decided on it."""

    uid: UUID
    kind: Literal["report", "extension"]
    on: IsoDay
    text: str
    extent: str = ""
    until: IsoDay | None = None
    files: list[UUID] = []
    decision: str
    decision_reason: str
    decided_on: IsoDay | None


class RecommendationOut(Schema):
    """A recommendation, and where it stands today."""

    uid: UUID
    visit: UUID
    unit: str
    state: StateName
    standing: StoodName
    days_over: int
    text: str
    expected_proof: str
    legal_basis: str | None
    days: int
    issued_on: IsoDay | None
    due_on: IsoDay | None
    acknowledged_at: IsoMoment | None
    settled_on: IsoDay | None
    days_late: int | None
    close_reason: str
    version: int


class RecommendationWhole(RecommendationOut):
    """The same with findings, terms and answers."""

    findings: list[UUID]
    terms: list[RecommendationTermOut]
    trail: list[AnswerOut]


class RecommendationList(Schema):
    """A page of recommendations."""

    total: int
    page: int
    recommendations: list[RecommendationOut]


def told(one: Recommendation, standing: Standing) -> dict[str, Any]:
    """A recommendation, as RecommendationOut."""
    other = ("visit", "unit", "standing", "days_over", "legal_basis")
    plain = {name: getattr(one, name) for name in RecommendationOut.model_fields if name not in other}
    basis = one.legal_basis.number if one.legal_basis else None
    about = {"visit": one.visit.uid, "unit": one.unit.slug, "legal_basis": basis}
    return {**plain, **about, "standing": standing.name, "days_over": standing.days_over}


def told_answer(one: RemedyReport | Extension) -> dict[str, Any]:
    """A report or a request, as AnswerOut."""
    decided = {name: getattr(one, name) for name in ("uid", "decision", "decision_reason", "decided_on")}
    if isinstance(one, Extension):
        return {**decided, "kind": "extension", "on": one.asked_on, "text": one.reason, "until": one.until}
    files = [file.uid for file in one.files.all()]
    said = {"kind": "report", "on": one.submitted_on, "text": one.text, "extent": one.extent, "files": files}
    return {**decided, **said}
