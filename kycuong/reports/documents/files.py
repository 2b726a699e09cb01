"""The summary report as a file to take away: Word, PDF or a workbook."""

from __future__ import annotations

from kycuong.core.problems import BadInput, Missing
from kycuong.letterheads.documents import Written, as_file
from kycuong.letterheads.rules import FORMS
from kycuong.reports.rules.summary import Summary
from kycuong.ui.formats import vn_number

from .report import document_of
from .workbook import workbook_of

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SUMMARY_FORMS = (*FORMS, "xlsx")
MOST_PRINTED = 1500
"""Rows of Biểu 3 and Biểu 4 together that Word and PDF take."""


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
    ensure_printable(summary)
    return as_file(document_of(summary), form, name)


def ensure_printable(summary: Summary) -> None:
    """Registers of thousands of rows are hundreds of sheets of paper, and minutes of composing: a workbook holds them at once."""
    rows = len(summary.visits) + len(summary.advice)
    if rows > MOST_PRINTED:
        raise BadInput(
            f"Biểu 3 và Biểu 4 có {vn_number(rows)} dòng, nhiều hơn {vn_number(MOST_PRINTED)} dòng mà tệp Word, PDF chứa được. Hãy tải Excel, "
            "hoặc chọn kỳ ngắn hơn.",
            en=f"Tables 3 and 4 hold {rows} rows; Word and PDF hold at most {MOST_PRINTED}. Take the workbook, or a shorter period.",
        )
