"""What is offered when recommendations are drafted: findings that none answers yet, and standard wordings."""

from __future__ import annotations

from typing import Any

from kycuong.followup.models import StandardWording
from kycuong.inspections.models import Finding, Visit


def unanswered_findings(visit: Visit) -> list[Finding]:
    """Standing findings of the visit that no recommendation answers, in the order of the minutes."""
    return list(visit.findings.standing().filter(recommendations=None).order_by("pk"))


def offered_for(finding: Finding) -> dict[str, Any]:
    """Words, proof, term and basis for a finding, as `draft_recommendation` takes them."""
    wording = StandardWording.objects.filter(criterion_code=finding.criterion_code or "-").first()
    if wording is None:
        text = f"Khắc phục tồn tại: {finding.description}"[:1000]
        return {"text": text, "days": None, "expected_proof": "", "legal_basis": None}
    return {
        "text": wording.text,
        "days": wording.days,
        "expected_proof": wording.expected_proof,
        "legal_basis": wording.legal_basis,
    }
