"""The registers that a summary report annexes: visits with their documents (Biểu 3), recommendations and their answers (Biểu 4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext_noop as _

from . import lists
from .figure import Column, Listing
from .tallies import standing

NUMBERS = (
    Column("minutes", _("Số biên bản")),
    Column("conclusion", _("Số thông báo, kết luận")),
    Column("concluded_on", _("Ngày thông báo, kết luận"), "day"),
    Column("findings", _("Số tồn tại")),
)
VISIT_BODY = (
    lists.VISIT_BODY.replace(
        "SELECT v.uid AS visit,",
        f"""SELECT COALESCE(m.number, '') AS minutes, k.issued_on AS concluded_on,
       COALESCE(k.number, (SELECT MIN(r.document) FROM followup_recommendation r WHERE r.visit_id = n.visit_id
                           AND r.state <> 'draft' AND r.issued_on <= :last AND r.document <> ''), '') AS conclusion,
       (SELECT COUNT(*) FROM inspections_finding f WHERE f.visit_id = n.visit_id AND {standing("f")}) AS findings,
       v.uid AS visit,""",
    )
    + """
LEFT JOIN inspections_minutes m ON m.visit_id = n.visit_id
LEFT JOIN inspections_conclusion k ON k.visit_id = n.visit_id AND k.issued_on <= :last"""
)
VISITS = Listing((*lists.VISIT_COLUMNS, *NUMBERS), VISIT_BODY, order="visited_on, unit_name, visit", key="form")
"""Every visit that counts, in the order of days."""

ANSWER = Column("answer", _("Văn bản khắc phục"))
CARRIER = Column("carrier", _("Mã đơn vị thực hiện tiếp"))
"""Who had taken it over by the cut-off, when that is not the unit to which it was issued."""
ASKED = lists.recommendations(lists.HANDLED, where="")
RECOMMENDATIONS = replace(
    ASKED,
    columns=(*ASKED.columns, ANSWER, CARRIER),
    body=ASKED.body.replace(
        "SELECT r.uid AS recommendation,",
        """SELECT COALESCE((SELECT p.number FROM followup_remedyreport p WHERE p.id =
                           (SELECT MAX(x.id) FROM followup_remedyreport x WHERE x.recommendation_id = r.id
                            AND x.submitted_on <= :last)), '') AS answer,
                  COALESCE((SELECT z.slug FROM followup_recommendationtransfer t JOIN orgs_unit z ON z.id = t.to_unit_id
                           WHERE t.to_unit_id <> r.issued_to_id AND t.id =
                           (SELECT MAX(x.id) FROM followup_recommendationtransfer x WHERE x.recommendation_id = r.id
                            AND x.transferred_on <= :last)), '') AS carrier, r.uid AS recommendation,""",
    ),
)
"""Those issued in the period, as they stood at the cut-off."""


def brought_forward(since: date) -> Listing:
    """Those issued before the day and not brought to an end by the cut-off. Asked for a period that begins long before."""
    return replace(RECOMMENDATIONS, where="handled = 0 AND issued_on < :since", values=(("since", since),))
