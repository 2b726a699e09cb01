"""GET /api/v1/figures/par and /ranking: what is made of figures, with how it was made."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Field, Query, Schema

from kycuong.core.clock import today
from kycuong.core.days import IsoDay
from kycuong.core.http import Request
from kycuong.orgs.authority import authorize
from kycuong.orgs.queries import resolve_unit
from kycuong.reports.queries import par_answer, par_for, ranking_answer, ranking_for

from .figures import REFUSED, Asked, Rate, ensure_known, question_of, router


class ParAsked(Schema):
    """A unit and a year."""

    scope: Annotated[str, Field(description="Đơn vị: địa chỉ (tinh-lang-son), uid, hoặc mã@ngày (05986@2019-04-30).")]
    year: Annotated[int, Field(description="Năm; năm nay thì tính đến hôm nay.")]


class TierOut(Schema):
    since_percent: float
    points: float


class ScoredOut(Schema):
    """One criterion with its numbers and points; null points without a denominator."""

    code: str
    title: str
    figure: str
    value: Rate
    points: float | None
    most: float
    tiers: list[TierOut]
    note: str
    valid_from: Annotated[IsoDay | None, Field(description="Trống: ngưỡng mặc định, chờ người có chuyên môn rà soát.")]
    definition: str


class DocumentOut(Schema):
    """One document; an empty number still has to be filled in."""

    kind: str
    unit: str
    unit_name: str
    number: str
    issued_on: IsoDay | None


class ParOut(Schema):
    scope: str
    year: int
    first: Annotated[IsoDay, Field(alias="from")]
    last: Annotated[IsoDay, Field(alias="to")]
    criteria: list[ScoredOut]
    points: float
    most: float
    documents: list[DocumentOut]
    missing_numbers: int


class PlacedOut(Schema):
    """One ranked unit. Units of one band cannot be told apart."""

    unit: str
    unit_name: str
    kind: str
    rank: int
    band: int
    rate: float
    low: float
    high: float
    answers: int
    visits: int
    findings_per_visit: float
    repeats: int


class UnrankedOut(Schema):
    unit: str
    unit_name: str
    kind: str
    visits: int


class RankingOut(Schema):
    least_visits: int
    partial_percent: int
    ranked: list[PlacedOut]
    not_ranked: list[UnrankedOut]


@router.get("/figures/par", response={200: ParOut, **REFUSED}, by_alias=True, operation_id="figures_par")
def par(request: Request, asked: Query[ParAsked]) -> dict[str, Any]:
    """Chỉ số CCHC của một đơn vị trong một năm: tử số, mẫu số, tỷ lệ, điểm, tài liệu kiểm chứng."""
    ensure_known(request, asked)
    scope = resolve_unit(asked.scope, person=request.user)
    authorize(request.user, "figures.see", at=scope)
    return par_answer(par_for(scope, asked.year, today=today()))


@router.get("/figures/ranking", response={200: RankingOut, **REFUSED}, operation_id="figures_ranking")
def ranking(request: Request, asked: Query[Asked]) -> dict[str, Any]:
    """Xếp hạng đơn vị theo tỷ lệ đạt, với khoảng tin cậy; đơn vị ít lượt nêu riêng."""
    scope, period, options = question_of(request, asked)
    return ranking_answer(ranking_for(scope, period, **options), options["restated_on"] or period.last)
