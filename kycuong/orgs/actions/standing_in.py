"""Somebody stands in for a colleague who is away: named for some days, taken back at any hour."""

from __future__ import annotations

from datetime import date
from typing import cast

from django.db.models import QuerySet

from kycuong.audit.log import act, record
from kycuong.core.checks import ensure_clean, refresh
from kycuong.core.clock import today
from kycuong.core.problems import RuleBroken
from kycuong.core.vietnamese import clean
from kycuong.orgs import rules
from kycuong.orgs.authority import candidates_at, lending
from kycuong.orgs.models import Assignment, Person, StandIn, Unit
from kycuong.orgs.queries import last_day
from kycuong.orgs.queries.standing_in import holds_until
from kycuong.orgs.roles import ROLES, lends

from ._loans import end, told_of
from ._sessions import end_sessions


@act
def name_stand_in(
    principal: Person,
    *,
    by: Person | None,
    role: str,
    unit: Unit,
    person: Person | str,
    valid_to: date,
    reason: str,
    valid_from: date | None = None,
) -> StandIn:
    """Let `person` do in [valid_from, valid_to) what the principal's role at the unit does day by day (roles.LENT).

    `person` is what was typed where it names nobody who may: the refusal repeats it, and tells nothing of any account.
    By the principal, who chooses among those with a role at that very unit; or by whoever gives roles there. Nobody names himself.
    """
    lending.authorize(by, principal, role=role, at=unit)
    own = by is not None and by.pk == principal.pk
    rules.ensure_role(role, ROLES)
    title, start = ROLES[role].titled, valid_from or today()
    rules.ensure_lends(title, lends(role))
    rules.ensure_absence(start, valid_to, day=today())
    rules.ensure_said_why(clean(reason))
    assignment = _held_through(principal, role, unit, start, valid_to)
    rules.ensure_held_through(assignment is not None and principal.is_active, title)
    deputy = _deputy(person, candidates_at(unit, by=by, own=own).exclude(pk=principal.pk), unit)
    _ensure_nobody_yet(principal, role, unit, start, valid_to)
    named = StandIn(principal=principal, role=role, unit=unit, person=deputy, named_by=by, assignment=assignment)
    named.valid_from, named.valid_to, named.reason = start, valid_to, clean(reason)
    ensure_clean(named)
    named.save(force_insert=True)
    rules.ensure_carried_through(holds_until(named), valid_to, str(deputy))
    end_sessions(deputy)
    record("role.lend", named, by=by, role=role)
    told_of(named, "named")
    return named


@act
def take_back(stand_in: StandIn, *, by: Person | None) -> StandIn:
    """At once: by the principal, by who named, by the deputy who gives it back, or by who gives roles there."""
    lending.authorize(by, stand_in.principal, role=stand_in.role, at=stand_in.unit, taking_back=stand_in)
    refresh(stand_in)
    if stand_in.recalled_at is not None or stand_in.valid_to <= today():
        raise RuleBroken(
            "Việc làm thay này đã kết thúc; không cần thu lại.",
            en="This has ended already; there is nothing to take back.",
        )
    end(stand_in, by)
    return stand_in


def _held_through(person: Person, role: str, unit: Unit, start: date, end: date) -> Assignment | None:
    """The assignment of the first day, if it lasts through [start, end), alone or with one that carries it on without a gap."""
    rows = Assignment.objects.filter(person=person, role=role, unit=unit)
    first = rows.filter(valid_from__lte=start, valid_to__gt=start).first()
    if first is None or first.valid_to >= end or rows.filter(valid_from=first.valid_to, valid_to__gte=end).exists():
        return first
    return None


def _deputy(person: Person | str, candidates: QuerySet[Person], unit: Unit) -> Person:
    found = candidates.filter(pk=person.pk).first() if isinstance(person, Person) else None
    rules.ensure_may_stand_in(found is not None, str(person), str(unit))
    return cast(Person, found)


def _ensure_nobody_yet(principal: Person, role: str, unit: Unit, start: date, end: date) -> None:
    same = StandIn.objects.open().filter(principal=principal, role=role, unit=unit)
    there = same.filter(valid_from__lt=end, valid_to__gt=start).select_related("person").first()
    if there:
        raise rules.already_stood_in(str(there.person), there.valid_from, last_day(there.valid_to) or there.valid_to)
