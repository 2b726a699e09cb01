"""The part of the menu that units have."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.core.http import Request
from kycuong.orgs.authority import units_where


def entries(request: Request) -> Iterable[tuple[str, str]]:
    """Units for everybody: the organisation is public knowledge inside the system. Accounts for those who administer them."""
    yield _("Đơn vị"), reverse("orgs:units")
    if units_where(request.user, "person.see"):
        yield _("Tài khoản"), reverse("orgs:people")
