"""Agencies whose plan for the year was issued by the cut-off."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as _

from .each import UNIT
from .figure import Column, Figure, Listing, Reading, Tally, rate

OWING = """FROM orgs_closure c
JOIN orgs_unitversion w ON w.unit_id = c.descendant_id AND w.valid_from <= :last AND w.valid_to > :last
JOIN (SELECT DISTINCT kind FROM plans_planduty WHERE valid_from <= :last AND valid_to > :last) d ON d.kind = w.kind
LEFT JOIN plans_inspectionplan p ON p.agency_id = c.descendant_id AND p.year = :year AND p.issued_on <= :last
{names}
WHERE c.ancestor_id = :scope AND c.valid_from <= :last AND c.valid_to > :last"""
PLANS = Tally(
    f"SELECT {{of_below}}COUNT(p.id) AS issued, COUNT(*) AS agencies\n{OWING.format(names='')}{{cut_below}}\n{{grouped}}",
    needs=(),
    by=UNIT,
    sums=2,
)
COLUMNS = (
    Column("unit", _("Mã đơn vị")),
    Column("unit_name", _("Cơ quan")),
    Column("kind", _("Loại")),
    Column("issued", _("Đã ban hành"), "mark"),
    Column("number", _("Số kế hoạch")),
    Column("issued_on", _("Ngày ban hành"), "day"),
)
BODY = f"""SELECT u.slug AS unit, w.name AS unit_name, w.kind, w.sort_key,
       CASE WHEN p.id IS NULL THEN 0 ELSE 1 END AS issued, p.number, p.issued_on
{OWING.format(names="JOIN orgs_unit u ON u.id = c.descendant_id")}"""
LISTING = Listing(COLUMNS, BODY, order="issued, sort_key, unit", needs=(), key="kind")


def read(rows: Reading) -> dict[str, Any]:
    ((issued, agencies),) = rows[PLANS]
    return rate(issued, agencies)


FIGURE = Figure(
    name="agencies_with_plan",
    titled=_("Cơ quan đã ban hành kế hoạch"),
    defined="Trong các cơ quan phải có kế hoạch (theo loại, cài đặt; kể cả chính phạm vi) còn tồn tại vào ngày chốt: số đã ban "
    "hành kế hoạch của năm vào hoặc trước ngày chốt. Luôn theo tổ chức của ngày chốt.",
    definition_en="Of the agencies under the scope (itself included) that must issue a plan for the cut-off's year and exist then: "
    "those whose plan was issued on or before the cut-off. Never restated.",
    tallies=(PLANS,),
    read=read,
    listing=LISTING,
)
