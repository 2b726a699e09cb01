"""The units inspected that no longer exist at the cut-off, with their successors."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_noop

from . import lists
from .figure import Column, Figure, Reading
from .tallies import UNITS

SUCCESSORS = """SELECT u.slug AS unit, w.name
FROM standing s
JOIN orgs_unit u ON u.id = s.unit_id
JOIN orgs_lineage l ON l.origin_id = s.unit_id AND l.heir_id <> s.unit_id AND l.valid_from <= :on AND l.valid_to > :on
JOIN orgs_unitversion w ON w.unit_id = l.heir_id AND w.valid_from <= :on AND w.valid_to > :on
WHERE s.inspected = 1 AND s.existing = 0
ORDER BY u.slug, w.sort_key"""


def read(rows: Reading) -> int:
    return sum(units for _, existing, _, inspected, units in rows[UNITS] if inspected and not existing)


CEASED = lists.units("inspected = 1 AND existing = 0")

FIGURE = Figure(
    name="units_inspected_ceased",
    titled=gettext_noop("Trong đó đã chấm dứt"),
    defined="Phần không còn tồn tại vào ngày chốt (sáp nhập, giải thể), nêu tên và đơn vị kế thừa.",
    definition_en="The part that no longer exists at the cut-off, listed by name and successor.",
    tallies=(UNITS,),
    read=read,
    listing=replace(
        CEASED, columns=(*CEASED.columns, Column("successors", gettext_noop("Đơn vị kế thừa"))), many=SUCCESSORS
    ),
)
