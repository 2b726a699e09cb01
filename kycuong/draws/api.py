"""The API of draws: what is public of each, and the proof once it is revealed."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from kycuong.core.days import IsoDay, IsoMoment
from kycuong.core.http import Request
from kycuong.orgs.api import Problem

from .models import Draw
from .queries import proof_of, public_part

router = Router(tags=["draws"])
PER_PAGE = 100
REFUSED = {401: Problem, 404: Problem, 422: Problem}
StateName = Literal["committed", "drawn", "revealed", "abandoned"]


class DrawOut(Schema):
    """What was published before the draw, and how it stands."""

    uid: UUID
    lead: str
    area: str
    purpose: Literal["targets", "inspectors"]
    title: str
    state: StateName
    commitment: Annotated[str, Field(description="SHA-256 của danh sách, trọng số và số bí mật; công bố trước.")]
    committed_at: IsoMoment
    source: str
    source_on: IsoDay
    sizes: dict[str, int]
    reveal_by: IsoDay
    beacon: str
    abandon_reason: str


class DrawProof(DrawOut):
    """The proof, once the draw is revealed: feed it to verify_draw.py."""

    algorithm: str | None = None
    nonce: str | None = None
    frame: dict[str, Any] | None = None
    spec: dict[str, Any] | None = None
    seed: str | None = None
    winners: list[Any] | None = None
    designated: list[Any] | None = None
    names: dict[str, str] | None = None


class DrawList(Schema):
    """A page of draws."""

    total: int
    page: int
    draws: list[DrawOut]


@router.get("/draws", response={200: DrawList, **REFUSED}, operation_id="draws")
def draws(request: Request, state: StateName | None = None, page: int = 1) -> Any:
    """Draws that the caller may see, the newest first, a hundred to a page; abandoned ones included."""
    found = Draw.objects.visible_to(request.user).select_related("lead", "area")
    shown = Paginator(found.filter(state=state) if state else found, PER_PAGE).get_page(page)
    lines = [public_part(draw) for draw in shown.object_list]
    return {"total": shown.paginator.count, "page": shown.number, "draws": lines}


@router.get("/draws/{uid}", response={200: DrawProof, **REFUSED}, operation_id="draw", exclude_none=True)
def draw(request: Request, uid: UUID) -> Any:
    """One draw: the commitment before it is revealed, the whole proof afterwards."""
    return proof_of(get_object_or_404(Draw.objects.visible_to(request.user).select_related("lead", "area"), uid=uid))
