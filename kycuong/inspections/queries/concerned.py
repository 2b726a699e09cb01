"""Whom findings concern; their names only for those who may know them."""

from __future__ import annotations

from kycuong.core.sealing import SealBroken, keyring
from kycuong.inspections.models import ConcernedPerson, Finding, Visit
from kycuong.orgs.authority import Someone, can


def place_of_name(person: ConcernedPerson) -> str:
    """What the seal of a name is bound to."""
    return f"inspections.ConcernedPerson.{person.uid}.name"


def may_know_names(visit: Visit, person: Someone) -> bool:
    """At the authority that inspected, or at the unit itself."""
    return any(can(person, "name.see", at=unit) for unit in (visit.inspection.lead, visit.unit))


def concerned(visit: Visit, person: Someone | None) -> dict[int, list[ConcernedPerson]]:
    """People by finding. A name is opened for whoever may know it; for everybody else, and on paper, there is its mask."""
    found: dict[int, list[ConcernedPerson]] = {}
    rows = ConcernedPerson.objects.filter(finding__visit_id=visit.pk)
    named = any(row.sealed_name for row in rows)
    opens = bool(named and person and may_know_names(visit, person))
    for row in rows:
        row.shown_name = name_of(row) if opens else row.mask
        found.setdefault(row.finding_id, []).append(row)
    return found


def name_of(person: ConcernedPerson) -> str:
    """The name, opened; its mask where the key is gone. Ask `may_know_names` first."""
    try:
        return keyring().unseal(person.sealed_name, about=place_of_name(person)) if person.sealed_name else ""
    except SealBroken:
        return person.mask


def concerned_signed(finding: Finding) -> list[list[str]]:
    """What the digest says of people: categories and positions. Names stay out: they may have to be erased one day."""
    return [[one.category, one.position] for one in finding.people.order_by("pk")]
