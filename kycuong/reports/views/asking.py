"""From an address to a question: understood and allowed, or the bar above the figures with what to mend."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kycuong.core.http import Request
from kycuong.core.problems import NotAllowed
from kycuong.orgs.authority import authorize, scopes_of
from kycuong.orgs.models import Person, Unit
from kycuong.reports.forms import Asked, FiguresForm, fields_of

SEE = "figures.see"


class Reading(NamedTuple):
    """The form as typed, and the question if it could be understood."""

    form: FiguresForm
    asked: Asked | None


def own_scope(person: Person) -> Unit | None:
    """The largest unit whose figures the person may see."""
    return scopes_of(person, SEE).first()


def read(request: Request) -> Reading | None:
    """None for a person without any figures to see; NotAllowed, with the sentence, for a unit that is not theirs."""
    return _read(request.user, request.GET.dict())


def _read(person: Person, query: Mapping[str, str]) -> Reading | None:
    default = own_scope(person)
    if default is None:
        return None
    given = fields_of(query)
    given["scope"] = given["scope"] or default.slug
    form = FiguresForm(given, person=person, default=default)
    if not form.is_valid():
        return Reading(form, None)
    authorize(person, SEE, at=form.asked.scope)
    return Reading(form, form.asked)


def require(request: Request) -> Reading:
    """The same for pages that have nothing to say to a person without figures."""
    return understood(request.user, request.GET.dict())


def understood(person: Person, query: Mapping[str, str]) -> Reading:
    """The same without a request."""
    found = _read(person, query)
    if found is None:
        raise no_figures()
    return found


def no_figures() -> NotAllowed:
    return NotAllowed(
        "Tài khoản của bạn chưa có vai trò nào được xem số liệu. Hãy đề nghị quản trị hệ thống cấp vai trò.",
        en="Your account has no role that may see figures. Ask the system administrator for one.",
    )
