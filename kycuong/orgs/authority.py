"""Whether a person may do a thing at a unit, and which rows a person may see: the same answer for one and for many."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet

from kycuong.core.clock import today
from kycuong.core.problems import NotAllowed
from kycuong.core.remembering import standing

from .models import Assignment, Closure, Lineage, Person, Unit
from .roles import roles_with, titles_with

Someone = Person | AnonymousUser

_AT_THE_MACHINE: ContextVar[bool] = ContextVar("at_the_machine", default=False)


@contextmanager
def at_the_machine() -> Iterator[None]:
    """Inside, `by=None` may act: the command line, by whoever has the machine's shell. Never opened by a request."""
    token = _AT_THE_MACHINE.set(True)
    try:
        yield
    finally:
        _AT_THE_MACHINE.reset(token)


def assignments_of(person: Someone, *, on: date | None = None) -> QuerySet[Assignment]:
    """Assignments of an active person that are valid on a day (default today)."""
    day = on or today()
    if not person.is_authenticated or not person.is_active:
        return Assignment.objects.none()
    return Assignment.objects.filter(person_id=person.pk, valid_from__lte=day, valid_to__gt=day)


def units_where(person: Someone, verb: str) -> list[int]:
    """Primary keys of the units at which the person holds a role with the verb today."""
    roles = roles_with(verb)
    return [unit for role, unit in roles_held(person) if role in roles]


def units_kept(person: Someone, verb: str) -> list[int]:
    """The same units, and those that have ended and are carried on there: their records wait for the heirs' people."""
    held = units_where(person, verb)
    rows = carried_on().filter(heir__in=held)
    return [*held, *sorted(set(rows.values_list("origin", flat=True)) - set(held))] if held else []


def roles_held(person: Someone) -> list[tuple[str, int]]:
    """(role, primary key of the unit) for each role that the person holds today."""
    day = today()
    ask = lambda: list(assignments_of(person, on=day).values_list("role", "unit_id"))  # noqa: E731 - asked once only
    return standing(("roles held", person.pk, person.is_active, day), ask)


def deciding_assignments(person: Someone, verb: str, *, at: Unit) -> QuerySet[Assignment]:
    """The assignments by which the person may `verb` at the unit; none when the person may not.

    A role there or above it decides, on today's hierarchy. For a unit that has ended, that of its last day, and the
    units that carry it on: their people inherit its records. For one that has not begun, that of its first day.
    """
    held = assignments_of(person).filter(role__in=roles_with(verb))
    above = Closure.objects.filter(descendant=at, ancestor=OuterRef("unit_id"))
    day = _day_that_decides(at)
    now_above = above.filter(valid_from__lte=day, valid_to__gt=day)
    inherits = inherited_by(OuterRef("unit_id")).filter(origin=at)
    return held.filter(Exists(now_above) | Exists(inherits))


def can(person: Someone, verb: str, *, at: Unit) -> bool:
    """Whether the person may `verb` at the unit. Who holds it nowhere is not looked up further."""
    if not units_where(person, verb):
        return False
    question = ("can", person.pk, person.is_active, verb, at.pk, today())
    return standing(question, deciding_assignments(person, verb, at=at).exists)


def authorize(person: Someone | None, verb: str, *, at: Unit | None) -> None:
    """Raise NotAllowed, with the roles that would do, unless the person may `verb` at the unit.

    Without a unit (a new top of the hierarchy) only the machine may.
    """
    if person is None and _AT_THE_MACHINE.get():
        return
    if person is not None and at is not None and can(person, verb, at=at):
        return
    if at is None:
        raise NotAllowed(
            "Đơn vị cao nhất chỉ được lập bằng dòng lệnh trên máy chủ; hãy chọn đơn vị quản lý trực tiếp.",
            en="A unit without a parent is made on the server's command line only; choose its parent.",
        )
    titles, titles_en = titles_with(verb)
    raise NotAllowed(
        f"Tài khoản của bạn không có quyền làm việc này tại {at}. Vai trò làm được: {titles}. "
        "Hãy đề nghị quản trị hệ thống cấp vai trò.",
        en=f"Your account may not do this ({verb}) at {at}. Ask the system administrator for one of these roles: {titles_en}.",
    )


