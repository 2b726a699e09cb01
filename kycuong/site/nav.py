"""The menu: each capability names its own pages in its nav.py; here is only the order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

import kycuong.catalog.nav
import kycuong.deadlines.nav
import kycuong.demo.nav
import kycuong.draws.nav
import kycuong.field.nav
import kycuong.followup.nav
import kycuong.inspections.nav
import kycuong.notices.nav
import kycuong.orgs.nav
import kycuong.plans.nav
import kycuong.reports.nav
import kycuong.selfchecks.nav
from kycuong.core.http import Request

Part = Callable[[Request], Iterable[tuple[str, str]]]

PARTS: list[Part] = [
    kycuong.demo.nav.entries,
    kycuong.reports.nav.entries,
    kycuong.inspections.nav.entries,
    kycuong.field.nav.entries,
    kycuong.followup.nav.entries,
    kycuong.selfchecks.nav.entries,
    kycuong.plans.nav.entries,
    kycuong.draws.nav.entries,
    kycuong.orgs.nav.entries,
    kycuong.catalog.nav.entries,
    kycuong.deadlines.nav.entries,
    kycuong.notices.nav.entries,
]
"""Each gives (name, address) for what this person may use."""


class Entry(NamedTuple):
    """One entry of the menu."""

    name: str
    url: str
    current: bool


def entries(request: HttpRequest) -> list[Entry]:
    """The menu of a person; the entry with the longest address that leads here is the current one."""
    if not hasattr(request, "user") or not request.user.is_authenticated:
        return []  # refused before anybody could be known: a wrong Host, for one
    items = [(_("Việc của tôi"), reverse("mine")), (_("Lịch"), reverse("calendar"))]
    items += [item for part in PARTS for item in part(cast(Request, request))]
    here = max((url for _name, url in items if request.path.startswith(url)), key=len, default="")
    return [Entry(str(name), url, url == here) for name, url in items]
