"""Pages of the photos and files of a visit; the only way to their bytes, and only for those who may see the visit."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kycuong.core.clock import now
from kycuong.core.http import Request
from kycuong.files import store
from kycuong.files.marking import marked
from kycuong.files.views import sent
from kycuong.inspections import actions, authority
from kycuong.inspections.forms.evidence import FilesForm
from kycuong.inspections.forms.opening import ReasonForm
from kycuong.inspections.models import Visit, VisitFile
from kycuong.inspections.queries import bytes_used, criteria_at, files_of
from kycuong.inspections.rules import VisitState
from kycuong.orgs.authority import authorize, can
from kycuong.ui.formats import vn_datetime
from kycuong.ui.forms import attempt

from . import _visit
from ._visit import about, seen


def files(request: Request, uid: UUID) -> HttpResponse:
    """The photos and files of a visit; while it is a draft, a form to add more."""
    found = seen(request, uid)
    lead = found.inspection.lead
    if request.method == "POST":
        authority.authorize(request.user, "visit.record", at=found)
    asked = {"criterion_code": request.GET.get("criterion", "")}
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = FilesForm(criteria_at(found), *data, initial=asked)
    if form.is_valid() and _add(request, found, form):
        return redirect("inspections:files", uid)
    shown = about(request, found)
    context = shown | {
        "title": _("Ảnh và tệp"),
        "visit_title": shown["title"],
        "form": form,
        "files": files_of(found),
        "used": bytes_used(found),
        "most": settings.VISIT_FILES_BYTES,
        "may_add": found.state == VisitState.DRAFT and authority.can(request.user, "visit.record", at=found),
        "may_look": can(request.user, "evidence.custody", at=lead),
        "crumbs": [*shown["crumbs"][:-1], (shown["title"], found.get_absolute_url()), (_("Ảnh và tệp"), "")],
    }
    return _visit.shown(request, found, "inspections/files.html", context, status=422 if form.errors else 200)


def _add(request: Request, found: Visit, form: FilesForm) -> bool:
    """Each file by itself: a bad one does not take the good ones with it."""
    given = {name: form.cleaned_data[name] for name in ("criterion_code", "caption")}
    several, added = form.cleaned_data["file"], 0
    for given_file in several:

        def one(given_file: Any = given_file) -> VisitFile:
            examined = store.examine(given_file.read(settings.FILE_BYTES + 1), given_file.name or "")
            return actions.add_file(found, by=request.user, examined=examined, **given)

        if attempt(form, one) is not None:
            added += 1
        elif len(several) > 1:
            form.add_error("file", _("Tệp chưa nhận: %(name)s") % {"name": (given_file.name or "")[:80]})
    if added:
        messages.success(request, _("Đã thêm %(count)d ảnh, tệp.") % {"count": added})
    return not form.errors


@require_safe
def shown(request: Request, uid: UUID) -> HttpResponse:
    """The copy to show of a photo; a document as it was sent, to be saved."""
    file = _file(request, uid)
    attachment = file.attachment
    if attachment.is_photo:
        name = f"{attachment.name.rsplit('.', 1)[0]}.jpg"
        return sent(_looked_at(request, file, store.contents(attachment.shown_sha256)), "image/jpeg", name)
    _looked_at(request, file, b"")
    return sent(store.contents(attachment.sha256), "application/pdf", attachment.name, away=True)


@require_safe
def thumbnail(request: Request, uid: UUID) -> HttpResponse:
    """A small photo for lists."""
    file = _file(request, uid)
    if not file.attachment.is_photo:
        raise Http404
    small = store.contents(file.attachment.thumbnail_sha256)
    return sent(_looked_at(request, file, small), "image/jpeg", "anh-nho.jpg")


def custody(request: Request, uid: UUID) -> HttpResponse:
    """Hour, place and camera, and the file as it was sent: after a reason, which is kept."""
    found = _file(request, uid)
    authorize(request.user, "evidence.custody", at=found.visit.inspection.lead)
    form = ReasonForm(request.POST or None)
    told: dict[str, Any] = {}
    if form.is_valid():
        done = attempt(form, lambda: actions.look_into_file(found, by=request.user, **form.cleaned_data))
        if done is not None:
            origin, original = done
            if "original" in request.POST:
                return sent(original, "application/octet-stream", found.attachment.name, away=True)
            told = {"looked": True, "origin": origin}
    back = reverse("inspections:files", args=[found.visit.uid])
    crumbs = [(_("Lượt kiểm tra"), found.visit.get_absolute_url()), (_("Ảnh và tệp"), back), (_("Bản gốc"), "")]
    context = {"title": _("Mở bản gốc"), "file": found, "form": form, "back": back, "crumbs": crumbs, **told}
    return _visit.shown(request, found.visit, "inspections/custody.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: Request, uid: UUID) -> HttpResponse:
    """Take a photo or file out of a draft, or out of the unit's answer."""
    found = _file(request, uid)
    taken = actions.remove_reply_file if found.reply_id else actions.remove_file
    taken(found, by=request.user)
    messages.success(request, _("Đã bỏ ảnh, tệp; việc bỏ được ghi vào nhật ký."))
    if found.reply:
        return redirect("inspections:reply", found.reply.finding.uid)
    return redirect("inspections:files", found.visit.uid)


def _looked_at(request: Request, file: VisitFile, photo: bytes) -> bytes:
    """While the visit is sealed the look is noted, and a photo bears the reader's name."""
    if not file.visit.is_sealed_draft:
        return photo
    actions.note_look(file.visit, by=request.user)
    return marked(photo, f"{request.user} {vn_datetime(now())}") if photo else photo


def _file(request: Request, uid: UUID) -> VisitFile:
    found = VisitFile.objects.visible_to(request.user).select_related(
        "visit__inspection__lead", "visit__unit", "attachment", "reply__finding"
    )
    return get_object_or_404(found, uid=uid)
