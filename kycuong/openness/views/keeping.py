"""What whoever answers for the public page sees before everybody does, and decides: open, close, by which terms."""

from __future__ import annotations

from dataclasses import asdict

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.catalog.models import province
from kycuong.core.clock import today
from kycuong.core.http import Request, base_of, page
from kycuong.openness import actions, documents
from kycuong.openness.forms import OpenForm, ReasonForm, RuleForm
from kycuong.openness.queries import coming, held_rules, history, is_hearing_now, standing
from kycuong.orgs.authority import authorize, can
from kycuong.ui.forms import attempt

from .public import Shown, context_of

SEE, OPEN, SET = "publication.see", "publication.open", "publication.set_rules"


@require_safe
def keeping(request: Request) -> HttpResponse:
    """Whether it is open, what everybody reads or would read today, what comes within a week."""
    top = province()
    authorize(request.user, SEE, at=top)
    shown, soon = Shown(), coming(today())
    context = {
        **context_of(request, shown),
        "title": _("Công khai"),
        "standing": standing(today()),
        "public_url": base_of(request) + reverse("openness:public"),
        "soon": list(zip(soon, documents.visit_rows(soon, shown.least), strict=True)),
        "count": sum(len(visits) for visits in shown.years.values()),
        "history": history(),
        "rules": held_rules(),
        "may_open": top is not None and can(request.user, OPEN, at=top),
        "may_set": top is not None and can(request.user, SET, at=top),
    }
    return page(request, "openness/keeping.html", context=context)


def opening(request: Request) -> HttpResponse:
    """Open it from a day on; while it is open, hear people from a day on, or no more: the form tells what is so now."""
    authorize(request.user, OPEN, at=province())
    opened, hears = standing(today()).is_open, is_hearing_now(today())
    form = OpenForm(request.POST or None, initial={"valid_from": today(), "hears": hears})
    if form.is_valid() and attempt(form, lambda: actions.open_page(by=request.user, **form.cleaned_data)) is not None:
        return _done(request, _("Đã ghi việc mở trang công khai."))
    lead = _(
        "Từ ngày ấy ai cũng đọc được, không cần đăng nhập. Hãy xem bản xem trước trên trang «Công khai» rồi mới mở."
    )
    if not opened:
        return _asked(request, form, _("Mở trang công khai"), _("Mở trang"), lead)
    stop, begin = (
        _("Hiện đang nhận phản ánh. Bỏ đánh dấu để thôi nhận."),
        _("Hiện không nhận phản ánh. Đánh dấu để nhận."),
    )
    now_so = stop if hears else begin
    form.fields["valid_from"].label = _("Từ ngày")
    return _asked(request, form, _("Nhận phản ánh của người dân"), _("Ghi quyết định"), now_so)


def closing(request: Request) -> HttpResponse:
    """Close it at once."""
    authorize(request.user, OPEN, at=province())
    form = ReasonForm(request.POST or None)
    if form.is_valid() and attempt(form, lambda: actions.close_page(by=request.user, **form.cleaned_data)) is not None:
        return _done(request, _("Đã tắt trang công khai."))
    lead = _("Trang tắt ngay. Điều người khác đã tải về thì không lấy lại được.")
    return _asked(request, form, _("Tắt trang công khai"), _("Tắt trang"), lead)


def rules(request: Request) -> HttpResponse:
    """How late, and from which number on."""
    authorize(request.user, SET, at=province())
    form = RuleForm(request.POST or None, initial={"valid_from": today(), **asdict(standing(today()).terms)})
    if form.is_valid():
        given = {"valid_from": form.cleaned_data["valid_from"], "terms": form.terms()}
        if attempt(form, lambda: actions.set_publication_rule(by=request.user, **given)) is not None:
            return _done(request, _("Đã đặt quy định công khai."))
    lead = _("Kết luận đã ban hành trước ngày áp dụng giữ ngày công khai đã định.")
    return _asked(request, form, _("Quy định công khai"), _("Đặt quy định"), lead)


def _done(request: Request, said: str) -> HttpResponse:
    messages.success(request, said, extra_tags=f"kept:{request.path}")
    return redirect("openness:keeping")


def _asked(request: Request, form: forms.Form, title: str, act: str, lead: str) -> HttpResponse:
    back = reverse("openness:keeping")
    crumbs = [(_("Công khai"), back), (title, "")]
    context = {
        "title": title,
        "lead": lead,
        "form": form,
        "act": act,
        "back": back,
        "crumbs": crumbs,
        "keep": request.path,
    }
    return page(request, "ui/one_form.html", context=context, status=422 if form.errors else 200)
