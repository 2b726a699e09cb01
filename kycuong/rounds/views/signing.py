"""The page that compiles: who reported, how that compares with live figures, what would be signed; and the signature."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kycuong.core.clock import today
from kycuong.core.http import Request, page, version_sent
from kycuong.orgs.authority import authorize
from kycuong.rounds import actions
from kycuong.rounds.forms.rounds import WordsForm
from kycuong.rounds.models import ReportingRound, ReportSubmission, SignedReport
from kycuong.rounds.queries import (
    Progress,
    adjustments_read,
    ahead_of_signature,
    differing,
    progress_of,
    signing_mark,
    summary_read,
    unit_named,
)
from kycuong.rounds.rules import ReportState, RoundState
from kycuong.ui.forms import attempt

from ._pages import crumbs, round_seen, tables

COMPARED = 10
"""Agencies whose submissions are compared with live figures in one look: each is counted anew, and some rounds ask two hundred."""


def sign(request: Request, uid: UUID) -> HttpResponse:
    """What would be signed now, beside what agencies submitted; with a POST, the signature."""
    found = round_seen(request, uid)
    authorize(request.user, "round.sign", at=found.authority)
    if found.state != RoundState.OPEN and request.method != "POST":
        return redirect(found)
    form = WordsForm(request.POST or None)
    if form.is_valid():
        signed = attempt(form, lambda: _signed(request, found, form))
        if signed is not None:
            said = _("Đã ký. Nội dung đã khóa; văn thư ghi số, ngày khi có.")
            messages.success(request, said, extra_tags=f"kept:round-sign-{uid}")
            return redirect(signed)
        found = round_seen(request, uid)
    context = {**_compiled(request, found), "form": form, "keep": f"round-sign-{uid}"}
    return page(request, "rounds/sign.html", context=context, status=422 if form.errors else 200)


def _signed(request: Request, found: ReportingRound, form: WordsForm) -> SignedReport:
    read, seen = version_sent(request, found.version), request.POST.get("seen", "")[:64]
    ahead = ahead_of_signature(found)
    return actions.sign_round(found, by=request.user, **form.cleaned_data, version=read, seen=seen, ahead=ahead)


def _compiled(request: Request, found: ReportingRound) -> dict[str, Any]:
    counted = ahead_of_signature(found)
    shown = summary_read(counted.compiled, found.authority, request.user)
    progress = progress_of(found, request.user, today=today())
    return {
        **tables(request, shown, found.authority, found.period),
        "title": _("Tổng hợp và ký: %s") % found.title,
        "found": found,
        "authority": unit_named(found.authority, today()),
        "period": found.period,
        "progress": progress,
        **_compared(request, progress),
        "unsettled": [line for line in progress.lines if line.report.state != ReportState.ACCEPTED],
        "adjusted": adjustments_read(counted.adjusted, found.authority, request.user),
        "seen": signing_mark(found, counted.compiled, counted.adjusted, request.user),
        "is_over": found.last < today(),
        "crumbs": crumbs((found.title, found.get_absolute_url()), (_("Tổng hợp và ký"), "")),
    }


def _compared(request: Request, progress: Progress) -> dict[str, Any]:
    """Each agency's line; of the ten that are asked about, in how many cells the submission differs from live figures."""
    submitted = [line for line in progress.lines if line.submission]
    groups = Paginator(submitted, COMPARED)
    asked = request.GET.get("compare", "")
    chosen = groups.get_page(asked) if asked else None
    keys = [line.submission.pk for line in chosen or () if line.submission]
    rows = ReportSubmission.objects.visible_to(request.user).filter(pk__in=keys)
    counted = differing(rows.select_related("report__agency", "report__round"), request.user) if keys else {}
    return {
        "lines": [(line, counted.get(line.report.pk)) for line in progress.lines],
        "groups": [
            (f"?compare={number}#agencies", (number - 1) * COMPARED + 1, min(number * COMPARED, len(submitted)))
            for number in groups.page_range
            if submitted
        ],
        "chosen": chosen.number if chosen else 0,
    }
