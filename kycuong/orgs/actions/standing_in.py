"""Somebody stands in for a colleague who is away: named for some days, taken back at any hour."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from kycuong.audit.log import act, record
from kycuong.core.checks import ensure_clean, refresh
from kycuong.core.clock import now, today
from kycuong.core.problems import NotAllowed, RuleBroken
from kycuong.core.vietnamese import clean
from kycuong.orgs import rules
from kycuong.orgs.authority import authorize, can, candidates_at
from kycuong.orgs.models import Assignment, Person, StandIn, Unit
from kycuong.orgs.queries import last_day
from kycuong.orgs.roles import ROLES, lends

from ._sessions import end_sessions


@act
def name_stand_in(
    principal: Person,
    *,
    by: Person | None,
    role: str,
    unit: Unit,
    person: Person,
    valid_to: date,
    reason: str,
    valid_from: date | None = None,
) -> StandIn:
    """Let `person` do in [valid_from, valid_to) what the principal's role at the unit does day by day (roles.LENT).

    By the principal, who chooses among those with a role at that very unit; or by whoever gives roles there. Nobody names himself.
    """
    own = by is not None and by.pk == principal.pk
    rules.ensure_role(role, ROLES)
    if own:
        _ensure_own(principal, role, unit)
    else:
        authorize(by, "role.grant", at=unit)
    title, start = ROLES[role].titled, valid_from or today()
    rules.ensure_lends(title, lends(role))
    rules.ensure_absence(start, valid_to, day=today())
    rules.ensure_said_why(clean(reason))
    held = Assignment.objects.filter(
        person=principal, role=role, unit=unit, valid_from__lte=start, valid_to__gte=valid_to
    )
    rules.ensure_held_through(held.exists() and principal.is_active, title)
    may = person.pk != principal.pk and candidates_at(unit, by=by, own=own).filter(pk=person.pk).exists()
    rules.ensure_may_stand_in(may, str(person), str(unit))
    _ensure_nobody_yet(principal, role, unit, start, valid_to)
    named = StandIn(principal=principal, role=role, unit=unit, person=person, named_by=by)
    named.valid_from, named.valid_to, named.reason = start, valid_to, clean(reason)
    ensure_clean(named)
    named.save(force_insert=True)
    end_sessions(person)
    record("role.lend", named, by=by, role=role)
    tell(named, "named")
    return named


@act
def take_back(stand_in: StandIn, *, by: Person | None) -> StandIn:
    """At once: by the principal, by who named, by the deputy who gives it back, or by who gives roles there."""
    if by is None or by.pk not in (stand_in.principal_id, stand_in.named_by_id, stand_in.person_id):
        authorize(by, "role.grant", at=stand_in.unit)
    refresh(stand_in)
    if stand_in.recalled_at is not None or stand_in.valid_to <= today():
        raise RuleBroken(
            "Việc làm thay này đã kết thúc; không cần thu lại.",
            en="This has ended already; there is nothing to take back.",
        )
    _take_back(stand_in, by)
    return stand_in


def take_back_all(which: Q, *, by: Person | None) -> None:
    """Inside an act: what rests on a role or an account that ends, ends with it, for good."""
    for one in StandIn.objects.open().filter(which).select_related("person", "principal").order_by("pk"):
        _take_back(one, by)


def may_take_back(person: Person, stand_in: StandIn) -> bool:
    """Whether the page offers it."""
    if stand_in.recalled_at is not None or stand_in.valid_to <= today():
        return False
    sides = (stand_in.principal_id, stand_in.named_by_id, stand_in.person_id)
    return person.pk in sides or can(person, "role.grant", at=stand_in.unit)


def tell(stand_in: StandIn, what: str) -> None:
    """Both sides learn of it where the settings say."""
    for path in settings.STOOD_IN:
        import_string(path)(stand_in, what)


def _take_back(stand_in: StandIn, by: Person | None) -> None:
    stand_in.recalled_at, stand_in.recalled_by = now(), by
    ensure_clean(stand_in)
    stand_in.save(update_fields=["recalled_at", "recalled_by"])
    end_sessions(stand_in.person)
    record("role.take_back", stand_in, by=by, role=stand_in.role)
    tell(stand_in, "recalled")


def _ensure_own(principal: Person, role: str, unit: Unit) -> None:
    """Nobody lends what they do not hold, and nobody lends on what was lent."""
    if not Assignment.objects.filter(person=principal, role=role, unit=unit, valid_to__gt=today()).exists():
        raise NotAllowed(
            f"Bạn không giữ vai trò {ROLES[role].titled} tại {unit} nên không giao người làm thay vai trò ấy được.",
            en=f"You do not hold the role {role} at {unit}, so you name nobody who stands in for it.",
        )


def _ensure_nobody_yet(principal: Person, role: str, unit: Unit, start: date, end: date) -> None:
    same = StandIn.objects.open().filter(principal=principal, role=role, unit=unit)
    there = same.filter(valid_from__lt=end, valid_to__gt=start).select_related("person").first()
    if there:
        raise rules.already_stood_in(str(there.person), there.valid_from, last_day(there.valid_to) or there.valid_to)
