"""Photos that came after the signing: looked at, taken in by an addendum, or noted as no part of the minutes."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kycuong.core.http import Request, page
from kycuong.core.problems import Missing
from kycuong.field import actions, store
from kycuong.field.authority import may_read_log
from kycuong.field.forms import LateForm, SeveralForm
from kycuong.field.models import FieldMedia
from kycuong.field.queries.late import late_photos
from kycuong.files.store import contents, examine
from kycuong.files.views import sent
from kycuong.inspections.authority import authorize
from kycuong.inspections.models import Visit
from kycuong.inspections.queries import name_at
from kycuong.ui.forms import attempt

from .received import done, visit_seen


@require_safe
def photo(request: Request, uid: UUID) -> HttpResponse:
    """The copy to show, made anew from the bytes; what is no photo is told as such."""
    seen = FieldMedia.objects.visible_to(request.user).came_late()
    found = get_object_or_404(seen.select_related("visit__inspection__lead", "attachment"), uid=uid)
    if not may_read_log(request.user, found.visit):
        raise Missing("Không tìm thấy ảnh này.", en="There is no such photo for you.")
    name = f"{found.sha256[:12]}.jpg"
    if found.attachment:
        return sent(contents(found.attachment.shown_sha256), "image/jpeg", name)
    return sent(examine(store.contents(found.uid), name).shown, "image/jpeg", name)


def join(request: Request, uid: UUID) -> HttpResponse:
    """An addendum with the photos that are ticked."""
    found = visit_seen(request, uid)
    authorize(request.user, "visit.sign", at=found)
    waiting = [one for one in late_photos(found) if not one.is_decided]
    initial = {"team_signatory": request.user.position, "chosen": [str(one.media.uid) for one in waiting]}
    form = LateForm(request.POST or None, photos=waiting, initial=initial)
    if form.is_valid():
        given = form.given

        def act() -> object:
            looked_at = actions.examined_late(found, given["media"])
            return actions.join_late(found, by=request.user, examined=looked_at, **given)

        if attempt(form, act) is not None:
            messages.success(request, _("Đã ký biên bản bổ sung có ảnh."), extra_tags=f"kept:late-{uid}")
            return redirect("field:visit", found.uid)
    return _form_shown(request, found, form)


def _form_shown(request: Request, found: Visit, form: LateForm) -> HttpResponse:
    title = _("Biên bản bổ sung có ảnh về sau khi ký")
    back = f"/field/visits/{found.uid}/"
    context = {
        "title": title,
        "lead": _("%(unit)s, ngày %(day)s") % {"unit": name_at(found), "day": f"{found.visited_on:%d/%m/%Y}"},
        "form": form,
        "keep": f"late-{found.uid}",
        "act": _("Ký biên bản bổ sung"),
        "back": back,
        "crumbs": [(_("Nhận từ thực địa"), "/field/received/"), (name_at(found), back), (title, "")],
    }
    return page(request, "ui/one_form.html", context=context, status=422 if form.is_bound else 200)


@require_POST
def beside(request: Request, uid: UUID) -> HttpResponse:
    """The photos that are ticked are no part of the minutes."""
    found = visit_seen(request, uid)
    form = SeveralForm(request.POST, ticked=request.POST.getlist("late"))

    def act() -> object:
        return actions.put_beside(found, by=request.user, media=form.ticked, reason=form.why)

    return done(request, found, act, _("Đã ghi: các ảnh này không thuộc biên bản. Ảnh vẫn được giữ."))
