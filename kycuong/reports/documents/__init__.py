"""What figures become on paper and in workbooks: the summary report, made from its content alone."""

from __future__ import annotations

from .files import SUMMARY_FORMS, ensure_summary_form, summary_written
from .report import document_of
from .workbook import workbook_of

__all__ = ["SUMMARY_FORMS", "document_of", "ensure_summary_form", "summary_written", "workbook_of"]
