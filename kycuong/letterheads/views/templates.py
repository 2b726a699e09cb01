"""The Word files from which an office wants its papers made: sent, looked at, taken into use from a day on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings as site
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.core.clock import today
from kycuong.core.http import Request, page, saved, version_sent
from kycuong.core.problems import Missing
from kycuong.files.store import contents
from kycuong.letterheads import actions, documents
from kycuong.letterheads.forms import AcceptForm, TemplateForm, UseForm
from kycuong.letterheads.models import PaperTemplate, TemplateUse
from kycuong.letterheads.queries import SET, days_to_come, template_for, templates_of, use_of, version_of
from kycuong.letterheads.rules import FORMS, Paper, ensure_own_form
from kycuong.orgs.authority import authorize, units_visible_to
from kycuong.orgs.models import Unit
from kycuong.papers.places import PLACES, needed
from kycuong.papers.profile import profile
from kycuong.papers.upload import MAX_BYTES
from kycuong.ui.forms import attempt


def templates(request: Request, slug: str, paper: str) -> HttpResponse:
    """What a kind of paper is made from, every file that was sent, and where to send one."""
    found = _unit(request, slug, paper)
    posted = request.method == "POST"
    form = TemplateForm(request.POST, request.FILES) if posted else TemplateForm()
    if form.is_valid() and (kept := attempt(form, lambda: _kept(request, found, paper, form.cleaned_data["file"]))):
        messages.success(request, _("Đã nhận mẫu. Hãy mở bản thử, rồi cho dùng."))
        return redirect("letterheads:template", kept.uid)
    needs = needed(documents.sample(found, paper, today=today()))
    context = {
        "title": _("Mẫu Word: %s") % Paper(paper).label,
        "lead": str(found),
        "unit": found,
        "paper": paper,
        "form": form,
        "use": use_of(found, paper, today()),
        "later": days_to_come(TemplateUse, today(), unit=found, paper=paper),
        "sent": templates_of(found, paper),
        "places": [(place, place.key in needs) for place in PLACES.values()],
        "prints": bool(site.SOFFICE),
        "crumbs": _crumbs(found, _("Mẫu Word")),
    }
    return page(request, "letterheads/templates.html", context=context, status=422 if form.errors else 200)


def _kept(request: Request, unit: Unit, paper: str, file: Any) -> PaperTemplate:
    data, name = file.read(MAX_BYTES + 1), file.name or ""
    found = documents.examined(unit, paper, data, name, today=today())
    return actions.keep_template(
        unit, by=request.user, paper=paper, data=data, name=name, faults=found.faults, deviations=found.deviations
    )


def template(request: Request, uid: UUID) -> HttpResponse:
    """One file: how a sample made from it departs from the decree; taking it into use."""
    found = template_for(request.user, uid)
    about = {"unit": found.unit, "paper": found.paper}
    form = AcceptForm(request.POST if request.method == "POST" else None, initial={"valid_from": today()})
    version = version_of(TemplateUse, **about)
    back = reverse("letterheads:templates", args=[found.unit.slug, found.paper])

    def act() -> TemplateUse:
        given = {"valid_from": form.cleaned_data["valid_from"], "version": version_sent(request, version)}
        return actions.use_template(found.unit, by=request.user, paper=found.paper, template=found, **given)

    if form.is_valid() and attempt(form, act) is not None:
        messages.success(request, _("Đã cho dùng mẫu này; văn bản lập từ ngày ấy theo mẫu."))
        return redirect(back)
    context = {
        "title": found.name,
        "lead": f"{Paper(found.paper).label}, {found.unit}",
        "template": found,
        "form": form,
        "version": version,
        "decree": profile(),
        "prints": bool(site.SOFFICE),
        "crumbs": [*_crumbs(found.unit, _("Mẫu Word"), back), (found.name, "")],
    }
    return page(request, "letterheads/template.html", context=context, status=422 if form.errors else 200)


def standard(request: Request, slug: str, paper: str) -> HttpResponse:
    """Back to the standard form from a day on."""
    found = _unit(request, slug, paper)
    form = UseForm(request.POST if request.method == "POST" else None, initial={"valid_from": today()})
    version = version_of(TemplateUse, unit=found, paper=paper)
    back = reverse("letterheads:templates", args=[slug, paper])

    def act() -> TemplateUse:
        given = {"valid_from": form.cleaned_data["valid_from"], "version": version_sent(request, version)}
        return actions.use_template(found, by=request.user, paper=paper, template=None, **given)

    if form.is_valid() and attempt(form, act) is not None:
        messages.success(request, _("Văn bản lập từ ngày ấy theo thể thức chuẩn."))
        return redirect(back)
    title = _("Dùng lại thể thức chuẩn")
    context = {"title": title, "lead": f"{Paper(paper).label}, {found}", "form": form, "version": version, "back": back}
    context |= {"crumbs": [*_crumbs(found, _("Mẫu Word"), back), (title, "")]}
    return page(request, "ui/one_form.html", context=context, status=422 if form.errors else 200)


@require_safe
def starting(request: Request, slug: str, paper: str) -> HttpResponse:
    """The standard form to begin with."""
    return saved(*documents.starting(_unit(request, slug, paper), paper, today=today()))


@require_safe
def file(request: Request, uid: UUID, which: str, form: str) -> HttpResponse:
    """The file as it was sent, or a sample made from it."""
    found = template_for(request.user, uid)
    if which == "sample" and (form == "docx" or site.SOFFICE):
        return saved(*documents.tried(found, form, today=today()))
    if (which, form) != ("sent", "docx"):
        raise Missing("Không có tệp này.", en="There is no such file.")
    return saved(
        contents(found.sha256), FORMS["docx"], found.name if found.name.endswith(".docx") else f"{found.name}.docx"
    )


def _unit(request: Request, slug: str, paper: str) -> Unit:
    found = get_object_or_404(units_visible_to(request.user), slug=slug)
    authorize(request.user, SET, at=found)
    ensure_own_form(paper)
    return found


def _crumbs(found: Unit, last: str, url: str = "") -> list[tuple[str, str]]:
    unit = (str(found), reverse("letterheads:unit", args=[found.slug]))
    return [(_("Thể thức"), reverse("letterheads:papers")), unit, (last, url)]
