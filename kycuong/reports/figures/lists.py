"""The lists behind figures: one row for each visit, inspection, unit or finding that a figure counts."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as _

from .figure import Column, Listing
from .tallies import FINDING_STATE, HELD, SEVERITY

UNIT_COLUMNS = (
    Column("unit", _("Mã đơn vị")),
    Column("unit_name", _("Đơn vị")),
    Column("kind", _("Loại")),
    Column("existing", _("Đơn vị còn tồn tại"), "mark"),
    Column("belongs", _("Thuộc phạm vi"), "mark"),
    Column("inspected", _("Đã kiểm tra"), "mark"),
    Column("visits", _("Số lượt")),
    Column("first_visit", _("Lượt đầu"), "day"),
    Column("last_visit", _("Lượt cuối"), "day"),
)
UNIT_BODY = """SELECT u.slug AS unit, COALESCE(s.name, u.slug) AS unit_name, s.kind, s.existing, s.belongs, s.inspected,
       COALESCE(n.visits, 0) AS visits, n.first_visit, n.last_visit, s.sort_key
FROM standing s
JOIN orgs_unit u ON u.id = s.unit_id
LEFT JOIN (SELECT unit_id, COUNT(*) AS visits, MIN(visited_on) AS first_visit, MAX(visited_on) AS last_visit
           FROM counting GROUP BY unit_id) n ON n.unit_id = s.unit_id"""


def units(where: str) -> Listing:
    """Units that were inspected or belong to the scope, by name."""
    return Listing(
        UNIT_COLUMNS, UNIT_BODY, order="sort_key, unit", needs=("counting", "standing"), where=where, key="kind"
    )


VISIT_NAMES = """JOIN inspections_visit v ON v.id = n.visit_id
JOIN orgs_unit u ON u.id = n.subject_id
LEFT JOIN orgs_unitversion w ON w.unit_id = n.subject_id
  AND w.valid_from <= n.visited_on AND w.valid_to > n.visited_on"""
"""The unit as it was called on the day of the visit."""

MONTH = "SUBSTR(CAST(n.visited_on AS VARCHAR(10)), 1, 7)"

VISIT_COLUMNS = (
    Column("visit", _("Lượt"), "uid"),
    Column("visited_on", _("Ngày"), "day"),
    Column("unit", _("Mã đơn vị")),
    Column("unit_name", _("Đơn vị")),
    Column("kind", _("Loại")),
    Column("lead", _("Mã cơ quan chủ trì")),
    Column("lead_name", _("Cơ quan chủ trì")),
    Column("form", _("Hình thức")),
    Column("inspection", _("Cuộc"), "uid"),
    Column("month", _("Tháng")),
)
VISIT_BODY = f"""SELECT v.uid AS visit, n.visited_on, u.slug AS unit, COALESCE(w.name, u.slug) AS unit_name, w.kind,
       a.slug AS lead, COALESCE(b.name, a.slug) AS lead_name, n.form, i.uid AS inspection, {MONTH} AS month
FROM counting n
{VISIT_NAMES}
JOIN inspections_inspection i ON i.id = n.inspection_id
JOIN orgs_unit a ON a.id = i.lead_id
LEFT JOIN orgs_unitversion b ON b.unit_id = i.lead_id AND b.valid_from <= n.visited_on AND b.valid_to > n.visited_on"""


def visits(key: str = "form", values: tuple[tuple[str, Any], ...] = ()) -> Listing:
    """Visits, newest first, with the names of their day."""
    return Listing(VISIT_COLUMNS, VISIT_BODY, order="visited_on DESC, unit, visit", key=key, values=values)


INSPECTION_COLUMNS = (
    Column("inspection", _("Cuộc"), "uid"),
    Column("decision_number", _("Số quyết định")),
    Column("decision_on", _("Ngày quyết định"), "day"),
    Column("form", _("Hình thức")),
    Column("lead", _("Mã cơ quan chủ trì")),
    Column("lead_name", _("Cơ quan chủ trì")),
    Column("visits", _("Số lượt")),
    Column("units", _("Số đơn vị")),
    Column("surprise", _("Đột xuất"), "mark"),
)
INSPECTION_BODY = """SELECT i.id AS inspection_id, i.uid AS inspection, i.decision_number, i.decision_on, i.form, a.slug AS lead,
       COALESCE(b.name, a.slug) AS lead_name, n.visits, n.units, n.last_visit,
       CASE WHEN i.form = 'surprise' THEN 1 ELSE 0 END AS surprise
FROM (SELECT inspection_id, COUNT(*) AS visits, COUNT(DISTINCT unit_id) AS units, MAX(visited_on) AS last_visit
      FROM counting GROUP BY inspection_id) n
