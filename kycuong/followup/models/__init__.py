"""Recommendations and what becomes of them."""

from __future__ import annotations

from .measures import AccountabilityMeasure, AccountabilityMeasureQuerySet, MeasureKind, MeasureKindQuerySet
from .recommendations import Recommendation, RecommendationQuerySet, RecommendationTerm
from .remedies import Extension, ExtensionQuerySet, RemedyFile, RemedyFileQuerySet, RemedyReport, RemedyReportQuerySet
from .reminders import Reminder, ReminderQuerySet
from .retention import NameHold, NameRetention
from .settings import FollowupRule, StandardWording, StandardWordingQuerySet
from .transfers import PassingOn, RecommendationTransfer

__all__ = [
    "AccountabilityMeasure",
    "AccountabilityMeasureQuerySet",
    "Extension",
    "ExtensionQuerySet",
    "FollowupRule",
    "MeasureKind",
    "MeasureKindQuerySet",
    "NameHold",
    "NameRetention",
    "PassingOn",
    "Recommendation",
    "RecommendationQuerySet",
    "RecommendationTerm",
    "RecommendationTransfer",
    "RemedyFile",
    "RemedyFileQuerySet",
    "RemedyReport",
    "RemedyReportQuerySet",
    "Reminder",
    "ReminderQuerySet",
    "StandardWording",
    "StandardWordingQuerySet",
]
