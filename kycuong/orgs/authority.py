"""Whether a person may do a thing at a unit, and which rows a person may see: the same answer for one and for many."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from kycuong.core.clock import today
from kycuong.core.problems import NotAllowed

from .models import Assignment, Closure, Person, Unit
from .roles import ROLES, roles_with

Someone = Person | AnonymousUser


def assignments_of(person: Someone, *, on: date | None = None) -> QuerySet[Assignment]:
    """Assignments of an active person that are valid on a day (default today)."""
    day = on or today()
    if not person.is_authenticated or not person.is_active:
        return Assignment.objects.none()
    return Assignment.objects.filter(person_id=person.pk, valid_from__lte=day, valid_to__gt=day)


def units_where(person: Someone, verb: str) -> list[int]:
    """Primary keys of the units at which the person holds a role with the verb today."""
    return list(assignments_of(person).filter(role__in=roles_with(verb)).values_list("unit_id", flat=True))


def can(person: Someone, verb: str, *, at: Unit) -> bool:
    """Whether the person may `verb` at the unit: by a role there or above it, on today's hierarchy.

    For a unit that has ended, the hierarchy of its last day decides, so that old records keep an owner.
    """
    holders = units_where(person, verb)
    if not holders:
        return False
    ends = Closure.objects.filter(descendant=at, depth=0).order_by("-valid_to").values_list("valid_to", flat=True)[:1]
    end = next(iter(ends), None)
    if end is None:
        return False
    rows = Closure.objects.filter(descendant=at, ancestor_id__in=holders)
    day = today()
    rows = rows.filter(valid_from__lte=day, valid_to__gt=day) if end > day else rows.filter(valid_to=end)
    return rows.exists()


def authorize(person: Someone, verb: str, *, at: Unit) -> None:
    """Raise NotAllowed, with the roles that would do, unless the person may `verb` at the unit."""
    if can(person, verb, at=at):
        return
    titles = ", ".join(ROLES[slug].title for slug in roles_with(verb))
    raise NotAllowed(
        f"Tài khoản của bạn không có quyền làm việc này tại {at}. Vai trò làm được: {titles}. "
        "Hãy đề nghị quản trị hệ thống cấp vai trò.",
        en=f"Your account may not do this ({verb}) at {at}. Ask the system administrator for one of these roles: {titles}.",
    )


def scope(person: Someone, verb: str, *, unit: str, day: str | None = None) -> Q:
    """A filter for rows whose unit (reached by the path `unit`) the person may `verb`.

    With `day` (the path of a date field) the hierarchy of that day decides; without it, the hierarchy of any day.
    """
    holders = units_where(person, verb)
    if not holders:
        return Q(pk__in=[])
    rows = Closure.objects.filter(descendant=OuterRef(f"{unit}_id"), ancestor_id__in=holders)
    if day:
        rows = rows.filter(valid_from__lte=OuterRef(day), valid_to__gt=OuterRef(day))
    return Q(Exists(rows))


def units_visible_to(person: Someone) -> QuerySet[Unit]:
    """The organisation is public knowledge inside the system: whoever is signed in sees every unit, past and present."""
    if not person.is_authenticated or not person.is_active:
        return Unit.objects.none()
    return Unit.objects.all()


def scopes_of(person: Someone, verb: str = "figures.see") -> QuerySet[Unit]:
    """The units for which the person holds the verb, highest first: the natural starting points of pages."""
    return (
        Unit.objects.filter(pk__in=units_where(person, verb), closure_up__depth=0)
        .annotate(since=F("closure_up__valid_from"))
        .order_by("pk")
        .distinct()
    )
