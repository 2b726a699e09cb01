"""The part of the menu that openness has."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.core.http import Request
from kycuong.features.authority import offered_to
from kycuong.orgs.authority import can, units_where
from kycuong.orgs.models import Unit
from kycuong.orgs.queries import top_key


def entries(request: Request) -> Iterable[tuple[str, str]]:
    """For whoever decides what is told to everybody, and whoever watches over it."""
    held = units_where(request.user, "publication.see")
    top = top_key() if held else None
    # Who holds it at the top is asked no further; after a merger the top may be carried on elsewhere.
    if top is not None and (top in held or can(request.user, "publication.see", at=Unit.objects.get(pk=top))):
        yield _("Công khai"), reverse("openness:keeping")
    if offered_to(request.user, "citizen_report.handle", "citizen_reports"):
        yield _("Phản ánh"), reverse("openness:reports")
