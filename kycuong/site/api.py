"""The API at /api/v1/: who calls, which routers, and every refusal as application/problem+json."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, AuthorizationError, HttpError, ValidationError
from ninja.security import HttpBasicAuth, HttpBearer
from ninja.security import SessionAuth as BrowserSession

from kycuong.catalog.api import router as checklists
from kycuong.checkpoints.api import router as checkpoints
from kycuong.connect.api import router as webhooks
from kycuong.core.http import problem_response
from kycuong.core.presence import keyed
from kycuong.core.problems import BadInput, Busy, NotAllowed, Problem, TooManyCalls, Unauthenticated
from kycuong.deadlines.api import router as days_off
from kycuong.draws.api import router as draws
from kycuong.exports.api import router as lists
from kycuong.features.api import router as features
from kycuong.field.api import router as field
from kycuong.followup.api import measures
from kycuong.followup.api import router as recommendations
from kycuong.gathering.api import router as declared
from kycuong.inspections.api import conclusions
from kycuong.inspections.api import router as inspections
from kycuong.letterheads.api import router as papers
from kycuong.notices.api import router as notices
from kycuong.openness.api import router as citizen_reports
from kycuong.orgs.api import router as units
from kycuong.orgs.api import standing_in
from kycuong.orgs.models import Person
from kycuong.plans.api import router as plans
from kycuong.reports.api import restricted
from kycuong.reports.api import router as figures
from kycuong.rounds.api import router as rounds
from kycuong.selfchecks.api import router as self_checks
from kycuong.signin.api import router as accounts
from kycuong.signin.proving.codes import brings_a_key, key_of, looks_like_key
from kycuong.signin.proving.pace import ensure_pace
from kycuong.signin.queries import lacks_factor, password_suffices
from kycuong.signin.rules import (
    KeyScope,
    factor_needed,
    figures_only_key,
    is_open_to_figures,
    not_for_keys,
    password_is_not_enough,
    password_is_over,
    password_is_temporary,
    read_only_key,
)
from kycuong.upkeep.api import router as installation

from .errors import missing
from .openapi import completed
from .parsing import OnceEach

WRONG = {
    "missing": "còn thiếu",
    "no_day": "không phải ngày; hãy viết năm-tháng-ngày, ví dụ 2019-04-30",
    "no_hour": "không phải giờ; hãy viết giờ:phút, ví dụ 08:30",
    "no_moment": "không phải thời điểm; hãy viết như 2019-04-30T08:30:00+07:00",
    "date_from_datetime_parsing": "không phải ngày; hãy viết năm-tháng-ngày, ví dụ 2019-04-30",
    "date_parsing": "không phải ngày; hãy viết năm-tháng-ngày, ví dụ 2019-04-30",
    "int_parsing": "không phải số nguyên",
    "int_type": "không phải số nguyên",
    "time_parsing": "không phải giờ; hãy viết giờ:phút, ví dụ 08:30",
    "zoned_time": "có múi giờ; hãy viết giờ tại chỗ, ví dụ 08:30",
    "far_year": "không nằm trong các năm 2000–2100",
    "uuid_parsing": "không phải mã định danh",
    "bool_parsing": "không phải true hoặc false",
    "literal_error": "không phải một trong các giá trị cho phép",
    "enum": "không phải một trong các giá trị cho phép",
    "extra_forbidden": "không có tham số này",
    "string_type": "không phải chữ",
    "json_invalid": "không phải JSON",
}
"""Kinds of faults that pydantic finds, in Vietnamese."""


CLOSED_TO_KEYS = (settings.FIELD_API, "/api/v1/exports", "/api/v1/notices", "/api/v1/citizen-reports")
"""What a phone sends binds an office and was signed behind a passphrase; files made in the background and notices may tell of what is
sealed to whoever is on its short list; what citizens wrote is for the eyes of few. All four are for the person, who signs in."""


class Bearer(HttpBearer):
    """An access key, made on the page «Bảo mật tài khoản»: `Authorization: Bearer kc_…`. For programs of whoever has a second factor."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        return opened_by(request, token)


class Basic(HttpBasicAuth):
    """User name with an access key instead of the password; or, while the account neither has nor needs a second factor, with the
    password itself: counted and locked out like a sign-in."""

    def authenticate(self, request: HttpRequest, username: str, password: str) -> Any:
        if looks_like_key(password):
            person = opened_by(request, password)
            return person if person is not None and person.username == username.strip().lower() else None
        person = None if "\0" in username else authenticate(request, username=username, password=password)
        if isinstance(person, Person):
            if person.password_ends_at:
                raise password_is_over() if person.password_is_over else password_is_temporary()
            if not password_suffices(person):
                raise password_is_not_enough()
            keyed(signs=True, by_password=True)  # the password came with this very request
            request.user = person
        return person


