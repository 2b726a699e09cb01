"""GET /api/v1/figures: the same figures, names and lists as on the command line."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Field, Query, Router, Schema

from kycuong.core.clock import today
from kycuong.core.days import IsoDay
from kycuong.core.http import Request
from kycuong.core.problems import BadInput
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Unit
from kycuong.orgs.queries import resolve_unit
from kycuong.reports.figures import FIGURES
from kycuong.reports.queries import answer_for, closed_to, list_for
from kycuong.reports.rules.periods import Period, period_asked, within_reach

router = Router(tags=["figures"])


class Problem(Schema):
    """A refusal (RFC 9457), in Vietnamese and in English."""

    type: str
    title: str
    status: int
    detail: str
    detail_en: str
    errors: list[dict[str, Any]]
    request_id: str = ""


REFUSED = {401: Problem, 403: Problem, 422: Problem}


class Asked(Schema):
    """A question to the figures."""

    scope: Annotated[str, Field(description="Đơn vị: địa chỉ (tinh-lang-son), uid, hoặc mã@ngày (05986@2019-04-30).")]
    period: Annotated[
        str, Field(description="2019, 2019-H1, 2019-Q1, 2019-04, nd09:2019-Q1. Không dùng cùng from, to.")
    ] = ""
    first: Annotated[IsoDay | None, Field(alias="from", description="Ngày đầu kỳ.")] = None
    last: Annotated[IsoDay | None, Field(alias="to", description="Ngày chốt, tính cả ngày đó.")] = None
    view: Annotated[
        Literal["subject", "lead"], Field(description="Theo đơn vị được kiểm tra, hoặc theo cơ quan chủ trì.")
    ] = "subject"
    restated: Annotated[IsoDay | None, Field(description="Quy về tổ chức của ngày này.")] = None


class Part(Asked):
    """A question to the list behind one figure."""

    key: Annotated[str | None, Field(description="Chỉ một phần của danh sách: surprise, commune_pc, 2019-01, …")] = None
    limit: Annotated[int, Field(ge=1, le=1000)] = 100
    offset: Annotated[int, Field(ge=0, le=10_000_000)] = 0


class Scope(Schema):
    uid: str
    slug: str
    name: str
    kind: str | None


class Span(Schema):
    first: Annotated[str, Field(alias="from")]
    last: Annotated[str, Field(alias="to")]
    name: str
    label: str


class Rate(Schema):
    numerator: int
    denominator: int
    rate: float | None


class Forms(Schema):
    planned: int
    surprise: int
    combined: int
    cross_check: int
    recheck: int
    remote: int


class OfKind(Schema):
    units: int
    units_inspected: int
    coverage: Rate


class Kinds(Schema):
    commune_pc: OfKind
    district_pc: OfKind
    division: OfKind
    provincial_department: OfKind
    public_service_unit: OfKind


class Month(Schema):
    month: str
    visits: int
    units_inspected: int


class TopicCount(Schema):
    code: str
    title: str
    inspections: int


class Answers(Schema):
    text: str
    passed: Annotated[int, Field(alias="pass")]
    partial: int
    fail: int
    not_applicable: int
    units_asked: int
    pass_rate: Rate
    repeats: int


class Progress(Rate):
    plan: str
    number: str
    issued_on: IsoDay
    year: int
    target_units: int | None
    target_percent: int | None
    units: int


class Severities(Schema):
    minor: int
    medium: int
    serious: int
    grave: int


class States(Schema):
    remedied: int
    in_term: int
    overdue: int
    no_term: int
    closed: int


class RecommendationStates(Schema):
    verified: int
    closed: int
    waiting: int
    in_term: int
    overdue: int


class Figures(Schema):
    """All figures by name. Definitions: GET /figures/definitions."""

    units: int
    units_inspected: int
    units_inspected_existing: int
    units_inspected_outside: int
    units_inspected_ceased: int
    coverage: Rate
    units_by_kind: Kinds
    inspections: int
    visits: int
    surprise_share: Rate
    surprise_share_visits: Rate
    inspections_by_form: Forms
    inspections_concluded: int
    visits_by_form: Forms
    topics: list[TopicCount]
    by_month: list[Month]
    sum_of_leads: int
    double_counted: int
    agencies_with_plan: Rate
    agencies_without_plan: int
    plan_progress: Progress | None
    findings: int
    findings_by_state: States
    findings_by_group: dict[str, int]
    findings_by_severity: Severities
    repeat_findings: int
    recommendations: int
    recommendations_by_state: RecommendationStates
    recommendations_transferred: int
    handling_rate: Rate
    remedied_in_time: Rate
    answers_by_criterion: dict[str, Answers]
    self_checks: int
    restated_flagged: Annotated[int, Field(description="Chỉ có khi quy về tổ chức của ngày khác.")] = 0


class LastYear(Span):
    figures: Figures
    change: Annotated[
        dict[str, Any],
        Field(description="Cùng tên và cùng hình dạng với số liệu; mỗi số là {difference, ratio}, tỷ lệ so theo rate."),
    ]


class Answer(Figures):
    """The question in words, then the figures."""

    scope: Scope
    period: Span
    view: str
    restated_on: IsoDay | None
    same_period_last_year: LastYear


class ColumnOut(Schema):
    name: str
    title: str


class ListOut(Schema):
    """One page of the list behind a figure; each row is keyed by the names of the columns."""

    name: str
    columns: list[ColumnOut]
    total: int
    limit: int
    offset: int
    rows: list[dict[str, str | int | IsoDay | None]]


class Definition(Schema):
    """What one figure means."""

    name: str
    title: str
    definition: str
    definition_en: str
    has_list: bool


@router.get("/figures", response={200: Answer, **REFUSED}, exclude_unset=True, by_alias=True, operation_id="figures")
def figures(request: Request, asked: Query[Asked]) -> dict[str, Any]:
    """Số liệu của một phạm vi trong một kỳ; không ghi kỳ thì là từ đầu năm đến nay."""
    scope, period, options = question_of(request, asked)
    return answer_for(scope, period, **options)


@router.get("/figures/definitions", response={200: list[Definition], 401: Problem}, operation_id="figure_definitions")
def definitions(request: Request) -> list[Any]:
    """Định nghĩa của từng số liệu."""
    return list(FIGURES.values())


@router.get("/figures/{name}/list", response={200: ListOut, **REFUSED}, operation_id="figure_list")
def figure_list(request: Request, name: str, asked: Query[Part]) -> dict[str, Any]:
    """Danh sách đứng sau một số liệu: mỗi dòng là một đơn vị, lượt, cuộc, hạn chế hoặc kiến nghị được tính."""
    scope, period, options = question_of(request, asked)
    rows = list_for(name, scope, period, key=asked.key, limit=asked.limit, offset=asked.offset, **options)
    return {
        "name": name,
        "columns": [{"name": column.name, "title": column.title} for column in rows.columns],
        "total": rows.total,
        "limit": asked.limit,
        "offset": asked.offset,
        "rows": closed_to(request.user, rows.dicts()),
    }


def question_of(request: Request, asked: Asked) -> tuple[Unit, Period, dict[str, Any]]:
    """The unit, the period and the options, once it is known that the person may see figures there."""
    ensure_known(request, asked)
    scope = resolve_unit(asked.scope, person=request.user)
    authorize(request.user, "figures.see", at=scope)
    period = period_asked(asked.period, asked.first, asked.last, today=today())
    restated = within_reach(asked.restated) if asked.restated else None
    return scope, period, {"view": asked.view, "restated_on": restated}


def ensure_known(request: Request, asked: Schema) -> None:
    """A parameter that is misspelt would be answered with figures that nobody asked for."""
    known = [field.alias or name for name, field in type(asked).model_fields.items()]
    if unknown := ", ".join(name for name in request.GET if name not in known):
        raise BadInput(
            f"Không có tham số «{unknown}». Hãy chọn: {', '.join(known)}.",
            en=f"There is no parameter “{unknown}”. Choose from: {', '.join(known)}.",
        )
