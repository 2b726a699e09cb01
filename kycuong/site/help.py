"""The page of help: what each page of a person's menu is for, and where the guide tells of it at length."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpResponse
from django.urls import resolve
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.core.http import Request, page

from .directions import CHAPTERS, Chapter, Help
from .nav import menu

SHOWN = {"catalog:checklists": "catalog:checklist"}
"""What an entry of the menu leads on to."""


class Told(NamedTuple):
    """A page of the menu."""

    name: str
    url: str
    help: Help


@require_safe
def help_page(request: Request) -> HttpResponse:
    """Chapters in their order, each with those of its pages that stand in the person's menu."""
    context = {"title": _("Trợ giúp"), "chapters": chapters(request)}
    return page(request, "ui/help.html", context=context)


def chapters(request: Request) -> list[tuple[Chapter, list[Told]]]:
    found = menu(request)
    entries = [*found.first, *found.more] if found else []
    names = {SHOWN.get(name, name): entry for entry in entries for name in [resolve(entry.url).view_name]}
    return [
        (one, [Told(names[name].name, names[name].url, told) for name, told in one.pages.items() if name in names])
        for one in CHAPTERS
    ]
