"""From a row that is written to the units whose counts it may change: one line for each table that a figure reads.

**The rule.** What a figure counts is reached from a row by joins, ending at the unit by whose number it is taken apart: the unit
visited, the lead of the inspection, the unit that a recommendation was issued to, the agency of a plan. A count appears or
goes when some rows of such a chain are written. When the *first* of them is written the others still stand as they did, so from
its old values the joins below reach the unit; when the *last* one is written the others stand as they will, so from its new
values they reach it, too. So every row notes the units that it reaches by its old and by its new values, through the tables as they
are at that moment, and no write can change a count without a note for its unit.

**Two who write at once.** That holds for writes one after the other. Of two that are open side by side each sees the chain without
what the other has written: one takes the signature from a visit, the other gives its inspection another lead, and the unit whose
count the first one takes away is noted by neither of them last. So on PostgreSQL every trigger first takes the turn of the log
(making.py) and keeps it to the end of the transaction. An act holds it already (audit.log.act) and waits for nothing; whoever
writes otherwise (`./run closure rebuild`, a load, a shell) queues. What a trigger then reads is all that was committed and its own.
The order of commits is that of the turns, and the rule above holds whoever writes.

What many counts hang on (who is under whom, who
carries on whom, criteria, duties) is noted for everything: it changes rarely.
tests/reports/test_touched.py changes every column of every row of each table and compares.
"""

from __future__ import annotations

from dataclasses import dataclass

BLOCK = 64
"""So many units by their numbers are one block."""
EVERYTHING = -1
"""The block of what touches all the others."""
LEADS = -16
"""Each lead is a block of its own, below this number: leads stand beside each other by their numbers, and one of them led thousands of
visits. What comes apart by the lead hangs on their notes alone, what comes apart by another unit on none of them."""


@dataclass(frozen=True)
class Touch:
    """The columns that the ways start from; SELECTs of units, of visits and of leads over {rows}. With none: everything is touched."""

    columns: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    visits: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()


def column(name: str) -> str:
    return f"SELECT x.{name} AS unit_id FROM {{rows}} x"


LEAD_OF_INSPECTION = (
    "SELECT i.lead_id AS unit_id FROM inspections_inspection i JOIN {rows} x ON x.inspection_id = i.id",
)
OF_FINDING = ("SELECT f.visit_id FROM inspections_finding f JOIN {rows} x ON x.finding_id = f.id",)


def of_recommendation(key: str) -> tuple[str, ...]:
    """Visits of a recommendation: its own, and those of the findings that it answers."""
    return (
        f"SELECT r.visit_id FROM followup_recommendation r JOIN {{rows}} x ON {key} = r.id",
        "SELECT f.visit_id FROM followup_recommendation_findings w JOIN inspections_finding f ON f.id = w.finding_id "
        f"JOIN {{rows}} x ON {key} = w.recommendation_id",
    )


def issued_to(key: str) -> tuple[str, ...]:
    return (f"SELECT r.issued_to_id AS unit_id FROM followup_recommendation r JOIN {{rows}} x ON {key} = r.id",)


ADVICE = Touch(("recommendation_id",), issued_to("x.recommendation_id"), of_recommendation("x.recommendation_id"))
RECORD = Touch(("visit_id", "unit_id"), (column("unit_id"),), (column("visit_id"),))
HEARD = Touch(("finding_id",), (), OF_FINDING)
CHECK = "selfchecks_selfcheck"

TOUCHED: dict[str, Touch] = {
    "orgs_closure": Touch(),
    "orgs_lineage": Touch(),
    "orgs_unitversion": Touch(),
    "catalog_topic": Touch(),
    "catalog_criterion": Touch(),
    "plans_planduty": Touch(),
    "plans_inspectionplan": Touch(("agency_id",), (column("agency_id"),)),
    "inspections_inspection": Touch(
        ("id", "lead_id"),
        # Of the lead as a unit, too, on which no count hangs: an inspection whose visits are sealed leaves notes of the kinds that one with visits does.
        units=(column("lead_id"),),
        visits=("SELECT v.id FROM inspections_visit v JOIN {rows} x ON x.id = v.inspection_id",),
        leads=(column("lead_id"),),
    ),
    "inspections_inspection_topics": Touch(("inspection_id",), leads=LEAD_OF_INSPECTION),
    "inspections_visit": Touch(
        ("id", "unit_id", "inspection_id"), (column("unit_id"),), (column("id"),), LEAD_OF_INSPECTION
    ),
    "inspections_answerexception": RECORD,
    "inspections_finding": RECORD,
    "inspections_conclusion": Touch(("visit_id",), (), (column("visit_id"),)),
    "inspections_findingreply": HEARD,
    "inspections_findingdecision": HEARD,
    "followup_recommendation": Touch(
        ("id", "visit_id", "issued_to_id"),
        (column("issued_to_id"),),
        (column("visit_id"), of_recommendation("x.id")[1]),
    ),
    "followup_recommendation_findings": Touch(
        ("recommendation_id", "finding_id"), (), (*of_recommendation("x.recommendation_id"), *OF_FINDING)
    ),
    "followup_recommendationterm": ADVICE,
    "followup_recommendationtransfer": ADVICE,
    "followup_remedyreport": ADVICE,
    "followup_extension": ADVICE,
    CHECK: Touch(("unit_id",), (column("unit_id"),)),
    "selfchecks_selfcheckcampaign": Touch(
        ("id",), (f"SELECT s.unit_id AS unit_id FROM {CHECK} s JOIN {{rows}} x ON x.id = s.campaign_id",)
    ),
    "selfchecks_selfcheckreopening": Touch(
        ("self_check_id",), (f"SELECT s.unit_id AS unit_id FROM {CHECK} s JOIN {{rows}} x ON x.self_check_id = s.id",)
    ),
}
"""Every table that a SQL text of a figure reads → whom its rows touch."""

