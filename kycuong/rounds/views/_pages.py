"""What the pages of periodic reports share: finding a record, the way back, a page that asks once, a content as tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.core.http import Request, page
from kycuong.core.speaking import in_vietnamese
from kycuong.orgs.models import Unit
from kycuong.reports.figures.question import LEAD
from kycuong.reports.forms import Asked
from kycuong.reports.rules.periods import Period
from kycuong.reports.rules.summary import Summary, proofs_of, schedules_of
from kycuong.reports.views.summary import sections, shown
from kycuong.rounds.models import AgencyReport, ReportingRound, ReportSubmission, SignedReport
from kycuong.ui.forms import attempt


def round_seen(request: Request, uid: UUID) -> ReportingRound:
    found = ReportingRound.objects.visible_to(request.user)
    return get_object_or_404(found.select_related("authority", "opened_by", "cancelled_by"), uid=uid)


def report_seen(request: Request, uid: UUID) -> AgencyReport:
    found = AgencyReport.objects.visible_to(request.user)
    return get_object_or_404(found.select_related("round__authority", "agency"), uid=uid)


def submission_seen(request: Request, uid: UUID) -> ReportSubmission:
    found = ReportSubmission.objects.visible_to(request.user)
    related = found.select_related("report__round__authority", "report__agency", "submitted_by")
    return get_object_or_404(related.prefetch_related("reviews__decided_by"), uid=uid)


def signed_seen(request: Request, uid: UUID) -> SignedReport:
    found = SignedReport.objects.visible_to(request.user)
    return get_object_or_404(found.select_related("round", "authority", "signed_by", "numbered"), uid=uid)


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Báo cáo định kỳ"), reverse("rounds:list")), *more]


def tables(request: Request, summary: Summary, unit: Unit, period: Period) -> dict[str, Any]:
    """The sentences of a content, the list of its Biểu, and the one that is open: in Vietnamese, as it is frozen."""
    with in_vietnamese():
        return _told(request, summary, Asked(unit, period, LEAD))


def _told(request: Request, summary: Summary, asked: Asked) -> dict[str, Any]:
    schedules = schedules_of(summary)
    number = request.GET.get("bieu", "1")
    opened = next((one for one in schedules if str(one.number) == number), schedules[0])
    return {
        "sections": sections(summary),
        "tabs": [(f"{request.path}?bieu={one.number}#bieu", one, one is opened) for one in schedules],
        "opened": shown(request, opened, asked, summary),
        "proofs": shown(request, proofs_of(summary), asked, summary) if opened.number == 6 else None,
        "own_words": own_words(summary),
    }


def own_words(summary: Summary) -> list[tuple[str, str]]:
    """What people wrote, under the title of its part."""
    titles = (("difficulties", _("Khó khăn, vướng mắc")), ("directions", _("Phương hướng, đề xuất, kiến nghị")))
    return [(title, "\n".join(summary.words[key])) for key, title in titles if summary.words.get(key)]


def asked_once(
    request: Request,
    found: ReportingRound | AgencyReport | SignedReport,
    form: forms.Form | None,
    act: Callable[[], object],
    said: dict[str, Any],
    *,
    done: str,
    then: str = "",
) -> HttpResponse:
    """A page with one form, or one question, that is answered by one act."""
    bound = form if form is not None else forms.Form(request.POST or None)
    if bound.is_valid() and attempt(bound, act) is not None:
        messages.success(request, done, extra_tags=f"kept:{request.path}")
        return redirect(then or found)
    back = found.get_absolute_url()
    answered = bound if bound.errors else form
    context = {"form": answered, "keep": request.path, "version": version_of(found), "back": back, **said}
    called = str(found.agency) if isinstance(found, AgencyReport) else found.title
    context["crumbs"] = crumbs((called, back), (said["title"], ""))
    return page(request, "ui/one_form.html", context=context, status=422 if bound.errors else 200)


def version_of(found: Model) -> int:
    """What is signed has none: it never changes."""
    return getattr(found, "version", 0)
