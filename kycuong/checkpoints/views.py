"""The pages of checkpoints and receipts: what was signed, and whether what somebody kept still agrees."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kycuong.audit.notes import BadNote
from kycuong.audit.queries import Compared, compared, first_stamp, public_key
from kycuong.audit.receipts import Examined, examined
from kycuong.core.http import Request, page, saved

from .authority import may_list
from .documents import receipt_file
from .forms import NoteForm, ReceiptForm
from .queries import lines, listed_to, received, reply_of

SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
def checkpoints(request: Request) -> HttpResponse:
    """Anybody may compare a checkpoint; how fast the log grows is for those who look after it. Nothing is written."""
    key = public_key()  # first: without one nothing can be compared
    rows = lines(listed_to(request.user)[:SHOWN])
    form = NoteForm(request.POST if request.method == "POST" else None)
    found = _compared(form) if form.is_bound and form.is_valid() else None
    context = {
        "title": _("Mốc kiểm chứng của nhật ký"),
        "form": form,
        "found": found,
        "may_list": may_list(request.user),
        "rows": rows,
        "stamping": bool(settings.TSA) or any(one.stamp or one.wrong for one in rows),
        "key": key,
    }
    return page(request, "checkpoints/list.html", context=context, status=422 if form.errors else 200)


def _compared(form: NoteForm) -> Compared | None:
    try:
        return compared(form.cleaned_data["note"])
    except BadNote:
        form.add_error(
            "note",
            _(
                "Đây không phải mốc do nhật ký này ký, hoặc chép thiếu, sai chữ. Hãy dán lại đủ các dòng, đúng như đã in."
            ),
        )
        return None


@require_safe
def note(request: Request, size: int) -> HttpResponse:
    """One checkpoint as it was signed, to be kept elsewhere."""
    found = get_object_or_404(listed_to(request.user), size=size)
    name = f"moc-kiem-chung-{size}.txt"
    return HttpResponse(
        found.note,
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_safe
def stamp(request: Request, size: int) -> HttpResponse:
    """What the time-stamping authority answered, as `openssl ts -verify` takes it."""
    row = get_object_or_404(listed_to(request.user), size=size)
    return saved(reply_of(row), "application/timestamp-reply", f"moc-kiem-chung-{size}.tsr")


@require_safe
def receipt(request: Request, kind: str, uid: UUID) -> HttpResponse:
    """What was recorded of an act, and how to prove it later."""
    kept, found = received(request.user, kind, uid)
    stamp = first_stamp(found.checkpoint.size, found.recorded_at) if found.checkpoint else None
    context = {
        "title": _("Biên nhận"),
        "kept": kept,
        "found": found,
        "kind": kind,
        "uid": uid,
        "stamp": stamp and stamp[1],
    }
    return page(request, "checkpoints/receipt.html", context=context)


@require_safe
def receipt_as(request: Request, kind: str, uid: UUID, form: str) -> HttpResponse:
    """The same as a file, or as a square code."""
    _kept, found = received(request.user, kind, uid)
    file = receipt_file(found, form)
    if form == "svg":
        return HttpResponse(file.data, content_type=file.type)
    return saved(file.data, file.type, f"bien-nhan-{found.number}.{form}")


@require_http_methods(["GET", "HEAD", "POST"])
def check_receipt(request: Request) -> HttpResponse:
    """Anybody who is signed in may check a receipt. Nothing is written."""
    form = ReceiptForm(request.POST, request.FILES) if request.method == "POST" else ReceiptForm()
    found = _examined(form) if form.is_bound and form.is_valid() else None
    context = {"title": _("Kiểm tra biên nhận"), "form": form, "found": found}
    return page(request, "checkpoints/check_receipt.html", context=context, status=422 if form.errors else 200)


def _examined(form: ReceiptForm) -> Examined | None:
    try:
        return examined(form.cleaned_data["text"])
    except BadNote:
        form.add_error(
            "text",
            _(
                "Đây không phải biên nhận của nhật ký này, hoặc chép thiếu, sai chữ. Hãy dán lại đủ các dòng, đúng như trong tệp."
            ),
        )
        return None
