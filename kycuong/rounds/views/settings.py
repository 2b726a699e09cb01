"""The page of the setting: usual terms by kind of period, when agencies are reminded."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.orgs.authority import authorize_somewhere, units_where
from kycuong.rounds import actions
from kycuong.rounds.forms.rounds import RuleForm
from kycuong.rounds.models import RoundRule
from kycuong.rounds.queries import rules_to_come
from kycuong.ui.forms import attempt

from ._pages import crumbs

SET = "round.set_rules"


def rules(request: Request) -> HttpResponse:
    """What holds today, and setting what holds from a day on."""
    held = RoundRule.on(today())
    form = RuleForm(request.POST or None, initial={"valid_from": today(), **asdict(held)})
    if request.method == "POST":
        authorize_somewhere(request.user, SET)
        if form.is_valid():
            given = {"valid_from": form.cleaned_data["valid_from"], "terms": form.terms()}
            if attempt(form, lambda: actions.set_round_rule(by=request.user, **given)) is not None:
                messages.success(request, _("Đã đặt quy định mới."), extra_tags="kept:round-rules")
                return redirect("rounds:rules")
    context = {
        "title": _("Quy định báo cáo định kỳ"),
        "form": form if units_where(request.user, SET) else None,
        "held": held,
        "coming": rules_to_come(today()),
        "keep": "round-rules",
        "crumbs": crumbs((_("Quy định"), "")),
    }
    return page(request, "rounds/rules.html", context=context, status=422 if form.errors else 200)
