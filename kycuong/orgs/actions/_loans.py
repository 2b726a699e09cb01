"""What was lent ends, by somebody or with what it rested on; and both sides learn of it."""

from __future__ import annotations

from collections.abc import Collection

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from kycuong.audit.log import record, record_many
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import now, today
from kycuong.orgs.models import Assignment, Closure, Person, StandIn
from kycuong.orgs.queries.standing_in import holds_until

from ._sessions import end_sessions


def take_back_all(which: Q, *, by: Person | None) -> None:
    """Inside an act: what rests on a role or an account that ends, ends with it, for good."""
    for one in StandIn.objects.open().filter(which).select_related("person", "principal").order_by("pk"):
        end(one, by)


def settle(which: Q, *, by: Person | None) -> None:
    """Inside an act, after roles or the hierarchy changed: what was lent ends on the day on which it rests on nothing any more, and
    both sides learn of it. One that would not hold on any day is taken back."""
    for one in StandIn.objects.open().filter(which).select_related("person", "principal", "named_by").order_by("pk"):
        until = holds_until(one)
        if until <= max(today(), one.valid_from):
            end(one, by)
        elif until < one.valid_to:
            one.valid_to = until
            ensure_clean(one)
            one.save(update_fields=["valid_to"])
            record("role.shorten_loan", one, by=by, role=one.role)
            told_of(one, "shortened")


def settle_at(units: Collection[int], *, by: Person | None) -> None:
    """The same of these units and all that stood under them, after a reorganisation."""
    under = Closure.objects.filter(ancestor__in=units).values("descendant")
    settle(Q(unit__in=under), by=by)


def let_go(assignment: Assignment, *, by: Person | None) -> None:
    """The assignment is about to be as if never given: what was lent of it ends, and names it no more."""
    lent = list(StandIn.objects.filter(assignment=assignment).select_related("person", "principal", "named_by"))
    for one in lent:
        if one.recalled_at is None and one.valid_to > today():
            end(one, by)
        one.assignment = None
        one.save(update_fields=["assignment"])
    if lent:
        record_many("role.end", lent, by=by)


def told_of(stand_in: StandIn, what: str) -> None:
    """Both sides learn of it where the settings say."""
    for path in settings.STOOD_IN:
        import_string(path)(stand_in, what)


def end(stand_in: StandIn, by: Person | None) -> None:
    """From now on, on the record; whoever stood in begins a new session, unless it was given back."""
    stand_in.recalled_at, stand_in.recalled_by = now(), by
    ensure_clean(stand_in)
    stand_in.save(update_fields=["recalled_at", "recalled_by"])
    if by is None or by.pk != stand_in.person_id:
        end_sessions(stand_in.person)
    record("role.take_back", stand_in, by=by, role=stand_in.role)
    told_of(stand_in, "recalled")
