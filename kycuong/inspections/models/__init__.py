"""Inspections (cuộc), visits (lượt), teams, conflicts of interest, short lists, findings, minutes and addenda, files."""

from __future__ import annotations

from .concerned import ConcernedPerson
from .conclusions import Conclusion, ConclusionQuerySet, TeamReport
from .conflicts import ConflictDeclaration, ConflictWaiver, StandingRecusal
from .files import VisitFile
from .picks import CaseFilePick
from .records import Addendum, AnswerException, Finding, Minutes, VisitAddition
from .replies import FindingDecision, FindingReply, SilenceRule
from .sealing import SealBreak, SealBreakNote, SealBreakQuerySet, Sealing
from .teams import ShortListEntry, TeamGroup, TeamMember
from .visits import Inspection, InspectionQuerySet, Visit, VisitQuerySet

__all__ = [
    "Addendum",
    "AnswerException",
    "CaseFilePick",
    "ConcernedPerson",
    "Conclusion",
    "ConclusionQuerySet",
    "ConflictDeclaration",
    "ConflictWaiver",
    "Finding",
    "FindingDecision",
    "FindingReply",
    "Inspection",
    "InspectionQuerySet",
    "Minutes",
    "SealBreak",
    "SealBreakNote",
    "SealBreakQuerySet",
    "Sealing",
    "ShortListEntry",
    "SilenceRule",
    "StandingRecusal",
    "TeamGroup",
    "TeamMember",
    "TeamReport",
    "Visit",
    "VisitAddition",
    "VisitFile",
    "VisitQuerySet",
]
