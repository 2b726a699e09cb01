"""Findings that repeat an earlier one of the same unit."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from . import lists
from .each import ONE, UNIT
from .figure import Figure, Reading, Tally
from .tallies import EARLIER, SAME_UNIT, standing

REPEATED_TEXT = f"""SELECT {{of_n}}f.id
      FROM counting n
      JOIN inspections_finding f ON f.visit_id = n.visit_id AND f.criterion_code <> '' AND {standing("f")}
      JOIN orgs_lineage l ON {SAME_UNIT}
      JOIN inspections_finding p ON p.unit_id = l.origin_id AND p.criterion_code = f.criterion_code AND {standing("p")}
      {EARLIER}"""
REPEATED = REPEATED_TEXT.format(**ONE)
REPEATS = Tally(
    f"SELECT {{own}}COUNT(DISTINCT id) AS repeats FROM (\n{REPEATED_TEXT}\n) repeated\n{{grouped}}", by=UNIT
)


def read(rows: Reading) -> int:
    ((repeats,),) = rows[REPEATS]
    return int(repeats)


FIGURE = Figure(
    name="repeat_findings",
    titled=_("Hạn chế lặp lại"),
    defined="Hạn chế về một tiêu chí mà chính đơn vị đó, hoặc đơn vị nó kế thừa, đã bị ghi ở một lượt được tính sớm hơn, ai "
    "chủ trì cũng kể, trong vòng 24 tháng (cài đặt). Hạn chế đã rút không kể, cả lần trước lẫn lần sau.",
    definition_en="Findings whose criterion was already found failing in the same unit, or one that it carries on, at an earlier "
    "counting visit by any lead within 24 months (a setting). Withdrawn findings count neither way.",
    tallies=(REPEATS,),
    read=read,
    listing=lists.findings("group_code", where=f"finding_id IN (\n{REPEATED}\n)"),
)
