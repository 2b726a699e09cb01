"""Pages of what an agency submitted: the frozen content, its files, what it says otherwise than the one before."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.core.clock import today
from kycuong.core.http import Request, page, saved
from kycuong.rounds.documents import FORMS, ensure_form, submission_file
from kycuong.rounds.queries import since_former, submission_read, unit_named

from ._pages import crumbs, submission_seen, tables

MOST_CHANGES = 100


@require_safe
def submission(request: Request, uid: UUID) -> HttpResponse:
    """As it was handed in, whatever became of the visits."""
    found = submission_seen(request, uid)
    report = found.report
    name = unit_named(report.agency, today())
    changed = since_former(found, request.user)
    context = {
        "title": _("%(name)s: báo cáo lần %(n)d") % {"name": name, "n": found.number},
        "found": found,
        "report": report,
        "round": report.round,
        "reviews": list(found.reviews.all()),
        "changed": changed[:MOST_CHANGES],
        "more": len(changed) - MOST_CHANGES,
        "forms": FORMS,
        **tables(request, submission_read(found, request.user), report.agency, report.round.period),
        "crumbs": crumbs(
            (report.round.title, report.round.get_absolute_url()),
            (name, report.get_absolute_url()),
            (_("Lần %d") % found.number, ""),
        ),
    }
    return page(request, "rounds/submission.html", context=context)


@require_safe
def submission_as(request: Request, uid: UUID, form: str) -> HttpResponse:
    """The same as a file."""
    ensure_form(form)
    return saved(*submission_file(submission_seen(request, uid), form, request.user))
