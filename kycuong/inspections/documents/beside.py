"""What was signed beside the words of minutes: case files chosen at random, photos and files, each with what proves it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.timezone import localtime

from kycuong.inspections.models import CaseFilePick, Visit
from kycuong.inspections.queries import files_of
from kycuong.papers.model import Block, Column, Heading, Table

PICKS = [
    Column("Lần", 1.2, "center"),
    Column("Chọn từ", 5),
    Column("Hồ sơ được chọn", 4.5),
    Column("Để chọn lại", 5, "center"),
]
FILES = [
    Column("TT", 1.2, "center"),
    Column("Ảnh, tệp", 7),
    Column("Tiêu chí", 2.5, "center"),
    Column("Mã SHA-256", 5, "center"),
]
DIGITS = 16
"""Of a code on one line of a cell."""


def beside(visit: Visit, place: int) -> list[Block]:
    """Clauses from number `place` on, for what there is."""
    return [
        block for place, (title, table) in enumerate(_tables(visit), place) for block in _clause(place, title, table)
    ]


def _clause(place: int, title: str, table: Table) -> list[Block]:
    return [Heading(f"{place}. {title}", 2), table]


def _tables(visit: Visit) -> Iterator[tuple[str, Table]]:
    picks = [_pick(one) for one in visit.picks.order_by("position")]
    if picks:
        yield "Hồ sơ được chọn ngẫu nhiên", Table("Hồ sơ được chọn ngẫu nhiên", PICKS, picks)
    files = [
        [str(at), one.caption or one.attachment.name, one.criterion_code, _code(one.attachment.sha256)]
        for at, one in enumerate(files_of(visit), 1)
    ]
    if files:
        yield "Ảnh, tệp kèm theo, lưu trong hệ thống", Table("Ảnh, tệp kèm theo", FILES, files)


def _pick(one: CaseFilePick) -> list[str]:
    """All that is needed to choose again, but for the list itself, which its code stands for."""
    text = f"{one.subject}: chọn {one.number} trong {one.size} hồ sơ, {localtime(one.picked_at):%d/%m/%Y %H:%M}."
    if one.reason:
        text += f"\nLý do chọn thêm: {one.reason}"
    again = f"Số gieo:\n{_code(one.seed)}\nMã danh sách (SHA-256):\n{_code(one.list_sha256)}"
    return [str(one.position), text, ", ".join(one.picked), again]


def _code(code: str) -> str:
    """A long code in lines that fit, as it would be read out."""
    return "\n".join(code[at : at + DIGITS] for at in range(0, len(code), DIGITS))
