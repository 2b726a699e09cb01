"""Pages that anybody in the circle reads: the list of draws, one draw, its proof, and how to check it oneself."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.audit.history import entries_for
from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.draws.models import Draw
from kycuong.draws.queries import draw_lines, overdue_and_abandoned, proof_of
from kycuong.draws.queries.listing import STRATUM_TITLES
from kycuong.draws.rules import PART_TITLES, DrawState, Purpose, weights_table
from kycuong.features.authority import offered_to
from kycuong.inspections.models import Inspection
from kycuong.orgs.authority import can

PER_PAGE = 30
VERIFIER = Path(__file__).parents[1] / "static" / "draws" / "verify_draw.py"


@require_safe
def draws(request: Request) -> HttpResponse:
    """Every draw that the person may know of; what was thrown away or is overdue is counted above the list."""
    found = Draw.objects.visible_to(request.user).select_related("lead", "area")
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    overdue, abandoned = overdue_and_abandoned(found, today=today())
    return page(
        request,
        "draws/draws.html",
        context={
            "title": _("Bốc thăm kiểm chứng được"),
            "page": shown,
            "lines": draw_lines(list(shown.object_list), today=today()),
            "overdue": overdue,
            "abandoned": abandoned,
            "may_commit": offered_to(request.user, "draw.conduct", "draws"),
        },
    )


@require_safe
def draw(request: Request, uid: UUID) -> HttpResponse:
    """The public part of one draw, and what the person may do next. The sealed part is opened by an act of its own."""
    found = visible(request, uid)
    [line] = draw_lines([found], today=today())
    knows = Draw.objects.visible_to(request.user).known_to(request.user).filter(pk=found.pk).exists()
    conducts = can(request.user, "draw.conduct", at=found.lead)
    may = _may(found) if knows and conducts else set()
    unrevealed = found.state in (DrawState.COMMITTED, DrawState.DRAWN)
    context = {
        "title": str(found),
        "draw": found,
        "line": line,
        "crumbs": crumbs(str(found)),
        "may": may,
        "may_look": knows and unrevealed,
        "may_abandon": conducts and unrevealed,
        "waits": found.state == DrawState.COMMITTED and today() < found.source_on,
        "may_seat": conducts and _may_seat(found, knows),
        "teams": _teams(request, found) if knows or found.state == DrawState.REVEALED else [],
        "readers": list(found.readers.select_related("person")) if knows else [],
        "history": entries_for(found) if knows else [],
        **_published(found),
    }
    return page(request, "draws/draw.html", context=context)


@require_safe
def proof(request: Request, uid: UUID) -> HttpResponse:
    """The proof as a file: the commitment before the draw is revealed, everything afterwards."""
    options = {"ensure_ascii": False, "indent": 1}
    response = JsonResponse(proof_of(visible(request, uid)), json_dumps_params=options)
    response["Content-Disposition"] = f'attachment; filename="boc-tham-{uid}.json"'
    return response


@require_safe
def how(request: Request) -> HttpResponse:
    """How a draw is kept fair, and how anybody checks it."""
    title = _("Cách kiểm tra một lần bốc thăm")
    return page(
        request, "draws/how.html", context={"title": title, "crumbs": crumbs(title), "weights": weights_table()}
    )


@require_safe
def script(request: Request) -> HttpResponse:
    """The stand-alone verifier."""
    response = HttpResponse(VERIFIER.read_bytes(), content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{VERIFIER.name}"'
    return response


def visible(request: Request, uid: UUID) -> Draw:
    return get_object_or_404(Draw.objects.visible_to(request.user).select_related("lead", "area"), uid=uid)


def crumbs(last: str, url: str = "") -> list[tuple[str, str]]:
    return [(_("Bốc thăm"), "/draws/"), (last, url)]


def weighed(parts: dict[str, int]) -> str:
    """«cơ bản 1, lâu chưa kiểm tra 4»."""
    return ", ".join(f"{PART_TITLES.get(name, name)} {tickets}" for name, tickets in parts.items())


def heard(spec: dict[str, Any] | None, names: dict[str, str]) -> list[tuple[str, int, str]]:
    """Complaints that added tickets: (unit, how many, where they are recorded)."""
    told = (spec or {}).get("complaints", {})
    return sorted((names.get(uid, uid), number, source) for uid, (number, source) in told.items())


def _may(found: Draw) -> set[str]:
    """The next steps."""
    steps = set()
    if found.state == DrawState.COMMITTED and today() >= found.source_on:
        steps.add("beacon")
    if found.state == DrawState.DRAWN:
        steps |= {"reveal", "inspection"} if found.purpose == Purpose.TARGETS else {"reveal"}
    return steps


def _may_seat(found: Draw, knows: bool) -> bool:
    """Whether people of this draw may be put on a team by somebody who knows of them."""
    known = found.state == DrawState.REVEALED or (found.state == DrawState.DRAWN and knows)
    return found.purpose == Purpose.INSPECTORS and known


def _teams(request: Request, found: Draw) -> list[Inspection]:
    """The inspections that took somebody who was drawn here, as far as the reader may know of them."""
    return list(Inspection.objects.visible_to(request.user).filter(team__drawn_in=found.uid).distinct())


def _published(found: Draw) -> dict[str, Any]:
    """The rows of a revealed draw."""
    if found.state != DrawState.REVEALED:
        return {}
    rows = list(found.frame_rows.select_related("unit").order_by("stratum", "-weight", "name_then"))
    titles = STRATUM_TITLES
    return {
        "winners": [(one, titles.get(one.stratum, "")) for one in found.winners.all()],
        "eligible": [
            (row.name_then, titles.get(row.stratum, ""), row.weight, weighed(row.parts))
            for row in rows
            if not row.excluded
        ],
        "excluded": [(row.name_then, row.excluded) for row in rows if row.excluded],
        "complaints": heard(found.spec, {str(row.unit.uid): row.name_then for row in rows if row.unit}),
    }
