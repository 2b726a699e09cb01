"""The pages of the side that inspected: verifying, returning, ordering a re-check, answering requests, closing."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from kycuong.core.clock import today
from kycuong.core.http import Request
from kycuong.followup import actions
from kycuong.followup.forms.recommendations import AcceptForm, AnswerExtensionForm, ReassignForm, RecheckForm
from kycuong.followup.models import Extension, FollowupRule
from kycuong.followup.queries import receivers_of
from kycuong.inspections.forms.opening import ReasonForm
from kycuong.ui.formats import vn_date

from ._pages import asked, seen
from .answering import report_seen

CONFIRM = "remedy.confirm"


def accept(request: Request, uid: UUID) -> HttpResponse:
    """Accept a report, whole or in part."""
    report = report_seen(request, uid)
    form = AcceptForm(request.POST or None, initial={"whole": "yes" if report.extent == "full" else "no"})
    found = report.recommendation
    return asked(
        request,
        found,
        CONFIRM,
        found.visit.inspection.lead,
        form,
        lambda: actions.accept_remedy(report, by=request.user, **form.cleaned_data),
        _("Kiểm chứng báo cáo khắc phục"),
        _("Đã ghi kết quả kiểm chứng."),
        label=_("Ghi kết quả"),
        lead=report.text,
    )


def send_back(request: Request, uid: UUID) -> HttpResponse:
    """Return a report with the reason."""
    report = report_seen(request, uid)
    form = ReasonForm(request.POST or None)
    found = report.recommendation
    days = FollowupRule.on(found.issued_on or today()).return_days
    return asked(
        request,
        found,
        CONFIRM,
        found.visit.inspection.lead,
        form,
        lambda: actions.return_remedy(report, by=request.user, **form.cleaned_data),
        _("Trả lại báo cáo khắc phục"),
        _("Đã trả lại báo cáo; đơn vị được báo lý do."),
        label=_("Trả lại"),
        lead=_(
            "Báo cáo gửi trong hạn thì đơn vị còn ít nhất %d ngày làm việc để làm lại; gửi sau hạn thì chỉ được bù những ngày đã chờ."
        )
        % days,
    )


def recheck(request: Request, uid: UUID) -> HttpResponse:
    """Order a re-check visit."""
    report = report_seen(request, uid)
    form = RecheckForm(request.POST or None)
    found = report.recommendation
    return asked(
        request,
        found,
        CONFIRM,
        found.visit.inspection.lead,
        form,
        lambda: actions.order_recheck(report, by=request.user, **form.cleaned_data),
        _("Tổ chức phúc tra"),
        _("Đã mở cuộc phúc tra; báo cáo chờ kết quả phúc tra."),
        label=_("Mở cuộc phúc tra"),
    )


def answer_extension(request: Request, uid: UUID) -> HttpResponse:
    """Grant or refuse an extension."""
    seen_ones = Extension.objects.visible_to(request.user).select_related(
        "recommendation__visit__inspection__lead", "recommendation__unit"
    )
    extension = get_object_or_404(seen_ones, uid=uid)
    form = AnswerExtensionForm(request.POST or None, initial={"until": max(extension.until, today())})
    found = extension.recommendation
    about = {"due": vn_date(found.due_on), "until": vn_date(extension.until), "reason": extension.reason}
    return asked(
        request,
        found,
        "extension.decide",
        found.visit.inspection.lead,
        form,
        lambda: actions.answer_extension(extension, by=request.user, **form.cleaned_data),
        _("Trả lời đề nghị gia hạn"),
        _("Đã trả lời đề nghị gia hạn."),
        label=_("Trả lời"),
        lead=_("Hạn %(due)s, xin đến %(until)s. Lý do: %(reason)s") % about,
    )


def close(request: Request, uid: UUID) -> HttpResponse:
    """End a recommendation without a remedy."""
    found = seen(request, uid)
    form = ReasonForm(request.POST or None)
    return asked(
        request,
        found,
        "recommendation.close",
        found.visit.inspection.lead,
        form,
        lambda: actions.close_recommendation(found, by=request.user, **form.cleaned_data),
        _("Kết thúc kiến nghị"),
        _("Đã kết thúc kiến nghị."),
        label=_("Kết thúc"),
    )


def reassign(request: Request, uid: UUID) -> HttpResponse:
    """Give a recommendation of a unit that ended to another of its heirs."""
    found = seen(request, uid)
    if not found.was_transferred:
        raise Http404
    form = ReassignForm(receivers_of(found), request.POST or None)
    return asked(
        request,
        found,
        "unit.reorganise",
        found.unit,
        form,
        lambda: actions.reassign_recommendation(found, by=request.user, **form.cleaned_data),
        _("Giao lại kiến nghị"),
        _("Đã giao lại kiến nghị; đơn vị nhận được báo."),
        label=_("Giao lại"),
    )
