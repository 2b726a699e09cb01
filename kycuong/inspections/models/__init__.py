"""Inspections (cuộc), visits (lượt), teams, short lists, exceptions, findings, minutes and addenda."""

from __future__ import annotations

from .conclusions import Conclusion, ConclusionQuerySet, TeamReport
from .records import Addendum, AnswerException, Finding, Minutes, VisitAddition
from .sealing import SealBreak, SealBreakNote, SealBreakQuerySet, Sealing
from .visits import Inspection, InspectionQuerySet, ShortListEntry, TeamMember, Visit, VisitQuerySet

__all__ = [
    "Addendum",
    "AnswerException",
    "Conclusion",
    "ConclusionQuerySet",
    "Finding",
    "Inspection",
    "InspectionQuerySet",
    "Minutes",
    "SealBreak",
    "SealBreakNote",
    "SealBreakQuerySet",
    "Sealing",
    "ShortListEntry",
    "TeamMember",
    "TeamReport",
    "Visit",
    "VisitAddition",
    "VisitQuerySet",
]
