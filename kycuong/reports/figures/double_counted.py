"""What the sum of the leads counts more than once."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from . import sum_of_leads, units_inspected
from .figure import Column, Figure, Listing, Reading
from .tallies import LEADS, UNITS

COLUMNS = (
    *sum_of_leads.COLUMNS,
    Column("first_lead", _("Mã cơ quan đã tính")),
    Column("first_lead_name", _("Đã tính ở cơ quan")),
)
BODY = """SELECT u.slug AS unit, COALESCE(s.name, u.slug) AS unit_name, s.sort_key, a.slug AS lead,
       COALESCE(b.name, a.slug) AS lead_name, n.visits, d.slug AS first_lead, COALESCE(e.name, d.slug) AS first_lead_name
FROM (SELECT unit_id, lead_id, COUNT(*) AS visits, MAX(visited_on) AS last_visit FROM counting GROUP BY unit_id, lead_id) n
JOIN (SELECT unit_id, MIN(lead_id) AS lead_id FROM counting GROUP BY unit_id) o ON o.unit_id = n.unit_id
JOIN standing s ON s.unit_id = n.unit_id
JOIN orgs_unit u ON u.id = n.unit_id
JOIN orgs_unit a ON a.id = n.lead_id
LEFT JOIN orgs_unitversion b ON b.unit_id = n.lead_id AND b.valid_from <= n.last_visit AND b.valid_to > n.last_visit
JOIN orgs_unit d ON d.id = o.lead_id
LEFT JOIN orgs_unitversion e ON e.unit_id = o.lead_id AND e.valid_from <= n.last_visit AND e.valid_to > n.last_visit
WHERE n.lead_id <> o.lead_id"""


def read(rows: Reading) -> int:
    return sum_of_leads.read(rows) - units_inspected.read(rows)


FIGURE = Figure(
    name="double_counted",
    titled=_("Trùng"),
    defined="Cộng dồn theo cơ quan chủ trì trừ số đơn vị được kiểm tra: phần mà phép cộng các báo cáo tính trùng.",
    definition_en="The sum of leads minus the units inspected: what adding up reports would count twice.",
    tallies=(LEADS, UNITS),
    read=read,
    listing=Listing(COLUMNS, BODY, order="sort_key, unit, lead", needs=("counting", "standing"), key="lead"),
)
