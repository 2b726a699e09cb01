"""The sheet that people take out, change and send back: the active accounts that one may change, a row for each role not yet over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db.models import Exists, OuterRef, Q, QuerySet

from kycuong.core.clock import today
from kycuong.orgs.authority import people_visible_to, units_where
from kycuong.orgs.models import Assignment, Closure, Person
from kycuong.orgs.queries import resolve_unit
from kycuong.orgs.queries.names import full_names, last_day
from kycuong.orgs.roles import ROLES
from kycuong.sheets.cells import Value
from kycuong.sheets.writer import OutSheet

from .columns import template


def sheet_of(by: Person) -> OutSheet:
    """What `by` may change by a sheet. Who holds a role beyond the own units is left out: nothing of theirs could be changed."""
    held = units_where(by, "person.change")
    inside = Closure.objects.filter(_now(), descendant=OuterRef("unit_id"), ancestor_id__in=held)
    beyond = _waiting().filter(~Exists(inside)).values("person_id")
    return replace(template(), rows=_rows(people_visible_to(by).exclude(pk__in=beyond)))


def rows_under(text: str) -> list[Sequence[Value]]:
    """The same for all whose roles are at a unit (an address, a uid, a code on a day) or below it: the machine's own."""
    unit = resolve_unit(text)
    under = Closure.objects.filter(_now(), descendant=OuterRef("unit_id"), ancestor=unit)
    return _rows(Person.objects.filter(pk__in=_waiting().filter(Exists(under)).values("person_id")))


def _now() -> Q:
    return Q(valid_from__lte=today(), valid_to__gt=today())


def _waiting() -> QuerySet[Assignment]:
    """Roles that hold or will."""
    return Assignment.objects.filter(valid_to__gt=today())


def _rows(people: QuerySet[Person]) -> list[Sequence[Value]]:
    found = list(people.filter(is_active=True).distinct().order_by("full_name", "pk"))
    roles: dict[int, list[Assignment]] = {person.pk: [] for person in found}
    for role in _waiting().filter(role__in=ROLES).order_by("valid_from", "pk"):
        if role.person_id in roles:
            roles[role.person_id].append(role)
    places = full_names({role.unit_id for rows in roles.values() for role in rows}, today())
    return [row for person in found for row in _of(person, roles[person.pk], places)]


def _of(person: Person, roles: Iterable[Assignment], places: dict[int, str]) -> list[Sequence[Value]]:
    words: list[Value] = [person.username, person.full_name, person.position, person.email]
    rows: list[Sequence[Value]] = [
        [
            *words,
            ROLES[role.role].title,
            places[role.unit_id],
            role.valid_from,
            last_day(role.valid_to),
            None,
            None,
            str(role.uid),
        ]
        for role in roles
    ]
    return rows or [[*words, *[None] * 7]]
