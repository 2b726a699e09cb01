"""Pages of a campaign: drafting, sending, how far it has come, its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.core.clock import today
from kycuong.core.http import Request, page, version_sent
from kycuong.features.authority import ensure_offered_somewhere, is_offered, offered_units
from kycuong.orgs.authority import authorize, authorize_somewhere, can, units_visible_to
from kycuong.orgs.rules import Kind
from kycuong.selfchecks import actions
from kycuong.selfchecks.forms.campaigns import CampaignForm, written
from kycuong.selfchecks.models import SelfCheckCampaign
from kycuong.selfchecks.queries import campaign_units, progress_of, unit_named, units_left_out
from kycuong.selfchecks.rules import CampaignState
from kycuong.ui.forms import attempt

from ._pages import asked_once, campaign_seen, crumbs

SEND = "selfcheck.send"


def new(request: Request) -> HttpResponse:
    """Write a campaign down."""
    authorize_somewhere(request.user, SEND)
    ensure_offered_somewhere(request.user, SEND, actions.FEATURE)
    own = units_visible_to(request.user).filter(pk__in=offered_units(request.user, SEND, actions.FEATURE)).first()
    form = CampaignForm(request.POST or None, initial={"authority": own.slug if own else "", "days": 10})

    def draft() -> SelfCheckCampaign:
        return actions.draft_campaign(by=request.user, authority=form.cleaned_data["authority"], wish=form.wish())

    return _written(request, form, draft, _("Soạn đợt tự kiểm tra"), reverse("selfchecks:list"))


def change(request: Request, uid: UUID) -> HttpResponse:
    """Rewrite a draft."""
    found = campaign_seen(request, uid)
    authorize(request.user, SEND, at=found.authority)
    form = CampaignForm(request.POST or None, initial=written(found))
    form.fields["authority"].disabled = True

    def rewrite() -> SelfCheckCampaign:
        read = version_sent(request, found.version)
        return actions.change_campaign(found, by=request.user, wish=form.wish(), version=read)

    return _written(request, form, rewrite, _("Sửa đợt tự kiểm tra"), found.get_absolute_url(), found.version)


def _written(
    request: Request, form: CampaignForm, act: Callable[[], SelfCheckCampaign], title: str, back: str, version: int = 0
) -> HttpResponse:
    if form.is_valid():
        done = attempt(form, act)
        if done is not None:
            said = _("Đã lưu bản soạn. Chưa đơn vị nào nhận được; hãy đọc lại rồi gửi.")
            messages.success(request, said, extra_tags=f"kept:{request.path}")
            return redirect(done)
    context = {"title": title, "form": form, "keep": request.path, "back": back, "version": version}
    context |= {"crumbs": crumbs((title, ""))}
    return page(request, "ui/one_form.html", context=context, status=422 if form.is_bound else 200)


@require_safe
def campaign(request: Request, uid: UUID) -> HttpResponse:
    """A draft with whom it would ask; a sent one with who has submitted and who has not."""
    found = campaign_seen(request, uid)
    context: dict[str, Any] = {
        "title": found.title,
        "found": found,
        "authority": unit_named(found.authority, today()),
        "kinds": ", ".join(str(Kind(kind).label) for kind in found.kinds),
        "singly": found.units.count() if found.state == CampaignState.DRAFT else 0,
        "may_send": can(request.user, SEND, at=found.authority),
        "is_offered": is_offered(actions.FEATURE, at=found.authority),
        "crumbs": crumbs((found.title, "")),
    }
    if found.state == CampaignState.DRAFT:
        context["asked"] = len(campaign_units(found, on=today()))
        context["left_out"] = units_left_out(found, on=today())
    else:
        context["progress"] = progress_of(found, today=today())
    return page(request, "selfchecks/campaign.html", context=context)


def send(request: Request, uid: UUID) -> HttpResponse:
    """Send it, after asking once."""
    found = campaign_seen(request, uid)
    authorize(request.user, SEND, at=found.authority)
    asked, lead = len(campaign_units(found, on=today())), ""
    if found.state == CampaignState.DRAFT:
        lead = _("%(n)d đơn vị sẽ nhận phiếu, hạn %(days)d ngày làm việc kể từ hôm nay. Gửi rồi thì không sửa được.")
        lead %= {"n": asked, "days": found.days}
    said = {"title": _("Gửi phiếu tự kiểm tra?"), "lead": lead, "act": _("Gửi cho các đơn vị")}
    read = version_sent(request, found.version)
    act = lambda: actions.send_campaign(found, by=request.user, version=read)  # noqa: E731
    return asked_once(request, found, None, act, said, done=_("Đã gửi phiếu tự kiểm tra cho các đơn vị."))


def close(request: Request, uid: UUID) -> HttpResponse:
    """End it, after asking once."""
    found = campaign_seen(request, uid)
    authorize(request.user, SEND, at=found.authority)
    lead = _("Sau khi kết thúc, đơn vị chưa nộp không nộp được nữa; bản đã nộp vẫn được đối chiếu.")
    said = {"title": _("Kết thúc đợt tự kiểm tra?"), "lead": lead, "act": _("Kết thúc đợt")}
    read = version_sent(request, found.version)
    act = lambda: actions.close_campaign(found, by=request.user, version=read)  # noqa: E731
    return asked_once(request, found, None, act, said, done=_("Đã kết thúc đợt tự kiểm tra."))


def remove(request: Request, uid: UUID) -> HttpResponse:
    """Take a draft away, after asking once."""
    found = campaign_seen(request, uid)
    authorize(request.user, SEND, at=found.authority)
    said = {
        "title": _("Xóa bản soạn đợt tự kiểm tra?"),
        "lead": _("Chưa đơn vị nào nhận được đợt này."),
        "act": _("Xóa bản soạn"),
    }
    act = lambda: actions.remove_campaign(found, by=request.user) or True  # noqa: E731
    then = reverse("selfchecks:list")
    return asked_once(request, found, None, act, said | {"kind": "danger"}, done=_("Đã xóa bản soạn."), then=then)
