"""How long phones may keep what: for everybody to read; whoever may, sets the next one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.field import actions
from kycuong.field.forms import PolicyForm
from kycuong.field.models import FieldPolicy
from kycuong.field.queries import policies_set
from kycuong.field.rules import LIMITS
from kycuong.orgs.authority import authorize_somewhere, units_where
from kycuong.ui.forms import attempt


@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: Request) -> HttpResponse:
    """The policy of the day, every one that was set, and the form for the next."""
    may_set = bool(units_where(request.user, "field.set_policy"))
    if request.method == "POST":
        authorize_somewhere(request.user, "field.set_policy")
    held = FieldPolicy.on(today())
    kept = {name: getattr(held, name) for name in LIMITS}
    form = PolicyForm(request.POST or None, initial={"valid_from": today(), **kept})
    if form.is_valid():
        done = attempt(form, lambda: actions.set_policy(by=request.user, **form.said()))
        if done is not None:
            told = _("Đã đặt quy định mới; mỗi máy nhận khi kết nối lần tới, từ ngày áp dụng.")
            messages.success(request, told, extra_tags="kept:field-policy")
            return redirect("field:policy")
    title = _("Quy định cho máy đi thực địa")
    crumbs = [(_("Nhận từ thực địa"), "/field/received/"), (_("Máy đi thực địa"), "/field/devices/"), (title, "")]
    context = {"title": title, "held": held, "rows": policies_set(), "form": form if may_set else None}
    context |= {"keep": "field-policy", "crumbs": crumbs, "today": today()}
    return page(request, "field/policy.html", context=context, status=422 if form.is_bound else 200)
