"""What opens the calendar of an account is taken back."""

from __future__ import annotations

from kycuong.audit.log import record
from kycuong.connect.models import CalendarFeed
from kycuong.orgs.models import Person


def after_account(person: Person, *, by: Person | None, verb: str) -> None:
    """An administrator closed the account, gave it a temporary password or reset its factors: the address goes, too."""
    revoked(person, by)


def revoked(person: Person, by: Person | None, **told: str) -> bool:
    """Whether there was an address; `told` goes into the log."""
    feed = CalendarFeed.objects.filter(person=person).first()
    if feed is None:
        return False
    record("feed.revoke", feed, by=by, op="delete", **told)
    feed.delete()
    return True
