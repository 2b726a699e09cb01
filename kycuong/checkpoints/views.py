"""The page of checkpoints: those that were signed, and a look whether one that somebody kept still agrees."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kycuong.audit.notes import BadNote
from kycuong.audit.queries import Compared, compared, log_keys
from kycuong.core.http import Request, page

from .authority import may_list
from .forms import NoteForm
from .queries import listed_to

SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
def checkpoints(request: Request) -> HttpResponse:
    """Anybody may compare a checkpoint; how fast the log grows is for those who look after it. Nothing is written."""
    form = NoteForm(request.POST if request.method == "POST" else None)
    found = _compared(form) if form.is_bound and form.is_valid() else None
    context = {
        "title": _("Mốc kiểm chứng của nhật ký"),
        "form": form,
        "found": found,
        "may_list": may_list(request.user),
        "rows": listed_to(request.user)[:SHOWN],
        "key": log_keys()[0].vkey,
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
