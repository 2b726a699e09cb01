"""What the frame of every page shows: the person's unit, unread notices, announcements, the menu, help, whether the data are a demonstration."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import CharField, F
from django.db.models.functions import Coalesce
from django.utils.functional import SimpleLazyObject

from kycuong.core.http import Request
from kycuong.demo.accounts import is_loaded, note_loaded, whether_loaded
from kycuong.features.authority import anything_off, note_all_on
from kycuong.inspections.queries.teams import note_seated, whether_seated
from kycuong.notices.models import Announcement
from kycuong.notices.queries import any_running, counting_unread, shown_to, unread_count
from kycuong.orgs.authority import assignments_of, stands_in_for_somebody, units_where
from kycuong.orgs.queries import finding_top, last_name, note_top
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
        "unread": SimpleLazyObject(lambda: place().unread),
        "demo": SimpleLazyObject(lambda: place().sample),
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
    """The unit of a person's first own role, how many notices are unread, and whether anything at all is announced today, any optional
    part is off anywhere, the data are a demonstration."""

    unit: str
    unread: int
    announced: bool
    switched_off: bool
    sample: bool


def place_of(request: Request) -> Place:
    """All with one question, for they are asked on every page, and so is what the menu wants to know: whether one sits on a
    team, and which unit is the top. Who
    holds no role is of no unit, and nothing is announced to them."""
    person = getattr(request, "user", None)
    if person is None:
        return Place(
            "", 0, announced=False, switched_off=False, sample=is_loaded()
        )  # refused too early: a wrong Host, for one
    held = assignments_of(person).annotate(
        unit_name=Coalesce(last_name("unit_id"), F("unit__slug"), output_field=CharField()),
        unread=counting_unread(person),
        announced=any_running(),
        switched_off=anything_off(),
        sample=whether_loaded(),
        seated=whether_seated(person),
    )
    if units_where(person, "publication.see"):
        held = held.annotate(top=finding_top())  # whom else the menu asks nothing about it
    first = held.order_by("pk").first()
    if first is None:
        return Place("", unread_count(person), announced=False, switched_off=False, sample=is_loaded())
    note_loaded(found=first.sample)
    note_seated(person, found=first.seated)
    if hasattr(first, "top"):
        note_top(first.top)
    return Place(first.unit_name, first.unread, first.announced, first.switched_off, first.sample)


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
