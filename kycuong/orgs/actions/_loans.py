"""What was lent ends, by somebody or with what it rested on; and both sides learn of it."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from kycuong.audit.log import record
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import now
from kycuong.orgs.models import Person, StandIn

from ._sessions import end_sessions


def take_back_all(which: Q, *, by: Person | None) -> None:
    """Inside an act: what rests on a role or an account that ends, ends with it, for good."""
    for one in StandIn.objects.open().filter(which).select_related("person", "principal").order_by("pk"):
        end(one, by)


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
