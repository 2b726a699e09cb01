"""Inspections by form."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from kycuong.inspections.rules import COUNTED_FORMS

from . import lists
from .figure import Figure, Reading
from .tallies import BY_FORM


def read(rows: Reading) -> dict[str, int]:
    counted = {form: inspections for form, inspections, _ in rows[BY_FORM]}
    return {str(form): counted.get(form, 0) for form in COUNTED_FORMS}


FIGURE = Figure(
    name="inspections_by_form",
    titled=gettext_noop("Cuộc kiểm tra theo hình thức"),
    defined="Các cuộc kiểm tra, chia theo hình thức: theo kế hoạch, đột xuất, kết hợp, kiểm tra chéo, phúc tra, từ xa.",
    definition_en="Inspections by form: planned, surprise, combined, cross_check, recheck, remote.",
    tallies=(BY_FORM,),
    read=read,
    listing=lists.INSPECTIONS,
)