JOIN inspections_inspection i ON i.id = n.inspection_id
JOIN orgs_unit a ON a.id = i.lead_id
LEFT JOIN orgs_unitversion b ON b.unit_id = i.lead_id AND b.valid_from <= n.last_visit AND b.valid_to > n.last_visit"""
INSPECTIONS = Listing(INSPECTION_COLUMNS, INSPECTION_BODY, order="last_visit DESC, inspection", key="form")

FINDING_COLUMNS = (
    Column("finding", _("Hạn chế"), "uid"),
    Column("visit", _("Lượt"), "uid"),
    Column("visited_on", _("Ngày"), "day"),
    Column("unit", _("Mã đơn vị")),
    Column("unit_name", _("Đơn vị")),
    Column("criterion", _("Tiêu chí")),
    Column("group_code", _("Nhóm")),
    Column("severity", _("Mức độ")),
    Column("state", _("Tình trạng")),
    Column("due_on", _("Hạn khắc phục"), "day"),
    Column("remedied_on", _("Đã khắc phục"), "day"),
    Column("description", _("Mô tả")),
)
FINDING_BODY = f"""SELECT f.uid AS finding, v.uid AS visit, n.visited_on, u.slug AS unit, COALESCE(w.name, u.slug) AS unit_name,
       f.criterion_code AS criterion, CASE WHEN f.group_code = '' THEN 'other' ELSE f.group_code END AS group_code,
       CASE {SEVERITY} WHEN 1 THEN 'minor' WHEN 2 THEN 'medium' WHEN 3 THEN 'serious' ELSE 'grave' END AS severity,
       {FINDING_STATE} AS state, f.due_on, CASE WHEN f.remedied_on <= :last THEN f.remedied_on END AS remedied_on,
       CASE WHEN d.outcome = 'changed' THEN d.description ELSE f.description END AS description, f.id AS finding_id
FROM counting n
{HELD.format(visit="n")}
{VISIT_NAMES}"""


def findings(key: str, where: str = "") -> Listing:
    """Findings, newest first, as they stand at the cut-off."""
    return Listing(FINDING_COLUMNS, FINDING_BODY, order="visited_on DESC, unit, finding", key=key, where=where)


RECOMMENDATION_COLUMNS = (
    Column("recommendation", _("Mã kiến nghị"), "uid"),
    Column("visit", _("Lượt"), "uid"),
    Column("unit", _("Mã đơn vị")),
    Column("unit_name", _("Đơn vị")),
    Column("text", _("Kiến nghị")),
    Column("document", _("Văn bản")),
    Column("issued_on", _("Ngày ban hành"), "day"),
    Column("due_on", _("Hạn"), "day"),
    Column("standing", _("Tình trạng")),
    Column("days_over", _("Số ngày quá hạn")),
    Column("settled_on", _("Ngày kết thúc"), "day"),
    Column("proofs", _("Tệp minh chứng")),
)
IN_TIME, HANDLED = Column("in_time", _("Đúng hạn"), "mark"), Column("handled", _("Đã xử lý"), "mark")
RECOMMENDATION_BODY = """SELECT r.uid AS recommendation, v.uid AS visit, u.slug AS unit, COALESCE(w.name, u.slug) AS unit_name, r.text,
       CASE WHEN r.document <> '' THEN r.document WHEN k.issued_on <= :last AND k.number <> '' THEN k.number ELSE '' END AS document,
       n.issued_on, n.due_on, n.standing, n.days_over,
       CASE WHEN n.handled = 1 THEN r.settled_on END AS settled_on,
       (SELECT COUNT(*) FROM followup_remedyfile f JOIN followup_remedyreport p ON p.id = f.report_id
        WHERE p.recommendation_id = r.id AND p.submitted_on <= :last AND f.added_at < :after) AS proofs,
       n.in_time, n.handled, n.transferred
FROM recommended n
JOIN followup_recommendation r ON r.id = n.recommendation_id
JOIN inspections_visit v ON v.id = n.visit_id
LEFT JOIN inspections_conclusion k ON k.visit_id = n.visit_id
JOIN orgs_unit u ON u.id = n.subject_id
LEFT JOIN orgs_unitversion w ON w.unit_id = n.subject_id AND w.valid_from <= n.issued_on AND w.valid_to > n.issued_on"""


def recommendations(*marks: Column, where: str = "") -> Listing:
    """Recommendations as they stood at the cut-off, those that are late longest first (Biểu 4)."""
    return Listing(
        (*RECOMMENDATION_COLUMNS, *marks),
        RECOMMENDATION_BODY,
        order="handled, days_over DESC, due_on, unit, recommendation",
        needs=("recommended",),
        where=where,
        key="standing",
    )
