"""What gives somebody sight of inspections beside roles, as words that tell nothing: seats on teams, places on short lists."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.crypto import salted_hmac

from kycuong.inspections.models import ShortListEntry, TeamMember
from kycuong.orgs.models import Person


def sight_of(person: Person) -> Iterator[str]:
    """One word for each seat as it is now, and for each sealed inspection that the person may know of: kept where others may read it."""
    seats = TeamMember.objects.current().of(person).values_list("pk", "role", "group_id", "leads_group")
    listed = ShortListEntry.objects.standing().filter(person=person).values_list("inspection_id", flat=True)
    yield from (_word(person, "seat", *seat) for seat in seats)
    yield from (_word(person, "list", inspection) for inspection in set(listed))


def _word(person: Person, *parts: object) -> str:
    return salted_hmac("kycuong.inspections.sight", f"{person.pk}:{parts}", algorithm="sha256").hexdigest()[:16]
