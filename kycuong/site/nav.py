"""The menu: each capability names its own pages in its nav.py; here is only the order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

import kycuong.catalog.nav
import kycuong.checkpoints.nav
import kycuong.connect.nav
import kycuong.deadlines.nav
import kycuong.demo.nav
import kycuong.draws.nav
import kycuong.exports.nav
import kycuong.features.nav
import kycuong.field.nav
import kycuong.followup.nav
import kycuong.gathering.nav
import kycuong.inspections.nav
import kycuong.letterheads.nav
import kycuong.notices.nav
import kycuong.openness.nav
import kycuong.orgs.nav
import kycuong.plans.nav
import kycuong.reports.nav
import kycuong.rounds.nav
import kycuong.selfchecks.nav
import kycuong.upkeep.nav
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
]
"""Each gives (name, address) for what this person may use."""
RARER: list[Part] = [
    kycuong.rounds.nav.entries,
    kycuong.gathering.nav.entries,
    kycuong.openness.nav.entries,
    kycuong.orgs.nav.entries,
    kycuong.catalog.nav.entries,
    kycuong.deadlines.nav.entries,
    kycuong.letterheads.nav.entries,
    kycuong.exports.nav.entries,
    kycuong.connect.nav.entries,
    kycuong.notices.nav.entries,
    kycuong.features.nav.entries,
    kycuong.checkpoints.nav.entries,
    kycuong.upkeep.nav.entries,
]
"""The same, for what is set up and looked up rather than used every day."""
ON_ONE_LINE = 11
"""So many entries stand beside each other on a desk's screen; with more, the rarer ones go under «Khác»."""


class Entry(NamedTuple):
    """One entry of the menu."""

    name: str
    url: str
    current: bool


class Menu(NamedTuple):
    """What stands in the bar, and what stands under «Khác»."""

    first: list[Entry]
    more: list[Entry]
    more_current: bool


def menu(request: HttpRequest) -> Menu | None:
    """The menu of a person; the entry with the longest address that leads here is the current one."""
    if not hasattr(request, "user") or not request.user.is_authenticated:
        return None  # refused before anybody could be known: a wrong Host, for one
    first = [(_("Việc của tôi"), reverse("mine")), (_("Lịch"), reverse("calendar"))]
    first += [item for part in PARTS for item in part(cast(Request, request))]
    more = [item for part in RARER for item in part(cast(Request, request))]
    if len(first) + len(more) <= ON_ONE_LINE:
        first, more = first + more, []
    here = max((url for _name, url in first + more if request.path.startswith(url)), key=len, default="")
    told = [[Entry(str(name), url, url == here) for name, url in part] for part in (first, more)]
    return Menu(told[0], told[1], any(entry.current for entry in told[1]))
