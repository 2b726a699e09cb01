"""Inspections of which a result or a conclusion was issued by the cut-off."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_noop as _

from . import lists
from .each import LEAD
from .figure import Figure, Reading, Tally

TOLD = """(EXISTS (SELECT 1 FROM inspections_conclusion k WHERE k.visit_id = n.visit_id AND k.issued_on <= :last)
       OR EXISTS (SELECT 1 FROM followup_recommendation r WHERE r.visit_id = n.visit_id AND r.state <> 'draft'
                  AND r.issued_on <= :last AND r.document <> ''))"""
"""The visit `n` has a conclusion, or what came from a table of before names the document on a recommendation."""
CONCLUDED_TEXT = f"""SELECT {{own}}COUNT(*) AS concluded
FROM (SELECT DISTINCT {{of_n}}n.inspection_id FROM counting n WHERE {TOLD}) concluded
{{grouped}}"""
CONCLUDED = Tally(CONCLUDED_TEXT, by=LEAD)


def read(rows: Reading) -> int:
    ((concluded,),) = rows[CONCLUDED]
    return int(concluded)


FIGURE = Figure(
    name="inspections_concluded",
    titled=_("Cuộc đã có thông báo, kết luận"),
    defined="Các cuộc kiểm tra trong kỳ mà ít nhất một lượt được tính đã có thông báo kết quả hoặc kết luận ban hành vào hoặc trước "
    "ngày chốt.",
    definition_en="Inspections of the period of which at least one counting visit had its result or conclusion issued by the cut-off.",
    tallies=(CONCLUDED,),
    read=read,
    listing=replace(lists.INSPECTIONS, where=f"inspection_id IN (SELECT n.inspection_id FROM counting n WHERE {TOLD})"),
)
