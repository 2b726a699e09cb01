"""Topics that the inspections combined."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop

from .each import LEAD, ONE
from .figure import Column, Figure, Listing, Reading, Tally

JOINED_TEXT = """FROM (SELECT {own}inspection_id, MAX(visited_on) AS last_visit FROM counting GROUP BY {own}inspection_id) n
JOIN inspections_inspection_topics m ON m.inspection_id = n.inspection_id
JOIN catalog_topic t ON t.id = m.topic_id"""
JOINED = JOINED_TEXT.format(**ONE)
TOPICS = Tally(
    f"""SELECT {{of_n}}t.id, t.code, t.title, COUNT(*) AS inspections
{JOINED_TEXT}
GROUP BY {{of_n}}t.id, t.code, t.title""",
    by=LEAD,
    keys=3,
)
COLUMNS = (
    Column("code", gettext_noop("Mã nội dung")),
    Column("title", gettext_noop("Nội dung")),
    Column("inspection", gettext_noop("Cuộc"), "uid"),
    Column("decision_number", gettext_noop("Số quyết định")),
    Column("lead", gettext_noop("Mã cơ quan chủ trì")),
    Column("lead_name", gettext_noop("Cơ quan chủ trì")),
    Column("form", gettext_noop("Hình thức")),
)
BODY = f"""SELECT t.code, t.title, t.id AS topic_id, i.uid AS inspection, i.decision_number, a.slug AS lead,
       COALESCE(b.name, a.slug) AS lead_name, i.form
{JOINED}
JOIN inspections_inspection i ON i.id = n.inspection_id
JOIN orgs_unit a ON a.id = i.lead_id
LEFT JOIN orgs_unitversion b ON b.unit_id = i.lead_id AND b.valid_from <= n.last_visit AND b.valid_to > n.last_visit"""


def read(rows: Reading) -> list[dict[str, Any]]:
    found = sorted(rows[TOPICS])
    return [{"code": code, "title": title, "inspections": inspections} for _, code, title, inspections in found]


FIGURE = Figure(
    name="topics",
    titled=gettext_noop("Nội dung kết hợp"),
    defined="Các nội dung mà những cuộc kiểm tra trong kỳ kết hợp, và số cuộc có từng nội dung.",
    definition_en="The topics that the counted inspections combined, and how many inspections had each.",
    tallies=(TOPICS,),
    read=read,
    listing=Listing(COLUMNS, BODY, order="topic_id, inspection", key="code"),
)
