"""The page of help: what each page of a person's menu is for, and where the guide tells of it at length; and the guides themselves."""

from __future__ import annotations

from typing import NamedTuple

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.core.http import Request, page
from kycuong.core.problems import Missing
from kycuong.orgs.authority import roles_held

from .directions import CHAPTERS, Chapter, Help, guides_for
from .guide import FOR_EVERYBODY, INDEX, guide, names
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
    own = guides_for(role for role, _unit in roles_held(request.user))
    context = {"title": _("Trợ giúp"), "chapters": chapters(request), "own_guides": own}
    return page(request, "ui/help.html", context=context)


def chapters(request: Request) -> list[tuple[Chapter, list[Told]]]:
    found = menu(request)
    entries = [*found.first, *found.more] if found else []
    names = {SHOWN.get(name, name): entry for entry in entries for name in [resolve(entry.url).view_name]}
    return [
        (one, [Told(names[name].name, names[name].url, told) for name, told in one.pages.items() if name in names])
        for one in CHAPTERS
    ]


@require_safe
def guides(request: HttpRequest) -> HttpResponse:
    """The list of guides."""
    return shown(request, INDEX, [(_("Trợ giúp"), reverse("help"))])


@require_safe
def guide_page(request: HttpRequest, name: str) -> HttpResponse:
    if name not in names() - {INDEX}:
        raise Missing(
            "Không có quyển hướng dẫn này. Hãy chọn ở trang Hướng dẫn.",
            en="There is no such guide. Choose one on the page of guides.",
        )
    return shown(request, name, [(_("Trợ giúp"), reverse("help")), (guide(INDEX).title, reverse("guides"))])


@require_safe
@login_not_required
def guide_for_everybody(request: HttpRequest) -> HttpResponse:
    """The one that tells how to get in: it opens before that, too."""
    if request.user.is_authenticated:
        return guide_page(request, FOR_EVERYBODY)
    return shown(request, FOR_EVERYBODY, [(_("Đăng nhập"), reverse("account_login"))])


def shown(request: HttpRequest, name: str, above: list[tuple[str, str]]) -> HttpResponse:
    """A guide, below the pages that it stands under. Nothing is asked of the database."""
    found = guide(name)
    context = {"title": found.title, "guide": found, "crumbs": [*above, (found.title, "")]}
    return page(request, "ui/guide.html", context=context)
