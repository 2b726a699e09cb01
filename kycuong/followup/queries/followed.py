"""Whether a finding is followed by a recommendation that is still open."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from kycuong.followup.models import Recommendation
from kycuong.followup.rules import RecommendationState
from kycuong.inspections.models import Finding


def followed_findings() -> QuerySet[Any]:
    """Keys of findings that issued recommendations answer: their terms are those of the recommendations."""
    link = Recommendation.findings.through
    return link.objects.exclude(recommendation__state=RecommendationState.DRAFT).values("finding_id")


def followed_elsewhere(finding: Finding) -> str:
    """The address of an open recommendation that answers the finding; empty when none does."""
    one = Recommendation.objects.open().filter(findings=finding).first()
    return one.get_absolute_url() if one else ""
