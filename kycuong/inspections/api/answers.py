"""What the API of inspections gives."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Schema

from kycuong.core.days import IsoDay, IsoHour, IsoMoment


class HeadcountOut(Schema):
    """The roll-call sheet; null where it was not written down."""

    quota: int | None
    present: int | None
    absent_excused: int | None
    absent_unexcused: int | None
    late: int | None
    excused_leave: int | None
    excused_mission: int | None
    excused_meeting: int | None
    excused_sick: int | None
    excused_maternity: int | None
    excused_other: int | None
    roll_call_at: IsoHour | None


class ConcernedOut(Schema):
    """Whom a finding concerns. Names are told by no API."""

    category: str
    position: str


class FindingOut(Schema):
    """A shortcoming."""

    uid: UUID
    criterion_code: str
    description: str
    severity: int
    due_on: IsoDay | None
    remedied_on: IsoDay | None
    people: list[ConcernedOut]


class RepeatOut(Schema):
    """A criterion found wanting here and, within the span of repeats, at an earlier visit that the caller may see."""

    criterion_code: str
    visit: UUID
    visited_on: IsoDay
    minutes_number: str


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


class FileOut(Schema):
    """A photo or document at a visit. Hour, place and camera of a photo are told nowhere here."""

    uid: UUID
    name: str
    kind: str
    size: int
    sha256: str
    criterion_code: str
    caption: str
    added_at: IsoMoment
    shown: str


class PickOut(Schema):
    """A choice of case files, with all that is needed to repeat it."""

    uid: UUID
    position: int
    subject: str
    size: int
    number: int
    codes: list[str]
    list_sha256: str
    seed: str
    picked: list[str]
    reason: str
    picked_at: IsoMoment


class VisitOut(Schema):
    """A visit with everything written at it."""

    uid: UUID
    inspection: UUID
    unit: str
    unit_name: str
    visited_on: IsoDay
    state: str
    version: int
    checklist: str | None
    checklist_form: str
    answers: dict[str, dict[str, Any]]
    headcount: HeadcountOut
    strengths: str
    explanation: str
    findings: list[FindingOut]
    repeats: list[RepeatOut]
    files: list[FileOut]
    picks: list[PickOut]
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
    visited_on: IsoDay
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
    decision_on: IsoDay | None
    opened_on: IsoDay
    sealed: Annotated[bool, Field(description="Còn niêm phong, nếu người gọi được biết.")]
    version: int
    topics: list[str]
    team: list[SeatOut]
    groups: list[GroupOut]
    visits: list[VisitLine]


class TargetOut(Schema):
    """A target in the sealed part."""

    key: UUID
    unit: str
    unit_name: str
    visited_on: IsoDay
    checklist_form: str
    state: Literal["waiting", "begun", "struck"]
    reason: str
    visit: UUID | None


class SealedOut(Schema):
    """The sealed part of an inspection. Every answer of this shape is a look in the log."""

    inspection: UUID
    version: int
    members_from: IsoMoment | None
    title: str
    notes: str
    topics: list[str]
    targets: list[TargetOut]


class InspectionList(Schema):
    """A page of inspections."""

    total: int
    page: int
    inspections: list[InspectionOut]
