"""Self-checks: not inspections, and reported apart."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from kycuong.inspections.rules import Form

from . import lists
from .each import UNIT
from .figure import Figure, Listing, Reading, Tally

SELF_CHECKS_ONLY = (("forms", (str(Form.SELF_CHECK),)),)
NEEDS = ("counting", "submitted")
"""`submitted` rests, when figures are restated, on who carries each unit on, which `counting` brings along."""
SELF_CHECKS = Tally(
    """SELECT {own}COUNT(*) AS checks
FROM (SELECT {own}1 AS one FROM counting UNION ALL SELECT {own}1 FROM submitted) handed
{grouped}""",
    needs=NEEDS,
    values=SELF_CHECKS_ONLY,
    by=UNIT,
)

COLUMNS = tuple(column for column in lists.VISIT_COLUMNS if column.name != "inspection")
BODY = f"""SELECT visit, visited_on, unit, unit_name, kind, lead, lead_name, form, month
FROM ({lists.VISIT_BODY}) signed
UNION ALL
SELECT NULL, p.submitted_on, u.slug, COALESCE(w.name, u.slug), w.kind, a.slug, COALESCE(b.name, a.slug), 'self_check',
       SUBSTR(CAST(p.submitted_on AS VARCHAR(10)), 1, 7)
FROM submitted p
JOIN orgs_unit u ON u.id = p.unit_id
LEFT JOIN orgs_unitversion w ON w.unit_id = p.unit_id AND w.valid_from <= p.submitted_on AND w.valid_to > p.submitted_on
JOIN orgs_unit a ON a.id = p.lead_id
LEFT JOIN orgs_unitversion b ON b.unit_id = p.lead_id AND b.valid_from <= p.submitted_on AND b.valid_to > p.submitted_on"""


def read(rows: Reading) -> int:
    return sum(checks for (checks,) in rows[SELF_CHECKS])


FIGURE = Figure(
    name="self_checks",
    titled=_("Lượt tự kiểm tra"),
    defined=(
        "Lượt hình thức tự kiểm tra có biên bản đã ký trong kỳ, cộng các bản tự kiểm tra đơn vị đã nộp trong kỳ theo đợt do cơ quan "
        "cấp trên gửi. Tự kiểm tra không phải là kiểm tra và không nằm trong số nào khác."
    ),
    definition_en=(
        "Visits of the form self-check with signed minutes in the period, and self-checks that units submitted in the period in "
        "campaigns of the authorities above them: apart, in no other figure."
    ),
    tallies=(SELF_CHECKS,),
    read=read,
    listing=Listing(
        COLUMNS,
        BODY,
        order="visited_on DESC, unit, visit",
        needs=NEEDS,
        key="form",
        values=SELF_CHECKS_ONLY,
    ),
)
