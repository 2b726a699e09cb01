"""The tables that leave the database, column by column: what the texts of the figures count by, and nothing else.

Of visits only signed ones are here, and of everything written at a visit only what stands at a signed one: no figure reads more,
and a sealed visit is unknown until it is signed. No name of a person, no words that somebody typed about a visit: names of units, numbers
of issued plans, and the words of published checklists and topics are all the text there is. Measures about units and persons stay where they
are: nothing counts them over an export.
"""

from __future__ import annotations

from dataclasses import dataclass

KEY, INT, FLAG, DAY, TEXT, UID, MARK = "key", "int", "flag", "day", "text", "uid", "mark"
STORED = {KEY: "BIGINT", INT: "INTEGER", FLAG: "BOOLEAN", DAY: "DATE", TEXT: "VARCHAR", UID: "VARCHAR", MARK: "VARCHAR"}
"""What a column holds → its type in Parquet. An identifier is 32 digits, as on SQLite. Of what somebody typed only a mark leaves: «x» or nothing."""
READ = {
    FLAG: "CASE WHEN {0} THEN 1 ELSE 0 END",
    DAY: "CAST({0} AS VARCHAR(10))",
    UID: "REPLACE(CAST({0} AS VARCHAR(36)), '-', '')",
    MARK: "CASE WHEN {0} <> '' THEN 'x' ELSE '' END",
}
"""How it is read, so that both databases hand over the very same numbers and letters."""


@dataclass(frozen=True)
class Column:
    """A column: its name, and what it holds."""

    name: str
    holds: str

    @property
    def stored(self) -> str:
        return STORED[self.holds]


@dataclass(frozen=True)
class Table:
    """A table: its columns, where its rows come from, and in which order. `apart`: one file for each year or month of visits."""

    name: str
    columns: tuple[Column, ...]
    source: str
    apart: str = ""
    order: str = "t.id"

    def select(self) -> str:
        """SQL: the part that a row belongs to, then its columns; rows of a part come together."""
        chosen = ", ".join(READ.get(one.holds, "{0}").format(f"t.{one.name}") for one in self.columns)
        return f"SELECT {self.part()}, {chosen} FROM {self.source} ORDER BY {self.order}"

    def part(self) -> str:
        size = {"": 0, "year": 4, "month": 7}[self.apart]
        return f"SUBSTR(CAST(v.visited_on AS VARCHAR(10)), 1, {size})" if size else "'all'"

    def count(self) -> str:
        return f"SELECT COUNT(*) FROM {self.source}"

    def schema(self) -> list[str]:
        return [f"{one.name}:{one.stored}" for one in self.columns]


def table(name: str, columns: str, *, joins: str = "", where: str = "") -> Table:
    """A table that is written whole."""
    return Table(name, columns_of(columns), f"{name} t{joins}{f' WHERE {where}' if where else ''}")


def of_visits(name: str, columns: str, *, via: str = "t.visit_id", joins: str = "", where: str = "") -> Table:
    """A table whose rows stand at signed visits, one file a year. A row that changes is in a part whose digest changes."""
    source = f"{name} t{joins} JOIN inspections_visit v ON v.id = {via} AND v.state = 'signed'"
    order = "v.visited_on, v.id, t.id"
    return Table(name, columns_of(columns), f"{source}{f' WHERE {where}' if where else ''}", "year", order)


def columns_of(text: str) -> tuple[Column, ...]:
    """«id:key visited_on:day» as columns."""
    return tuple(Column(*word.split(":")) for word in text.split())


OF_FINDING = " JOIN inspections_finding f ON f.id = t.finding_id"
OF_ADVICE = " JOIN followup_recommendation r ON r.id = t.recommendation_id AND r.state <> 'draft'"
PUBLISHED = " JOIN catalog_checklist k ON k.id = t.checklist_id AND k.published_on IS NOT NULL"
SIGNED = "EXISTS (SELECT 1 FROM inspections_visit v WHERE v.inspection_id = {0} AND v.state = 'signed')"

