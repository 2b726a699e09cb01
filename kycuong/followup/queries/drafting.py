"""What is offered when recommendations are drafted: findings that none answers yet, and standard wordings."""

from __future__ import annotations

from typing import Any

from kycuong.core.clock import today
from kycuong.followup.models import FollowupRule, Recommendation, StandardWording
from kycuong.inspections.models import Conclusion, Finding, Visit
from kycuong.inspections.rules.conclusions import ConclusionState


def unanswered_findings(visit: Visit) -> list[Finding]:
    """Standing findings of the visit, not remedied yet, that no recommendation answers; in the order of the minutes."""
    return list(visit.findings.standing().filter(recommendations=None, remedied_on=None).order_by("pk"))


def offered_for(finding: Finding) -> dict[str, Any]:
    """Words, proof, term and basis for a finding, as `draft_recommendation` takes them."""
    wording = StandardWording.objects.filter(criterion_code=finding.criterion_code or "-").first()
    if wording is None:
        text = f"Khắc phục tồn tại: {finding.words_now}"[:1000]
        return {"text": text, "days": None, "expected_proof": "", "legal_basis": None}
    return {
        "text": wording.text,
        "days": wording.days,
        "expected_proof": wording.expected_proof,
        "legal_basis": wording.legal_basis,
    }


def is_drafting(recommendation: Recommendation) -> bool:
    """Whether it stands in a conclusion that is still a draft."""
    return Conclusion.objects.filter(visit=recommendation.visit, state=ConclusionState.DRAFT).exists()


def rules_to_come() -> list[FollowupRule]:
    """Settings that hold from a later day on."""
    return list(FollowupRule.objects.filter(valid_from__gt=today()))
