"""Inspections (cuộc), visits (lượt), teams, short lists, exceptions, findings, minutes and addenda."""

from __future__ import annotations

from .conclusions import Conclusion, ConclusionQuerySet, TeamReport
from .records import Addendum, AnswerException, Finding, Minutes, VisitAddition
from .visits import Inspection, InspectionQuerySet, ShortListEntry, TeamGroup, TeamMember, Visit, VisitQuerySet

__all__ = [
    "Addendum",
    "AnswerException",
    "Conclusion",
    "ConclusionQuerySet",
    "Finding",
    "Inspection",
    "InspectionQuerySet",
    "Minutes",
    "ShortListEntry",
    "TeamGroup",
    "TeamMember",
    "TeamReport",
    "Visit",
    "VisitAddition",
    "VisitQuerySet",
]
