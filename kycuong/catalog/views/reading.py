"""The pages of the catalogue: a checklist as everybody may read it before a team comes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from kycuong.catalog.forms.reading import DayForm
from kycuong.catalog.models import Checklist
from kycuong.catalog.queries import groups_on
from kycuong.core.clock import today
from kycuong.core.http import page


def checklists(request: HttpRequest) -> HttpResponse:
    """The newest published checklist."""
    newest = Checklist.objects.visible_to(request.user).standard().newest_on(today())
    if newest is None:
        return page(request, "catalog/checklist_none.html", context={"title": _("Phiếu kiểm tra")})
    return redirect(newest)


def checklist(request: HttpRequest, version: str) -> HttpResponse:
    """Its groups and criteria, with the legal bases valid on a day."""
    found = get_object_or_404(Checklist.objects.visible_to(request.user), version=version)
    if found.published_on is None:
        return redirect(found)
    form = DayForm(request.GET or None, initial={"on": today()})
    day = form.cleaned_data["on"] or today() if form.is_bound and form.is_valid() else today()
    groups = groups_on(found, day)
    criteria = [criterion for group in groups for criterion in group.criteria.all()]
    return page(
        request,
        "catalog/checklist.html",
        context={
            "title": _("%(title)s, phiên bản %(version)s") % {"title": found.title, "version": found.version},
            "checklist": found,
            "groups": groups,
            "form": form,
            "day": day,
            "counted": sum(criterion.counted for criterion in criteria),
            "short": sum(criterion.in_short_form for criterion in criteria),
        },
    )
