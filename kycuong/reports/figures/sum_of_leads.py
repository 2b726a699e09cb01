"""What adding up the leads' own reports would give."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from .figure import Column, Figure, Listing, Reading
from .tallies import LEADS

COLUMNS = (
    Column("unit", _("Mã đơn vị")),
    Column("unit_name", _("Đơn vị")),
    Column("lead", _("Mã cơ quan chủ trì")),
    Column("lead_name", _("Cơ quan chủ trì")),
    Column("visits", _("Số lượt")),
)
BODY = """SELECT u.slug AS unit, COALESCE(s.name, u.slug) AS unit_name, s.sort_key, a.slug AS lead,
       COALESCE(b.name, a.slug) AS lead_name, n.visits
FROM (SELECT unit_id, lead_id, COUNT(*) AS visits, MAX(visited_on) AS last_visit FROM counting GROUP BY unit_id, lead_id) n
JOIN standing s ON s.unit_id = n.unit_id
JOIN orgs_unit u ON u.id = n.unit_id
JOIN orgs_unit a ON a.id = n.lead_id
LEFT JOIN orgs_unitversion b ON b.unit_id = n.lead_id AND b.valid_from <= n.last_visit AND b.valid_to > n.last_visit"""


def read(rows: Reading) -> int:
    ((pairs,),) = rows[LEADS]
    return int(pairs)


FIGURE = Figure(
    name="sum_of_leads",
    titled=_("Cộng dồn theo cơ quan chủ trì"),
    defined="Tổng, qua từng cơ quan chủ trì, số đơn vị khác nhau mà cơ quan đó kiểm tra; đơn vị do hai nơi kiểm tra bị tính "
    "hai lần.",
    definition_en="The sum over lead authorities of the distinct units that each inspected, in the same scope, period and view.",
    tallies=(LEADS,),
    read=read,
    listing=Listing(COLUMNS, BODY, order="sort_key, unit, lead", needs=("counting", "standing"), key="lead"),
)
