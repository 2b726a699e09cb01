"""What periodic reports are as files: a submission, a signed report, and all that proves a year to whoever scores it."""

from __future__ import annotations

from .kept import FORMS, ensure_form, proved, signed_document, signed_file, submission_file
from .pack import pack_name, packed

__all__ = [
    "FORMS",
    "ensure_form",
    "pack_name",
    "packed",
    "proved",
    "signed_document",
    "signed_file",
    "submission_file",
]
