"""GET /api/v1/figures/summary: the summary report as JSON, as a document, as a workbook."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Field, Query, Schema

from kycuong.core.clock import today
from kycuong.core.days import IsoDay
from kycuong.core.http import Request, saved
from kycuong.orgs.authority import authorize
from kycuong.orgs.queries import resolve_unit
from kycuong.reports.documents import summary_written
from kycuong.reports.queries import summary_for
from kycuong.reports.rules.periods import period_asked
from kycuong.reports.rules.summary import Summary, to_json

from .figures import REFUSED, ensure_known, router


class SummaryAsked(Schema):
    """A unit and a period; nothing but the unit is this year so far."""

    scope: Annotated[str, Field(description="Đơn vị: địa chỉ (tinh-lang-son), uid, hoặc mã@ngày (05986@2019-04-30).")]
    period: Annotated[
        str, Field(description="2019, 2019-H1, 2019-Q1, 2019-04, nd09:2019-Q1. Không dùng cùng from, to.")
    ] = ""
    first: Annotated[IsoDay | None, Field(alias="from", description="Ngày đầu kỳ.")] = None
    last: Annotated[IsoDay | None, Field(alias="to", description="Ngày chốt, tính cả ngày đó.")] = None


class SummaryOut(Schema):
    """The report as it is kept: all that its pages say. A null `taken` or `measures` is not for this reader."""

    report: Summary


@router.get("/figures/summary", response={200: SummaryOut, **REFUSED}, operation_id="figures_summary")
def summary(request: Request, asked: Query[SummaryAsked]) -> dict[str, Any]:
    """Báo cáo tổng hợp với Biểu 1–6, theo cơ quan chủ trì."""
    return {"report": to_json(made(request, asked))}


@router.get("/figures/summary/{form}", response=REFUSED, operation_id="figures_summary_file")
def summary_file(request: Request, form: Literal["docx", "pdf", "xlsx"], asked: Query[SummaryAsked]) -> HttpResponse:
    """Báo cáo tổng hợp thành tệp: Word, PDF, Excel."""
    return saved(*summary_written(made(request, asked), form))


def made(request: Request, asked: SummaryAsked) -> Summary:
    """The report, once it is known that the person may see figures there."""
    ensure_known(request, asked)
    scope = resolve_unit(asked.scope, person=request.user)
    authorize(request.user, "figures.see", at=scope)
    period = period_asked(asked.period, asked.first, asked.last, today=today())
    return summary_for(scope, period, person=request.user)
