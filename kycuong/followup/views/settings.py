"""The pages of settings: terms and the ladder; the standard wording of each criterion."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kycuong.catalog.models import Checklist, Criterion
from kycuong.core.clock import today
from kycuong.core.http import Request, page, version_sent
from kycuong.followup import actions
from kycuong.followup.forms.settings import RuleForm, WordingForm
from kycuong.followup.models import FollowupRule, StandardWording
from kycuong.followup.queries import rules_to_come
from kycuong.orgs.authority import authorize_somewhere, units_where
from kycuong.ui.forms import attempt

from ._pages import crumbs

SET = "followup.set_rules"


def rules(request: Request) -> HttpResponse:
    """What holds today, and setting what holds from a day on."""
    held = FollowupRule.on(today())
    may = bool(units_where(request.user, SET))
    form = RuleForm(request.POST or None, initial={"valid_from": today(), **asdict(held)})
    if request.method == "POST":
        authorize_somewhere(request.user, SET)
        if form.is_valid():
            given = {"valid_from": form.cleaned_data["valid_from"], "terms": form.terms()}
            if attempt(form, lambda: actions.set_rule(by=request.user, **given)) is not None:
                messages.success(request, _("Đã đặt quy định mới."), extra_tags="kept:followup-rules")
                return redirect("followup:rules")
    context = {
        "title": _("Thời hạn và đôn đốc sau kiểm tra"),
        "form": form if may else None,
        "held": held,
        "coming": rules_to_come(),
        "keep": "followup-rules",
        "crumbs": crumbs((_("Thời hạn và đôn đốc"), "")),
    }
    return page(request, "followup/rules.html", context=context, status=422 if form.errors else 200)


@require_safe
def wordings(request: Request) -> HttpResponse:
    """The criteria of the standard checklist in force, each with its wording."""
    written = {one.criterion_code: one for one in StandardWording.objects.visible_to(request.user)}
    context = {
        "title": _("Câu kiến nghị mẫu"),
        "lines": [(one, written.get(one.code)) for one in _criteria(request)],
        "may_set": bool(units_where(request.user, SET)),
        "crumbs": crumbs((_("Câu mẫu"), "")),
    }
    return page(request, "followup/wordings.html", context=context)


def wording(request: Request, code: str) -> HttpResponse:
    """Write the wording of one criterion."""
    authorize_somewhere(request.user, SET)
    criterion = next((one for one in _criteria(request) if one.code == code), None)
    if criterion is None:
        raise Http404
    there = StandardWording.objects.visible_to(request.user).filter(criterion_code=code).first()
    names = ("text", "expected_proof", "days", "legal_basis")
    initial = {name: getattr(there, name) for name in names} if there else {}
    form = WordingForm(request.POST or None, initial=initial)
    revision = there.revision if there else 0
    if form.is_valid():
        read = version_sent(request, revision)
        given = {**form.cleaned_data, "criterion_code": code, "revision": read}
        if attempt(form, lambda: actions.write_wording(by=request.user, **given)) is not None:
            messages.success(request, _("Đã lưu câu mẫu."), extra_tags=f"kept:{request.path}")
            return redirect("followup:wordings")
    context = {"title": _("Câu mẫu cho tiêu chí %s") % code, "lead": criterion.text, "form": form, "keep": request.path}
    context |= {"version": revision, "back": reverse("followup:wordings")}
    context |= {"crumbs": crumbs((_("Câu mẫu"), reverse("followup:wordings")), (code, ""))}
    return page(request, "ui/one_form.html", context=context, status=422 if form.is_bound else 200)


@require_POST
def remove_wording(request: Request, code: str) -> HttpResponse:
    """Take the wording of a criterion away."""
    there = StandardWording.objects.visible_to(request.user).filter(criterion_code=code).first()
    if there is None:
        raise Http404
    actions.remove_wording(there, by=request.user)
    messages.success(request, _("Đã bỏ câu mẫu."))
    return redirect("followup:wordings")


def _criteria(request: Request) -> list[Criterion]:
    published = Checklist.objects.visible_to(request.user).filter(authority=None, published_on__isnull=False)
    newest = published.order_by("-valid_from").first()
    return list(newest.criteria.order_by("position", "code")) if newest else []
