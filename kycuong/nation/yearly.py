"""One year of one province: its plans, then inspections with visits, minutes, answers, findings, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from kycuong.inspections.models import Inspection
from kycuong.inspections.rules import Form, InspectionState, Source, VisitState, state_of

from .days import LAST
from .following import Followed, Following, Measured
from .planning import Planning
from .profiles import Profile, Profiles, Tables
from .roster import Pool, Roster
from .writing import Table, put, uid_of

AT_ONCE = 4_000
"""Visits whose rows wait in memory at the same time."""
FORMS = (
    (Form.PLANNED,) * 9 + (Form.SURPRISE,) * 5 + (Form.COMBINED,) * 3 + (Form.CROSS_CHECK, Form.RECHECK, Form.REMOTE)
)
SHORT = (Form.SURPRISE, Form.CROSS_CHECK, Form.RECHECK, Form.REMOTE)
ANNULLED = 0.01
"""Chance that a visit was annulled later."""
ANNUL_REASON = "Ghi nhầm đơn vị (dữ liệu tạo sinh)"
END_OF_DAY = "10:00:00"
"""Five in the afternoon in Việt Nam."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One visit to come: under which inspection, led by whom, at whom, when."""

    inspection: int
    lead: int
    unit: int
    kind: str
    form: str
    on: date


class Year:
    """The rows of one province in one year; `write` puts them into the tables, in pieces that fit into memory."""

    def __init__(
        self, roster: Roster, profiles: Profiles, following: Following, topics: list[int], rng: Random
    ) -> None:
        self.roster, self.profiles, self.following, self.topics, self.rng = roster, profiles, following, topics, rng
        self.days = following.calendar.between(roster.first, roster.last)
        self.rows = Tables.fresh()
        self.planning = Planning(roster.first.year, following.calendar)
        self.inspection, self.topic = Table(Inspection), Table(Inspection.topics.through)
        self.plans: dict[int, tuple[int, date]] = {}
        self.inspection_base = self.inspection.row_of(
            Inspection(lead_id=0, form=Form.PLANNED, state=InspectionState.MINUTES_SIGNED, source=Source.DEMONSTRATION)
        )
        at = self.inspection.places
        self.of_inspection = at("uid", "lead_id", "plan_id", "form", "opened_on", "created_at", "state")
        self.of_visit = self.rows.visit.places(
            "uid",
            "inspection_id",
            "unit_id",
            "visited_on",
            "unit_name_then",
            "lead_name_then",
            "recorded_at",
            "signed_at",
        )
        self.of_annulled = self.rows.visit.places("state", "annulled_at", "annul_reason")
        self.of_minutes = self.rows.minutes.places("visit_id", "number")
        self.of_exception = self.rows.exception.places("visit_id", "unit_id")
        self.of_finding = self.rows.finding.places("uid", "visit_id", "unit_id", "due_on", "remedied_on")

    @property
    def tables(self) -> list[Table]:
        rows = self.rows
        own = [
            *self.planning.tables,
            self.inspection,
            self.topic,
            rows.visit,
            rows.minutes,
            rows.exception,
            rows.finding,
        ]
        return [*own, *self.following.tables]

    def write(self, visits: int) -> Iterator[int]:
        """Write so many visits; how many are written so far, after each part."""
        self.plans = self.planning.write(self.roster, self.rng)
        done = waiting = 0
        while done < visits:
            written = self._inspection(min(self.rng.choice((1, 1, 2, 2, 3, 4)), visits - done))
            done, waiting = done + written, waiting + written
            if waiting >= AT_ONCE:
                self.flush()
                waiting = 0
                yield done
        self.flush()
        yield done

    def flush(self) -> None:
        for table in self.tables:
            table.flush()

    def _inspection(self, units: int) -> int:
        """One inspection with up to so many visits on one working day. How many there are."""
        rng, day = self.rng, self.rng.choice(self.days)
        pool, lead = self._led(day)
        form = str(rng.choice(FORMS))
        drawn = rng.sample(pool.subjects, min(units + 1, len(pool.subjects)))
        plan, issued = self.plans.get(lead, (None, day))
        row = self.inspection_base.copy()
        number, opened = (plan if plan and issued <= day else None), f"{day} 01:00:00"
        put(row, self.of_inspection, (uid_of(day, rng), lead, number, form, day.isoformat(), opened, ""))
        key = self.inspection.add(row)
        for topic in rng.sample(self.topics, 2 if form == Form.COMBINED else 1):
            self.topic.add([0, key, topic])
        subjects = [one for one in drawn if one[0] != lead][:units]
        states = [self._visit(Meeting(key, lead, unit, kind, form, day)) for unit, kind in subjects]
        put(row, self.of_inspection[-1:], (str(state_of(InspectionState.IN_PROGRESS, states, sealed=False)),))
        return len(subjects)

    def _led(self, day: date) -> tuple[Pool, int]:
        """A province by its size, and one of its departments."""
        pools = self.roster.on(day)
        (pool,) = self.rng.choices(pools, weights=[len(pool.subjects) for pool in pools])
        return pool, self.rng.choice(pool.leads)

    def _visit(self, meeting: Meeting) -> str:
        profile = self.rng.choice(self.profiles[meeting.kind, meeting.form in SHORT])
        row, day, rng = profile.visit.copy(), meeting.on.isoformat(), self.rng
        names = self.roster.name(meeting.unit, meeting.on), self.roster.name(meeting.lead, meeting.on)
        signed = f"{day} {END_OF_DAY}"
        ids = (uid_of(meeting.on, rng), meeting.inspection, meeting.unit, day)
        put(row, self.of_visit, (*ids, *names, signed, signed))
        annulled = rng.random() < ANNULLED
        if annulled:  # by nobody: the import of a sheet knows only that it was
            put(row, self.of_annulled, (str(VisitState.ANNULLED), signed, ANNUL_REASON))
        visit = self.rows.visit.add(row)
        row = profile.minutes.copy()
        put(row, self.of_minutes, (visit, f"{visit}/BB-{meeting.on.year}"))
        self.rows.minutes.add(row)
        for exception in profile.exceptions:
            row = exception.copy()
            put(row, self.of_exception, (visit, meeting.unit))
            self.rows.exception.add(row)
        self._findings(profile, visit, meeting, follow=not annulled)
        return VisitState.ANNULLED if annulled else VisitState.SIGNED

    def _findings(self, profile: Profile, visit: int, meeting: Meeting, *, follow: bool) -> None:
        until = min(LAST, self.roster.end(meeting.unit) - timedelta(1))
        decided = self.following.decide(meeting.on, until, self.rng) if follow and profile.findings else None
        measures: list[Measured] = []
        for found in profile.findings:
            row, followed = found.row.copy(), Followed(visit, meeting.unit, found.severity, found.code, meeting.on)
            due, remedied = _later(meeting.on, found.due_after), _later(meeting.on, found.remedied_after)
            if remedied and remedied > until:
                remedied = None
            settled = self.following.settled(decided, remedied) if decided else None
            ids = (uid_of(meeting.on, self.rng), visit, meeting.unit)
            put(row, self.of_finding, (*ids, _iso(due), _iso(remedied or settled)))
            key = self.rows.finding.add(row)
            if decided:
                self.following.recommend(decided, followed, key, settled, self.rng)
                measured = self.following.measure(decided, followed, key, self.roster, self.rng)
                measures += [measured] if measured else []
        self.following.forget(measures)


def _later(day: date, days: int | None) -> date | None:
    return None if days is None else day + timedelta(days)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
