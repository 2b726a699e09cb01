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
MARKS = ", ".join(f"CASE WHEN n.outcome = '{one}' THEN n.many ELSE 0 END AS {one}" for one in OUTCOMES)
ASKED = "r.checklist_id = n.checklist_id AND r.counted AND (r.in_short_form OR n.full_visits > 0)"
"""Criterion `r` was asked at some of the visits that `n` tells of: the full form asks what the short one asks, too."""
TIMES = "CASE WHEN r.in_short_form THEN n.{visits} ELSE n.full_{visits} END"
USED_AT = """SELECT {own}unit_id, checklist_id, visits, full_visits,
             CASE WHEN COUNT(*) OVER (PARTITION BY {own}unit_id) = 1
                   AND SUM(skipped) OVER (PARTITION BY {own}unit_id) = 0 THEN 1 ELSE 0 END AS alone
      FROM (SELECT {of_n}n.unit_id, n.checklist_id, COUNT(DISTINCT n.visit_id) AS visits,
                   COUNT(DISTINCT CASE WHEN n.checklist_form = 'full' THEN n.visit_id END) AS full_visits, COUNT(e.visit_id) AS skipped
            FROM counting n
            LEFT JOIN inspections_answerexception e ON e.visit_id = n.visit_id AND e.outcome = 'not_asked'
            WHERE n.checklist_id IS NOT NULL
            GROUP BY {of_n}n.unit_id, n.checklist_id) a"""
"""Each checklist that a unit met, and whether it met no other and nothing was skipped there: such a unit was asked what the form asks."""
EXCEPTIONS = """(SELECT {{of_n}}{unit}n.checklist_id, n.checklist_form, e.criterion_code, e.outcome, COUNT(*) AS many
            FROM counting n
            JOIN inspections_answerexception e ON e.visit_id = n.visit_id{which}
            GROUP BY {{of_n}}{unit}n.checklist_id, n.checklist_form, e.criterion_code, e.outcome) n
      JOIN catalog_criterion r ON r.code = n.criterion_code AND {on_form}"""
"""Added up before criteria are joined: an engine that guesses few visits joins each of them with each criterion first."""
ALL, SKIPPED = (
    EXCEPTIONS.format(unit=unit, which=which, on_form=ON_FORM)
    for unit, which in (("", ""), ("n.unit_id, ", " AND e.outcome = 'not_asked'"))
)
ANSWERS = Tally(
    f"""SELECT {{own}}code, SUM(visits) AS visits, {SUMS}, SUM(units_asked) AS units_asked
FROM (
      -- what was asked, and the units that met one checklist and skipped nothing: no row for each unit and criterion, a nation has millions
      SELECT {{of_n}}r.code, {TIMES.format(visits="visits")} AS visits, {NONE}, {TIMES.format(visits="units")} AS units_asked
      FROM (SELECT {{own}}checklist_id, SUM(visits) AS visits, SUM(full_visits) AS full_visits, SUM(alone) AS units,
                   SUM(CASE WHEN full_visits > 0 THEN alone ELSE 0 END) AS full_units
            FROM ({USED_AT}) t
            GROUP BY {{own}}checklist_id) n
      JOIN catalog_criterion r ON {ASKED}
      UNION ALL
      -- what differs from a pass
      SELECT {{of_n}}r.code, 0, {MARKS}, 0
      FROM {ALL}
      UNION ALL
      -- the other units, criterion by criterion
      SELECT {{own}}code, 0, {NONE}, SUM(CASE WHEN visits > skipped THEN 1 ELSE 0 END)
      FROM (SELECT {{own}}unit_id, code, SUM(visits) AS visits, SUM(skipped) AS skipped
            FROM (SELECT {{of_n}}n.unit_id, r.code, {TIMES.format(visits="visits")} AS visits, 0 AS skipped
                  FROM ({USED_AT}) n
                  JOIN catalog_criterion r ON {ASKED}
                  WHERE n.alone = 0
                  UNION ALL
                  SELECT {{of_n}}n.unit_id, r.code, 0, n.many
                  FROM {SKIPPED}) s
            GROUP BY {{own}}unit_id, code) t
      GROUP BY {{own}}code) told
GROUP BY {{own}}code""",
    by=UNIT,
    keys=1,
    sums=6,
)
FAILED = f"""SELECT DISTINCT {{of_n}}n.visit_id, n.subject_id, n.visited_on, n.checklist_id, n.checklist_form, f.criterion_code
            FROM counting n
            JOIN inspections_answerexception f ON f.visit_id = n.visit_id AND f.outcome = 'fail' AND NOT {cleared("f")}"""
"""What failed, each once as it is (DISTINCT keeps an engine from taking it apart): few of a visit's criteria. Among ten million visits
PostgreSQL began at all criteria of a visit's form, looked for what failed earlier, and only then whether it failed now."""
REPEATS = Tally(
    f"""SELECT {{own}}code, COUNT(*) AS repeats
FROM (SELECT DISTINCT {{of_n}}n.visit_id, r.code
      FROM ({FAILED}) n
      JOIN catalog_criterion r ON r.code = n.criterion_code AND {ON_FORM}
      JOIN orgs_lineage l ON {SAME_UNIT}
      JOIN inspections_answerexception p ON p.unit_id = l.origin_id AND p.criterion_code = n.criterion_code
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
