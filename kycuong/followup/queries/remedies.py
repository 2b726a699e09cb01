"""What happened to a recommendation, in order; and what its proof weighs."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Sum

from kycuong.followup.models import Extension, Recommendation, RemedyReport


def bytes_of(report: RemedyReport) -> int:
    """Bytes of the files of a report."""
    return report.files.aggregate(total=Sum("attachment__size"))["total"] or 0


def trail_of(recommendation: Recommendation) -> list[RemedyReport | Extension]:
    """Reports and requests of the unit with their answers, the newest first."""
    reports = recommendation.reports.select_related("submitted_by", "decided_by", "recheck").prefetch_related(
        "files__attachment"
    )
    extensions = recommendation.extensions.select_related("asked_by", "decided_by")
    return sorted([*reports, *extensions], key=_moment, reverse=True)


def _moment(one: RemedyReport | Extension) -> datetime:
    return one.submitted_at if isinstance(one, RemedyReport) else one.asked_at