class SessionAuth(BrowserSession):
    """The cookie of a signed-in browser. With a key in the request no cookie counts, be the key good or bad; and where there is no
    cookie, a name with its password stands alone, for which there is nothing to forge."""

    def __call__(self, request: HttpRequest) -> Any:
        return (
            None
            if brings_a_key(request.headers.get("Authorization", "")) or without_cookie(request)
            else super().__call__(request)
        )


def without_cookie(request: HttpRequest) -> bool:
    """Whether a name with a password is sent, and no session beside it."""
    alone = settings.SESSION_COOKIE_NAME not in request.COOKIES
    return alone and request.headers.get("Authorization", "").lower().startswith("basic ")


def opened_by(request: HttpRequest, token: str) -> Person | None:
    """Whose key it is. One that only reads is refused whatever is no reading; none signs."""
    key = key_of(token)
    if key is None:
        return None
    ensure_pace(key.token_id)
    if key.person.password_ends_at:
        raise password_is_over() if key.person.password_is_over else password_is_temporary()
    if request.path_info.startswith(CLOSED_TO_KEYS):
        raise not_for_keys()
    if key.scope in (KeyScope.READ, KeyScope.FIGURES) and request.method not in ("GET", "HEAD", "OPTIONS"):
        raise read_only_key()
    if key.scope == KeyScope.FIGURES and not is_open_to_figures(request.path_info):
        raise figures_only_key()
    if lacks_factor(key.person):
        raise factor_needed()
    keyed(signs=False)
    request.user = key.person
    return key.person


class Api(NinjaAPI):
    """The document of the API is made once: it says the same to everybody, and takes a third of a second to make."""

    made: dict[str, Any] = {}

    def get_openapi_schema(self, **given: Any) -> Any:
        key = repr(sorted(given.items()))
        if key not in self.made:
            self.made[key] = completed(super().get_openapi_schema(**given))
        return self.made[key]


api = Api(
    title="Kỷ Cương",
    version="1.0.0",
    description="Số liệu và hồ sơ kiểm tra. Mọi câu trả lời chỉ gồm những gì tài khoản được xem.",
    auth=[SessionAuth(), Bearer(), Basic()],
    docs_url=None,
    parser=OnceEach(),
    urls_namespace="api",
)
api.add_router("", restricted)
api.add_router("", figures)
api.add_router("", inspections)
api.add_router("", conclusions)
api.add_router("", recommendations)
api.add_router("", self_checks)
api.add_router("", rounds)
api.add_router("", measures)
api.add_router("", plans)
api.add_router("", draws)
api.add_router("", notices)
api.add_router("", features)
api.add_router("", citizen_reports)
api.add_router("", webhooks)
api.add_router("", units)
api.add_router("", accounts)
api.add_router("", standing_in)
api.add_router("", checklists)
api.add_router("", days_off)
api.add_router("", checkpoints)
api.add_router("", installation)
api.add_router("", papers)
api.add_router("", lists)
api.add_router("", declared)
api.add_router("/field", field)


@api.exception_handler(Problem)
def refused(request: HttpRequest, problem: Problem) -> HttpResponse:
    response = problem_response(request, problem)
    if isinstance(problem, TooManyCalls):
        response["Retry-After"] = str(problem.seconds)
    if isinstance(problem, Busy):
        response["Retry-After"] = "1"
    return response


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem_response(request, missing())


@api.exception_handler(AuthenticationError)
def not_signed_in(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    response = problem_response(
        request,
        Unauthenticated(
            "Hãy đăng nhập, hoặc gửi khóa API kèm yêu cầu (Authorization: Bearer), hoặc tên và mật khẩu (HTTP Basic).",
            en="Sign in, or send an access key with the request (Authorization: Bearer), or user name and password (HTTP Basic).",
        ),
    )
    if not request.path_info.startswith(settings.FIELD_API):  # a browser would lay its own password box over the phone
        response["WWW-Authenticate"] = 'Basic realm="kycuong", charset="UTF-8"'
    return response


@api.exception_handler(ValidationError)
def ill_formed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Each fault of the parameters or the body, by its place."""
    faults = [
        {
            "field": ".".join(str(step) for step in fault["loc"][1:]) or str(fault["loc"][0]),
            "vi": WRONG.get(fault["type"], "chưa đúng"),
            "en": str(fault["msg"]),
        }
        for fault in error.errors
    ]
    first = faults[0]
    return problem_response(
        request,
        BadInput(
            f"Tham số “{first['field']}” {first['vi']}.",
            en=f"Parameter “{first['field']}”: {first['en']}.",
            errors=faults,
        ),
    )


@api.exception_handler(HttpError)
def refused_by_the_framework(request: HttpRequest, error: HttpError) -> HttpResponse:
    problem: Problem = BadInput("Máy chủ không đọc được yêu cầu này.", en=str(error))
    if isinstance(error, AuthorizationError) or error.status_code == NotAllowed.status:
        problem = NotAllowed("Yêu cầu thiếu mã chống giả mạo (CSRF) hoặc không được phép.", en=str(error))
    return problem_response(request, problem)
