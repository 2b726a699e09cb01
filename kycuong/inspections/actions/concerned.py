"""Whom a finding concerns: written down and taken away while the visit is a draft."""

from __future__ import annotations

from uuid import UUID

from kycuong.audit.log import act, record
from kycuong.core.checks import ensure_clean
from kycuong.core.ids import uuid7
from kycuong.core.sealing import keyring
from kycuong.inspections.authority import authorize
from kycuong.inspections.models import ConcernedPerson, Finding
from kycuong.inspections.queries import place_of_name
from kycuong.inspections.rules.concerned import ensure_concerned
from kycuong.orgs.models import Person

from ._steps import ensure_open_draft


@act
def add_concerned(
    finding: Finding, *, by: Person, category: str, position: str, name: str = "", uid: UUID | None = None
) -> ConcernedPerson:
    """Write down whom a finding concerns. The name is sealed before it touches a table. Repeating the call with the same uid
    returns the first one."""
    authorize(by, "visit.record", at=finding.visit)
    if uid and (already := ConcernedPerson.objects.filter(uid=uid, finding=finding).first()):
        return already
    ensure_open_draft(finding.visit)
    ensure_concerned(there=finding.people.count(), category=category, position=position, name=name.strip())
    person = ConcernedPerson(uid=uid or uuid7(), finding=finding, category=category, position=position.strip())
    if name.strip():
        person.sealed_name = keyring().seal(name.strip(), about=place_of_name(person))
    ensure_clean(person)
    person.save(force_insert=True)
    record("concerned.add", person, by=by)
    return person


@act
def remove_concerned(person: ConcernedPerson, *, by: Person) -> None:
    """Take somebody off a finding while the visit is a draft."""
    authorize(by, "visit.record", at=person.finding.visit)
    ensure_open_draft(person.finding.visit)
    record("concerned.remove", person, by=by, op="delete")
    person.delete()
