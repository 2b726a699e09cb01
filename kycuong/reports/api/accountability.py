"""GET /api/v1/figures/accountability: measures by kind, about units and people, as far as the caller may know."""

from __future__ import annotations

from typing import Any

from ninja import Query, Router, Schema

from kycuong.core.http import Request
from kycuong.followup.rules.suppression import COLUMNS
from kycuong.reports.queries import accountability_for

from .figures import REFUSED, Asked, Span, question_of

router = Router(tags=["figures"])


class MeasuresOfKind(Schema):
    """Measures of one kind; null: fewer than 3, or a sum that would tell such a number."""

    kind: str
    title: str
    collective: int | None
    person: int | None
    total: int | None


class Measures(Schema):
    """The restricted figure: every number with sight over the scope, else no small ones."""

    period: Span
    exact: bool
    kinds: list[MeasuresOfKind]
    collective: int | None
    person: int | None
    total: int | None


@router.get(
    "/figures/accountability", response={200: Measures, **REFUSED}, by_alias=True, operation_id="accountability"
)
def accountability(request: Request, asked: Query[Asked]) -> dict[str, Any]:
    """Xử lý trách nhiệm theo hình thức; số nhỏ hơn 3 chỉ cho người được xem."""
    scope, period, options = question_of(request, asked)
    told = accountability_for(scope, period, view=options["view"], person=request.user)
    table = told.table
    kinds = [
        {"kind": kind.code, "title": kind.title, "total": table.of_kind[kind.code]}
        | {column: table.cells[kind.code, column] for column in COLUMNS}
        for kind in told.kinds
    ]
    sums = {**table.of_column, "total": table.total}
    return {"period": period.as_dict(), "exact": told.rows is not None, "kinds": kinds, **sums}
