"""What is known of the accounts that a sheet names: the accounts with their roles, who of them is in whose care, the units by name."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from datetime import date

from kycuong.core.clock import today
from kycuong.orgs.authority import can, people_visible_to, places_over, roles_held
from kycuong.orgs.imports.known import Organisation, candidates, last_change
from kycuong.orgs.models import Assignment, Person, Unit
from kycuong.orgs.queries.names import full_names
from kycuong.sheets.match import Match, Matcher

AT_ONCE = 400


class Accounts:
    """The accounts of these user names, with everything that `by` may do to them."""

    def __init__(self, usernames: Collection[str], *, by: Person | None) -> None:
        self.by = by
        self.everybody = _named(usernames)
        self.roles = _roles_of(self.everybody.values())
        self.state = _digest(self.everybody, self.roles, by)  # of these very rows, before the organisation is read
        seen = {person.pk for person in self.everybody.values()}
        if by is not None:
            seen &= set(people_visible_to(by).filter(pk__in=seen).values_list("pk", flat=True))
        self.people = {name: person for name, person in self.everybody.items() if person.pk in seen}
        self._organisation = Organisation()
        self._matchers: dict[int, Matcher] = {}
        held = {role.unit_id for roles in self.roles.values() for role in roles}
        self.places = full_names(held, today())
        self._slugs = {known.unit.slug: known.unit for known in self._organisation.units.values()}

    def unit(self, text: str, *, on: date) -> tuple[Unit | None, Match | None]:
        """The unit of that day that a cell means, or what there is to ask. An address of a unit is understood as well."""
        if text in self._slugs:
            return self._slugs[text], None
        era = self._organisation.era(on)
        if era not in self._matchers:
            self._matchers[era] = Matcher(candidates(self._organisation, on))
        match = self._matchers[era].match(text)
        if match.found is None:
            return None, match
        return self._organisation.units[int(str(match.found.id))].unit, match

    def may(self, verb: str, unit: Unit) -> bool:
        return self.by is None or can(self.by, verb, at=unit)

    def may_change(self, person: Person) -> bool:
        """As the acts ask: at every place where the person holds a role now."""
        by = self.by
        if by is None:
            return True
        places = places_over(person, by, "person.change")
        return all(place is not None and can(by, "person.change", at=place) for place in places)


def state_of(usernames: Collection[str], *, by: Person | None) -> str:
    """A digest of all that a preview rests on: another one, another preview."""
    people = _named(usernames)
    return _digest(people, _roles_of(people.values()), by)


def _digest(people: dict[str, Person], roles: dict[int, list[Assignment]], by: Person | None) -> str:
    told = [
        [
            name,
            person.full_name,
            person.position,
            person.email,
            person.is_active,
            [[str(one.uid), one.role, one.unit_id, str(one.valid_from), str(one.valid_to)] for one in roles[person.pk]],
        ]
        for name, person in sorted(people.items())
    ]
    rights = sorted(roles_held(by)) if by else []
    return hashlib.sha256(json.dumps([told, rights, last_change(), str(today())]).encode()).hexdigest()


def _named(usernames: Collection[str]) -> dict[str, Person]:
    names = sorted(usernames)
    parts = [names[start : start + AT_ONCE] for start in range(0, len(names), AT_ONCE)]
    return {person.username: person for part in parts for person in Person.objects.filter(username__in=part)}


def _roles_of(people: Collection[Person]) -> dict[int, list[Assignment]]:
    found: dict[int, list[Assignment]] = {person.pk: [] for person in people}
    keys = sorted(found)
    for start in range(0, len(keys), AT_ONCE):
        rows = Assignment.objects.filter(person_id__in=keys[start : start + AT_ONCE]).select_related("unit")
        for role in rows.order_by("valid_from", "pk"):
            found[role.person_id].append(role)
    return found
