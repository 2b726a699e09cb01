"""«Báo cho phần mềm khác»: destinations, what was sent there last, and what to do when something is not taken."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kycuong.connect.actions import make_webhook, remove_webhook, resume_webhook, send_again, try_webhook
from kycuong.connect.forms import WebhookForm
from kycuong.connect.models import Delivery, Destination
from kycuong.connect.queries.webhooks import VERB, deliveries_of, destinations_of, is_held, sends_by_itself
from kycuong.core.http import Request, page
from kycuong.core.presence import ensure_fresh
from kycuong.notices.queries import last_run_far_away
from kycuong.orgs.authority import authorize_somewhere, units_where
from kycuong.ui.forms import attempt

PER_PAGE = 50


@require_safe
def webhooks(request: Request) -> HttpResponse:
    """One's own destinations; whoever has lost the role still sees them, to take them away."""
    found, may = list(destinations_of(request.user)), bool(units_where(request.user, VERB))
    if not found:
        authorize_somewhere(request.user, VERB)
    context = {"title": _title(), "webhooks": found, "off": not settings.WEBHOOK_HOSTS, "may": may}
    return page(request, "connect/webhooks.html", context=context)


@never_cache
def new_webhook(request: Request) -> HttpResponse:
    """A destination; its secret is on the page that answers, and nowhere else."""
    authorize_somewhere(request.user, VERB)
    ensure_fresh("webhook.make")
    form = WebhookForm(request.POST or None)
    if form.is_valid():
        made = attempt(form, lambda: make_webhook(request.user, by=request.user, **form.cleaned_data))
        if made:
            context = {"title": made[0].name, "crumbs": _crumbs(_("Khóa ký")), "webhook": made[0], "secret": made[1]}
            return page(request, "connect/webhook_secret.html", context=context)
    context = {
        "title": _("Thêm nơi nhận"),
        "crumbs": _crumbs(_("Thêm nơi nhận")),
        "form": form,
        "act": _("Tạo nơi nhận"),
        "back": reverse("connect:webhooks"),
    }
    return page(request, "ui/one_form.html", context=context, status=422 if form.errors else 200)


@require_safe
def webhook(request: Request, uid: UUID) -> HttpResponse:
    """What was sent there last."""
    found = _found(request, uid)
    rows = Paginator(deliveries_of(found, request.user), PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {"title": found.name, "crumbs": _crumbs(found.name), "webhook": found, "page": rows}
    context |= {"may": bool(units_where(request.user, VERB)), "held": is_held(found)}
    return page(request, "connect/webhook.html", context=context)


@require_POST
def trial(request: Request, uid: UUID) -> HttpResponse:
    """A message without a record."""
    found = _found(request, uid)
    try_webhook(found, by=request.user)
    messages.success(request, _("Đã xếp tin thử lên đầu.") + " " + _when(found))
    return redirect(found)


@require_POST
def again(request: Request, uid: UUID, delivery: UUID) -> HttpResponse:
    """The same thing under the same id."""
    found = _found(request, uid)
    send_again(get_object_or_404(_seen(request, found), uid=delivery), by=request.user)
    messages.success(request, _("Sẽ gửi lại, vẫn mã cũ: bên nhận tự biết là cùng một tin.") + " " + _when(found))
    return redirect(found)


@require_POST
def resumption(request: Request, uid: UUID) -> HttpResponse:
    """Sending goes on."""
    found = _found(request, uid)
    resume_webhook(found, by=request.user)
    messages.success(request, _("Gửi tiếp từ việc chưa gửi được.") + " " + _when(found))
    return redirect(found)


@require_POST
def removal(request: Request, uid: UUID) -> HttpResponse:
    """Nothing goes there any more."""
    remove_webhook(_found(request, uid), by=request.user)
    messages.success(request, _("Đã gỡ nơi nhận."))
    return redirect("connect:webhooks")


def _when(found: Destination) -> str:
    """When it goes out, as far as this process knows."""
    if is_held(found):
        return _("Máy này chưa được phép gửi tới đó nên tin đang chờ.")
    if last_run_far_away() is not None:
        return _("Giờ máy chủ đáng ngờ nên chưa gửi gì; tin đi khi giờ được xác nhận.")
    if sends_by_itself():
        return _("Vài giây nữa tải lại trang này để xem kết quả.")
    return _("Tin đi ở lần chạy nền (./run tick) kế tiếp.")


def _found(request: Request, uid: UUID) -> Destination:
    return get_object_or_404(Destination.objects.visible_to(request.user), uid=uid)


def _seen(request: Request, found: Destination) -> Any:
    return Delivery.objects.visible_to(request.user).filter(destination=found).select_related("destination__owner")


def _title() -> str:
    return _("Báo cho phần mềm khác")


def _crumbs(here: str) -> list[tuple[str, str]]:
    return [(_title(), reverse("connect:webhooks")), (here, "")]
