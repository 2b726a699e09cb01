"""Inspections (cuộc), visits (lượt), teams, conflicts of interest, short lists, exceptions, findings, minutes and addenda."""

from __future__ import annotations

from .conclusions import Conclusion, ConclusionQuerySet, TeamReport
from .conflicts import ConflictDeclaration, ConflictWaiver, StandingRecusal
from .records import Addendum, AnswerException, Finding, Minutes, VisitAddition
from .visits import Inspection, InspectionQuerySet, ShortListEntry, TeamGroup, TeamMember, Visit, VisitQuerySet

__all__ = [
    "Addendum",
    "AnswerException",
    "Conclusion",
    "ConclusionQuerySet",
    "ConflictDeclaration",
    "ConflictWaiver",
    "Finding",
    "Inspection",
    "InspectionQuerySet",
    "Minutes",
    "ShortListEntry",
    "StandingRecusal",
    "TeamGroup",
    "TeamMember",
    "TeamReport",
    "Visit",
    "VisitAddition",
    "VisitQuerySet",
]
