"""A version of the checklist, tried out with the very form of a visit, as it looks on a phone; nothing is saved."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.catalog.models import Checklist
from kycuong.core.http import Request, page
from kycuong.inspections.forms.answers import AnswerSheet
from kycuong.inspections.forms.conduct import HeadcountForm
from kycuong.inspections.forms.opening import PreviewForm
from kycuong.inspections.models import Visit
from kycuong.inspections.queries import criteria_of


@require_safe
def checklist(request: Request, version: str) -> HttpResponse:
    """The full or the short form, as it is asked at one kind of unit or at all of them."""
    found = get_object_or_404(Checklist.objects.visible_to(request.user), version=version)
    form = PreviewForm({"checklist_form": "full", **request.GET.dict()})
    wanted = form.cleaned_data if form.is_valid() else {"checklist_form": "full", "kind": ""}
    held = criteria_of(found, wanted["checklist_form"])
    asked = {code: one for code, one in held.items() if not wanted["kind"] or one.applies_to(wanted["kind"])}
    context = {
        "title": _("Xem thử %(name)s") % {"name": found},
        "checklist": found,
        "form": form,
        "asked": len(asked),
        "sheet": AnswerSheet(Visit(), asked),
        "headcount": HeadcountForm(),
        "crumbs": [
            (_("Tiêu chí"), reverse("catalog:checklists")),
            (str(found), found.get_absolute_url()),
            (_("Xem thử"), ""),
        ],
    }
    return page(request, "inspections/checklist_preview.html", context=context)
