"""Campaigns and self-checks as lists show them, and the settings to come."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q

from kycuong.orgs.authority import Someone
from kycuong.selfchecks.models import SelfCheck, SelfCheckCampaign, SelfCheckCampaignQuerySet, SelfCheckRule
from kycuong.selfchecks.rules import CheckState


def campaigns_counted(person: Someone, *, today: date) -> SelfCheckCampaignQuerySet:
    """Campaigns that the person may see, the newest first, each with `done`, `total` and `late`: how many of its units."""
    done = Count("checks", filter=Q(checks__state=CheckState.SUBMITTED))
    late = Count("checks", filter=Q(checks__in=SelfCheck.objects.late(today).values("pk")))
    found = SelfCheckCampaign.objects.visible_to(person).select_related("authority")
    return found.annotate(done=done, total=Count("checks"), late=late).order_by("-pk")


def rules_to_come(today: date) -> list[SelfCheckRule]:
    return list(SelfCheckRule.objects.filter(valid_from__gt=today).order_by("valid_from"))
