"""The second implementation of every figure: deliberately naive, over plain lists, with nothing of the product in it.

It follows the definitions word by word and walks everything again for each question. No SQL, no closure, no sharing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from .happened import CRITERIA, DUTIES, PROVINCE, Finding, History, Inspection, Recommendation, Visit

INSPECTABLE = ("commune_pc", "district_pc", "division", "provincial_department", "public_service_unit")
COUNTED = ("planned", "surprise", "combined", "cross_check", "recheck", "remote")
STANDINGS = ("verified", "closed", "waiting", "in_term", "overdue")
SEVERITIES = {1: "minor", 2: "medium", 3: "serious", 4: "grave"}


@dataclass(frozen=True)
class Asked:
    """A question in plain values."""

    scope: int
    first: date
    last: date
    by_lead: bool = False
    restated: date | None = None


def rate(part: int, whole: int) -> dict:
    return {"numerator": part, "denominator": whole, "rate": part / whole if whole else None}


class Organisation:
    """Who existed, under whom, and who carried on whom."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.heirs_seen: dict[tuple[int, date], tuple[frozenset[int], bool]] = {}

    def exists(self, unit: int, day: date) -> bool:
        return any(row.unit == unit and row.start <= day < row.end for row in self.history.versions)

    def kind(self, unit: int, day: date) -> str | None:
        """The kind on the day; of a unit that ended, the last one before."""
        rows = [row for row in self.history.versions if row.unit == unit and row.start <= day]
        return max(rows, key=lambda row: row.start).kind if rows else None

    def above(self, unit: int, day: date) -> list[int]:
        """The unit's superiors on the day, nearest first."""
        found: list[int] = []
        at = unit
        while True:
            parents = [row.parent for row in self.history.edges if row.child == at and row.start <= day < row.end]
            if not parents:
                return found
            (at,) = parents
            found.append(at)

    def under(self, unit: int, scope: int, day: date) -> bool:
        return self.exists(unit, day) and scope in self.above(unit, day)

    def at_or_under(self, unit: int, scope: int, day: date) -> bool:
        return self.under(unit, scope, day) or (unit == scope and self.exists(unit, day))

    def heirs(self, unit: int, day: date) -> tuple[frozenset[int], bool]:
        """Who carries the unit on the day, and whether all of it is carried."""
        if (unit, day) not in self.heirs_seen:
            begins = [row.start for row in self.history.versions if row.unit == unit]
            born = bool(begins) and min(begins) <= day
            self.heirs_seen[unit, day] = self.carried(unit, min(begins), day) if born else (frozenset(), False)
        return self.heirs_seen[unit, day]

    def carried(self, unit: int, since: date, day: date) -> tuple[frozenset[int], bool]:
        """What the unit held from `since` on: where it is on the day, and whether none of it was lost."""
        gone = [row for row in self.history.successions if row.old == unit and since < row.day <= day]
        if not gone:
            alive = self.exists(unit, day)
            return (frozenset({unit}) if alive else frozenset()), alive
        when = min(row.day for row in gone)
        parts = [row for row in gone if row.day == when and row.new is not None]
        stays = self.exists(unit, when)
        holders = {row.new for row in parts} | ({unit} if stays else set())
        found = [self.carried(holder, when, day) for holder in holders]
        lost = not stays and (not parts or (len(parts) == 1 and not parts[0].whole))
        return frozenset().union(*(units for units, _ in found)), not lost and all(whole for _, whole in found)


