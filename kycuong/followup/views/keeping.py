"""Settings pages: kinds of measures; for how long names are kept, what goes next, and what is held back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.core.clock import today
from kycuong.core.http import Request, page, version_sent
from kycuong.core.problems import BadInput
from kycuong.followup import actions
from kycuong.followup.forms.measures import KindForm, NewKindForm, RetentionForm
from kycuong.followup.models import MeasureKind
from kycuong.followup.queries.retention import due_names, hold_of, kept_until_of, retentions_to_come, years_held
from kycuong.inspections.forms.opening import ReasonForm
from kycuong.inspections.models import Visit
from kycuong.inspections.rules.concerned import Category
from kycuong.orgs.authority import authorize, authorize_somewhere, units_where
from kycuong.ui.forms import attempt, tell

SET_KINDS, SET, HOLD = "measure.set_kinds", "retention.set", "retention.hold"


@require_safe
def kinds(request: Request) -> HttpResponse:
    """The measures that the law knows: for whom, from when to when."""
    labels = dict(Category.choices)
    rows = list(MeasureKind.objects.visible_to(request.user))
    context = {
        "title": _("Hình thức xử lý"),
        "lines": [(one, [label for name, label in labels.items() if name in one.categories]) for one in rows],
        "may_set": bool(units_where(request.user, SET_KINDS)),
        "crumbs": _crumbs((_("Hình thức xử lý"), "")),
    }
    return page(request, "followup/measure_kinds.html", context=context)


def new_kind(request: Request) -> HttpResponse:
    """Write down a kind that is not there yet."""
    authorize_somewhere(request.user, SET_KINDS)
    form = NewKindForm(request.POST or None, initial={"valid_from": today(), "for_person": True})
    if form.is_valid():
        code = form.cleaned_data.pop("code")
        known = set(MeasureKind.objects.visible_to(request.user).values_list("code", flat=True))
        if code in known:
            tell(form, _taken(code))
        elif _saved(request, form, code, len(known) * 10 + 10, 0):
            return redirect("followup:measure_kinds")
    return _form(request, form, _("Thêm hình thức xử lý"))


def kind(request: Request, code: str) -> HttpResponse:
    """Rewrite one kind."""
    authorize_somewhere(request.user, SET_KINDS)
    found = get_object_or_404(MeasureKind.objects.visible_to(request.user), code=code)
    names = [name for name in KindForm.base_fields if name != "last_day"]
    initial: dict[str, Any] = {name: getattr(found, name) for name in names}
    form = KindForm(request.POST or None, initial={**initial, "last_day": found.last_day})
    if form.is_valid() and _saved(request, form, code, found.position, version_sent(request, found.revision)):
        return redirect("followup:measure_kinds")
    return _form(request, form, found.title, version=found.revision)


def retention(request: Request) -> HttpResponse:
    """For how long names are kept; what the next run erases, and what is held back."""
    may = bool(units_where(request.user, SET))
    if not may:
        authorize_somewhere(request.user, HOLD)
    years = years_held(today())
    form = RetentionForm(request.POST or None, initial={"valid_from": today(), "years": years})
    if request.method == "POST":
        authorize_somewhere(request.user, SET)
        given = form.cleaned_data if form.is_valid() else None
        if given and attempt(form, lambda: actions.set_retention(by=request.user, **given)) is not None:
            messages.success(request, _("Đã đặt thời hạn giữ họ tên."), extra_tags="kept:retention")
            return redirect("followup:retention")
    seen = set(Visit.objects.visible_to(request.user).values_list("pk", flat=True))
    context = {
        "title": _("Thời hạn giữ họ tên"),
        "form": form if may else None,
        "years": years,
        "coming": retentions_to_come(today()),
        "due": [one for one in due_names(today()) if one.visit.pk in seen],
        "keep": "retention",
        "crumbs": _crumbs((_("Thời hạn giữ họ tên"), "")),
    }
    return page(request, "followup/retention.html", context=context, status=422 if form.errors else 200)


def hold(request: Request, uid: UUID) -> HttpResponse:
    """Hold back the names of a visit, or end the hold."""
    seen = Visit.objects.visible_to(request.user).select_related("unit", "inspection__lead")
    visit = get_object_or_404(seen, uid=uid)
    authorize(request.user, HOLD, at=visit.unit)
    there, form = hold_of(visit), ReasonForm(request.POST or None)
    act = actions.end_hold if there else actions.hold_names
    if form.is_valid() and attempt(form, lambda: act(visit, by=request.user, **form.cleaned_data)) is not None:
        messages.success(request, _("Đã kết thúc việc giữ lại.") if there else _("Đã giữ lại hồ sơ."))
        return redirect("followup:retention")
    until = f"{kept_until_of(visit, today=today()):%d/%m/%Y}"
    held = _("%(visit)s. Đang giữ lại: %(reason)s") % {"visit": visit, "reason": there.reason if there else ""}
    free = _("%(visit)s. Họ tên được giữ đến hết %(until)s.") % {"visit": visit, "until": until}
    title = _("Kết thúc việc giữ lại hồ sơ") if there else _("Giữ lại hồ sơ, chưa xóa họ tên")
    context = {"title": title, "lead": held if there else free, "form": form, "keep": request.path}
    context |= {"back": reverse("followup:retention"), "act": _("Kết thúc") if there else _("Giữ lại")}
    context["crumbs"] = _crumbs((_("Thời hạn giữ họ tên"), reverse("followup:retention")), (title, ""))
    return page(request, "ui/one_form.html", context=context, status=422 if form.is_bound else 200)


def _saved(request: Request, form: KindForm, code: str, position: int, revision: int) -> bool:
    given = {"revision": revision, "for_review": form.cleaned_data["for_review"]}
    wanted = form.kind(code, position)
    if attempt(form, lambda: actions.set_measure_kind(wanted, by=request.user, **given)) is None:
        return False
    messages.success(request, _("Đã lưu hình thức xử lý."), extra_tags=f"kept:{request.path}")
    return True


def _form(request: Request, form: KindForm, title: str, *, version: int | None = None) -> HttpResponse:
    back = reverse("followup:measure_kinds")
    context = {"title": title, "form": form, "keep": request.path, "version": version, "back": back}
    context["crumbs"] = _crumbs((_("Hình thức xử lý"), back), (title, ""))
    return page(request, "ui/one_form.html", context=context, status=422 if form.is_bound else 200)


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Xử lý trách nhiệm"), reverse("followup:measures")), *more]


def _taken(code: str) -> BadInput:
    return BadInput(
        f"Đã có hình thức mang mã «{code}». Hãy chọn mã khác.",
        en=f"There is a measure with the code “{code}”. Choose another one.",
        errors=[{"field": "code", "vi": "Mã đã dùng.", "en": "This code is taken."}],
    )
