"""«Việc của tôi»: what waits for the person, asked of each capability; here is only the order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.deadlines.queries import todos as of_days_off
from kycuong.field.queries import todos as of_phones
from kycuong.followup.queries import todos as of_followup
from kycuong.inspections.queries import todos as of_inspections
from kycuong.notices.queries import todos as of_the_hour
from kycuong.openness.queries import todos as of_citizens
from kycuong.orgs.models import Person
from kycuong.plans.queries import todos as of_plans
from kycuong.rounds.queries import todos as of_rounds
from kycuong.selfchecks.queries import todos as of_self_checks
from kycuong.ui.todo import Todo

PARTS: list[Callable[..., Iterator[Todo]]] = [
    of_the_hour,
    of_plans,
    of_inspections,
    of_phones,
    of_followup,
    of_self_checks,
    of_rounds,
    of_citizens,
    of_days_off,
]
"""Each gives what waits for a person on a day."""


@require_safe
def mine(request: Request) -> HttpResponse:
    """What is due first stands first; what has no day follows in the order in which work goes on."""
    lines = waiting(request.user, today())
    context = {"title": _("Việc của tôi"), "lines": lines, "day": today()}
    return page(request, "ui/todos.html", context=context)


def waiting(person: Person, day: date) -> list[Todo]:
    found = [line for part in PARTS for line in part(person, today=day)]
    return sorted(found, key=lambda line: line.due or date.max)
