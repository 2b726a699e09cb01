"""The pages of units: one unit and its past, the tree on any day, its list as a file, and search."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.orgs.authority import can, units_visible_to, units_where
from kycuong.orgs.forms.units import DayForm, SearchForm
from kycuong.orgs.history.acts import VERB
from kycuong.orgs.models import Unit
from kycuong.orgs.queries import (
    Past,
    TreeNode,
    UnitHit,
    chain_on,
    children_on,
    codes_on,
    names_on,
    past_of,
    search_units,
    tree_on,
    versions_on,
)
from kycuong.orgs.rules import Change, Kind, formal_name

MOST_HITS = 60
OF_ONE_UNIT = (Change.RENAME, Change.RECODE, Change.MOVE, Change.SPLIT, Change.DISSOLVE)


@dataclass
class Branch:
    """A unit of the tree with its own branches."""

    node: TreeNode
    branches: list[Branch] = field(default_factory=list)


@require_safe
def unit(request: Request, slug: str) -> HttpResponse:
    """One unit: what it is on a day, and everything it has been."""
    found = get_object_or_404(units_visible_to(request.user), slug=slug)
    form = DayForm(request.GET)
    day = _day(form)
    version = versions_on([found.pk], day).get(found.pk)
    past = past_of(found)
    exists = bool(version and version.valid_from <= day < version.valid_to)
    below = children_on(found, day)
    names = names_on([child.pk for child in below], day)
    context = {
        "title": version.name if version else slug,
        "crumbs": _crumbs(chain_on(found, day), day, version.name if version else slug),
        "unit": found,
        "shown": version,
        "formal": formal_name(version.name, version.kind) if version else "",
        "code": codes_on([found.pk], day).get(found.pk, ""),
        "exists": exists,
        "past": past,
        "day": day,
        "day_title": _("Vào ngày %s") % f"{day:%d/%m/%Y}",
        "asked": _asked(day),
        "form": form,
        "chain": chain_on(found, day),
        "below": [(child.slug, names[child.pk]) for child in below],
        "changes": _changes(request, found, past),
    }
    return page(request, "orgs/unit.html", context=context, status=_status(form))


@require_safe
def units(request: Request) -> HttpResponse:
    """The tree on any day, and how many there are of each kind."""
    form = DayForm(request.GET)
    day = _day(form)
    nodes = tree_on(day)
    counts = Counter(node.kind for node in nodes)
    context = {
        "title": _("Đơn vị"),
        "form": form,
        "search": SearchForm(),
        "day": day,
        "asked": _asked(day),
        "branches": _branches(nodes),
        "place": reverse("orgs:unit", args=["-"]).removesuffix("-/"),  # asked once: there are thousands of links
        "counts": [(kind.label, counts[kind]) for kind in Kind if counts[kind]],
        "total": len(nodes),
        "may_reorganise": bool(units_where(request.user, VERB)),
        "may_import": bool(units_where(request.user, "unit.import")),
    }
    return page(request, "orgs/units.html", context=context, status=_status(form))


@require_safe
def search(request: Request) -> HttpResponse:
    """Units of every era whose name begins so, each with its era and what it belongs to."""
    form = SearchForm(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    words = given.get("q", "")
    hits = search_units(words, on=given.get("on"), limit=MOST_HITS + 1) if words else []
    context = {
        "title": _("Tìm đơn vị"),
        "crumbs": [(_("Đơn vị"), reverse("orgs:units")), (_("Tìm"), "")],
        "form": form,
        "words": words,
        "hits": hits[:MOST_HITS],
        "more": len(hits) > MOST_HITS,
        "most": MOST_HITS,
    }
    return page(request, "orgs/search.html", context=context, status=_status(form))


@require_safe
def options(request: Request) -> JsonResponse:
    """Units whose name begins so, for a box that is typed into: those of today first, then those of the past."""
    words = request.GET.get("q", "")[:100]
    hits: dict[str, UnitHit] = {}
    for on in (today(), None):
        for hit in search_units(words, on=on, limit=12):
            hits.setdefault(hit.slug, hit)
    rows = [
        {"value": hit.slug, "label": hit.name, "hint": f"{hit.parent} {hit.era if hit.is_past else ''}".strip()}
        for hit in hits.values()
    ]
    return JsonResponse(rows[:12], safe=False)


def _changes(request: Request, found: Unit, past: Past) -> list[tuple[str, str]]:
    """The reorganisations that may begin here: by whoever may, of a unit that goes on."""
    may = past.last is None and can(request.user, VERB, at=found)
    return [(change.value, str(change.label)) for change in OF_ONE_UNIT] if may else []


def _branches(nodes: list[TreeNode]) -> list[Branch]:
    """Nodes come parents first: each is hung under its parent."""
    hung: dict[int, Branch] = {}
    tops: list[Branch] = []
    for node in nodes:
        branch = hung[node.unit_id] = Branch(node)
        above = hung.get(node.parent_id or 0)
        (above.branches if above else tops).append(branch)
    return tops


def _day(form: DayForm) -> date:
    asked = form.cleaned_data.get("on") if form.is_valid() else None
    return asked or today()


def _asked(day: date) -> str:
    """What an address needs so that the next page looks at the same day."""
    return "" if day == today() else f"?on={day:%d/%m/%Y}"


def _status(form: DayForm | SearchForm) -> int:
    return 422 if form.errors else 200


def _crumbs(chain: list[tuple[str, str]], day: date, last: str) -> list[tuple[str, str]]:
    asked = _asked(day)
    above = [(name, reverse("orgs:unit", args=[slug]) + asked) for slug, name in chain]
    return [(_("Đơn vị"), reverse("orgs:units") + asked), *above, (last, "")]
