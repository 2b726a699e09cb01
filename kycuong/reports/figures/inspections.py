"""Cuộc kiểm tra: inspections with at least one visit that counts."""

from __future__ import annotations

from . import lists
from .figure import Figure, Reading
from .tallies import BY_FORM


def read(rows: Reading) -> int:
    return sum(inspections for _, inspections, _ in rows[BY_FORM])


FIGURE = Figure(
    name="inspections",
    title="Cuộc kiểm tra",
    definition="Số cuộc khác nhau có ít nhất một lượt được tính trong kỳ, theo cách nhìn đã chọn.",
    definition_en="Distinct inspections with at least one counting visit in the period, in the chosen view.",
    tallies=(BY_FORM,),
    read=read,
    listing=lists.INSPECTIONS,
)
