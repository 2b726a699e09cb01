"""Inspections (cuộc), visits (lượt), teams, short lists, exceptions, findings, minutes and addenda, photos and files."""

from __future__ import annotations

from .concerned import ConcernedPerson
from .conclusions import Conclusion, ConclusionQuerySet, TeamReport
from .files import VisitFile
from .picks import CaseFilePick
from .records import Addendum, AnswerException, Finding, Minutes, VisitAddition
from .sealing import SealBreak, SealBreakNote, SealBreakQuerySet, Sealing
from .visits import Inspection, InspectionQuerySet, ShortListEntry, TeamMember, Visit, VisitQuerySet

__all__ = [
    "Addendum",
    "AnswerException",
    "CaseFilePick",
    "ConcernedPerson",
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
    "VisitFile",
    "VisitQuerySet",
]