TABLES: tuple[Table, ...] = (
    table("orgs_unit", "id:key slug:text uid:uid"),
    table("orgs_unitversion", "unit_id:key name:text kind:text sort_key:text valid_from:day valid_to:day"),
    table("orgs_closure", "id:key ancestor_id:key descendant_id:key depth:int valid_from:day valid_to:day"),
    table("orgs_lineage", "origin_id:key heir_id:key whole:flag valid_from:day valid_to:day"),
    table("catalog_topic", "id:key code:text title:text"),
    table("catalog_checklist", "id:key published_on:day valid_from:day", where="t.published_on IS NOT NULL"),
    table("catalog_criteriongroup", "id:key checklist_id:key code:text title:text", joins=PUBLISHED),
    table(
        "catalog_criterion",
        "checklist_id:key group_id:key code:text position:int text:text in_short_form:flag counted:flag",
        joins=PUBLISHED,
    ),
    table("plans_planduty", "kind:text valid_from:day valid_to:day"),
    table(
        "plans_inspectionplan",
        "id:key uid:uid agency_id:key year:int number:text issued_on:day target_units:int target_percent:int",
        where="t.issued_on IS NOT NULL",
    ),
    table("inspections_inspection", "id:key lead_id:key form:text", where=SIGNED.format("t.id")),
    table("inspections_inspection_topics", "inspection_id:key topic_id:key", where=SIGNED.format("t.inspection_id")),
    of_visits(
        "inspections_visit",
        "id:key inspection_id:key unit_id:key visited_on:day state:text checklist_id:key checklist_form:text",
        via="t.id",
    ),
    of_visits("inspections_answerexception", "visit_id:key unit_id:key criterion_code:text outcome:text"),
    of_visits(
        "inspections_finding",
        "id:key visit_id:key unit_id:key criterion_code:text group_code:text severity:int due_on:day remedied_on:day",
    ),
    of_visits(
        "inspections_findingdecision",
        "finding_id:key outcome:text severity:int decided_on:day",
        via="f.visit_id",
        joins=OF_FINDING,
    ),
    of_visits(
        "inspections_findingreply", "finding_id:key accepts:flag replied_on:day", via="f.visit_id", joins=OF_FINDING
    ),
    of_visits("inspections_conclusion", "visit_id:key issued_on:day shared_on:day reply_until:day heard_on:day"),
    of_visits(
        "followup_recommendation",
        "id:key visit_id:key issued_to_id:key issued_on:day state:text document:mark decided_on:day days_late:int",
        where="t.state <> 'draft'",
    ),
    of_visits(
        "followup_recommendation_findings",
        "recommendation_id:key finding_id:key",
        via="r.visit_id",
        joins=OF_ADVICE,
    ),
    of_visits(
        "followup_recommendationterm",
        "id:key recommendation_id:key set_on:day due_on:day",
        via="r.visit_id",
        joins=OF_ADVICE,
    ),
    of_visits(
        "followup_recommendationtransfer",
        "recommendation_id:key transferred_on:day",
        via="r.visit_id",
        joins=OF_ADVICE,
    ),
    of_visits(
        "followup_remedyreport",
        "recommendation_id:key submitted_on:day decided_on:day",
        via="r.visit_id",
        joins=OF_ADVICE,
    ),
    of_visits(
        "followup_extension", "recommendation_id:key asked_on:day decided_on:day", via="r.visit_id", joins=OF_ADVICE
    ),
    table(
        "selfchecks_selfcheck",
        "id:key uid:uid campaign_id:key unit_id:key submitted_on:day",
        where="t.submitted_on IS NOT NULL OR EXISTS "
        "(SELECT 1 FROM selfchecks_selfcheckreopening o WHERE o.self_check_id = t.id)",
    ),
    table("selfchecks_selfcheckcampaign", "id:key authority_id:key"),
    table("selfchecks_selfcheckreopening", "self_check_id:key submitted_on:day"),
)
"""As in the database, by its own names, so that the texts of the figures run as they stand."""

ANSWERS = Table(
    "facts_answer",
    columns_of("visit_id:key criterion_code:text outcome:text"),
    "inspections_visit v WHERE v.state = 'signed'",
    "month",
    "v.visited_on, v.id",
)
"""One row for each answer of a signed visit, from its one document; of the document only code and outcome."""
