"""What the API of inspections takes and gives."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import AfterValidator, ConfigDict
from pydantic_core import PydanticCustomError

FormName = Literal["planned", "surprise", "combined", "cross_check", "recheck", "remote", "self_check"]
Line = Annotated[str, Field(max_length=300)]
Unit = Annotated[str, Field(max_length=200, description="Địa chỉ (xa-hoang-dong), uid, hoặc mã@ngày.")]
Whole = Annotated[int, Field(strict=True, description="Số nguyên; true, 1.0 và “1” không phải số nguyên.")]
Version = Annotated[
    int, Field(strict=True, ge=1, le=10**9, description="Phiên bản đã đọc; cũ hơn bản hiện có thì 409.")
]


def without_zone(moment: time) -> time:
    """The clock on the wall: a zone would be dropped by one database and refused by the other."""
    if moment.tzinfo is not None:
        raise PydanticCustomError("zoned_time", "Write the hour of the place, without a time zone")
    return moment


Clock = Annotated[time, AfterValidator(without_zone), Field(description="Giờ tại chỗ, ví dụ 08:30; không ghi múi giờ.")]


class Problem(Schema):
    """A refusal (RFC 9457), in Vietnamese and in English."""

    type: str
    title: str
    status: int
    detail: str
    detail_en: str
    errors: list[dict[str, Any]]
    request_id: str = ""


REFUSED = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}


class In(Schema):
    """What is sent; a name that is not known is a mistake, not a wish."""

    model_config = ConfigDict(extra="forbid")


class VisitIn(In):
    """A visit to come."""

    unit: Unit
    visited_on: date
    checklist_form: Literal["", "short", "full"] = "short"
    uid: UUID | None = None


class PlannedIn(In):
    """A first visit of an inspection that is being opened."""

    unit: Unit
    visited_on: date
    checklist_form: Literal["", "short", "full"] = "short"


class InspectionIn(In):
    """An inspection to open; whoever opens it is its head."""

    lead: Unit
    form: FormName
    title: Line = ""
    topics: Annotated[list[Line], Field(max_length=20)] = []
    plan: UUID | None = None
    decision_number: Annotated[str, Field(max_length=80)] = ""
    decision_on: date | None = None
    sealed: bool = False
    visits: Annotated[list[PlannedIn], Field(max_length=200)] = []
    uid: UUID | None = None


class HeadcountIn(In):
    """Who was there."""

    quota: Whole | None = None
    present: Whole | None = None
    absent_excused: Whole | None = None
    absent_unexcused: Whole | None = None
    late: Whole | None = None


class AnswersIn(In):
    """All answers so far, by criterion; they replace those before."""

    version: Version
    answers: Annotated[dict[str, dict[str, Any]], Field(max_length=200)]
    headcount: HeadcountIn | None = None
    strengths: Annotated[str, Field(max_length=5000)] | None = None
    explanation: Annotated[str, Field(max_length=5000)] | None = None


class MinutesIn(In):
    """The signature."""

    version: Version
    team_signatory: str
    unit_signature: Literal["signed", "refused"] = "signed"
    unit_signatory: str = ""
    refusal_reason: str = ""
    witness: str = ""
    secretary: str = ""
    number: str = ""
    begun_at: Clock | None = None
    ended_at: Clock | None = None


class AnnulmentIn(In):
    """Why signed minutes are annulled."""

    reason: Line


class FindingOut(Schema):
    """A shortcoming."""

    uid: UUID
    criterion_code: str
    description: str
    severity: int
    due_on: date | None
    remedied_on: date | None


class MinutesOut(Schema):
    """Signed minutes."""

    number: str
    team_signatory: str
    unit_signature: str
    unit_signatory: str
    refusal_reason: str
    witness: str
    secretary: str
    digest: str


class VisitOut(Schema):
    """A visit with everything written at it."""

    uid: UUID
    inspection: UUID
    unit: str
    unit_name: str
    visited_on: date
    state: str
    version: int
    checklist: str | None
    checklist_form: str
    answers: dict[str, dict[str, Any]]
    headcount: dict[str, int | None]
    strengths: str
    explanation: str
    findings: list[FindingOut]
    minutes: MinutesOut | None
    annul_reason: str


class SeatOut(Schema):
    """Somebody on the team; without an account there is a position and no name."""

    seat: UUID
    role: str
    name: str
    position: str
    group: str | None
    leads_group: bool


class GroupOut(Schema):
    """A group of the team; its visits are those that the caller may see."""

    uid: UUID
    name: str
    visits: list[UUID]


class VisitLine(Schema):
    """A visit in a list."""

    uid: UUID
    unit: str
    unit_name: str
    visited_on: date
    state: str


class InspectionOut(Schema):
    """An inspection with the visits that the caller may see."""

    uid: UUID
    lead: str
    lead_name: str
    form: str
    title: str
    state: str
    decision_number: str
    decision_on: date | None
    opened_on: date
    version: int
    topics: list[str]
    team: list[SeatOut]
    groups: list[GroupOut]
    visits: list[VisitLine]


class InspectionList(Schema):
    """A page of inspections."""

    total: int
    page: int
    inspections: list[InspectionOut]
