"""What a restated figure cannot place whole: units that were divided, or have no heir, on the chosen day."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from .figure import Column, Figure, Listing, Reading, Tally

NEEDS = ("carried", "flagged")
FLAGGED = Tally("SELECT COUNT(DISTINCT unit_id) AS units FROM flagged", needs=NEEDS)
COLUMNS = (
    Column("unit", _("Mã đơn vị")),
    Column("unit_name", _("Đơn vị")),
    Column("visits", _("Số lượt")),
    Column("divided", _("Bị chia"), "mark"),
    Column("counted", _("Vẫn được tính"), "mark"),
    Column("heirs", _("Đơn vị kế thừa")),
)
BODY = """SELECT u.slug AS unit, COALESCE(w.name, u.slug) AS unit_name, w.sort_key, n.visits, n.divided, n.counted
FROM (SELECT unit_id, COUNT(*) AS visits, MAX(divided) AS divided, MAX(counted) AS counted, MAX(visited_on) AS last_visit
      FROM flagged GROUP BY unit_id) n
JOIN orgs_unit u ON u.id = n.unit_id
LEFT JOIN orgs_unitversion w ON w.unit_id = n.unit_id AND w.valid_from <= n.last_visit AND w.valid_to > n.last_visit"""
HEIRS = """SELECT u.slug AS unit, w.name
FROM (SELECT DISTINCT unit_id FROM flagged) n
JOIN orgs_unit u ON u.id = n.unit_id
JOIN orgs_lineage l ON l.origin_id = n.unit_id AND l.valid_from <= :on AND l.valid_to > :on
JOIN orgs_unitversion w ON w.unit_id = l.heir_id AND w.valid_from <= :on AND w.valid_to > :on
ORDER BY u.slug, w.sort_key"""


def read(rows: Reading) -> int:
    ((units,),) = rows[FLAGGED]
    return int(units)


FIGURE = Figure(
    name="restated_flagged",
    titled=_("Cần xem riêng khi quy về ngày khác"),
    defined="Chỉ có khi quy về tổ chức của ngày khác: đơn vị (theo cơ quan chủ trì: cơ quan chủ trì) có lượt trong kỳ mà đến "
    "ngày đó đã bị chia, hoặc không có đơn vị kế thừa. Không bao giờ chia số: đơn vị bị chia chỉ được tính, như chính nó, "
    "khi mọi đơn vị kế thừa đều nằm dưới phạm vi.",
    definition_en="Only when restated: units (by lead: leads) with visits in the period that were divided by that day or have no "
    "heir. Numbers are never divided: a divided unit counts, as itself, only where all its heirs lie under the scope.",
    tallies=(FLAGGED,),
    read=read,
    listing=Listing(COLUMNS, BODY, order="sort_key, unit", needs=NEEDS, many=HEIRS),
    asked=lambda question: question.restated_on is not None,
)
