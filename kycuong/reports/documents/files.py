"""The summary report as a file to take away: Word, PDF or a workbook."""

from __future__ import annotations

from kycuong.core.problems import Missing
from kycuong.letterheads.documents import Written, as_file
from kycuong.letterheads.rules import FORMS
from kycuong.reports.rules.summary import Summary

from .report import document_of
from .workbook import workbook_of

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SUMMARY_FORMS = (*FORMS, "xlsx")


def ensure_summary_form(form: str) -> None:
    """Refuses before anything is counted."""
    if form not in SUMMARY_FORMS:
        raise Missing(
            f"Không có tệp kiểu «{form[:20]}»; hãy chọn docx, pdf hoặc xlsx.",
            en="No file of this type; docx, pdf or xlsx.",
        )


def summary_written(summary: Summary, form: str) -> Written:
    """The file with its name."""
    ensure_summary_form(form)
    name = f"bao-cao-tong-hop_{summary.scope.slug}_{summary.period.first}_{summary.period.last}"
    if form == "xlsx":
        return Written(workbook_of(summary), WORKBOOK, f"{name}.xlsx")
    return as_file(document_of(summary), form, name)
