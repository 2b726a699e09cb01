"""/api/v1/webhooks: one's own destinations and what was sent there. They are made on the page, by a person, never by a key."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from kycuong.core.days import IsoMoment
from kycuong.core.http import Request
from kycuong.orgs.api import Problem
from kycuong.orgs.authority import authorize_somewhere

from .actions import send_again, try_webhook
from .models import Delivery, Destination
from .queries.webhooks import VERB, deliveries_of, destinations_of

router = Router(tags=["webhooks"])
REFUSED = {401: Problem, 403: Problem, 404: Problem, 422: Problem}
PER_PAGE = 100


class WebhookOut(Schema):
    """A destination; its secret, and the path of its address, are told nowhere."""

    uid: UUID
    name: str
    address: Annotated[str, Field(description="Giao thức và tên máy.")]
    kinds: list[str]
    state: str
    why: Annotated[str, Field(description="Vì sao tạm dừng.")]
    made_at: IsoMoment
    lost: Annotated[int, Field(description="Số tin đã bỏ vì 30 ngày không gửi được.")]
    lost_at: IsoMoment | None

    @staticmethod
    def resolve_address(row: Destination) -> str:
        return row.origin


class WebhookList(Schema):
    """The caller's own."""

    webhooks: list[WebhookOut]


class WebhookDelivery(Schema):
    """One message: `outcome` and `status` (HTTP, where one was answered that is no success) of the last of `tries`."""

    uid: UUID
    kind: str
    subject: UUID | None
    happened_at: IsoMoment
    done: bool
    tries: int
    tried_at: IsoMoment | None
    outcome: str
    status: int | None


class WebhookDeliveries(Schema):
    """A page of them, the latest first."""

    total: int
    page: int
    deliveries: list[WebhookDelivery]


@router.get("/webhooks", response={200: WebhookList, **REFUSED}, operation_id="webhooks")
def webhooks(request: Request) -> Any:
    """The caller's own destinations."""
    found = list(destinations_of(request.user))
    if not found:  # whoever has lost the role sees what is still there, to take it away
        authorize_somewhere(request.user, VERB)
    return {"webhooks": found}


@router.get(
    "/webhooks/{uid}/deliveries", response={200: WebhookDeliveries, **REFUSED}, operation_id="webhook_deliveries"
)
def deliveries(request: Request, uid: UUID, page: int = 1) -> Any:
    """What was sent there in the last thirty days, a hundred to a page."""
    shown = Paginator(deliveries_of(_found(request, uid), request.user), PER_PAGE).get_page(page)
    return {"total": shown.paginator.count, "page": shown.number, "deliveries": list(shown.object_list)}


@router.post("/webhooks/{uid}/trial", response={201: WebhookDelivery, **REFUSED}, operation_id="try_webhook")
def trial(request: Request, uid: UUID) -> Any:
    """A message without a record, tried once, before all that waits; what waits to be tried again is tried now. 422 while one waits."""
    return Status(201, try_webhook(_found(request, uid), by=request.user))


@router.post(
    "/webhooks/{uid}/deliveries/{delivery}/again",
    response={200: WebhookDelivery, **REFUSED},
    operation_id="send_webhook_again",
)
def again(request: Request, uid: UUID, delivery: UUID) -> Any:
    """The same message under the same id, before all that waits."""
    rows = Delivery.objects.visible_to(request.user).filter(destination=_found(request, uid))
    one = get_object_or_404(rows.select_related("destination__owner"), uid=delivery)
    send_again(one, by=request.user)
    one.refresh_from_db()
    return one


def _found(request: Request, uid: UUID) -> Destination:
    return get_object_or_404(Destination.objects.visible_to(request.user), uid=uid)
