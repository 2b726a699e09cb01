"""Answers to each criterion: plain passes are what is left of a visit's form after its exceptions."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop

from .each import UNIT
from .figure import Column, Figure, Listing, Reading, Tally, rate
from .lists import VISIT_NAMES
from .tallies import EARLIER, SAME_UNIT, cleared

ON_FORM = "r.checklist_id = n.checklist_id AND r.counted AND (n.checklist_form = 'full' OR r.in_short_form)"
"""Criterion `r` was asked at visit `n`: the full form asks all, the short one those marked for it. Optional ones compare nothing."""

OUTCOMES = ("partial", "fail", "not_applicable", "not_asked")
NONE, SUMS = (", ".join(each.format(one=one) for one in OUTCOMES) for each in ("0 AS {one}", "SUM({one}) AS {one}"))
MARKS = ",\n             ".join(f"CASE WHEN e.outcome = '{one}' THEN 1 ELSE 0 END AS {one}" for one in OUTCOMES)
ANSWERS = Tally(
    f"""SELECT {{own}}code, SUM(visits) AS visits, {SUMS},
       SUM(CASE WHEN visits > not_asked THEN 1 ELSE 0 END) AS units_asked
FROM (SELECT {{own}}unit_id, code, SUM(visits) AS visits, {SUMS}
      FROM (
      -- what was asked, then what differs from a pass: put below each other, for engines that guess small numbers join them in squares
      SELECT {{of_n}}n.unit_id, r.code, n.visits, {NONE}
      FROM (SELECT {{own}}unit_id, checklist_id, checklist_form, COUNT(*) AS visits
            FROM counting GROUP BY {{own}}unit_id, checklist_id, checklist_form) n
      JOIN catalog_criterion r ON {ON_FORM}
      UNION ALL
      SELECT {{of_n}}n.unit_id, r.code, 0,
             {MARKS}
      FROM counting n
      JOIN inspections_answerexception e ON e.visit_id = n.visit_id
      JOIN catalog_criterion r ON r.code = e.criterion_code AND {ON_FORM}) told
      GROUP BY {{own}}unit_id, code) a
GROUP BY {{own}}code""",
    by=UNIT,
    keys=1,
    sums=6,
)
REPEATS = Tally(
    f"""SELECT {{own}}code, COUNT(*) AS repeats
FROM (SELECT DISTINCT {{of_n}}n.visit_id, r.code
      FROM counting n
      JOIN inspections_answerexception f ON f.visit_id = n.visit_id AND f.outcome = 'fail' AND NOT {cleared("f")}
      JOIN catalog_criterion r ON r.code = f.criterion_code AND {ON_FORM}
      JOIN orgs_lineage l ON {SAME_UNIT}
      JOIN inspections_answerexception p ON p.unit_id = l.origin_id AND p.criterion_code = f.criterion_code
        AND p.outcome = 'fail' AND NOT {cleared("p")}
      {EARLIER}) repeated
GROUP BY {{own}}code""",
    by=UNIT,
    keys=1,
)
IN_USE = """k.published_on IS NOT NULL AND (k.valid_from IS NULL OR k.valid_from <= :last
       OR k.id IN (SELECT checklist_id FROM counting))"""
"""Checklist `k` was published and applied by the cut-off, or was used; a draft words nothing."""
OLDEST_FIRST = "CASE WHEN k.valid_from IS NULL THEN 0 ELSE 1 END, k.valid_from, k.id, r.position"
USED = Tally("SELECT {own}checklist_id, COUNT(*) AS visits FROM counting GROUP BY {own}checklist_id", by=UNIT, keys=1)
"""Checklists that were used."""
CRITERIA = Tally(
    f"""SELECT k.id, CASE WHEN k.valid_from IS NULL OR k.valid_from <= :last THEN 1 ELSE 0 END AS applied, r.code, r.text
FROM catalog_criterion r
JOIN catalog_checklist k ON k.id = r.checklist_id
WHERE k.published_on IS NOT NULL
ORDER BY {OLDEST_FIRST}""",
    needs=(),
)
"""Codes are stable over versions; the newest version that applied by the cut-off, or was used, words them."""

COLUMNS = (
    Column("visit", gettext_noop("Lượt"), "uid"),
    Column("visited_on", gettext_noop("Ngày"), "day"),
    Column("unit", gettext_noop("Mã đơn vị")),
    Column("unit_name", gettext_noop("Đơn vị")),
    Column("criterion", gettext_noop("Tiêu chí")),
    Column("outcome", gettext_noop("Kết quả")),
)
BODY = f"""SELECT v.uid AS visit, n.visited_on, u.slug AS unit, COALESCE(w.name, u.slug) AS unit_name, r.code AS criterion,
       r.position, COALESCE(e.outcome, 'pass') AS outcome
FROM counting n
JOIN catalog_criterion r ON {ON_FORM}
LEFT JOIN inspections_answerexception e ON e.visit_id = n.visit_id AND e.criterion_code = r.code
{VISIT_NAMES}"""


def read(rows: Reading) -> dict[str, dict[str, Any]]:
    repeats: dict[str, int] = dict(rows[REPEATS])
    answers = {code: [int(count) for count in counts] for code, *counts in rows[ANSWERS]}
    used = {checklist for checklist, _ in rows[USED]}
    texts = {code: text for checklist, applied, code, text in rows[CRITERIA] if applied or checklist in used}
    return {
        code: of_criterion(text, answers[code], repeats.get(code, 0)) for code, text in texts.items() if code in answers
    }


def of_criterion(text: str, counts: list[int], repeats: int) -> dict[str, Any]:
    visits, partial, fail, not_applicable, not_asked, units_asked = counts
    passed = visits - partial - fail - not_applicable - not_asked
    return {
        "text": text,
        "pass": passed,
        "partial": partial,
        "fail": fail,
        "not_applicable": not_applicable,
        "units_asked": units_asked,
        "pass_rate": rate(passed, passed + partial + fail),
        "repeats": repeats,
    }


FIGURE = Figure(
    name="answers_by_criterion",
    titled=gettext_noop("Kết quả theo tiêu chí"),
    defined="Với mỗi tiêu chí, qua các lượt được tính có dùng phiếu: số đạt, đạt một phần, không đạt, không áp dụng, số đơn vị "
    "được hỏi, tỷ lệ đạt = đạt / (đạt + đạt một phần + không đạt), và số lần không đạt lặp lại trong 24 tháng (không "
    "kể tiêu chí mà hạn chế đã rút).",
    definition_en="For each criterion, over counting visits that used a checklist: pass, partial, fail, not applicable, units asked, "
    "pass rate = pass / (pass + partial + fail), and fails that repeat one within 24 months "
    "(those whose finding was withdrawn left out).",
    tallies=(ANSWERS, REPEATS, USED, CRITERIA),
    read=read,
    listing=Listing(COLUMNS, BODY, order="position, visited_on DESC, unit, visit", key="criterion"),
)
