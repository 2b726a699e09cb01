"""What gives somebody sight of inspections beside roles: seats on teams, places on short lists; as words that tell nothing, and as keys
for the curtain of the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.crypto import salted_hmac

from kycuong.core.sight import behind_a_curtain, seeing_all
from kycuong.inspections.models import Inspection, ShortListEntry, TeamMember
from kycuong.orgs.authority import Someone
from kycuong.orgs.models import Person


def sight_of(person: Person) -> Iterator[str]:
    """One word for each seat as it is now, and for each sealed inspection that the person may know of: kept where others may read it."""
    seats = TeamMember.objects.current().of(person).values_list("pk", "role", "group_id", "leads_group")
    listed = ShortListEntry.objects.standing().filter(person=person).values_list("inspection_id", flat=True)
    yield from (_word(person, "seat", *seat) for seat in seats)
    yield from (_word(person, "list", inspection) for inspection in set(listed))


def known_keys(person: Someone) -> Sequence[int]:
    """The sealed inspections that the person may know of, by their keys; nothing where the database has no curtain to tell them to."""
    if not person.is_authenticated or not behind_a_curtain():
        return []
    listed = ShortListEntry.objects.filter(person_id=person.pk).exists()
    if not listed and not TeamMember.objects.of(person).exists():
        return []  # most people, at the price of two short questions
    with seeing_all():
        return list(Inspection.objects.known_to(person).order_by().values_list("pk", flat=True))


def _word(person: Person, *parts: object) -> str:
    return salted_hmac("kycuong.inspections.sight", f"{person.pk}:{parts}", algorithm="sha256").hexdigest()[:16]
