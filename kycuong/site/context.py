"""What the frame of every page shows: the person's unit, unread notices, announcements, the menu, help, whether the data are a demonstration."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from kycuong.core.http import Request
from kycuong.demo.accounts import is_loaded
from kycuong.features.authority import anything_off, note_all_on
from kycuong.notices.models import Announcement
from kycuong.notices.queries import any_running, shown_to, unread_count
from kycuong.orgs.authority import assignments_of, stands_in_for_somebody
from kycuong.orgs.queries.standing_in import Absence, in_whose_stead
from kycuong.ui.schemes import SCHEMES, scheme_in

from .directions import chapter_of, further_of, help_of
from .nav import Menu, menu
from .speaking import choices, is_untold
from .staying import keep_key


def frame(request: Request) -> dict[str, Any]:
    """Looked up only when a template asks: a part of a page, or a page for nobody, asks for less."""
    place = cache(lambda: place_of(request))
    return {
        "nav": SimpleLazyObject(lambda: menu_at(request, place())),
        "person_unit": SimpleLazyObject(lambda: place().unit),
        "announcements": SimpleLazyObject(lambda: announced(request, place())),
        "in_whose_stead": SimpleLazyObject(lambda: stood_for(request)),
        "unread": SimpleLazyObject(lambda: unread_count(request.user)),
        "demo": SimpleLazyObject(is_loaded),
        "provider": settings.OIDC,
        "idle_seconds": settings.SESSION_IDLE_SECONDS,
        "scheme": scheme_in(request.COOKIES),
        "schemes": SCHEMES.values(),
        "scheme_cookie": settings.SCHEME_COOKIE_NAME,
        "languages": SimpleLazyObject(lambda: choices(request)),
        "only_vietnamese": SimpleLazyObject(lambda: is_untold(request)),
        "page_help": SimpleLazyObject(lambda: help_of(request)),
        "page_chapter": SimpleLazyObject(lambda: chapter_of(request)),
        "page_further": SimpleLazyObject(lambda: further_of(request)),
        "keep_key": SimpleLazyObject(lambda: keep_key(request.user)),
    }


class Place(NamedTuple):
    """The unit of a person's first own role, whether anything at all is announced today, and whether any optional part is off anywhere."""

    unit: str
    announced: bool
    switched_off: bool


def place_of(request: Request) -> Place:
    """All with one question, for they are asked on every page. Who holds no role is of no unit, and nothing is announced to them."""
    if not hasattr(request, "user"):
        return Place("", False, False)  # refused before anybody could be known: a wrong Host, for one
    held = assignments_of(request.user).annotate(announced=any_running(), switched_off=anything_off())
    first = held.order_by("pk").select_related("unit").first()
    return Place(str(first.unit), first.announced, first.switched_off) if first else Place("", False, False)


def menu_at(request: Request, place: Place) -> Menu | None:
    """The menu; while nothing is switched off, its entries ask nothing about that."""
    if not place.switched_off:
        note_all_on()
    return menu(request)


def stood_for(request: Request) -> list[Absence]:
    """Asked further of those alone who stand in for somebody: what a page knows of roles says whether one does."""
    person = getattr(request, "user", None)  # refused before anybody was looked for
    return in_whose_stead(person) if person is not None and stands_in_for_somebody(person) else []


def announced(request: Request, place: Place) -> list[Announcement]:
    """For this person's units, not put away: asked only while something is announced to somebody."""
    return shown_to(request.user) if place.announced else []
