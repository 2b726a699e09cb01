"""Findings by severity."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from kycuong.catalog.rules import Severity

from . import lists
from .figure import Figure, Reading
from .tallies import FINDINGS


def read(rows: Reading) -> dict[str, int]:
    counted = {severity.name.lower(): 0 for severity in Severity}
    for _, severity, _, found in rows[FINDINGS]:
        counted[Severity(severity).name.lower()] += found
    return counted


FIGURE = Figure(
    name="findings_by_severity",
    titled=gettext_noop("Hạn chế theo mức độ"),
    defined="Các hạn chế, chia theo mức độ: nhẹ, trung bình, nghiêm trọng, rất nghiêm trọng; hạn chế đã sửa thì theo mức mới.",
    definition_en="Findings by severity: minor, medium, serious, grave; a changed one by its new severity.",
    tallies=(FINDINGS,),
    read=read,
    listing=lists.findings("severity"),
)
