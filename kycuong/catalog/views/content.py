"""Pages of what stands in a draft: a group, a criterion, and the buttons that move and remove."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kycuong.catalog import actions
from kycuong.catalog.forms.building import CriterionForm, GroupForm, HeadingForm
from kycuong.catalog.models import Checklist, Criterion, CriterionGroup, LegalBasis
from kycuong.catalog.queries import next_code
from kycuong.catalog.rules import is_local
from kycuong.core.http import Request
from kycuong.orgs.authority import authorize
from kycuong.ui.forms import attempt

from .drafting import WRITE, form_page, met, revision, version_of


def new_group(request: Request, uid: UUID) -> HttpResponse:
    """Add a group."""
    found = _mine(request, uid)
    form = GroupForm(request.POST or None)
    if form.is_valid():
        held = revision(request, found)
        done = attempt(form, lambda: actions.add_group(found, by=request.user, revision=held, **form.cleaned_data))
        if done is not None:
            return _kept(request, found, f"group-new-{uid}", done.code)
    return form_page(request, found, _("Thêm nhóm tiêu chí"), form, keep=f"group-new-{uid}")


def group(request: Request, uid: UUID, code: str) -> HttpResponse:
    """Word a heading anew."""
    found, one = _group(request, uid, code)
    saved = HeadingForm(initial={"title": one.title})
    merging = met(request, found, saved)
    form = HeadingForm(merging.data, initial=saved.initial)
    if form.is_valid() and merging.ready:
        given = {**form.cleaned_data, "revision": merging.version}
        done = attempt(form, lambda: actions.change_group(one, by=request.user, **given))
        if done is not None:
            return _kept(request, found, f"group-{uid}-{code}", code)
    title = _("Tên nhóm %(code)s") % {"code": code}
    return form_page(request, found, title, form, keep=f"group-{uid}-{code}", merging=merging)


@require_POST
def remove_group(request: Request, uid: UUID, code: str) -> HttpResponse:
    """Take an empty group away."""
    found, one = _group(request, uid, code)
    actions.remove_group(one, by=request.user, revision=revision(request, found))
    messages.success(request, _("Đã bỏ nhóm %(code)s.") % {"code": code})
    return redirect(found)


def new_criterion(request: Request, uid: UUID, code: str) -> HttpResponse:
    """Add a criterion to a group."""
    found, one = _group(request, uid, code)
    initial = {"code": next_code(one), "counted": not is_local(one.code), "setting": "surprise"}
    above = [other for other in _ordered(found) if other.group.code <= one.code]
    form = _form(request, request.POST or None, above, initial, is_new=True)
    if form.is_valid():
        given = form.given | {"group": one, "code": form.cleaned_data["code"], "revision": revision(request, found)}
        done = attempt(form, lambda: actions.add_criterion(found, by=request.user, **given))
        if done is not None:
            return _kept(request, found, f"criterion-new-{uid}-{code}", done.code)
    title = _("Thêm tiêu chí vào nhóm %(group)s") % {"group": one}
    return _criterion_page(request, found, title, form, f"criterion-new-{uid}-{code}")


def criterion(request: Request, uid: UUID, code: str) -> HttpResponse:
    """Change what a criterion says."""
    found, one = _criterion(request, uid, code)
    initial = {name: getattr(one, name) for name in actions.CONTENT} | {"legal_bases": list(one.legal_bases.all())}
    above = [other for other in _ordered(found) if other.position < one.position]
    merging = met(request, found, _form(request, None, above, initial, is_new=False))
    form = _form(request, merging.data, above, initial, is_new=False)
    if form.is_valid() and merging.ready:
        given = form.given | {"revision": merging.version}
        done = attempt(form, lambda: actions.change_criterion(one, by=request.user, **given))
        if done is not None:
            return _kept(request, found, f"criterion-{uid}-{code}", code)
    title = _("Sửa tiêu chí %(code)s") % {"code": code}
    return _criterion_page(request, found, title, form, f"criterion-{uid}-{code}", merging=merging)


@require_POST
def move(request: Request, uid: UUID, code: str) -> HttpResponse:
    """One place up or down."""
    found, one = _criterion(request, uid, code)
    actions.move_criterion(one, by=request.user, revision=revision(request, found), to=request.POST.get("to", ""))
    return redirect(f"{found.get_absolute_url()}#{code}")


@require_POST
def remove(request: Request, uid: UUID, code: str) -> HttpResponse:
    """Take a criterion out of the draft."""
    found, one = _criterion(request, uid, code)
    actions.remove_criterion(one, by=request.user, revision=revision(request, found))
    messages.success(request, _("Đã bỏ tiêu chí %(code)s khỏi dự thảo.") % {"code": code})
    return redirect(found)


def _mine(request: Request, uid: UUID) -> Checklist:
    found = version_of(request, uid)
    authorize(request.user, WRITE, at=found.place)
    return found


def _group(request: Request, uid: UUID, code: str) -> tuple[Checklist, CriterionGroup]:
    found = _mine(request, uid)
    return found, get_object_or_404(found.groups.select_related("checklist__authority"), code=code)


def _criterion(request: Request, uid: UUID, code: str) -> tuple[Checklist, Criterion]:
    found = _mine(request, uid)
    return found, get_object_or_404(found.criteria.select_related("group", "checklist__authority"), code=code)


def _ordered(found: Checklist) -> list[Criterion]:
    return list(found.criteria.select_related("group"))


def _form(
    request: Request, data: Any, above: list[Criterion], initial: dict[str, Any], *, is_new: bool
) -> CriterionForm:
    bases = LegalBasis.objects.visible_to(request.user)
    return CriterionForm(data, initial=initial, above=above, bases=bases, is_new=is_new)


def _criterion_page(
    request: Request, found: Checklist, title: str, form: CriterionForm, keep: str, **about: Any
) -> HttpResponse:
    return form_page(request, found, title, form, template="catalog/criterion_form.html", keep=keep, **about)


def _kept(request: Request, found: Checklist, key: str, code: str) -> HttpResponse:
    messages.success(request, _("Đã lưu."), extra_tags=f"kept:{key}")
    return redirect(f"{found.get_absolute_url()}#{code}")
