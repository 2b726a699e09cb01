"""What other programs get by an account that is in doubt is taken back."""

from __future__ import annotations

from kycuong.audit.log import record
from kycuong.connect.models import CalendarFeed, Destination
from kycuong.orgs.models import Person

from ._pausing import SHAKEN, pause


def after_account(person: Person, *, by: Person | None, verb: str) -> None:
    """An administrator closed the account, gave it a temporary password or reset its factors: the address of the calendar goes, and nothing is sent on."""
    revoked(person, by)
    for place in Destination.objects.select_related("owner").filter(owner=person):
        pause(place, SHAKEN)


def revoked(person: Person, by: Person | None, **told: str) -> bool:
    """Whether there was an address; `told` goes into the log."""
    feed = CalendarFeed.objects.filter(person=person).first()
    if feed is None:
        return False
    record("feed.revoke", feed, by=by, op="delete", **told)
    feed.delete()
    return True
