"""Documents as files to take away; and the page on which a Word file is checked."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.core.clock import today
from kycuong.core.http import Request, page, saved
from kycuong.core.problems import Missing, Problem
from kycuong.letterheads import documents
from kycuong.letterheads.forms import CheckForm
from kycuong.letterheads.rules import Paper, ensure_form, label_of
from kycuong.orgs.authority import units_visible_to
from kycuong.papers.profile import profile
from kycuong.papers.upload import MAX_BYTES, check_word_file
from kycuong.ui.forms import attempt, both


@require_safe
def document(request: Request, paper: str, uid: UUID, form: str) -> HttpResponse:
    """A document in Word or PDF. A look at what is sealed is noted by whoever builds it."""
    ensure_form(form)
    made, name = documents.built(paper, uid, by=request.user), documents.named(paper, uid)
    if "standard" in request.GET:
        return saved(*documents.as_file(made, form, name, standard=True))
    context = {"paper": paper, "uid": uid, "lead": label_of(paper)}
    if documents.is_otherwise(made, form):
        context["title"] = _("PDF theo thể thức chuẩn")
        return page(request, "letterheads/otherwise.html", context=context)
    try:
        own = documents.as_own_file(made, form, name)
    except Problem as problem:
        context |= {"title": _("Chưa lập được theo mẫu riêng"), "reason": both(problem.vi, problem.en)}
        return page(request, "letterheads/otherwise.html", context=context)
    return saved(*own or documents.as_file(made, form, name, standard=True))


@require_safe
def sample(request: Request, slug: str, paper: str, form: str) -> HttpResponse:
    """How a unit's papers look by its settings."""
    unit = get_object_or_404(units_visible_to(request.user), slug=slug)
    if paper not in Paper.values:
        raise Missing("Không có loại văn bản này.", en="There is no such kind of paper.")
    made = documents.sample(unit, paper, today=today())
    return saved(*documents.as_file(made, form, f"xem-thu-{paper}"))


def check(request: Request) -> HttpResponse:
    """Check a Word file against the decree. Nothing of it is kept."""
    form = CheckForm(request.POST or None, request.FILES or None) if request.method == "POST" else CheckForm()
    found = None
    if form.is_valid():
        file = form.cleaned_data["file"]
        data = file.read(MAX_BYTES + 1)
        found = attempt(form, lambda: check_word_file(data, file.name or ""))
    context = {
        "title": _("Kiểm tra thể thức"),
        "form": form,
        "found": found,
        "checked": getattr(request.FILES.get("file"), "name", ""),
        "decree": profile(),
        "crumbs": [(_("Thể thức"), reverse("letterheads:papers")), (_("Kiểm tra"), "")],
    }
    return page(request, "letterheads/check.html", context=context, status=422 if form.errors else 200)
