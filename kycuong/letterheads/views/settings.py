"""The settings of a unit's papers: their head, who signs, their own wording."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
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
from kycuong.letterheads.forms import HeadForm, SigningForm, UnitForm, WordingForm, own_papers, pieces, signed_papers
from kycuong.letterheads.models import Letterhead, Signing, Wording
from kycuong.letterheads.queries import (
    SET,
    all_to_come,
    days_to_come,
    head_of,
    last_set,
    own_pieces,
    rows_of,
    signer_of,
    uses_on,
    version_of,
)
from kycuong.letterheads.rules import WORDINGS, Paper, ensure_piece, power_of
from kycuong.orgs.authority import authorize, can, scopes_of, units_visible_to
from kycuong.orgs.models import Unit
from kycuong.papers.faces import HOW, face
from kycuong.papers.profile import profile
from kycuong.ui.formats import vn_date, vn_datetime
from kycuong.ui.forms import attempt
from kycuong.ui.merging import Merging, opened_on

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
    """How a unit's papers look today, and what is said already for later days."""
    found = _unit(request, slug)
    day = today()
    own, later, uses = own_pieces(found, day), all_to_come(found, day), uses_on(found, day)
    context = {
        "title": _("Văn bản của %s") % found,
        "unit": found,
        "head": head_of(found, day),
        "head_days": later.get(("head",), []),
        "signings": [
            (paper or ALL, name, power_of(signer_of(found, paper, day)), later.get(("signing", paper), []))
            for paper, name in (*signed_papers(), ("", _("Mọi loại chưa đặt riêng")))
        ],
        "pieces": [(*piece, piece[:2] in own, later.get(("wording", *piece[:2]), [])) for piece in pieces()],
        "templates": [
            (paper, name, uses.get(paper), later.get(("template", paper), [])) for paper, name in own_papers()
        ],
        "may_set": can(request.user, SET, at=found),
        "crumbs": _crumbs(found),
    }
    return page(request, "letterheads/unit.html", context=context)


def head(request: Request, slug: str) -> HttpResponse:
    """Set the head."""
    found = _unit(request, slug)
    asked = Asked(request, Letterhead, {"unit": found})
    initial = {**head_of(found, asked.day)._asdict(), "valid_from": asked.day}
    return _page(
        asked,
        lambda data: HeadForm(data, initial=initial),
        lambda form, version: actions.set_letterhead(
            found, by=request.user, valid_from=form.cleaned_data["valid_from"], head=form.head(), version=version
        ),
        _("Đầu văn bản"),
        f"letterhead-{slug}",
    )


def signing(request: Request, slug: str, paper: str) -> HttpResponse:
    """Set who signs papers of a kind, or all that have no row of their own."""
    found, kind = _unit(request, slug), "" if paper == ALL else paper
    _ensure_paper(kind or Paper.PLAN)
    asked = Asked(request, Signing, {"unit": found, "paper": kind})
    initial = {**signer_of(found, kind, asked.day)._asdict(), "valid_from": asked.day}
    return _page(
        asked,
        lambda data: SigningForm(data, kind=kind, initial=initial),
        lambda form, version: actions.set_signing(
            found,
            by=request.user,
            paper=kind,
            valid_from=form.cleaned_data["valid_from"],
            signer=form.signer(),
            version=version,
        ),
        _("Ký và nơi nhận: %s") % Paper(kind).label if kind else _("Người ký: mọi loại chưa đặt riêng"),
        f"signing-{slug}-{paper}",
    )


def wording(request: Request, slug: str, paper: str, piece: str) -> HttpResponse:
    """Set a piece of text of one's own."""
    found = _unit(request, slug)
    _ensure_paper(paper)
    ensure_piece(paper, piece)
    part = WORDINGS[paper][piece]
    asked = Asked(request, Wording, {"unit": found, "paper": paper, "piece": piece})
    text = own_pieces(found, asked.day).get((paper, piece), part.text)
    return _page(
        asked,
        lambda data: WordingForm(data, initial={"text": text, "valid_from": asked.day}),
        lambda form, version: actions.set_wording(
            found, by=request.user, paper=paper, piece=piece, version=version, **form.cleaned_data
        ),
        f"{Paper(paper).label}: {part.label}",
        f"wording-{slug}-{paper}-{piece}",
    )


class Asked:
    """One setting of one unit, and the day that is looked at: the one that was typed, else the one in the address, else today."""

    def __init__(self, request: Request, kind: type[Any], about: dict[str, Any]) -> None:
        self.request, self.kind, self.about = request, kind, about
        self.unit: Unit = about["unit"]
        authorize(request.user, SET, at=self.unit)
        typed = request.POST.get("valid_from", "") if request.method == "POST" else request.GET.get("from", "")
        self.day = max(_day(typed) or today(), today())

    def merging(self, saved: forms.Form) -> Merging:
        """How what is posted meets what somebody else has set meanwhile."""
        posted = self.request.POST.copy() if self.request.method == "POST" else None
        version = version_of(self.kind, **self.about)
        if posted is not None and self._meets_another_row(posted):
            posted["version"] = str(version + 1)
        return Merging([saved], posted, version=version, written_by=self._by)

    def _meets_another_row(self, posted: Any) -> bool:
        """Whether the day that was typed has values of its own, and the page showed those of another day."""
        opened = _day(opened_on(posted, "valid_from"))
        return opened != self.day and rows_of(self.kind, **self.about).filter(valid_from=self.day).exists()

    def _by(self) -> str:
        row = last_set(self.kind, **self.about)
        return f"{row.set_by} ({vn_datetime(row.set_at)})" if row and row.set_by else ""


def _page(
    asked: Asked, form_on: Callable[[Any], Any], act: Callable[[Any, int], Any], title: str, keep: str
) -> HttpResponse:
    """One form about a unit's papers."""
    back = reverse("letterheads:unit", args=[asked.unit.slug])
    merging = asked.merging(form_on(None))
    form = form_on(merging.data)
    if form.is_valid() and merging.ready and attempt(form, lambda: act(form, merging.version)) is not None:
        told = _("Đã lưu; văn bản lập từ ngày ấy theo quy định mới.")
        messages.success(asked.request, told, extra_tags=f"kept:{keep}")
        return redirect(back)
    lead = "; ".join(
        [
            str(asked.unit),
            *(_("đã đặt từ %s") % vn_date(day) for day in days_to_come(asked.kind, today(), **asked.about)),
        ]
    )
    context = {"title": title, "lead": lead, "form": form, "keep": keep, "back": back, "merging": merging}
    context |= {"crumbs": [*_crumbs(asked.unit, back), (title, "")]}
    status = merging.status or (422 if form.errors else 200)
    return page(asked.request, "ui/one_form.html", context=context, status=status)


def _day(text: str) -> date | None:
    """As an address or a person writes it; nothing for what is no day."""
    for read in (date.fromisoformat, forms.DateField().clean):
        with suppress(ValueError, forms.ValidationError):
            return read(text)
    return None


def _unit(request: Request, slug: str) -> Unit:
    return get_object_or_404(units_visible_to(request.user), slug=slug)


def _ensure_paper(paper: str) -> None:
    if paper not in Paper.values:
        raise Missing("Không có loại văn bản này.", en="There is no such kind of paper.")


def _crumbs(found: Unit, url: str = "") -> list[tuple[str, str]]:
    return [(_("Thể thức"), reverse("letterheads:papers")), (str(found), url)]
