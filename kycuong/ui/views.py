"""The gallery: every component in every state, for those who write pages and for the test that looks at them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .gallery import choices, samples


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/gallery.html", samples())


@require_safe
def print_sheet(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/gallery_print.html", samples() | {"issuer": "Cơ quan mẫu", "back_url": "/ui/"})


@require_safe
def problem(request: HttpRequest) -> HttpResponse:
    """A refusal as it looks; nothing was refused, so the status is 200."""
    context = {
        "status": 422,
        "title": "Chưa thực hiện được",
        "vi": "Biên bản đã ký nên không sửa được; hãy hủy lượt này và ghi lại.",
        "en": "These minutes are signed and cannot be edited: annul the visit and record it again.",
        "errors": [{"cell": "C7", "message": "Ngày 30/02/2019 không có trong lịch."}],
        "next_step": "Mở lượt kiểm tra, chọn «Hủy lượt», ghi lý do rồi ghi lượt mới.",
        "back_url": "/ui/",
        "request_id": "4f1c2a9e77b03d15",
    }
    return render(request, "ui/problem.html", context)


@require_safe
def units(request: HttpRequest) -> JsonResponse:
    """Choices for the combobox of the gallery."""
    return JsonResponse(choices(request.GET.get("q", "")), safe=False)
