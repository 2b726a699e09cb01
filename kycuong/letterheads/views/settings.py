"""The settings of a unit's papers: their head, who signs, their own wording."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings as site
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.core.problems import Missing
from kycuong.letterheads import actions
from kycuong.letterheads.actions import SET
from kycuong.letterheads.forms import HeadForm, SigningForm, UnitForm, WordingForm, pieces, signed_papers
from kycuong.letterheads.queries import head_of, own_pieces, signer_of
from kycuong.letterheads.rules import WORDINGS, Paper, ensure_piece, power_of
from kycuong.orgs.authority import authorize, can, scopes_of, units_visible_to
from kycuong.orgs.models import Unit
from kycuong.papers.faces import HOW, face
from kycuong.papers.profile import profile
from kycuong.ui.forms import attempt

ALL = "all"
"""In an address: every kind of paper that has no row of its own."""


@require_safe
def papers(request: Request) -> HttpResponse:
    """Where the checker is, whether PDF files can be made, and whose papers one may set."""
    form = UnitForm(request.GET or None)
    if form.is_valid():
        return redirect("letterheads:unit", form.cleaned_data["unit"].slug)
    context = {
        "title": _("Thể thức văn bản"),
        "form": form,
        "own": list(scopes_of(request.user, SET)),
        "face": face(site.FONTS_FOLDER),
        "how": HOW,
        "decree": profile(),
        "crumbs": [(_("Thể thức"), "")],
    }
    return page(request, "letterheads/papers.html", context=context, status=422 if form.errors else 200)


@require_safe
def unit(request: Request, slug: str) -> HttpResponse:
    """How a unit's papers look today."""
    found = _unit(request, slug)
    day = today()
    own = own_pieces(found, day)
    context = {
        "title": _("Văn bản của %s") % found,
        "unit": found,
        "head": head_of(found, day),
        "signings": [
            (paper or ALL, name, power_of(signer_of(found, paper, day)))
            for paper, name in (*signed_papers(), ("", _("Mọi loại chưa đặt riêng")))
        ],
        "pieces": [(*piece, piece[:2] in own) for piece in pieces()],
        "may_set": can(request.user, SET, at=found),
        "crumbs": _crumbs(found),
    }
    return page(request, "letterheads/unit.html", context=context)


def head(request: Request, slug: str) -> HttpResponse:
    """Set the head."""
    found = _unit(request, slug)
    form = HeadForm(_posted(request), initial={**head_of(found, today())._asdict(), "valid_from": today()})

    def act() -> Any:
        given = form.cleaned_data
        return actions.set_letterhead(found, by=request.user, valid_from=given["valid_from"], head=form.head())

    return _asked(request, found, form, act, _("Đầu văn bản"), f"letterhead-{slug}")


def signing(request: Request, slug: str, paper: str) -> HttpResponse:
    """Set who signs papers of a kind, or all that have no row of their own."""
    found, kind = _unit(request, slug), "" if paper == ALL else paper
    _ensure_paper(kind or Paper.PLAN)
    initial = {**signer_of(found, kind, today())._asdict(), "valid_from": today()}
    form = SigningForm(_posted(request), kind=kind, initial=initial)

    def act() -> Any:
        given = form.cleaned_data
        return actions.set_signing(
            found, by=request.user, paper=kind, valid_from=given["valid_from"], signer=form.signer()
        )

    title = _("Ký và nơi nhận: %s") % Paper(kind).label if kind else _("Người ký: mọi loại chưa đặt riêng")
    return _asked(request, found, form, act, title, f"signing-{slug}-{paper}")


def wording(request: Request, slug: str, paper: str, piece: str) -> HttpResponse:
    """Set a piece of text of one's own."""
    found = _unit(request, slug)
    _ensure_paper(paper)
    ensure_piece(paper, piece)
    part = WORDINGS[paper][piece]
    text = own_pieces(found, today()).get((paper, piece), part.text)
    form = WordingForm(_posted(request), initial={"text": text, "valid_from": today()})

    def act() -> Any:
        return actions.set_wording(found, by=request.user, paper=paper, piece=piece, **form.cleaned_data)

    title = f"{Paper(paper).label}: {part.label}"
    return _asked(request, found, form, act, title, f"wording-{slug}-{paper}-{piece}")


def _asked(
    request: Request, found: Unit, form: forms.Form, act: Callable[[], Any], title: str, keep: str
) -> HttpResponse:
    """One form about a unit's papers."""
    authorize(request.user, SET, at=found)
    back = reverse("letterheads:unit", args=[found.slug])
    if form.is_valid() and attempt(form, act) is not None:
        messages.success(request, _("Đã lưu; văn bản lập từ ngày ấy theo quy định mới."), extra_tags=f"kept:{keep}")
        return redirect(back)
    context = {"title": title, "lead": str(found), "form": form, "keep": keep, "back": back}
    context |= {"crumbs": [*_crumbs(found, back), (title, "")]}
    return page(request, "ui/one_form.html", context=context, status=422 if form.is_bound else 200)


def _unit(request: Request, slug: str) -> Unit:
    return get_object_or_404(units_visible_to(request.user), slug=slug)


def _ensure_paper(paper: str) -> None:
    if paper not in Paper.values:
        raise Missing("Không có loại văn bản này.", en="There is no such kind of paper.")


def _posted(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _crumbs(found: Unit, url: str = "") -> list[tuple[str, str]]:
    return [(_("Thể thức"), reverse("letterheads:papers")), (str(found), url)]
