"""The list of this capability as a file: legal documents. A checklist has a workbook of its own, which can be read in again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from kycuong.catalog.models import LegalBasis
from kycuong.catalog.queries import bases_with_use
from kycuong.orgs.models import Person
from kycuong.orgs.rules import FOREVER
from kycuong.sheets.listing import Column, Listed, of_rows

BASES: tuple[Column[Any], ...] = (
    Column(_lazy("Số, ký hiệu"), lambda row: row.number, 24),
    Column(_lazy("Tên"), lambda row: row.title, 60),
    Column(_lazy("Hiệu lực từ"), lambda row: row.valid_from, 14),
    Column(_lazy("Đến trước ngày"), lambda row: None if row.valid_to == FOREVER else row.valid_to, 14),
    Column(_lazy("Thay thế bởi"), lambda row: str(row.replaced_by or ""), 24),
    Column(_lazy("Số tiêu chí căn cứ vào"), lambda row: row.used, 12),
    Column(_lazy("Rà soát ngày"), lambda row: row.reviewed_on, 14),
)


def bases(person: Person, asked: Mapping[str, str]) -> Listed[Any]:
    """Everybody may read them."""
    seen = LegalBasis.objects.visible_to(person)
    return of_rows(bases_with_use(seen), seen, title=_("Căn cứ pháp lý"), columns=BASES, lines=lambda rows: rows)
