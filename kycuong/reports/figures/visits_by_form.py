"""Visits by form."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from kycuong.inspections.rules import COUNTED_FORMS

from . import lists
from .figure import Figure, Reading
from .tallies import BY_FORM


def read(rows: Reading) -> dict[str, int]:
    counted = {form: visits for form, _, visits in rows[BY_FORM]}
    return {str(form): counted.get(form, 0) for form in COUNTED_FORMS}


FIGURE = Figure(
    name="visits_by_form",
    titled=gettext_noop("Lượt kiểm tra theo hình thức"),
    defined="Các lượt được tính, chia theo hình thức của cuộc: theo kế hoạch, đột xuất, kết hợp, kiểm tra chéo, phúc tra, "
    "từ xa.",
    definition_en="Counting visits by the form of their inspection.",
    tallies=(BY_FORM,),
    read=read,
    listing=lists.visits(),
)
