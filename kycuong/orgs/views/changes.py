"""The pages of reorganisation: choose the kind, say what, see what will change, and only then do it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.core.problems import Missing, NotAllowed, Stale
from kycuong.orgs.authority import units_where
from kycuong.orgs.forms.changes import FORMS, ChangeForm
from kycuong.orgs.history import wishes
from kycuong.orgs.history.acts import VERB
from kycuong.orgs.history.previews import Preview, ensure_same, preview_of
from kycuong.orgs.history.records import lock_organisation
from kycuong.orgs.models import Person, Reorganisation
from kycuong.orgs.roles import titles_with
from kycuong.orgs.rules import Change
from kycuong.ui.forms import attempt

SENTENCES = {
    Change.CREATE: lazy("Một đơn vị mới bắt đầu hoạt động."),
    Change.RENAME: lazy("Đơn vị tiếp tục với tên khác hoặc là loại khác."),
    Change.RECODE: lazy("Đơn vị tiếp tục với mã khác."),
    Change.MOVE: lazy("Đơn vị, cùng mọi đơn vị trực thuộc, về dưới đơn vị quản lý khác."),
    Change.MERGE: lazy("Nhiều đơn vị chấm dứt; một đơn vị mới kế thừa tất cả."),
    Change.ABSORB: lazy("Một hay nhiều đơn vị chấm dứt; một đơn vị đang có kế thừa."),
    Change.SPLIT: lazy("Một đơn vị được chia cho các đơn vị mới hoặc đang có."),
    Change.DISSOLVE: lazy("Đơn vị chấm dứt và không đơn vị nào kế thừa."),
}


def ensure_may_reorganise(person: Person) -> None:
    if not units_where(person, VERB):
        titles, titles_en = titles_with(VERB)
        raise NotAllowed(
            f"Tài khoản của bạn không có quyền sắp xếp tổ chức. Vai trò làm được: {titles}.",
            en=f"Your account may not reorganise units ({VERB}). It takes one of these roles: {titles_en}.",
        )


@require_safe
def chooser(request: Request) -> HttpResponse:
    """The kinds of reorganisation."""
    ensure_may_reorganise(request.user)
    context = {
        "title": _("Sắp xếp tổ chức"),
        "crumbs": [(_("Đơn vị"), reverse("orgs:units")), (_("Sắp xếp tổ chức"), "")],
        "kinds": [(change.value, change.label, SENTENCES[change]) for change in Change],
    }
    return page(request, "orgs/changes.html", context=context)


def change(request: Request, kind: str) -> HttpResponse:
    """Say what changes; the first POST shows what would come of it, the second, with its fingerprint, does it."""
    ensure_may_reorganise(request.user)
    if kind not in FORMS:
        raise Missing("Không có loại sắp xếp này.", en="There is no such kind of reorganisation.")
    form = FORMS[kind](request.POST or None, initial=_initial(request))
    if request.method != "POST" or "edit" in request.POST:
        return _typed(request, kind, form if request.method != "POST" else FORMS[kind](initial=request.POST.dict()))
    if not form.is_valid():
        return _typed(request, kind, form)
    if "fingerprint" in request.POST:
        return _apply(request, kind, form)
    preview = attempt(form, lambda: _preview(request, kind, form))
    return _shown(request, kind, form, preview) if preview else _typed(request, kind, form)


def _preview(request: Request, kind: str, form: ChangeForm) -> Preview:
    wishes.ensure_may(kind, form.cleaned_data, by=request.user)
    return preview_of(wishes.plan_of(kind, form.cleaned_data), person=request.user)


def _apply(request: Request, kind: str, form: ChangeForm) -> HttpResponse:
    try:
        done = attempt_or_stale(request, kind, form)
    except Stale as stale:
        preview = _preview(request, kind, form)
        return _shown(request, kind, form, preview, stale=stale, status=409)
    if done is None:
        return _typed(request, kind, form)
    messages.success(request, _("Đã ghi: %s.") % done.title, extra_tags=f"kept:change-{kind}")
    born = done.born[0] if done.born else form.cleaned_data.get("unit") or form.cleaned_data.get("into")
    return redirect(born) if born else redirect("orgs:units")


def attempt_or_stale(request: Request, kind: str, form: ChangeForm) -> Reorganisation | None:
    """Do it if it is still what was shown. What the rules refuse is told on the form; staleness goes on to the caller."""
    stale: list[Stale] = []

    def act() -> Reorganisation:
        with transaction.atomic():
            lock_organisation()
            try:
                ensure_same(_preview(request, kind, form), request.POST["fingerprint"])
            except Stale as found:
                stale.append(found)
                raise
            return wishes.carry(kind, form.cleaned_data, by=request.user, document=form.document)

    done = attempt(form, act)
    if stale:
        raise stale[0]
    return done


def _typed(request: Request, kind: str, form: ChangeForm) -> HttpResponse:
    label = Change(kind).label
    context = {**_context(kind), "title": label, "sentence": SENTENCES[Change(kind)], "form": form}
    return page(request, "orgs/change_form.html", context=context, status=422 if form.errors else 200)


def _shown(
    request: Request, kind: str, form: ChangeForm, preview: Preview, *, stale: Stale | None = None, status: int = 200
) -> HttpResponse:
    context = {**_context(kind), "title": preview.plan.title, "form": form, "preview": preview, "stale": stale}
    return page(request, "orgs/change_preview.html", context=context, status=status)


def _context(kind: str) -> dict[str, Any]:
    crumbs = [(_("Đơn vị"), reverse("orgs:units")), (_("Sắp xếp tổ chức"), reverse("orgs:changes"))]
    return {"kind": kind, "keep": f"change-{kind}", "crumbs": [*crumbs, (Change(kind).label, "")]}


def _initial(request: Request) -> dict[str, Any]:
    about = request.GET.get("unit", "")[:150]
    return {"unit": about, "units": about, "on": today()}
