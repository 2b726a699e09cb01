"""GET /api/v1/days-off and /api/v1/term: the calendar of a year, and a term with how it was computed."""

from __future__ import annotations

from typing import Annotated

from ninja import Field, Query, Router, Schema

from kycuong.core.clock import today
from kycuong.core.days import IsoDay, IsoMoment
from kycuong.core.http import Request
from kycuong.orgs.api import Problem

from .queries import Year, term_of, year_of
from .rules import FIRST_YEAR, LAST_YEAR, MOST_DAYS, Term

router = Router(tags=["days off"])
REFUSED = {401: Problem, 422: Problem}


class Asked(Schema):
    """Which year."""

    year: Annotated[int | None, Field(ge=FIRST_YEAR, le=LAST_YEAR, description="Năm; không ghi thì là năm nay.")] = None


class Day(Schema):
    """A day that differs from the plain week."""

    day: IsoDay
    kind: Annotated[
        str, Field(description="holiday, compensatory, swapped: nghỉ; worked: làm bù; plain: đã bỏ, như tuần thường.")
    ]
    name: str
    exchanged_for: IsoDay | None
    source: Annotated[str, Field(description="library: thư viện lịch; hand: nhập tay.")]
    note: str


class Confirmation(Schema):
    """Who looked is in the log; here is when, and at which announcement."""

    confirmed_at: IsoMoment
    announcement: str


class YearOut(Schema):
    """A year of the calendar; without a confirmation its terms may still move."""

    year: int
    confirmation: Confirmation | None
    days: list[Day]


class TermAsked(Schema):
    """A day, and how many working days after it."""

    start: IsoDay
    days: Annotated[int, Field(ge=1, le=MOST_DAYS)]


class RunOut(Schema):
    """Days off in a row that were passed."""

    first: IsoDay
    last: IsoDay
    name: str


class TermOut(Schema):
    """The day on which the term ends, and the computation."""

    start: IsoDay
    days: int
    due_on: IsoDay
    skipped: list[RunOut]
    made_up: Annotated[list[IsoDay], Field(description="Thứ Bảy, Chủ nhật làm bù được tính.")]
    unconfirmed_years: list[int]
    words: str
    words_en: str


@router.get("/days-off", response={200: YearOut, **REFUSED}, summary="Ngày nghỉ, ngày làm bù của một năm")
def days_off(request: Request, asked: Query[Asked]) -> Year:
    """In order of the days; of a year that nobody filled the list is empty."""
    return year_of(asked.year or today().year)


@router.get("/term", response={200: TermOut, **REFUSED}, summary="Hạn sau một số ngày làm việc, kèm cách tính")
def term(request: Request, asked: Query[TermAsked]) -> Term:
    """The day of the start does not count."""
    return term_of(asked.start, asked.days)
