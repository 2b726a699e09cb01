"""The pages on which a step of a plan is taken: each asks what the step needs, then calls its act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kycuong.core.clock import today
from kycuong.core.http import Request, page, version_sent
from kycuong.orgs.authority import authorize, can
from kycuong.plans import actions
from kycuong.plans.forms import AmendForm, CloseForm, IssueForm, NoteForm, NumberForm, ReturnForm
from kycuong.plans.models import InspectionPlan
from kycuong.plans.queries import agency_name, submitter_of
from kycuong.plans.rules import StepKind, may_follow
from kycuong.ui.forms import attempt

CONTENT = ("title", "window_from", "window_to", "target_units", "target_percent")


@dataclass(frozen=True)
class Step:
    """One step as a page offers it: who may, what it asks, what it does, how it is called."""

    kind: StepKind
    verb: str
    form: type[forms.Form]
    act: Callable[..., InspectionPlan]
    title: Promise
    done: Promise
    button: Promise
    look: str = "secondary"
    icon: str = ""


STEPS = {
    "submission": Step(
        StepKind.SUBMIT, "plan.submit", NoteForm, actions.submit_plan,
        lazy("Trình duyệt kế hoạch"), lazy("Đã trình kế hoạch."), lazy("Trình duyệt"), "primary", "paper-airplane",
    ),
    "approval": Step(
        StepKind.APPROVE, "plan.approve", NoteForm, actions.approve_plan,
        lazy("Duyệt kế hoạch"), lazy("Đã duyệt kế hoạch."), lazy("Duyệt"), "primary", "check",
    ),
    "return": Step(
        StepKind.RETURN, "plan.approve", ReturnForm, actions.return_plan,
        lazy("Trả lại kế hoạch để sửa"), lazy("Đã trả lại kế hoạch."), lazy("Trả lại để sửa"), "secondary",
        "arrow-uturn-left",
    ),
    "withdrawal": Step(
        StepKind.WITHDRAW, "plan.submit", NoteForm, actions.withdraw_plan,
        lazy("Rút lại kế hoạch để sửa"), lazy("Đã rút lại; kế hoạch là dự thảo."), lazy("Rút lại để sửa"), "secondary",
        "arrow-uturn-left",
    ),
    "issue": Step(
        StepKind.ISSUE, "plan.issue", IssueForm, actions.issue_plan,
        lazy("Ban hành kế hoạch"), lazy("Đã ghi nhận kế hoạch được ban hành."), lazy("Ghi nhận ban hành"), "primary",
        "check",
    ),
    "amendment": Step(
        StepKind.AMEND, "plan.amend", AmendForm, actions.amend_plan,
        lazy("Điều chỉnh, bổ sung kế hoạch"), lazy("Đã ghi văn bản điều chỉnh."), lazy("Điều chỉnh, bổ sung"),
        "secondary", "pencil-square",
    ),
    "closure": Step(
        StepKind.CLOSE, "plan.close", CloseForm, actions.close_plan,
        lazy("Kết thúc kế hoạch"), lazy("Đã kết thúc kế hoạch."), lazy("Kết thúc"), "quiet", "archive-box",
    ),
}  # fmt: skip
"""The last part of the address → the step."""


@dataclass(frozen=True)
class Offer:
    """A button on the plan's page."""

    text: Promise
    url: str
    look: str
    icon: str


def offers(request: Request, plan: InspectionPlan) -> list[Offer]:
    """The steps that this person may take now; from a draft, submitting goes before recording an issue on paper."""
    found = [
        Offer(step.button, reverse(f"plans:{name}", args=[plan.uid]), step.look, step.icon)
        for name, step in STEPS.items()
        if _is_next(request, plan, step) and not (step.kind == StepKind.APPROVE and is_own(request, plan))
    ]
    return [one if place == 0 or one.look != "primary" else Offer(one.text, one.url, "secondary", one.icon)
            for place, one in enumerate(found)]  # fmt: skip


def is_own(request: Request, plan: InspectionPlan) -> bool:
    """Whether it waits for somebody else to approve what this person submitted."""
    waits = _is_next(request, plan, STEPS["approval"])
    return waits and submitter_of(plan, by=request.user) == request.user.pk


def _is_next(request: Request, plan: InspectionPlan, step: Step) -> bool:
    return may_follow(plan.state, step.kind) and can(request.user, step.verb, at=plan.agency)


def step(request: Request, uid: UUID, name: str) -> HttpResponse:
    """Take one step."""
    found, wanted = plan_of(request, uid), STEPS[name]
    authorize(request.user, wanted.verb, at=found.agency)
    form = wanted.form(request.POST if request.method == "POST" else None, initial=_initial(found))
    if form.is_valid():
        version = version_of(request, found)
        done = attempt(form, lambda: wanted.act(found, by=request.user, version=version, **form.cleaned_data))
        if done is not None:
            messages.success(request, str(wanted.done), extra_tags=f"kept:{name}-{uid}")
            return redirect(done)
        found.refresh_from_db()
    title = f"{wanted.title} {found.year} – {agency_name(found)}"
    context = {"title": title, "form": form, "keep": f"{name}-{uid}", "plan": found, "act": wanted.button}
    context["crumbs"] = crumbs(str(wanted.button), found)
    return page(request, "plans/plan_form.html", context=context, status=status_of(form))


def number(request: Request, uid: UUID) -> HttpResponse:
    """Record the number of an issued plan."""
    found = plan_of(request, uid)
    authorize(request.user, "plan.number", at=found.agency)
    form = NumberForm(request.POST or None, initial={"number": found.number})
    if form.is_valid():
        version = version_of(request, found)
        done = attempt(form, lambda: actions.number_plan(found, by=request.user, version=version, **form.cleaned_data))
        if done is not None:
            messages.success(request, _("Đã ghi số kế hoạch."), extra_tags=f"kept:number-{uid}")
            return redirect(done)
        found.refresh_from_db()
    title = _("Ghi số kế hoạch năm %(year)s – %(agency)s") % {"year": found.year, "agency": agency_name(found)}
    context = {"title": title, "form": form, "keep": f"number-{uid}", "plan": found}
    context["crumbs"] = crumbs(_("Ghi số"), found)
    return page(request, "plans/plan_form.html", context=context, status=status_of(form))


def plan_of(request: Request, uid: UUID) -> InspectionPlan:
    return get_object_or_404(InspectionPlan.objects.visible_to(request.user).select_related("agency"), uid=uid)


def version_of(request: Request, found: InspectionPlan) -> int:
    """The version that the form was made from; the present one where none was sent."""
    return version_sent(request, found.version)


def status_of(form: forms.Form) -> int:
    return 422 if form.is_bound else 200


def crumbs(last: str, plan: InspectionPlan | None = None) -> list[tuple[str, str]]:
    """The way back: the list, the plan, here."""
    above = [(agency_name(plan), plan.get_absolute_url())] if plan else []
    return [(_("Kế hoạch"), reverse("plans:plans")), *above, (last, "")]


def _initial(plan: InspectionPlan) -> dict[str, Any]:
    """What the forms of steps begin with: the content as it is, today as the day of a document."""
    return {**{name: getattr(plan, name) for name in CONTENT}, "issued_on": today()}
