"""Inspections (cuộc), visits (lượt), teams, short lists, exceptions, findings and minutes."""

from __future__ import annotations

from .records import AnswerException, Finding, Minutes, VisitAddition
from .visits import Inspection, InspectionQuerySet, ShortListEntry, TeamMember, Visit, VisitQuerySet

__all__ = [
    "AnswerException",
    "Finding",
    "Inspection",
    "InspectionQuerySet",
    "Minutes",
    "ShortListEntry",
    "TeamMember",
    "Visit",
    "VisitAddition",
    "VisitQuerySet",
]
