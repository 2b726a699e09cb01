"""When papers are made from an office's own Word file. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from kycuong.core.problems import BadInput, RuleBroken, Stale


class Fault(Protocol):
    """Something that is wrong with a file, in both languages."""

    @property
    def vi(self) -> str: ...
    @property
    def en(self) -> str: ...


def ensure_harmless(faults: Sequence[Fault]) -> None:
    """A file with a fault is not kept: each is told."""
    if faults:
        raise BadInput(
            "Tệp chưa dùng làm mẫu được; hãy sửa những chỗ nêu dưới đây trong Word rồi tải lên lại.",
            en="The file cannot be used yet: mend what is told and upload it again.",
            errors=[{"field": "file", "vi": one.vi, "en": one.en} for one in faults],
        )


def ensure_of(unit: int, paper: str, template_unit: int, template_paper: str) -> None:
    """A file was looked at for the papers of one kind of one unit."""
    if (unit, paper) != (template_unit, template_paper):
        raise RuleBroken(
            "Mẫu này của đơn vị khác hoặc của loại văn bản khác; hãy tải tệp lên ở đúng loại văn bản để được kiểm tra.",
            en="This file was checked for another unit or kind of paper; upload it there.",
        )


def ensure_seen(here: int, read: int | None) -> None:
    """Somebody else has set the same meanwhile: nobody writes over what was never seen."""
    if read is not None and read != here:
        raise Stale(
            "Người khác vừa sửa quy định này. Hãy tải lại trang, xem nội dung mới rồi lưu.",
            en="Somebody else has just set this. Load the page again, look at it, then save.",
        )
