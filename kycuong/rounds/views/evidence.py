"""The evidence of a year as one archive; and its link on the page of the index."""

from __future__ import annotations

from django.http import StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.core.clock import today
from kycuong.core.http import Request, streamed
from kycuong.core.problems import BadInput
from kycuong.orgs.authority import authorize
from kycuong.reports.forms import ParForm
from kycuong.reports.queries import ParSheet
from kycuong.rounds.documents import pack_name, packed
from kycuong.rounds.queries import evidence_for

ZIP = "application/zip"


@require_safe
def evidence(request: Request) -> StreamingHttpResponse:
    """`scope=…&year=…`, as the page of the index asks."""
    form = ParForm(request.GET, person=request.user)
    if not form.is_valid():
        raise BadInput(
            "Địa chỉ này có chỗ chưa đúng (đơn vị, năm) nên chưa lập được gói. Hãy mở lại từ trang Minh chứng Chỉ số CCHC.",
            en="This address has a fault (scope, year). Open it from the page of the index.",
        )
    scope = form.cleaned_data["scope"]
    authorize(request.user, "figures.see", at=scope)
    found = evidence_for(scope, form.cleaned_data["year"], request.user, today=today())
    return streamed(packed(found, request.user), ZIP, pack_name(found.sheet))


def link(request: Request, sheet: ParSheet) -> tuple[str, str]:
    """On the page of the index: what it is called, where it is."""
    return _("Tải gói minh chứng"), f"{reverse('rounds:evidence')}?scope={sheet.scope.slug}&year={sheet.year}"