AT_VISITS = (
    "SELECT v.unit_id AS unit_id FROM inspections_visit v WHERE v.id IN ({visits})",
    "SELECT r.issued_to_id FROM followup_recommendation r WHERE r.visit_id IN ({visits})",
    "SELECT f.unit_id FROM inspections_finding f WHERE f.visit_id IN ({visits})",
    "SELECT e.unit_id FROM inspections_answerexception e WHERE e.visit_id IN ({visits})",
)
"""Whom something at a visit touches."""
LEAD_AT_VISITS = "SELECT i.lead_id AS unit_id FROM inspections_visit v JOIN inspections_inspection i ON i.id = v.inspection_id WHERE v.id IN ({visits})"
WITH_HEIRS = """SELECT DISTINCT CASE w.heir WHEN 0 THEN b.unit_id ELSE l.heir_id END / {size} AS block
FROM ({units}) b LEFT JOIN orgs_lineage l ON l.origin_id = b.unit_id CROSS JOIN (SELECT 0 AS heir UNION ALL SELECT 1) w
WHERE b.unit_id IS NOT NULL AND (w.heir = 0 OR l.heir_id IS NOT NULL)"""
"""And whoever carries them on: a finding repeats one of a predecessor. Units stand in it once: what it costs is to be planned."""


def blocks_touched(table: str, rows: str) -> str:
    """SQL: the blocks that these rows of the table touch, in their order; `rows` gives them with the columns of the table's Touch."""
    visits = " UNION ".join(TOUCHED[table].visits).format(rows=rows)
    return _blocks(table, rows, visits)


def blocks_touched_named(table: str, rows: str) -> str:
    """The same, with rows and visits written once, each under a name: whoever opens a file of SQLite reads the texts of all triggers."""
    names = [f"written AS {rows}"]
    if visits := TOUCHED[table].visits:
        names.append(f"seen (visit_id) AS ({' UNION '.join(visits).format(rows='written')})")
    return f"WITH {', '.join(names)} {_blocks(table, 'written', 'SELECT s.visit_id FROM seen s')}"


def _blocks(table: str, rows: str, visits: str) -> str:
    touch = TOUCHED[table]
    if not touch.columns:
        return f"SELECT {EVERYTHING} AS block WHERE EXISTS (SELECT 1 FROM {rows} x)"
    units, leads = ([one.format(rows=rows) for one in ways] for ways in (touch.units, touch.leads))
    if touch.visits:
        units += [one.format(visits=visits) for one in AT_VISITS]
        leads.append(LEAD_AT_VISITS.format(visits=visits))
    blocks = [WITH_HEIRS.format(units=" UNION ".join(units), size=BLOCK)] if units else []
    blocks += (
        [f"SELECT DISTINCT {block_of_lead('b.unit_id')} AS block FROM ({' UNION '.join(leads)}) b"] if leads else []
    )
    return f"{' UNION ALL '.join(blocks)} ORDER BY 1"


def block_of_unit(unit: str) -> str:
    """SQL: the block of a unit."""
    return f"{unit} / {BLOCK}"


def block_of_lead(lead: str) -> str:
    """SQL: the block that a lead is."""
    return f"{LEADS} - {lead}"


def of_leads(block: int) -> bool:
    return block < LEADS


def numbers_in(block: int) -> range:
    """The numbers of all units, or of the one lead, that the block holds."""
    return range(LEADS - block, LEADS - block + 1) if of_leads(block) else range(block * BLOCK, (block + 1) * BLOCK)
