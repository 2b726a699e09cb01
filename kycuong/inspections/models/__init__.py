"""Inspections (cuộc), visits (lượt), teams, short lists, exceptions, findings, minutes and addenda."""

from __future__ import annotations

from .records import Addendum, AnswerException, Finding, Minutes
from .visits import Inspection, InspectionQuerySet, ShortListEntry, TeamMember, Visit, VisitQuerySet

__all__ = [
    "Addendum",
    "AnswerException",
    "Finding",
    "Inspection",
    "InspectionQuerySet",
    "Minutes",
    "ShortListEntry",
    "TeamMember",
    "Visit",
    "VisitQuerySet",
]
