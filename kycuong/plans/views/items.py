"""The pages on which items of a plan are added, changed and taken out; and the copy of a plan for another year."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from kycuong.audit.history import last_written
from kycuong.catalog.models import Topic
from kycuong.core.http import Request, page, version_sent
from kycuong.orgs.authority import authorize
from kycuong.plans import actions
from kycuong.plans.actions import Item
from kycuong.plans.forms import CopyForm, ItemForm, UnderForm
from kycuong.plans.models import InspectionPlan, PlanItem, PlanStep
from kycuong.ui.forms import attempt
from kycuong.ui.merging import Merging

from .steps import crumbs, plan_of, status_of


def new_item(request: Request, uid: UUID) -> HttpResponse:
    """Add an item."""
    plan = plan_of(request, uid)
    authorize(request.user, _verb(plan), at=plan.agency)
    form = _form(request, plan, {"unit": request.GET.get("unit", "")}, _posted(request))
    if form.is_valid():
        done = attempt(
            form,
            lambda: actions.add_item(
                plan, by=request.user, said=Item(**form.said), amendment=form.cleaned_data.get("amendment")
            ),
        )
        if done is not None:
            messages.success(request, _("Đã thêm mục vào kế hoạch."), extra_tags=f"kept:item-{uid}")
            return redirect("plans:new_item", uid) if "again" in request.POST else redirect(plan)
    context = {"title": _("Thêm mục kế hoạch"), "form": form, "keep": f"item-{uid}", "plan": plan, "again": True}
    context |= {"act": _("Thêm"), "crumbs": crumbs(_("Thêm mục"), plan)}
    return page(request, "plans/plan_form.html", context=context, status=status_of(form))


def item(request: Request, uid: UUID) -> HttpResponse:
    """Change an item. `?unit=` proposes another unit, such as one that carries on the old."""
    found = _item(request, uid)
    authorize(request.user, _verb(found.plan), at=found.plan.agency)
    said = {name: getattr(found, name) for name in ("form", "units_count", "month", "note")}
    said |= {"topics": list(found.topics.all()), "unit": _slug(found)}
    saved, posted = _form(request, found.plan, said, None), _posted(request)
    merging = Merging([saved], posted, version=found.version, written_by=partial(last_written, found))
    said |= {"unit": request.GET.get("unit") or said["unit"]}
    form = _form(request, found.plan, said, merging.data)
    if form.is_valid() and merging.ready:
        given: dict[str, Any] = {"version": merging.version, "amendment": form.cleaned_data.get("amendment")}
        done = attempt(form, lambda: actions.change_item(found, by=request.user, said=Item(**form.said), **given))
        if done is not None:
            messages.success(request, _("Đã sửa mục kế hoạch."), extra_tags=f"kept:item-{uid}")
            return redirect(found.plan)
        found.refresh_from_db()
    context = {"title": _("Sửa mục kế hoạch"), "form": form, "keep": f"item-{uid}", "plan": found.plan}
    context |= {"merging": merging, "crumbs": crumbs(_("Sửa mục"), found.plan)}
    return page(request, "plans/plan_form.html", context=context, status=merging.status or status_of(form))


def remove_item(request: Request, uid: UUID) -> HttpResponse:
    """Take an item out, after asking."""
    found = _item(request, uid)
    authorize(request.user, _verb(found.plan), at=found.plan.agency)
    form = UnderForm(request.POST if request.method == "POST" else None, amendments=_amendments(request, found.plan))
    if form.is_valid():
        version, under = _version(request, found), form.cleaned_data.get("amendment")

        def act() -> bool:
            actions.remove_item(found, by=request.user, version=version, amendment=under)
            return True

        if attempt(form, act):
            messages.success(request, _("Đã bỏ mục khỏi kế hoạch."), extra_tags=f"kept:removal-{uid}")
            return redirect(found.plan)
    name = str(found.unit) if found.unit else _("%d đơn vị chọn sau") % (found.units_count or 0)
    context = {"title": _("Bỏ mục: %(name)s, %(when)s") % {"name": name, "when": found.when.lower()}, "form": form}
    context |= {"keep": f"removal-{uid}", "plan": found.plan, "version": found.version, "act": _("Bỏ mục này")}
    context |= {"kind": "danger", "crumbs": crumbs(_("Bỏ mục"), found.plan)}
    return page(request, "plans/plan_form.html", context=context, status=status_of(form))


def copy(request: Request, uid: UUID) -> HttpResponse:
    """Copy the plan into a new draft."""
    found = plan_of(request, uid)
    authorize(request.user, "plan.draft", at=found.agency)
    form = CopyForm(request.POST or None, initial={"year": found.year + 1})
    if form.is_valid():
        done = attempt(form, lambda: actions.copy_plan(found, by=request.user, **form.cleaned_data))
        if done is not None:
            messages.success(request, _("Đã chép thành dự thảo mới. Hãy xem các đơn vị cần quyết định."))
            return redirect(done)
    context = {"title": _("Chép kế hoạch sang năm khác"), "form": form, "keep": f"copy-{uid}", "plan": found}
    context |= {"act": _("Chép"), "crumbs": crumbs(_("Chép"), found)}
    return page(request, "plans/plan_form.html", context=context, status=status_of(form))


def _item(request: Request, uid: UUID) -> PlanItem:
    found = PlanItem.objects.visible_to(request.user).select_related("plan__agency", "unit")
    return get_object_or_404(found, uid=uid)


def _posted(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _form(request: Request, plan: InspectionPlan, initial: dict[str, Any], data: Any) -> ItemForm:
    return ItemForm(
        data,
        initial=initial,
        topics=Topic.objects.visible_to(request.user),
        amendments=_amendments(request, plan),
    )


def _amendments(request: Request, plan: InspectionPlan) -> QuerySet[PlanStep] | None:
    """The documents to choose from; None for a draft, which needs none."""
    if not plan.has_been_issued:
        return None
    return PlanStep.objects.visible_to(request.user).amendments().filter(plan=plan)


def _verb(plan: InspectionPlan) -> str:
    return "plan.amend" if plan.has_been_issued else "plan.draft"


def _slug(item: PlanItem) -> str:
    return item.unit.slug if item.unit else ""


def _version(request: Request, item: PlanItem) -> int:
    return version_sent(request, item.version)
