"""What every number means, from the same words that the engine carries."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kycuong.core.http import Request
from kycuong.reports.figures import FIGURES


@require_safe
def definitions(request: Request) -> HttpResponse:
    """All figures, with words and periods."""
    return render(request, "reports/definitions_page.html", {"figures": FIGURES.values()})
