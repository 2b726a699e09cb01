"""The page of the setting: how long declarations are compared with visits, when units are reminded."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.orgs.authority import authorize_somewhere, units_where
from kycuong.selfchecks import actions
from kycuong.selfchecks.forms.campaigns import RuleForm
from kycuong.selfchecks.models import SelfCheckRule
from kycuong.selfchecks.queries import rules_to_come
from kycuong.ui.forms import attempt

from ._pages import crumbs

SET = "selfcheck.set_rules"


def rules(request: Request) -> HttpResponse:
    """What holds today, and setting what holds from a day on."""
    held = SelfCheckRule.on(today())
    form = RuleForm(request.POST or None, initial={"valid_from": today(), **asdict(held)})
    if request.method == "POST":
        authorize_somewhere(request.user, SET)
        if form.is_valid():
            given = {"valid_from": form.cleaned_data["valid_from"], "terms": form.terms()}
            if attempt(form, lambda: actions.set_rule(by=request.user, **given)) is not None:
                messages.success(request, _("Đã đặt quy định mới."), extra_tags="kept:self-check-rules")
                return redirect("selfchecks:rules")
    context = {
        "title": _("Quy định tự kiểm tra"),
        "form": form if units_where(request.user, SET) else None,
        "held": held,
        "coming": rules_to_come(today()),
        "keep": "self-check-rules",
        "crumbs": crumbs((_("Quy định"), "")),
    }
    return page(request, "selfchecks/rules.html", context=context, status=422 if form.errors else 200)
