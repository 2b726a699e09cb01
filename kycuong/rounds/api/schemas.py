"""What the API of periodic reports takes and tells."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Schema

from kycuong.core.days import IsoDay, IsoMoment
from kycuong.inspections.api.schemas import In, Version

RoundStateName = Literal["draft", "open", "signed", "cancelled"]
ReportStateName = Literal["waiting", "submitted", "returned", "accepted"]
Words = Annotated[str, Field(max_length=10_000)]


Mark = Annotated[str, Field(max_length=64, description="Dấu của nội dung đã đọc: «seen» của GET cùng địa chỉ.")]


class VersionIn(In):
    """That it is done to what was read."""

    version: Version


class SubmittedIn(In):
    """The agency's own words and that it is handed in; figures are computed. Words left out stay as they are kept."""

    version: Version
    seen: Mark = ""
    difficulties: Words | None = None
    proposals: Words | None = None


class ReturnedIn(In):
    """Why it goes back."""

    version: Version
    reason: Annotated[str, Field(max_length=500)]


class SignedIn(In):
    """The authority's own words, and that it is signed."""

    version: Version
    seen: Mark = ""
    difficulties: Words = ""
    proposals: Words = ""


class AgencyReportOut(Schema):
    """One agency's report in a round."""

    uid: UUID
    round: UUID
    agency: str
    state: ReportStateName
    due_on: IsoDay | None
    first_submitted_on: IsoDay | None
    days_late: int | None
    submissions: int
    version: int


class RoundOut(Schema):
    """A round."""

    uid: UUID
    title: str
    authority: str
    first: IsoDay
    last: IsoDay
    state: RoundStateName
    due_on: IsoDay | None
    version: int


class RoundWhole(RoundOut):
    """A round with the reports that the caller may see, and its signed report."""

    reports: list[AgencyReportOut]
    signed: UUID | None


class RoundList(Schema):
    """A page of rounds."""

    total: int
    page: int
    rounds: list[RoundOut]


class ReviewOut(Schema):
    """A decision on a submission."""

    accepted: bool
    reason: str
    decided_at: IsoMoment


class SubmissionOut(Schema):
    """One submission without its content."""

    uid: UUID
    number: int
    submitted_at: IsoMoment
    sha256: str
    code_version: str
    reviews: list[ReviewOut]


class AgencyReportWhole(AgencyReportOut):
    """A report with its submissions; the content of the last one as far as the caller may know it."""

    handed_in: list[SubmissionOut]
    content: dict[str, Any] | None


class ToSubmit(Schema):
    """What would be frozen now, as far as the caller may know it; `seen` and `version` bind a submission to it."""

    version: int
    seen: str
    content: dict[str, Any]


class AdjustedOut(Schema):
    """What a new report tells of an earlier one, which has this title."""

    title: str
    changes: list[str]


class ToSign(ToSubmit):
    """The same of a signature: with who has reported and what is adjusted of earlier reports."""

    reports: list[AgencyReportOut]
    adjusted: list[AdjustedOut]


class SignedOut(Schema):
    """A signed report: what was frozen, as far as the caller may know it; the digest is that of the whole."""

    uid: UUID
    round: UUID
    title: str
    signed_at: IsoMoment
    number: str
    dated_on: IsoDay | None
    sha256: str
    code_version: str
    content: dict[str, Any]
    changed_since: list[str]
