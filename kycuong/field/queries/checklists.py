"""The checklist of a visit as a phone needs it, under the hash of what it asks."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from kycuong.catalog.models import Criterion
from kycuong.catalog.rules import ASKED_ON, ChecklistForm
from kycuong.field.rules import sha256_of
from kycuong.inspections.models import Visit, VisitAddition
from kycuong.inspections.queries import form_of

Told = dict[str, Any]


def form_sha(visit: Visit) -> str:
    """The hash that names what this visit asks; "" for a visit without a checklist."""
    return checklist_told(visit)[0]


def checklist_told(visit: Visit) -> tuple[str, Told]:
    """Hash and checklist. The hash covers what is asked and how it is judged; legal bases, which may be renumbered, stay out."""
    if visit.checklist is None or not visit.checklist_form:
        return "", {}
    addition = VisitAddition.objects.filter(visit_id=visit.pk).select_related("checklist").first()
    key = (visit.checklist.uid.hex, visit.checklist_form, addition.checklist.uid.hex if addition else "")
    told = _TOLD.get(key)
    if told is None:
        told = _TOLD[key] = _told(visit)  # what is published never changes
    return told


_TOLD: dict[tuple[str, str, str], tuple[str, Told]] = {}


def _told(visit: Visit) -> tuple[str, Told]:
    criteria = list(form_of(visit).values())
    place = {one.pk: number for number, one in enumerate(criteria, 1)}
    groups: list[Told] = [
        {
            "code": rows[0].group.code,
            "title": rows[0].group.title,
            "criteria": [_criterion(one, place[one.pk]) for one in rows],
        }
        for _key, members in groupby(criteria, key=lambda one: one.group_id)
        if (rows := list(members))
    ]
    assert visit.checklist is not None
    told: Told = {"version": visit.checklist.version, "title": visit.checklist.title, "groups": groups}
    told["form"] = str(ChecklistForm(visit.checklist_form).label)
    sha = sha256_of(told)
    bases = _bases(tuple(one.pk for one in criteria))
    for group in groups:
        for one in group["criteria"]:
            one["basis"] = bases.get(one["code"], "")
    return sha, told


def _criterion(one: Criterion, place: int) -> Told:
    condition = {"after": one.asked_after, "on": one.asked_on, "outcomes": [*ASKED_ON.get(one.asked_on, ())]}
    plain = {
        name: getattr(one, name) for name in ("code", "answer_type", "severity", "severity_to", "setting", "counted")
    }
    return {
        **plain,
        "position": place,
        "content": one.text,
        "guidance": one.evidence,
        "evidence_wanted": one.evidence,
        "condition": condition if one.asked_after else None,
        "in_short": one.in_short_form,
        "only_with_procedures": one.only_with_procedures,
        "for_kinds": [*one.for_kinds],
        "pass_from": one.pass_from,
        "partial_from": one.partial_from,
    }


def _bases(criteria: tuple[int, ...]) -> dict[str, str]:
    rows = Criterion.objects.filter(pk__in=criteria, legal_bases__isnull=False).order_by("pk", "legal_bases__number")
    found: dict[str, list[str]] = {}
    for code, number in rows.values_list("code", "legal_bases__number"):
        found.setdefault(code, []).append(number)
    return {code: "; ".join(numbers) for code, numbers in found.items()}
