"""What a phone takes along of each visit: the pack, whole; and which packs changed since the phone last asked."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from kycuong.audit.canonical import key_of
from kycuong.field.rules import spelled
from kycuong.inspections.models import Finding, TeamMember, Visit
from kycuong.inspections.queries import criteria_at, form_of, lead_at, lives_of, may_know_names, name_at
from kycuong.inspections.rules import TeamRole, VisitState
from kycuong.orgs.models import Assignment, Person

from .checklists import checklist_told
from .log import fields_of
from .media import media_of
from .signatures import signature_of
from .told import told_head

Pack = dict[str, Any]
MOST_PREVIOUS = 30
MARK = 6
"""Bytes of the fingerprint of a pack in a cursor."""
GONE = bytes(MARK)


@dataclass(slots=True)
class Pulled:
    """Packs that the phone does not have, the checklists that they name, and where it stands after them."""

    packs: list[Pack] = field(default_factory=list)
    checklists: dict[str, Any] = field(default_factory=dict)
    marks: dict[UUID, bytes] = field(default_factory=dict)
    sealed: list[Visit] = field(default_factory=list)

    @property
    def stand(self) -> str:
        return base64.urlsafe_b64encode(b"".join(uid.bytes + mark for uid, mark in self.marks.items())).decode()


def pulled(visits: list[Visit], person: Person, cursor: str) -> Pulled:
    """What changed since the cursor. A visit that the person no longer sees is told as removed, once, and nothing else of it."""
    known, found = marks_in(cursor), Pulled()
    for visit in visits:
        pack, (sha, checklist) = pack_of(visit, person), checklist_told(visit)
        mark = hashlib.sha256(spelled(pack).encode()).digest()[:MARK]
        found.marks[visit.uid] = mark
        if known.get(visit.uid) == mark:
            continue
        found.packs.append(pack)
        if sha:
            found.checklists[sha] = checklist
        if visit.is_sealed_draft:
            found.sealed.append(visit)
    for uid in known.keys() - found.marks.keys():
        found.marks[uid] = GONE
        if known[uid] != GONE:
            found.packs.append({"uid": str(uid), "removed": True})
    return found


def marks_in(cursor: str) -> dict[UUID, bytes]:
    """Visits with the fingerprints that the phone has; nothing for a cursor that is none: then everything is sent."""
    try:
        raw = base64.b64decode(cursor.encode(), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return {}
    step = 16 + MARK
    if len(raw) % step:
        return {}
    return {UUID(bytes=raw[at : at + 16]): raw[at + 16 : at + step] for at in range(0, len(raw), step)}


def pack_of(visit: Visit, person: Person) -> Pack:
    """Everything of a visit that the person's phone needs without a signal."""
    kind = (lives_of([visit.unit_id])[visit.unit_id].on(visit.visited_on) or ("", ""))[1]
    asked = criteria_at(visit)
    sees_names = may_know_names(visit, person)
    signature = signature_of(visit)
    heads = {name: [told_head(op, person, sees_names) for op in ops] for name, ops in fields_of(visit).items()}
    return {
        "uid": str(visit.uid),
        "version": visit.version,
        "state": str(visit.state),
        "sealed": visit.is_sealed_draft,
        "removed": False,
        "inspection": _inspection(visit),
        "unit": {"slug": visit.unit.slug, "name": name_at(visit), "kind": kind},
        "visited_on": visit.visited_on.isoformat(),
        "checklist_form": visit.checklist_form,
        "form": checklist_told(visit)[0],
        "excused": [code for code in form_of(visit) if code not in asked],
        **_team(visit, person),
        "people": _people(visit) if sees_names else [],
        "previous": _previous(visit, person),
        "heads": heads,
        "signature": signature,
        "media": media_of(visit),
    }


def _inspection(visit: Visit) -> Mapping[str, Any]:
    one = visit.inspection
    return {
        "uid": str(one.uid),
        "title": one.title,
        "form": one.form,
        "form_name": str(one.get_form_display()),
        "lead_name": lead_at(one),
        "decision_number": one.decision_number,
        "decision_on": one.decision_on.isoformat() if one.decision_on else None,
    }


def _team(visit: Visit, person: Person) -> Mapping[str, Any]:
    seats = TeamMember.objects.current().filter(inspection=visit.inspection_id).select_related("person").order_by("pk")
    team = [
        {
            "name": str(one.person) if one.person else "",
            "role": str(one.role),
            "role_name": str(TeamRole(one.role).label),
            "position": one.person.position if one.person else one.position,
        }
        for one in seats
    ]
    mine = next((one for one in seats if one.person_id == person.pk), None)
    me = {"name": str(person), "uid": key_of(person), "position": person.position, "role": "", "role_name": ""}
    if mine:
        me |= {"role": str(mine.role), "role_name": str(TeamRole(mine.role).label)}
    return {"team": team, "me": me}


def _people(visit: Visit) -> list[dict[str, str]]:
    """Who serves at the unit that day, for whoever may know the names there."""
    day = visit.visited_on
    posts = Assignment.objects.filter(unit=visit.unit_id, valid_from__lte=day, valid_to__gt=day, person__is_active=True)
    people = Person.objects.filter(pk__in=posts.values("person_id")).order_by("full_name", "pk")
    return [{"name": one.full_name, "position": one.position} for one in people]


def _previous(visit: Visit, person: Person) -> list[dict[str, Any]]:
    """What earlier visits found here, as far as the person may see them."""
    before = Visit.objects.visible_to(person).filter(
        unit=visit.unit_id, state=VisitState.SIGNED, visited_on__lt=visit.visited_on
    )
    found = Finding.objects.standing().filter(visit__in=before).select_related("visit")
    return [
        {
            "criterion_code": one.criterion_code,
            "description": one.description,
            "visited_on": one.visit.visited_on.isoformat(),
            "severity": one.severity,
            "remedied_on": one.remedied_on.isoformat() if one.remedied_on else None,
        }
        for one in found.order_by("-visit__visited_on", "pk")[:MOST_PREVIOUS]
    ]
