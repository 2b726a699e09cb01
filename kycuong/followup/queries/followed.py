"""Whether a finding is followed by a recommendation that is still open."""

from __future__ import annotations

from kycuong.followup.models import Recommendation
from kycuong.inspections.models import Finding


def followed_elsewhere(finding: Finding) -> str:
    """The address of an open recommendation that answers the finding; empty when none does."""
    one = Recommendation.objects.open().filter(findings=finding).first()
    return one.get_absolute_url() if one else ""
