"""The documents that prove a year to whoever scores it: plans, conclusions, answers on remedies. No figures: lists alone."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from .figure import Column, Listing

COLUMNS = (
    Column("unit", _("Mã đơn vị")),
    Column("unit_name", _("Đơn vị")),
    Column("number", _("Số, ký hiệu")),
    Column("issued_on", _("Ngày"), "day"),
)
NAMED = """SELECT u.slug AS unit, COALESCE(w.name, u.slug) AS unit_name, w.sort_key, d.number, d.issued_on
FROM ({documents}) d
JOIN orgs_unit u ON u.id = d.unit_id
LEFT JOIN orgs_unitversion w ON w.unit_id = d.unit_id AND w.valid_from <= d.issued_on AND w.valid_to > d.issued_on"""

ISSUED_PLANS = """SELECT p.agency_id AS unit_id, p.number, p.issued_on
  FROM orgs_closure c
  JOIN plans_inspectionplan p ON p.agency_id = c.descendant_id AND p.year = :year AND p.issued_on <= :last
  WHERE c.ancestor_id = :scope AND c.valid_from <= :last AND c.valid_to > :last"""
ISSUED_CONCLUSIONS = """SELECT n.subject_id AS unit_id, k.number, k.issued_on
  FROM counting n
  JOIN inspections_conclusion k ON k.visit_id = n.visit_id AND k.issued_on <= :last
  UNION
  -- what came from a table of before names its document on the recommendation itself
  SELECT n.subject_id, r.document, n.issued_on
  FROM recommended n
  JOIN followup_recommendation r ON r.id = n.recommendation_id
  LEFT JOIN inspections_conclusion k ON k.visit_id = n.visit_id AND k.issued_on <= :last
  WHERE k.id IS NULL"""
TOLD_REMEDIES = """SELECT n.subject_id AS unit_id, COALESCE(p.number, '') AS number, COALESCE(p.submitted_on, r.settled_on) AS issued_on
  FROM recommended n
  JOIN followup_recommendation r ON r.id = n.recommendation_id
  LEFT JOIN followup_remedyreport p ON p.recommendation_id = n.recommendation_id AND p.submitted_on <= :last
  WHERE p.id IS NOT NULL OR n.handled = 1"""
ORDER = "sort_key, unit, issued_on, number"

PROOF: dict[str, Listing] = {
    "plans": Listing(COLUMNS, NAMED.format(documents=ISSUED_PLANS), order=ORDER, needs=()),
    "conclusions": Listing(
        COLUMNS, NAMED.format(documents=ISSUED_CONCLUSIONS), order=ORDER, needs=("counting", "recommended")
    ),
    "remedies": Listing(COLUMNS, NAMED.format(documents=TOLD_REMEDIES), order=ORDER, needs=("recommended",)),
}
"""Kind of document → its list."""
