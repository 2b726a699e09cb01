"""The page of the people whom a finding concerns: category and position first, a name for few eyes."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kycuong.core.http import Request
from kycuong.inspections import actions
from kycuong.inspections.authority import authorize
from kycuong.inspections.forms.evidence import ConcernedForm
from kycuong.inspections.models import ConcernedPerson, Finding
from kycuong.inspections.queries import concerned
from kycuong.ui.forms import attempt

from ._visit import shown


def people(request: Request, uid: UUID) -> HttpResponse:
    """Whom the finding concerns, and a form to add somebody."""
    seen = Finding.objects.visible_to(request.user).select_related("visit__inspection__lead", "visit__unit")
    found = get_object_or_404(seen, uid=uid)
    authorize(request.user, "visit.record", at=found.visit)
    form = ConcernedForm(request.POST or None)
    if form.is_valid():
        done = attempt(form, lambda: actions.add_concerned(found, by=request.user, **form.cleaned_data))
        if done is not None:
            messages.success(request, _("Đã ghi người liên quan."))
            return redirect("inspections:people", uid)
    back = found.visit.get_absolute_url()
    context = {
        "title": _("Người liên quan"),
        "finding": found,
        "form": form,
        "people": concerned(found.visit, request.user).get(found.pk, []),
        "visit": found.visit,
        "crumbs": [(_("Lượt kiểm tra"), back), (_("Người liên quan"), "")],
    }
    return shown(request, found.visit, "inspections/people.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: Request, uid: UUID) -> HttpResponse:
    """Take somebody off a finding."""
    seen = ConcernedPerson.objects.visible_to(request.user).select_related("finding__visit__inspection__lead")
    found = get_object_or_404(seen, uid=uid)
    finding = found.finding
    actions.remove_concerned(found, by=request.user)
    messages.success(request, _("Đã bỏ người liên quan."))
    return redirect("inspections:people", finding.uid)
