"""Reports of citizens, for those who handle them above the unit."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.core.clock import today
from kycuong.core.http import Request, base_of, page
from kycuong.core.speaking import in_vietnamese
from kycuong.features.authority import ensure_offered
from kycuong.letterheads.queries import head_of
from kycuong.openness import actions
from kycuong.openness.forms import SettleForm
from kycuong.openness.models import CitizenReport
from kycuong.openness.queries import is_hearing_now
from kycuong.openness.queries.reports import is_inspected_today, is_tied, named, reportable, reports_seen, words_of
from kycuong.openness.rules.reports import Outcome
from kycuong.orgs.authority import authorize_somewhere, scopes_of
from kycuong.orgs.queries import full_names
from kycuong.papers.profile import profile
from kycuong.papers.square import square_of_any_size
from kycuong.ui.formats import vn_date
from kycuong.ui.forms import attempt

HANDLE = "citizen_report.handle"
PER_PAGE = 30


@require_safe
def poster(request: Request, unit: str) -> HttpResponse:
    """A sheet for the desk, under the head of the unit's papers, with the square code of its page: by whoever is signed in."""
    about = reportable(unit) if is_hearing_now(today()) else None
    if about is None:
        raise Http404
    ensure_offered("citizen_reports", at=about)
    url = base_of(request) + reverse("openness:report_of_unit", args=[about.slug])
    name = full_names([about.pk], today())[about.pk]
    with in_vietnamese():  # whoever prints it reads English, perhaps; whoever stands before it does not
        heading = _("Ý kiến của bạn về %s") % name
    square = mark_safe(square_of_any_size(url))  # noqa: S308 - drawn by segno from squares
    context = {
        "title": _("Ý kiến của bạn về %s") % name,
        "heading": heading,
        "head": head_of(about, today()),
        "words": profile().words,
        "url": url,
        "square": square,
        "back_url": about.get_absolute_url(),
    }
    return page(request, "openness/poster.html", context=context)


@require_safe
def listed(request: Request) -> HttpResponse:
    """Those that wait, then the others."""
    authorize_somewhere(request.user, HANDLE)
    rows = Paginator(reports_seen(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"title": _("Phản ánh của người dân"), "page": rows, "reports": named(rows.object_list)}
    return page(request, "openness/reports.html", context=context)


def surprise_at(request: Request, found: CitizenReport) -> dict[str, str]:
    """The form of a new inspection as far as a report fills it in; nothing for whoever opens none, nor for spam.

    It is sent and not asked for by its address: a log of addresses would name the unit before the team stands at its door.
    That a report was the reason is nowhere noted: nobody shall look for its sender afterwards.
    """
    leads = scopes_of(request.user, "inspection.open").last()
    if leads is None or found.outcome == Outcome.SPAM or not is_inspected_today(found.unit):
        return {}
    given = {"lead": leads.slug, "form": "surprise", "checklist_form": "by_form", "sealed": "on", "more": "1"}
    rows = {"TOTAL_FORMS": "1", "INITIAL_FORMS": "0", "0-unit": found.unit.slug, "0-visited_on": vn_date(today())}
    return given | {f"visits-{name}": value for name, value in rows.items()}


def report(request: Request, uid: UUID) -> HttpResponse:
    """One of them: what it says, and what becomes of it."""
    found = get_object_or_404(
        CitizenReport.objects.visible_to(request.user).select_related("unit", "settled_by"), uid=uid
    )
    if is_tied(request.user, found.unit):
        raise Http404
    form = SettleForm(request.POST if request.method == "POST" and "outcome" in request.POST else None)
    if request.method == "POST" and "take" in request.POST:
        actions.take_report(found, by=request.user)
        return redirect(found)
    given = form.cleaned_data if form.is_valid() else None
    if given and attempt(form, lambda: actions.settle_report(found, by=request.user, **given)) is not None:
        messages.success(request, _("Đã ghi kết quả xử lý phản ánh."))
        return redirect(found)
    text, contact = words_of(found)
    context = {
        "title": found.get_about_display(),
        "report": found,
        "text": text,
        "contact": contact,
        "form": None if found.outcome else form,
        "surprise": surprise_at(request, found),
        "crumbs": [(_("Phản ánh"), reverse("openness:reports")), (found.get_about_display(), "")],
    }
    return page(request, "openness/one_report.html", context=context, status=422 if form.errors else 200)
