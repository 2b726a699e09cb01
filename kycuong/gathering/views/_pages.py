"""What the pages of gathering share: finding a record, the way back, who may work on it."""

from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.core.http import Request
from kycuong.gathering.models import Gathering, SentFile
from kycuong.orgs.authority import can

GATHER = "declared.gather"


def gathering_seen(request: Request, uid: UUID) -> Gathering:
    return get_object_or_404(Gathering.objects.visible_to(request.user).select_related("scope"), uid=uid)


def file_seen(request: Request, uid: UUID) -> SentFile:
    found = SentFile.objects.visible_to(request.user)
    related = ("gathering__scope", "agency", "guessed", "sent_by", "decided_by", "superseded_by")
    return get_object_or_404(found.select_related(*related), uid=uid)


def may_gather(request: Request, gathering: Gathering) -> bool:
    return can(request.user, GATHER, at=gathering.scope)


def crumbs(gathering: Gathering | None = None, *more: tuple[str, str]) -> list[tuple[str, str]]:
    found = [(_("Hợp nhất biểu mẫu"), reverse("gathering:list"))]
    if gathering:
        found.append((f"{gathering.period.label}, {gathering.scope}", gathering.get_absolute_url()))
    return [*found, *more]