class Oracle:
    """All figures of one history."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.org = Organisation(history)

    @cached_property
    def inspection(self) -> dict[int, Inspection]:
        return {row.id: row for row in self.history.inspections}

    # ----------------------------------------------------------------------------------------- what counts, and where

    def signed(self, visit: Visit, *, self_checks: bool = False) -> bool:
        form = self.inspection[visit.inspection].form
        return visit.state == "signed" and (form == "self_check" if self_checks else form in COUNTED)

    def placed(self, visit: Visit, asked: Asked) -> int:
        return self.inspection[visit.inspection].lead if asked.by_lead else visit.unit

    def belongs(self, unit: int, asked: Asked, day: date) -> bool:
        inside = self.org.at_or_under if asked.by_lead else self.org.under
        return inside(unit, asked.scope, day)

    def visits(self, asked: Asked, *, self_checks: bool = False) -> list[Visit]:
        found = []
        for visit in self.history.visits:
            if not self.signed(visit, self_checks=self_checks) or not asked.first <= visit.day <= asked.last:
                continue
            if asked.restated is None:
                inside = self.belongs(self.placed(visit, asked), asked, visit.day)
            else:
                heirs, _ = self.org.heirs(self.placed(visit, asked), asked.restated)
                inside = bool(heirs) and all(self.belongs(heir, asked, asked.restated) for heir in heirs)
            if inside:
                found.append(visit)
        return found

    def submitted(self, asked: Asked) -> int:
        """Self-checks that units handed in during the period."""
        found = 0
        for one in self.history.declared:
            if one.day is None or not asked.first <= one.day <= asked.last:
                continue
            placed = one.authority if asked.by_lead else one.unit
            if asked.restated is None:
                found += self.belongs(placed, asked, one.day)
            else:
                heirs, _ = self.org.heirs(placed, asked.restated)
                found += bool(heirs) and all(self.belongs(heir, asked, asked.restated) for heir in heirs)
        return found

    def identity(self, unit: int, asked: Asked) -> int:
        """As whom a unit counts: itself, or when restated its one heir, if that one carries all of it."""
        if asked.restated is None:
            return unit
        heirs, whole = self.org.heirs(unit, asked.restated)
        return next(iter(heirs)) if whole and len(heirs) == 1 else unit

    def unit_of(self, visit: Visit, asked: Asked) -> int:
        return self.identity(visit.unit, asked)

    def lead_of(self, visit: Visit, asked: Asked) -> int:
        return self.identity(self.inspection[visit.inspection].lead, asked)

    # ------------------------------------------------------------------------------------------------- the figures

    def figures(self, asked: Asked) -> dict:
        found = self.of_units(asked) | self.of_visits(asked) | self.of_plans(asked)
        found |= self.of_recommendations(asked)
        found |= self.of_findings(asked) | {"answers_by_criterion": self.answers(asked)}
        found["self_checks"] = len(self.visits(asked, self_checks=True)) + self.submitted(asked)
        if asked.restated:
            found["restated_flagged"] = len(self.flagged(asked))
        return found

    def of_units(self, asked: Asked) -> dict:
        on = asked.restated or asked.last
        inspected = {self.unit_of(visit, asked) for visit in self.visits(asked)}
        below = {unit for unit in self.history.units() if self.org.under(unit, asked.scope, on)}
        owned = {unit for unit in below if self.org.kind(unit, on) in INSPECTABLE}
        existing = {unit for unit in inspected if self.org.exists(unit, on)}
        kinds = {}
        for kind in INSPECTABLE:
            mine = {unit for unit in owned if self.org.kind(unit, on) == kind}
            seen = {unit for unit in inspected if self.org.kind(unit, on) == kind}
            kinds[kind] = {
                "units": len(mine),
                "units_inspected": len(seen),
                "coverage": rate(len(mine & seen), len(mine)),
            }
        return {
            "units": len(owned),
            "units_inspected": len(inspected),
            "units_inspected_existing": len(existing),
            "units_inspected_outside": len(existing - below),
            "units_inspected_ceased": len(inspected - existing),
            "coverage": rate(len(owned & inspected), len(owned)),
            "units_by_kind": kinds,
        }

    def of_visits(self, asked: Asked) -> dict:
        visits = self.visits(asked)
        inspections = {visit.inspection for visit in visits}
        forms = Counter(self.inspection[number].form for number in inspections)
        visit_forms = Counter(self.inspection[visit.inspection].form for visit in visits)
        units = {self.unit_of(visit, asked) for visit in visits}
        pairs = {(self.lead_of(visit, asked), self.unit_of(visit, asked)) for visit in visits}
        topics = Counter(topic for number in inspections for topic in self.inspection[number].topics)
        return {
            "inspections": len(inspections),
            "visits": len(visits),
            "inspections_by_form": {form: forms[form] for form in COUNTED},
            "inspections_concluded": len({visit.inspection for visit in visits if self.concluded(visit, asked.last)}),
            "visits_by_form": {form: visit_forms[form] for form in COUNTED},
            "surprise_share": rate(forms["surprise"], len(inspections)),
            "surprise_share_visits": rate(visit_forms["surprise"], len(visits)),
            "sum_of_leads": len(pairs),
            "double_counted": len(pairs) - len(units),
            "topics": [{"code": f"t{t}", "title": f"Topic {t}", "inspections": topics[t]} for t in sorted(topics)],
            "by_month": [self.month(month, visits, asked) for month in months(asked.first, asked.last)],
        }

    def concluded(self, visit: Visit, on: date) -> bool:
        """Some recommendation issued by the day names its document: in these histories those of odd numbers do."""
        rows = [row for row in self.history.recommendations if row.visit == visit.id]
        return any(row.issued and row.issued <= on and row.id % 2 for row in rows)

    def month(self, month: str, visits: list[Visit], asked: Asked) -> dict:
        mine = [visit for visit in visits if visit.day.isoformat()[:7] == month]
        units = {self.unit_of(visit, asked) for visit in mine}
        return {"month": month, "visits": len(mine), "units_inspected": len(units)}

    def of_plans(self, asked: Asked) -> dict:
        on = asked.last
        owing = {kind for kind, start, end in DUTIES if start <= on < end}
        agencies = [
            unit
            for unit in self.history.units()
            if self.org.at_or_under(unit, asked.scope, on) and self.org.kind(unit, on) in owing
        ]
        issued = {row.agency for row in self.history.plans if row.year == on.year and row.issued and row.issued <= on}
        done = [unit for unit in agencies if unit in issued]
        return {
            "agencies_with_plan": rate(len(done), len(agencies)),
            "agencies_without_plan": len(agencies) - len(done),
            "plan_progress": self.progress(asked),
        }

    def progress(self, asked: Asked) -> dict | None:
        rows = [row for row in self.history.plans if (row.agency, row.year) == (asked.scope, asked.last.year)]
        if not rows or rows[0].issued is None or rows[0].issued > asked.last:
            return None
        led = self.of_units(Asked(asked.scope, date(asked.last.year, 1, 1), asked.last, by_lead=True))
        share = (rows[0].target_percent or 0) * led["units"]
        target = rows[0].target_units
        if target is None:
            target = share // 100 + (1 if share % 100 else 0)
        return {
            **rate(led["units_inspected"], target),
            "number": f"{rows[0].id}/KH",
            "issued_on": rows[0].issued.isoformat(),
            "year": rows[0].year,
            "target_units": rows[0].target_units,
            "target_percent": rows[0].target_percent,
            "units": led["units"],
        }

    def findings(self, asked: Asked) -> list[tuple[Visit, Finding]]:
        """What was withdrawn is as if it had not been found."""
        standing = [row for row in self.history.findings if row.outcome != "withdrawn"]
        return [(visit, row) for visit in self.visits(asked) for row in standing if row.visit == visit.id]

    def of_findings(self, asked: Asked) -> dict:
        rows = self.findings(asked)
        groups = Counter(row.code[:1] or "other" for _, row in rows)
        severities = Counter(SEVERITIES[row.severity_now or row.severity] for _, row in rows)
        states = Counter(self.state(row, asked.last) for _, row in rows)
        return {
            "findings": len(rows),
            "findings_by_group": dict(groups),
            "findings_by_severity": {name: severities[name] for name in SEVERITIES.values()},
            "findings_by_state": {
                name: states[name] for name in ("remedied", "in_term", "overdue", "no_term", "closed")
            },
            "repeat_findings": sum(1 for visit, row in rows if self.repeats(visit, row)),
        }

    def recommendations(self, asked: Asked) -> list[Recommendation]:
        visits = {row.id: row for row in self.history.visits}
        return [row for row in self.history.recommendations if self.was_issued(row, visits[row.visit], asked)]

    def was_issued(self, row: Recommendation, visit: Visit, asked: Asked) -> bool:
        if row.issued is None or not self.signed(visit) or not asked.first <= row.issued <= asked.last:
            return False
        placed = self.inspection[visit.inspection].lead if asked.by_lead else row.unit
        if asked.restated is None:
            return self.belongs(placed, asked, row.issued)
        heirs, _ = self.org.heirs(placed, asked.restated)
        return bool(heirs) and all(self.belongs(heir, asked, asked.restated) for heir in heirs)

    def of_recommendations(self, asked: Asked) -> dict:
        rows = self.recommendations(asked)
        stood = Counter(standing(row, asked.last) for row in rows)
        in_time = [row for row in rows if standing(row, asked.last) == "verified" and row.late == 0]
        changes = [(row, [*row.moved, *(day for why, day, _ in row.terms if why == "transferred")]) for row in rows]
        moved = [row for row, days in changes if any(day <= asked.last for day in days)]
        return {
            "recommendations": len(rows),
            "recommendations_by_state": {name: stood[name] for name in STANDINGS},
            "recommendations_transferred": len(moved),
            "handling_rate": rate(stood["verified"] + stood["closed"], len(rows)),
            "remedied_in_time": rate(len(in_time), stood["verified"]),
        }

    def earlier(self, visit: Visit) -> list[Visit]:
        """Counting visits of the unit, or of one it carries on, in the two years before the visit."""
        oldest = (visit.day.year - 2, visit.day.month, visit.day.day)
        return [
            other
            for other in self.history.visits
            if self.signed(other)
            and other.day < visit.day
            and (other.day.year, other.day.month, other.day.day) >= oldest
            and visit.unit in self.org.heirs(other.unit, visit.day)[0]
        ]

    def state(self, finding: Finding, on: date) -> str:
        rows = [row for row in self.history.recommendations if finding.id in row.findings]
        followed = [row for row in rows if row.issued and row.issued <= on]
        is_open = any(not row.settled or row.settled[2] > on for row in followed)
        if finding.remedied and finding.remedied <= on and not is_open:
            return "remedied"
        if followed:
            late = "overdue" in [standing(row, on) for row in followed]
            return "overdue" if late else "in_term" if is_open else "closed"
        if finding.due is None:
            return "no_term"
        return "overdue" if finding.due < on and not self.contested(finding, on) else "in_term"

    def contested(self, finding: Finding, on: date) -> bool:
        """The unit objects and nobody has decided; or its term to answer the draft runs."""
        if finding.objected and finding.objected <= on and not (finding.decided and finding.decided <= on):
            return True
        mine = [row for row in self.history.hearings if row.visit == finding.visit]
        return any(row.shared <= on <= row.until and not (row.heard and row.heard <= on) for row in mine)

    def repeats(self, visit: Visit, finding: Finding) -> bool:
        before = {other.id for other in self.earlier(visit)}
        return bool(finding.code) and any(
            row.visit in before and row.code == finding.code and row.outcome != "withdrawn"
            for row in self.history.findings
        )

    def answers(self, asked: Asked) -> dict:
        visits = self.visits(asked)
        found = {}
        for code in sorted({row.code for row in CRITERIA if row.counted}):
            asked_at = [visit for visit in visits if on_form(visit, code)]
            if asked_at:
                found[code] = self.of_criterion(code, asked_at, asked)
        return found

    def outcome(self, visit: Visit, code: str) -> str:
        return next((row.outcome for row in self.history.slips if (row.visit, row.code) == (visit.id, code)), "pass")

    def failed(self, visit: Visit, code: str) -> bool:
        """Failed, and not only by findings that were withdrawn."""
        found = {row.outcome for row in self.history.findings if (row.visit, row.code) == (visit.id, code)}
        return self.outcome(visit, code) == "fail" and found != {"withdrawn"}

    def of_criterion(self, code: str, visits: list[Visit], asked: Asked) -> dict:
        outcomes = Counter(self.outcome(visit, code) for visit in visits)
        units = {self.unit_of(visit, asked) for visit in visits if self.outcome(visit, code) != "not_asked"}
        failed = [visit for visit in visits if self.failed(visit, code)]
        again = [v for v in failed if any(self.failed(other, code) for other in self.earlier(v))]
        newest = max(row.checklist for row in CRITERIA if row.code == code)
        return {
            "text": f"{code} of {newest}",
            "pass": outcomes["pass"],
            "partial": outcomes["partial"],
            "fail": outcomes["fail"],
            "not_applicable": outcomes["not_applicable"],
            "units_asked": len(units),
            "pass_rate": rate(outcomes["pass"], outcomes["pass"] + outcomes["partial"] + outcomes["fail"]),
            "repeats": len(again),
        }

    def flagged(self, asked: Asked) -> set[int]:
        """Units (leads) with visits in the period that nobody carries whole on the day, if it concerns the scope."""
        found = set()
        for visit in self.history.visits:
            if not self.signed(visit) or not asked.first <= visit.day <= asked.last:
                continue
            unit = self.placed(visit, asked)
            heirs, whole = self.org.heirs(unit, asked.restated)
            divided = not whole or len(heirs) != 1
            if heirs and divided and any(self.belongs(heir, asked, asked.restated) for heir in heirs):
                found.add(unit)
            if not heirs and self.belongs(unit, asked, visit.day):
                found.add(unit)
        return found

    def children_ever(self, asked: Asked) -> set[int]:
        """Units that answered to the scope on any day of the period."""
        rows = self.history.edges
        return {
            row.child for row in rows if row.parent == asked.scope and row.start <= asked.last and row.end > asked.first
        }


def on_form(visit: Visit, code: str) -> bool:
    """Whether the visit's checklist, in the form that was used, asks the criterion."""
    rows = [row for row in CRITERIA if row.checklist == visit.checklist and row.code == code and row.counted]
    return bool(rows) and (rows[0].short or not visit.short)


def due(row: Recommendation, on: date) -> date:
    """The term that held at the end of the day."""
    return [end for _, set_on, end in row.terms if set_on <= on][-1]


def standing(row: Recommendation, on: date) -> str:
    """Where it stood at the end of the day."""
    if row.settled and row.settled[2] <= on:
        return row.settled[0]
    asked = [(since, until) for since, until, _ in (*row.reports, *row.extensions)]
    if any(since <= on and (until is None or until > on) for since, until in asked):
        return "waiting"
    return "overdue" if due(row, on) < on else "in_term"


def days_over(row: Recommendation, on: date) -> int:
    late = {"verified": row.late or 0, "overdue": (on - due(row, on)).days}
    return late.get(standing(row, on), 0)


def proofs(row: Recommendation, on: date) -> int:
    """Files of reports by the day; they are added half an hour after midnight, on the day after the report."""
    return sum(files for since, _, files in row.reports if since < on)


def months(first: date, last: date) -> list[str]:
    found, year, month = [], first.year, first.month
    while (year, month) <= (last.year, last.month):
        found.append(f"{year:04d}-{month:02d}")
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found


__all__ = ["PROVINCE", "Asked", "Oracle", "days_over", "due", "proofs", "standing"]