def authorize_somewhere(person: Someone, verb: str) -> None:
    """Raise NotAllowed unless the person may `verb` at some unit: before a form is shown that asks where."""
    if not units_where(person, verb):
        titles, titles_en = titles_with(verb)
        raise NotAllowed(
            f"Tài khoản của bạn không có quyền làm việc này ở đơn vị nào. Vai trò làm được: {titles}. "
            "Hãy đề nghị quản trị hệ thống cấp vai trò.",
            en=f"Your account may not do this ({verb}) at any unit. "
            f"Ask the system administrator for one of these roles: {titles_en}.",
        )


def scope(person: Someone, verb: str, *, unit: str, day: str | None = None) -> Q:
    """A filter for rows whose unit (reached by the path `unit`) the person may `verb`.

    With `day` (the path of a date field) the hierarchy of that day decides; without it, the hierarchy of any day.
    Rows of a unit that has ended belong to the units that carry it on, too.
    """
    holders = units_where(person, verb)
    if not holders:
        return Q(pk__in=[])
    rows = Closure.objects.filter(descendant=OuterRef(f"{unit}_id"), ancestor_id__in=holders)
    if day:
        rows = rows.filter(valid_from__lte=OuterRef(day), valid_to__gt=OuterRef(day))
    inherited = Lineage.objects.filter(_inherited(today()), heir__closure_up__ancestor__in=holders)
    return Q(Exists(rows)) | Q(**{f"{unit}__in": inherited.values("origin_id")})


def carried_on() -> QuerySet[Lineage]:
    """Units that have ended, with those that carry them on today: a row for each such pair."""
    return Lineage.objects.filter(_inherited(today()), heir__closure_up__depth=0)


def inherited_by(ancestor: OuterRef) -> QuerySet[Lineage]:
    """What units under `ancestor` carry on today of units that have ended."""
    return Lineage.objects.filter(_inherited(today()), heir__closure_up__ancestor=ancestor)


def _inherited(day: date) -> Q:
    """Lineage to another unit that exists on `day`, seen through a closure row of the heir that holds on `day`."""
    return (
        Q(valid_from__lte=day, valid_to__gt=day)
        & ~Q(heir=F("origin"))
        & Q(heir__closure_up__valid_from__lte=day, heir__closure_up__valid_to__gt=day)
    )


def _day_that_decides(unit: Unit) -> date:
    """Today, or the nearest day on which the unit exists."""
    life = Closure.objects.filter(descendant=unit, depth=0).aggregate(first=Min("valid_from"), end=Max("valid_to"))
    if life["first"] is None:
        return today()
    first, end = cast(date, life["first"]), cast(date, life["end"])
    return max(first, min(today(), end - timedelta(days=1)))


def units_visible_to(person: Someone) -> QuerySet[Unit]:
    """The organisation is public knowledge inside the system: whoever is signed in sees every unit, past and present."""
    if not person.is_authenticated or not person.is_active:
        return Unit.objects.none()
    return Unit.objects.all()


def people_visible_to(person: Someone) -> QuerySet[Person]:
    """Accounts with a role, at any time, at a unit where the person administers accounts; and those without any role."""
    holders = units_where(person, "person.see")
    if not holders:
        return Person.objects.none()
    under = Closure.objects.filter(descendant=OuterRef("unit_id"), ancestor_id__in=holders)
    assigned = Assignment.objects.filter(Exists(under)).values("person_id")
    return Person.objects.filter(Q(pk__in=assigned) | Q(assignments__isnull=True))


def places_over(person: Person, by: Person | None, verb: str) -> list[Unit | None]:
    """Where `by` must hold the verb to act on the person's account: at every unit where the person holds a role now.

    Who holds none is in the care of whoever holds the verb anywhere. Somebody with a role higher up is out of reach.
    """
    held = Unit.objects.filter(assignments__in=assignments_of_anybody().filter(person=person)).distinct()
    units: list[Unit | None] = list(held)
    if units:
        return units
    own = units_where(by, verb) if by else []
    return [Unit.objects.filter(pk__in=own).first()]


def assignments_of_anybody() -> QuerySet[Assignment]:
    """Assignments valid today or later, also those of closed accounts."""
    return Assignment.objects.filter(valid_to__gt=today())


def scopes_of(person: Someone, verb: str = "figures.see") -> QuerySet[Unit]:
    """The units for which the person holds the verb, largest first: the natural starting points of pages."""
    day = today()
    below = Count(
        "closure_down", filter=Q(closure_down__valid_from__lte=day, closure_down__valid_to__gt=day), distinct=True
    )
    return Unit.objects.filter(pk__in=units_where(person, verb)).annotate(below=below).order_by("-below", "pk")
