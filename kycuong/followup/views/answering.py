"""The unit's pages: taking note, reporting a remedy with its proof, asking for more time."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.files import store
from kycuong.files.views import sent
from kycuong.followup import actions
from kycuong.followup.forms.recommendations import AskExtensionForm, ProofForm, RemedyForm
from kycuong.followup.models import FollowupRule, RemedyFile, RemedyReport
from kycuong.orgs.authority import authorize
from kycuong.ui.formats import vn_date
from kycuong.ui.forms import attempt

from ._pages import asked, called, crumbs, seen

REPORT = "remedy.report"


@require_POST
def acknowledge(request: Request, uid: UUID) -> HttpResponse:
    """The unit has read what it is asked to do."""
    found = seen(request, uid)
    actions.acknowledge(found, by=request.user)
    messages.success(request, _("Đã ghi nhận đơn vị nhận kiến nghị. Khi làm xong, hãy báo cáo khắc phục."))
    return redirect(found)


def report(request: Request, uid: UUID) -> HttpResponse:
    """Report the remedy; bad files do not take the report with them."""
    found = seen(request, uid)
    authorize(request.user, REPORT, at=found.unit)
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = RemedyForm(*data)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("extent", "text", "number")}
        done = attempt(form, lambda: actions.report_remedy(found, by=request.user, **given))
        if done is not None:
            bad = _keep(request, done, form.cleaned_data["file"], "", "")
            said = _("Đã gửi báo cáo khắc phục. Trong lúc chờ kiểm chứng, đơn vị không bị tính quá hạn.")
            messages.success(request, said, extra_tags=f"kept:{request.path}")
            if bad:
                messages.warning(request, _("Tệp chưa nhận được: %s") % "; ".join(bad))
                return redirect("followup:proof", done.uid)
            return redirect(found)
    title = _("Báo cáo khắc phục")
    context = {
        "title": title,
        "lead": found.text,
        "form": form,
        "keep": request.path,
        "files": True,
        "act": _("Gửi báo cáo"),
        "back": found.get_absolute_url(),
        "crumbs": crumbs((called(found), found.get_absolute_url()), (title, "")),
    }
    return page(request, "ui/one_form.html", context=context, status=422 if form.is_bound else 200)


def proof(request: Request, uid: UUID) -> HttpResponse:
    """Add proof to a report that waits."""
    waiting = report_seen(request, uid)
    found = waiting.recommendation
    codes = sorted(code for code in set(found.findings.values_list("criterion_code", flat=True)) if code)
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ProofForm(codes, *data)

    def add() -> bool | None:
        about = form.cleaned_data["criterion_code"], form.cleaned_data["caption"]
        bad = _keep(request, waiting, form.cleaned_data["file"], *about)
        for words in bad:
            form.add_error("file", words)
        return None if bad else True

    title, done = _("Thêm minh chứng"), _("Đã thêm minh chứng.")
    return asked(request, found, REPORT, found.unit, form, add, title, done, files=True, label=_("Gửi"))


def ask_extension(request: Request, uid: UUID) -> HttpResponse:
    """Ask for more time."""
    found = seen(request, uid)
    form = AskExtensionForm(request.POST or None)
    rule = FollowupRule.on(found.issued_on or today())
    lead = _("Hạn hiện nay: %(due)s. Trong lúc chờ trả lời, đơn vị không bị tính quá hạn; nếu trả lời sau hạn mà không đồng ý, "
             "đơn vị vẫn còn %(days)d ngày làm việc.") % {"due": vn_date(found.due_on), "days": rule.return_days}  # fmt: skip
    return asked(
        request,
        found,
        REPORT,
        found.unit,
        form,
        lambda: actions.ask_extension(found, by=request.user, **form.cleaned_data),
        _("Xin gia hạn"),
        _("Đã gửi đề nghị gia hạn."),
        label=_("Gửi đề nghị"),
        lead=lead,
    )


@require_safe
def shown(request: Request, uid: UUID) -> HttpResponse:
    """The copy to show of a photo; a document as it was sent, to be saved."""
    attachment = _file(request, uid).attachment
    if attachment.is_photo:
        return sent(store.contents(attachment.shown_sha256), "image/jpeg", f"{attachment.name.rsplit('.', 1)[0]}.jpg")
    return sent(store.contents(attachment.sha256), "application/pdf", attachment.name, away=True)


@require_safe
def thumbnail(request: Request, uid: UUID) -> HttpResponse:
    """A small photo for lists."""
    attachment = _file(request, uid).attachment
    if not attachment.is_photo:
        raise Http404
    return sent(store.contents(attachment.thumbnail_sha256), "image/jpeg", "anh-nho.jpg")


def _keep(request: Request, waiting: RemedyReport, several: list[Any], code: str, caption: str) -> list[str]:
    """Each file by itself. Returns what is wrong with those that were not taken."""
    bad: list[str] = []
    for one in (one for one in several if one):
        form = ProofForm([])
        name = (one.name or "")[:80]

        def add(one: Any = one) -> RemedyFile:
            examined = store.examine(one.read(settings.FILE_BYTES + 1), one.name or "")
            return actions.add_remedy_file(
                waiting, by=request.user, examined=examined, criterion_code=code, caption=caption
            )

        form.full_clean()
        form.cleaned_data = {}
        if attempt(form, add) is None:
            bad.append(f"{name}: {' '.join(str(error) for errors in form.errors.values() for error in errors)}")
    return bad


def report_seen(request: Request, uid: UUID) -> RemedyReport:
    found = RemedyReport.objects.visible_to(request.user).select_related(
        "recommendation__visit__inspection__lead", "recommendation__unit"
    )
    return get_object_or_404(found, uid=uid)


def _file(request: Request, uid: UUID) -> RemedyFile:
    return get_object_or_404(RemedyFile.objects.visible_to(request.user), uid=uid)
