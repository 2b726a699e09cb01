"""Rounds, signed reports and the settings to come, as lists show them."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q

from kycuong.orgs.authority import Someone
from kycuong.rounds.models import AgencyReport, ReportingRound, ReportingRoundQuerySet, RoundRule
from kycuong.rounds.rules import HANDED_IN


def rounds_counted(person: Someone, *, today: date) -> ReportingRoundQuerySet:
    """Rounds whose whole course the person may see, the newest first, with `done`, `total` and `late`: how many agencies."""
    done = Count("reports", filter=Q(reports__state__in=HANDED_IN))
    late = Count("reports", filter=Q(reports__in=AgencyReport.objects.late(today).values("pk")))
    found = ReportingRound.objects.visible_to(person).asked_by(person).select_related("authority", "signed")
    return found.annotate(done=done, total=Count("reports"), late=late).defer("signed__content").order_by("-pk")


def rules_to_come(today: date) -> list[RoundRule]:
    return list(RoundRule.objects.filter(valid_from__gt=today).order_by("valid_from"))
