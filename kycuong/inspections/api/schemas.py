"""What the API of inspections takes."""

from __future__ import annotations

from datetime import datetime, time
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils.timezone import make_aware
from ninja import Field, Schema
from pydantic import AfterValidator, ConfigDict
from pydantic_core import PydanticCustomError

from kycuong.core.days import IsoDay, IsoHour, IsoMoment

FIRST_YEAR, LAST_YEAR = 2000, 2100
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


Clock = Annotated[
    IsoHour, AfterValidator(without_zone), Field(description="Giờ tại chỗ, ví dụ 08:30; không ghi múi giờ.")
]


def in_our_years(moment: datetime) -> datetime:
    """With its zone (that of the place, when none is given); at the ends of the calendar another zone has no such moment."""
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise PydanticCustomError("far_year", "Choose a year between 2000 and 2100")
    return moment if moment.tzinfo else make_aware(moment)


Moment = Annotated[IsoMoment, AfterValidator(in_our_years)]
Year = Annotated[int, Field(ge=1, le=9999)]


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
    visited_on: IsoDay
    checklist_form: Literal["", "short", "full"] = "short"
    uid: UUID | None = None


class PlannedIn(In):
    """A first visit of an inspection that is being opened."""

    unit: Unit
    visited_on: IsoDay
    checklist_form: Literal["", "short", "full"] = "short"


class InspectionIn(In):
    """An inspection to open; whoever opens it is its head."""

    lead: Unit
    form: FormName
    title: Line = ""
    topics: Annotated[list[Line], Field(max_length=20)] = []
    plan: UUID | None = None
    decision_number: Annotated[str, Field(max_length=80)] = ""
    decision_on: IsoDay | None = None
    sealed: bool = False
    members_from: Annotated[Moment | None, Field(description="Thành viên đoàn được biết từ lúc này.")] = None
    notes: Annotated[str, Field(max_length=2000)] = ""
    visits: Annotated[
        list[PlannedIn],
        Field(max_length=200, description="Cuộc niêm phong: nơi sẽ đi, không thành lượt cho tới khi bắt đầu."),
    ] = []
    uid: UUID | None = None


class HeadcountIn(In):
    """Who was there, who was away with leave and why. Reasons add up to absent_excused, or none is given."""

    quota: Whole | None = None
    present: Whole | None = None
    absent_excused: Whole | None = None
    absent_unexcused: Whole | None = None
    late: Whole | None = None
    excused_leave: Whole | None = None
    excused_mission: Whole | None = None
    excused_meeting: Whole | None = None
    excused_sick: Whole | None = None
    excused_maternity: Whole | None = None
    excused_other: Whole | None = None
    roll_call_at: Clock | None = None


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


class PickIn(In):
    """Case files to choose at random: among `codes`, or among `size` files by their place."""

    subject: Annotated[str, Field(max_length=200)]
    number: Whole
    size: Whole | None = None
    codes: Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=5000)] = []
    reason: Annotated[str, Field(max_length=500)] = ""
    uid: UUID | None = None


class TargetIn(In):
    """A further target of a sealed inspection."""

    unit: Unit
    visited_on: IsoDay
    checklist_form: Literal["", "short", "full"] = "short"
    version: Version | None = None


class BeginningIn(In):
    """That the visit begins: today, or on the planned day."""

    visited_on: IsoDay | None = None
