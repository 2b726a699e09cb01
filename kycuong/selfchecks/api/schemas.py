"""What the API of self-checks takes and tells."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Schema

from kycuong.core.days import IsoDay, IsoMoment
from kycuong.inspections.api.schemas import In, Version

StateName = Literal["waiting", "draft", "submitted"]


class SelfCheckAnswersIn(In):
    """All answers so far, by criterion, as of a visit; they replace those before. `finding` describes a shortfall."""

    version: Version
    answers: Annotated[dict[str, dict[str, Any]], Field(max_length=200)]
    notes: Annotated[str, Field(max_length=5000)] | None = None


class SubmissionIn(In):
    """That it is handed in as it was read."""

    version: Version


class SelfCheckOut(Schema):
    """A self-check, and where it stands."""

    uid: UUID
    campaign: UUID
    title: str
    authority: str
    unit: str
    state: StateName
    due_on: IsoDay | None
    submitted_at: IsoMoment | None
    version: int


class CriterionGapOut(Schema):
    """One criterion: what was declared, what was found; empty where there is no answer."""

    code: str
    declared: str
    found: str
    withdrawn: bool
    gap: Literal["agrees", "better", "worse", "one_sided"]


class GapOut(Schema):
    """The visit that a declaration is compared with, and the comparison."""

    visit: UUID
    visited_on: IsoDay
    declared_on: IsoDay
    honest: int
    compared: int
    criteria: list[CriterionGapOut]


class SelfCheckWhole(SelfCheckOut):
    """The same with answers; null while the caller may not read them, because it inspects and has not found for itself."""

    answers: dict[str, dict[str, Any]] | None
    shortfalls: dict[str, str] | None
    notes: str | None
    gap: GapOut | None


class SelfCheckList(Schema):
    """A page of self-checks."""

    total: int
    page: int
    self_checks: list[SelfCheckOut]
