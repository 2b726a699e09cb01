"""The digest of what was signed: whoever holds a print of the minutes can tell whether anything in them was changed."""

from __future__ import annotations

import hashlib
from typing import Any

from kycuong.audit.canonical import Json, dumps, plain
from kycuong.inspections.models import Addendum, Minutes, Visit
from kycuong.inspections.rules import REASONS

from .concerned import concerned_signed
from .files import files_signed, picks_signed

HEADCOUNT = ("quota", "present", "absent_excused", "absent_unexcused", "late")
ROLL_CALL = (*REASONS, "roll_call_at")
SIGNED_WITH = ("team_signatory", "unit_signature", "unit_signatory", "refusal_reason", "witness")


def minutes_digest(visit: Visit, minutes: Minutes) -> str:
    """SHA-256 (hex) over the canonical JSON of everything that was read back and signed, as it stands in the tables now.

    Left out: the number, which the office gives later, and remedies, which come after. The decision is told as it stood when
    the minutes were signed: that of a sealed inspection is recorded afterwards.
    """
    inspection = visit.inspection
    content = {
        "visit": visit.uid,
        "inspection": inspection.uid,
        "form": inspection.form,
        "decision": [minutes.decision_number, minutes.decision_on],
        "lead": visit.lead_name_then,
        "unit": visit.unit_name_then,
        "visited_on": visit.visited_on,
        "checklist": [visit.checklist.version if visit.checklist else "", visit.checklist_form],
        "answers": visit.answers,
        "headcount": [getattr(visit, name) for name in HEADCOUNT],
        "findings": [
            [one.criterion_code, one.description, one.severity, one.due_on, one.unit_explanation]
            for one in visit.findings.order_by("pk")
        ],
        "strengths": visit.strengths,
        "explanation": visit.unit_explanation,
        "hours": [minutes.begun_at, minutes.ended_at],
        "secretary": minutes.secretary,
        "signatures": [getattr(minutes, name) for name in SIGNED_WITH],
    }
    return _sha256(plain(content | _said_since(visit)))


def _said_since(visit: Visit) -> dict[str, Any]:
    """What minutes can say only since a later version; left out where they do not, so that older ones keep their digest."""
    later: dict[str, list[Any]] = {
        "roll_call": [getattr(visit, name) for name in ROLL_CALL],
        "files": files_signed(visit),
        "picks": picks_signed(visit),
        "people": [people for one in visit.findings.order_by("pk") if (people := concerned_signed(one))],
    }
    return {name: said for name, said in later.items() if any(one is not None for one in said)}


def addendum_digest(addendum: Addendum) -> str:
    """SHA-256 (hex) of an addendum, bound to the minutes that it adds to and to its place among the others."""
    signatures = [getattr(addendum, name) for name in SIGNED_WITH]
    content = [addendum.minutes.digest, addendum.position, addendum.reason, addendum.text, signatures]
    return _sha256(plain(content))


def _sha256(content: Json) -> str:
    return hashlib.sha256(dumps(content)).hexdigest()
