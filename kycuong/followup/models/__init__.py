"""Recommendations and what becomes of them."""

from __future__ import annotations

from .recommendations import Recommendation, RecommendationQuerySet, RecommendationTerm
from .remedies import Extension, ExtensionQuerySet, RemedyFile, RemedyFileQuerySet, RemedyReport, RemedyReportQuerySet
from .reminders import Reminder, ReminderQuerySet
from .settings import FollowupRule, StandardWording, StandardWordingQuerySet
from .transfers import PassingOn, RecommendationTransfer

__all__ = [
    "Extension",
    "ExtensionQuerySet",
    "FollowupRule",
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
