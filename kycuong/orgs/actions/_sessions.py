"""What an account may do has become another thing: whoever is signed in with it begins anew."""

from __future__ import annotations

from django.db.models import F

from kycuong.orgs.models import Person


def end_sessions(person: Person) -> None:
    """Whoever is signed in as this person is out at the next request: what the account may do is another thing now."""
    Person.objects.filter(pk=person.pk).update(sessions_epoch=F("sessions_epoch") + 1)
    person.refresh_from_db(fields=["sessions_epoch"])
