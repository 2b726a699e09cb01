"""The phones of a person and of those one answers for."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kycuong.core.http import Request, page
from kycuong.field import actions
from kycuong.field.models import FieldDevice
from kycuong.field.queries.log import in_plain_text
from kycuong.field.queries.received import phone_lines


@require_safe
def devices(request: Request) -> HttpResponse:
    """Which phones carry work, how much of it has not come, and who asks for a key."""
    title = _("Máy đi thực địa")
    context = {
        "title": title,
        "lines": phone_lines(request.user),
        "crumbs": [(_("Nhận từ thực địa"), "/field/received/"), (title, "")],
    }
    return page(request, "field/devices.html", context=context)


@require_safe
def unplaced(request: Request, uid: UUID) -> HttpResponse:
    """What a phone sent that belongs to no visit here, as a text to keep. Each look is on record."""
    device = _device(request, uid)
    text = in_plain_text(actions.read_unplaced(device, by=request.user))
    response = HttpResponse(text.encode(errors="backslashreplace"), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="may-{device.uid}.txt"'
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def revoke(request: Request, uid: UUID) -> HttpResponse:
    """Take a phone out of use."""
    actions.revoke(_device(request, uid), by=request.user)
    messages.success(
        request, _("Đã thu hồi máy. Máy không gửi, không tải về được nữa; phần chưa gửi nạp bằng gói dự phòng.")
    )
    return redirect("field:devices")


@require_POST
def approve_key(request: Request, uid: UUID) -> HttpResponse:
    """Let the owner have the key again."""
    actions.approve_key(_device(request, uid), by=request.user)
    messages.success(request, _("Đã duyệt: chủ máy mở lại được dữ liệu với mật khẩu mới."))
    return redirect("field:devices")


def _device(request: Request, uid: UUID) -> FieldDevice:
    return get_object_or_404(FieldDevice.objects.visible_to(request.user).select_related("person"), uid=uid)
