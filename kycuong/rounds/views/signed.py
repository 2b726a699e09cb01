"""Pages of a signed report: as it was signed, its files, what has changed since, its number."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.core.clock import today
from kycuong.core.http import Request, page, saved
from kycuong.inspections.models import Visit
from kycuong.orgs.authority import authorize, can
from kycuong.rounds import actions
from kycuong.rounds.documents import FORMS, ensure_form, signed_file
from kycuong.rounds.forms.rounds import NumberForm
from kycuong.rounds.models import SignedReport, SignedReportNumber
from kycuong.rounds.queries import Behind, number_of, signed_read, since_signature
from kycuong.rounds.rules import ReportState

from ._pages import asked_once, crumbs, signed_seen, tables

MOST_CHANGES = 400


@require_safe
def signed(request: Request, uid: UUID) -> HttpResponse:
    """From what was kept alone: nothing is counted here."""
    found = signed_seen(request, uid)
    frozen = signed_read(found, request.user)
    labels = {str(state): state.label for state in ReportState}
    context = {
        **_about(request, found),
        **tables(request, frozen.summary, found.authority, found.round.period),
        "agencies": [{**one, "label": labels[one["state"]]} for one in frozen.agencies],
        "adjusted": [(one.title, one.changes) for one in frozen.adjusted if one.changes],
        "forms": FORMS,
        "may_number": number_of(found) is None and can(request.user, "round.number", at=found.authority),
    }
    return page(request, "rounds/signed.html", context=context)


@require_safe
def signed_as(request: Request, uid: UUID, form: str) -> HttpResponse:
    """The same as a file."""
    ensure_form(form)
    return saved(*signed_file(signed_seen(request, uid), form, request.user))


@require_safe
def changes(request: Request, uid: UUID) -> HttpResponse:
    """What has changed since the signature, with the visits behind it where they are known."""
    found = signed_seen(request, uid)
    behind = since_signature(found, request.user)
    context = {
        **_about(request, found),
        "title": _("Thay đổi từ khi ký"),
        "lines": [
            (one.change, links) for one, links in zip(behind[:MOST_CHANGES], _links(request, behind), strict=False)
        ],
        "more": len(behind) - MOST_CHANGES,
        "total": len(behind),
        "crumbs": crumbs((found.title, found.get_absolute_url()), (_("Thay đổi từ khi ký"), "")),
    }
    return page(request, "rounds/changes.html", context=context)


def number(request: Request, uid: UUID) -> HttpResponse:
    """Enter number and day, once."""
    found = signed_seen(request, uid)
    authorize(request.user, "round.number", at=found.authority)
    form = NumberForm(request.POST or None, initial={"dated_on": today()})
    lead = _("Ghi số và ngày do văn thư cấp. Ghi rồi thì không sửa được.")
    said = {"title": _("Ghi số, ngày văn bản"), "lead": lead, "act": _("Ghi số")}

    def act() -> SignedReportNumber:
        return actions.number_signed_report(found, by=request.user, **form.cleaned_data)

    return asked_once(request, found, form, act, said, done=_("Đã ghi số, ngày của báo cáo."))


def _about(request: Request, found: SignedReport) -> dict[str, Any]:
    return {
        "title": found.title,
        "found": found,
        "round": found.round,
        "period": found.round.period,
        "numbered": number_of(found),
        "crumbs": crumbs((found.round.title, found.round.get_absolute_url()), (_("Báo cáo đã ký"), "")),
    }


def _links(request: Request, behind: list[Behind]) -> list[list[tuple[str, str]]]:
    """For each change, the visits that the person may open: (day, address)."""
    uids = {uid for one in behind for uid in one.visits}
    rows = Visit.objects.visible_to(request.user).filter(uid__in=uids)
    known = {str(one.uid): (one.visited_on, one.uid) for one in rows.only("uid", "visited_on")}
    return [
        [
            (f"{known[uid][0]:%d/%m/%Y}", reverse("inspections:visit", args=[known[uid][1]]))
            for uid in one.visits
            if uid in known
        ]
        for one in behind
    ]
