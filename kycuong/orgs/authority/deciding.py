"""Whether a person may do a thing at a unit, and which rows a person may see: the same answer for one and for many."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Value

from kycuong.audit.canonical import key_of
from kycuong.core.clock import today
from kycuong.core.presence import by_key
from kycuong.core.problems import NotAllowed
from kycuong.core.remembering import remembered, standing
from kycuong.core.standing_in import Lent, lent_when_recorded, note_lent
from kycuong.orgs.models import Assignment, Closure, Lineage, Person, StandIn, StandInQuerySet, Unit
from kycuong.orgs.roles import LENT, roles_with, titles_with

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
    """Own assignments of an active person that are valid on a day (default today): nothing that was lent."""
    day = on or today()
    if not person.is_authenticated or not person.is_active:
        return Assignment.objects.none()
    return Assignment.objects.filter(person_id=person.pk, valid_from__lte=day, valid_to__gt=day)


def stands_in(person: Someone) -> QuerySet[StandIn]:
    """What others lent to the person, as far as it gives a right today, or did when what is brought in now was recorded. Lent to people: a key of a program acts by own roles only."""
    found, then = _lent_to(person), lent_when_recorded(person.pk)
    return found.filter(Q(pk__in=found.in_force().values("pk")) | Q(pk__in=then)) if then else found.in_force()


def _lent_to(person: Someone) -> StandInQuerySet:
    if not person.is_active or by_key():
        return StandIn.objects.none()
    return StandIn.objects.filter(person_id=person.pk or 0)


def units_where(person: Someone, verb: str) -> list[int]:
    """Primary keys of the units at which the person holds a role with the verb today, or stands in for who does."""
    roles, lent = roles_with(verb), verb in LENT
    return list(dict.fromkeys(unit for role, unit, by in rights_held(person) if role in roles and (lent or not by)))


def units_kept(person: Someone, verb: str) -> list[int]:
    """The same units, and those that have ended and are carried on there: their records wait for the heirs' people."""
    held = units_where(person, verb)
    rows = carried_on().filter(heir__in=held)
    return [*held, *sorted(set(rows.values_list("origin", flat=True)) - set(held))] if held else []


def roles_held(person: Someone) -> list[tuple[str, int]]:
    """(role, primary key of the unit) for each role by which the person acts today, lent ones included."""
    return [(role, unit) for role, unit, _by in rights_held(person)]


def stands_in_for_somebody(person: Someone) -> bool:
    """Whether the person acts by any role that was lent: asked of what a page knows already."""
    return any(by for _role, _unit, by in rights_held(person))


def rights_held(person: Someone) -> list[tuple[str, int, int]]:
    """(role, unit, what it was lent by): 0 for own roles, which come first. One question; a second one, whether what was lent gives a
    right, is asked of those alone to whom something was.

    They are put together only where they are asked: a page asks after rights thirty to seventy times.
    """
    if not person.is_authenticated:
        return []
    return standing(("roles held", *_as_of(person)), lambda: _rights_held(person))


def _rights_held(person: Someone) -> list[tuple[str, int, int]]:
    own = assignments_of(person).values_list("role", "unit_id", Value(0))
    then = lent_when_recorded(person.pk)
    lent = _lent_to(person).running(or_one_of=then).order_by().values_list("role", "unit_id", "pk")
    rows = sorted(own.union(lent, all=True), key=lambda row: row[2])
    if any(by for _role, _unit, by in rows):
        valid = {0, *stands_in(person).values_list("pk", flat=True)}
        rows = [row for row in rows if row[2] in valid]
    return rows


def _as_of(person: Someone) -> tuple[object, ...]:
    """What the answer to a question about rights hangs on, beside the question."""
    return (person.pk, person.is_active, by_key(), lent_when_recorded(person.pk), today())


def deciding_assignments(person: Someone, verb: str, *, at: Unit) -> QuerySet[Assignment]:
    """The own assignments by which the person may `verb` at the unit; none when the person may not, or by a lent role alone.

    A role there or above it decides, on today's hierarchy. For a unit that has ended, that of its last day, and the
    units that carry it on: their people inherit its records. For one that has not begun, that of its first day.
    """
    return assignments_of(person).filter(_over(at, _above(at)), role__in=roles_with(verb))


def deciding_stand_ins(person: Someone, verb: str, *, at: Unit) -> QuerySet[StandIn]:
    """What was lent by which the person may `verb` at the unit, the nearest first: none for what is never lent."""
    if verb not in LENT:
        return StandIn.objects.none()
    above = _above(at)
    held = stands_in(person).filter(_over(at, above), role__in=roles_with(verb))
    return held.annotate(depth=Subquery(above.values("depth")[:1])).order_by(F("depth").asc(nulls_last=True), "pk")


def _over(at: Unit, above: QuerySet[Closure]) -> Q:
    """Rows whose unit stands over this one, or carries it on."""
    return Q(Exists(above)) | Q(Exists(inherited_by(OuterRef("unit_id")).filter(origin=at)))


def _above(at: Unit) -> QuerySet[Closure]:
    day = _day_that_decides(at)
    return Closure.objects.filter(descendant=at, ancestor=OuterRef("unit_id"), valid_from__lte=day, valid_to__gt=day)


@dataclass(frozen=True, slots=True)
class Hands:
    """By what a person may do a thing at a unit: by an own role, or by these of others alone, the nearest first."""

    own: bool = False
    lent: tuple[Lent, ...] = ()

    @property
    def needed(self) -> tuple[Lent, ...]:
        """The one in whose stead it is done: the log names that one, and what binds that one binds the act."""
        return () if self.own else self.lent[:1]

    def __bool__(self) -> bool:
        return self.own or bool(self.lent)


def hands_of(person: Someone, verb: str, *, at: Unit) -> Hands:
    """An own role comes first: what was lent counts only where it is needed. Who holds it nowhere is not looked up further."""
    if not units_where(person, verb):
        return Hands()
    question = ("can", *_as_of(person), verb, at.pk)
    return standing(question, lambda: _hands(person, verb, at))


def _hands(person: Someone, verb: str, at: Unit) -> Hands:
    if deciding_assignments(person, verb, at=at).exists():
        return Hands(own=True)
    if not stands_in_for_somebody(person):
        return Hands()
    rows = deciding_stand_ins(person, verb, at=at).select_related("principal")
    return Hands(lent=tuple(Lent(row.pk, row.principal_id, key_of(row.principal)) for row in rows))


def can(person: Someone, verb: str, *, at: Unit) -> bool:
    """Whether the person may `verb` at the unit, by an own role or by one that was lent."""
    return bool(hands_of(person, verb, at=at))


def authorize(person: Someone | None, verb: str, *, at: Unit | None) -> None:
    """Raise NotAllowed, with the roles that would do, unless the person may `verb` at the unit.

    Without a unit (a new top of the hierarchy) only the machine may.
    """
    if person is None and _AT_THE_MACHINE.get():
        return
    hands = hands_of(person, verb, at=at) if person is not None and at is not None else Hands()
    if person is not None and hands:
        note_lent(person.pk or 0, hands.needed)
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
    return remembered(("scope", today(), *holders, unit, day), lambda: _scope(holders, unit, day))


def _scope(holders: Collection[int], unit: str, day: str | None) -> Q:
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
