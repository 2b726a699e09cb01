"""Random histories: a small province that is reorganised, inspected, corrected and planned for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from .happened import (
    BEGIN,
    CODES,
    END,
    FIRST_VISIT,
    FOREVER,
    FORMS,
    OUTCOMES,
    PROVINCE,
    Declared,
    Edge,
    Finding,
    Hearing,
    History,
    Inspection,
    Plan,
    Recommendation,
    Slip,
    Succession,
    Version,
    Visit,
)


class Writer:
    """Makes a history from one random source. Every act is a paragraph that a registrar would write."""

    def __init__(self, random: Random, history: History | None = None) -> None:
        self.random = random
        self.history = history or History()

    # -------------------------------------------------------------------------------------------------- the units

    def begin(self, kind: str, parent: int | None, day: date) -> int:
        unit = max(self.history.units(), default=0) + 1
        self.history.versions.append(Version(unit, kind, day, FOREVER))
        if parent is not None:
            self.history.edges.append(Edge(unit, parent, day, FOREVER))
        return unit

    def found(self, districts: int) -> None:
        """The province as it begins: departments with rooms, districts with communes and rooms."""
        self.begin("province", None, BEGIN)
        for _ in range(self.random.randint(1, 2)):
            department = self.begin("provincial_department", PROVINCE, BEGIN)
            for kind in self.random.choices(("division", "public_service_unit"), k=self.random.randint(0, 2)):
                self.begin(kind, department, BEGIN)
        for _ in range(districts):
            district = self.begin("district_pc", PROVINCE, BEGIN)
            for kind in self.random.choices(("commune_pc", "commune_pc", "division"), k=self.random.randint(1, 4)):
                self.begin(kind, district, BEGIN)

    def living(self, kinds: tuple[str, ...], day: date) -> list[int]:
        """Units that nothing has ended, and that nothing happened to since the day, nor to what stands under them: it would end
        on the day on which it began."""
        busy = {row.unit for row in self.history.versions if row.start >= day}
        busy |= {row.child for row in self.history.edges if row.start >= day}
        busy |= {unit for row in self.history.successions if row.day >= day for unit in (row.old, row.new) if unit}
        rows = [row for row in self.history.versions if row.end == FOREVER and row.kind in kinds]
        return [row.unit for row in rows if row.unit not in busy and not self.stirs(row.unit, busy)]

    def stirs(self, unit: int, busy: set[int]) -> bool:
        return any(child in busy or self.stirs(child, busy) for child in self.children(unit))

    def parent(self, unit: int) -> int:
        return next(row.parent for row in self.history.edges if row.child == unit and row.end == FOREVER)

    def children(self, unit: int) -> list[int]:
        return [row.child for row in self.history.edges if row.parent == unit and row.end == FOREVER]

    def end(self, unit: int, day: date, children_to: int | None) -> None:
        """The unit ends; those under it pass to another unit, or end, too."""
        for child in self.children(unit):
            if children_to is None:
                self.end(child, day, None)
                self.history.successions.append(Succession(day, child, None, whole=True))
            else:
                self.move(child, children_to, day)
        self.history.versions = [cut(row, day) if row.unit == unit else row for row in self.history.versions]
        self.history.edges = [cut(row, day) if row.child == unit else row for row in self.history.edges]

    def move(self, unit: int, to: int, day: date) -> None:
        self.history.edges = [cut(row, day) if row.child == unit else row for row in self.history.edges]
        self.history.edges = [row for row in self.history.edges if row.start < row.end]
        self.history.edges.append(Edge(unit, to, day, FOREVER))

    def reorganise(self, day: date) -> None:
        kinds = self.random.choice((("commune_pc",), ("commune_pc",), ("division",), ("district_pc",)))
        units = self.living(kinds, day)
        self.random.shuffle(units)
        if units:
            act = self.random.choice(
                (self.merge, self.absorb, self.split, self.give, self.leave, self.drop, self.shift)
            )
            act(units, day)

    def merge(self, units: list[int], day: date) -> None:
        """Two or three units become a new one."""
        old = units[: self.random.randint(2, 3)]
        kind = next(row.kind for row in self.history.versions if row.unit == old[0])
        new = self.begin(kind, self.parent(old[0]), day)
        for unit in old:
            self.end(unit, day, new)
            self.history.successions.append(Succession(day, unit, new, whole=True))

    def absorb(self, units: list[int], day: date) -> None:
        """One unit takes over another."""
        if len(units) > 1:
            self.end(units[0], day, units[1])
            self.history.successions.append(Succession(day, units[0], units[1], whole=True))

    def split(self, units: list[int], day: date) -> None:
        """A unit ends in two: a new one, and another new or an existing one."""
        kind = next(row.kind for row in self.history.versions if row.unit == units[0])
        first = self.begin(kind, self.parent(units[0]), day)
        second = units[1] if len(units) > 1 and self.random.random() < 0.6 else self.begin(kind, PROVINCE, day)
        self.end(units[0], day, first)
        self.history.successions += [Succession(day, units[0], part, whole=False) for part in (first, second)]

    def give(self, units: list[int], day: date) -> None:
        """A unit goes on, and gives a part away."""
        if len(units) > 1:
            self.history.successions.append(Succession(day, units[0], units[1], whole=False))

    def leave(self, units: list[int], day: date) -> None:
        """A unit ends; a part is carried on by another, the rest by nobody."""
        if len(units) > 1:
            self.end(units[0], day, units[1])
            self.history.successions.append(Succession(day, units[0], units[1], whole=False))

    def drop(self, units: list[int], day: date) -> None:
        """A unit ends, and nobody carries it on."""
        self.end(units[0], day, None)
        self.history.successions.append(Succession(day, units[0], None, whole=True))

    def shift(self, units: list[int], day: date) -> None:
        """A unit answers to somebody else, or becomes another kind of unit."""
        homes = [unit for unit in self.living(("district_pc", "provincial_department"), day) if unit != units[0]]
        kind = next(row.kind for row in self.history.versions if row.unit == units[0] and row.end == FOREVER)
        if kind == "district_pc" or not homes or self.random.random() < 0.3:
            rows = self.history.versions
            self.history.versions = [cut(row, day) if row.unit == units[0] else row for row in rows]
            other = "public_service_unit" if kind == "division" else kind
            self.history.versions.append(Version(units[0], other, day, FOREVER))
        else:
            self.move(units[0], self.random.choice(homes), day)

    # ------------------------------------------------------------------------------------------------- the visits

    def day(self, first: date, last: date) -> date:
        """A day; often one on which, or on the eve of which, something changes."""
        edges = [day for day in self.history.change_days() if first <= day <= last]
        if edges and self.random.random() < 0.3:
            return max(first, self.random.choice(edges) - timedelta(self.random.randint(0, 1)))
        return first + timedelta(self.random.randint(0, (last - first).days))

    def inspect(self, first: date, last: date) -> None:
        """One inspection with its visits; sometimes of or by a unit that is not there on the day."""
        leads = [row.unit for row in self.history.versions if row.kind not in ("commune_pc", "division")]
        lead = self.random.choice(leads)
        inspection = Inspection(
            len(self.history.inspections) + 1,
            lead,
            self.random.choice(FORMS),
            tuple(topic for topic in (1, 2) if self.random.random() < 0.4),
            sealed=self.random.random() < 0.2,
        )
        self.history.inspections.append(inspection)
        for _ in range(self.random.randint(0, 3)):
            self.visit(inspection, first, last)
        if inspection.form in ("self_check", "remote"):
            day = self.day(first, last)
            self.history.declared.append(Declared(self.subject(day), lead, day if self.random.random() < 0.8 else None))

    def visit(self, inspection: Inspection, first: date, last: date) -> None:
        day = self.day(first, last)
        unit = self.subject(day)
        if self.history.visits and self.random.random() < 0.2:
            day, unit = self.two_years_after(first, last)
        if any((row.inspection, row.unit, row.day) == (inspection.id, unit, day) for row in self.history.visits):
            return
        visit = Visit(
            len(self.history.visits) + 1,
            inspection.id,
            unit,
            day,
            self.random.choice(("signed",) * 7 + ("draft", "annulled")),
            self.random.choice((None, 1, 2, 2)),
            short=self.random.random() < 0.5,
        )
        self.history.visits.append(visit)
        if visit.checklist:
            codes = self.random.sample(CODES, self.random.randint(0, 3))
            self.history.slips += [Slip(visit.id, code, self.random.choice(OUTCOMES)) for code in codes]
        for _ in range(self.random.choice((0, 0, 1, 2))):
            self.find(visit)
        if self.random.random() < 0.4:
            shared = visit.day + timedelta(self.random.randint(0, 60))
            heard = shared + timedelta(self.random.randint(0, 20)) if self.random.random() < 0.5 else None
            until = shared + timedelta(self.random.randint(5, 20))
            self.history.hearings.append(Hearing(visit.id, shared, until, heard))
        for _ in range(self.random.choice((0, 0, 1, 1, 2))):
            self.recommend(visit)

    def two_years_after(self, first: date, last: date) -> tuple[date, int]:
        """The same unit again, at the border of the span in which a fault is repeated."""
        earlier = self.random.choice(self.history.visits)
        day = earlier.day + timedelta(730 + self.random.randint(-1, 2))
        return (day if first <= day <= last else self.day(first, last)), earlier.unit

    def subject(self, day: date) -> int:
        """Mostly a unit of the day, often one that something happens to; sometimes one that is not there."""
        there = [row.unit for row in self.history.versions if row.start <= day < row.end and row.kind != "province"]
        old = {row.old for row in self.history.successions}
        changed = [unit for unit in there if unit in old]
        if changed and self.random.random() < 0.5:
            return self.random.choice(changed)
        return self.random.choice(there if there and self.random.random() < 0.93 else self.history.units())

    def find(self, visit: Visit) -> None:
        due = visit.day + timedelta(self.random.choice((0, 10, 30, 90))) if self.random.random() < 0.8 else None
        remedied = visit.day + timedelta(self.random.randint(0, 120)) if self.random.random() < 0.5 else None
        code, severity = self.random.choice(("A1", "A1", "A1", "B1", "")), self.random.randint(1, 4)
        found = Finding(len(self.history.findings) + 1, visit.id, code, severity, due, remedied)
        self.history.findings.append(self.disputed(found, visit) if self.random.random() < 0.5 else found)

    def disputed(self, found: Finding, visit: Visit) -> Finding:
        """The unit objects; sometimes somebody decides."""
        objected = visit.day + timedelta(self.random.randint(0, 60))
        if self.random.random() < 0.3:
            return replace(found, objected=objected)
        outcome = self.random.choice(("kept", "changed", "withdrawn"))
        severity = self.random.randint(1, 4) if outcome == "changed" else None
        decided = objected + timedelta(self.random.randint(0, 40))
        return replace(found, objected=objected, decided=decided, outcome=outcome, severity_now=severity)

    def recommend(self, visit: Visit) -> None:
        """A recommendation, sometimes to another unit, sometimes still a draft, and what becomes of it."""
        number = len(self.history.recommendations) + 1
        unit = visit.unit if self.random.random() < 0.8 else self.random.choice(self.history.units())
        found = [one.id for one in self.history.findings if one.visit == visit.id and self.random.random() < 0.6]
        row = Recommendation(number, visit.id, unit, None, findings=tuple(found))
        if self.random.random() < 0.9:
            issued = visit.day + timedelta(self.random.choice((0, 5, 20, 60)))
            row = replace(
                row, issued=issued, terms=(("issued", issued, issued + timedelta(self.random.randint(0, 40))),)
            )
            for _ in range(self.random.randint(0, 4)):
                row = self.follow(row, issued)
        self.history.recommendations.append(row)

    def last_act(self, row: Recommendation) -> date:
        """The day of the last thing that somebody did about it."""
        acts = [day for _, day, _ in row.terms] + [
            day for one in (*row.reports, *row.extensions) for day in one[:2] if day
        ]
        return max(acts)

    def follow(self, row: Recommendation, since: date) -> Recommendation:
        """One more thing happens to it, unless it is settled or somebody waits for an answer."""
        waits = any(decided is None for _, decided, _ in (*row.reports, *row.extensions))
        if row.settled or waits or row.issued is None:
            return row
        day = max(since, self.last_act(row)) + timedelta(self.random.randint(0, 30))
        answered = day + timedelta(self.random.randint(0, 30)) if self.random.random() < 0.8 else None
        due = row.terms[-1][2]
        later_due = (answered or day) + timedelta(self.random.randint(1, 30))
        event = self.random.choice(
            ("report", "report", "remedy", "remedy", "extend", "refuse", "off", "transfer", "close")
        )
        if event == "close":
            return replace(row, settled=("closed", day, day))
        if event in ("off", "transfer"):
            moved = due + timedelta(self.random.randint(-2, 5))
            return replace(row, terms=(*row.terms, ({"off": "days_off"}.get(event, "transferred"), day, moved)))
        if event in ("extend", "refuse"):
            granted = later_due if answered and event == "extend" else None
            terms = (*row.terms, ("extended", answered, granted)) if granted else row.terms
            return replace(row, terms=terms, extensions=(*row.extensions, (day, answered, granted)))
        row = replace(row, reports=(*row.reports, (day, answered, self.random.randint(0, 2))))
        if answered is None:
            return row
        if event == "report":
            back = (*row.terms, ("returned", answered, later_due)) if self.random.random() < 0.5 else row.terms
            return replace(row, terms=back)
        return replace(row, settled=("verified", day, answered), late=max(0, (day - due).days))

    def plan(self, first_year: int, last_year: int) -> None:
        agency, year = self.random.choice(self.history.units()), self.random.randint(first_year, last_year)
        if any((row.agency, row.year) == (agency, year) for row in self.history.plans):
            return
        target = self.random.choice(((None, None), (3, None), (None, 30), (None, 100), (0, None)))
        issued = date(year, 1, 1) + timedelta(self.random.randint(-20, 200)) if self.random.random() < 0.85 else None
        self.history.plans.append(Plan(len(self.history.plans) + 1, agency, year, issued, *target))


def cut(row: Version | Edge, day: date) -> Version | Edge:
    """The row, ended on the day if nothing ended it before."""
    return replace(row, end=day) if row.end == FOREVER else row


def history_of(seed: int, districts: int, changes: int, inspections: int) -> History:
    """The history of these numbers: small numbers make small histories, so that a failure shrinks."""
    writer = Writer(Random(seed))
    writer.found(districts)
    span = (END - FIRST_VISIT).days
    for offset in sorted(writer.random.randint(0, span) for _ in range(changes)):
        writer.reorganise(FIRST_VISIT + timedelta(offset))
    for _ in range(inspections):
        writer.inspect(FIRST_VISIT, END)
    for _ in range(inspections):
        writer.plan(2018, 2020)
    return writer.history


def later(history: History, after: date, seed: int) -> History:
    """The same, and what happens after the day: reorganisations, visits, remedies, plans, hearings that end, objections that
    are kept. A withdrawal is a correction, as an annulment is, and not among them."""
    writer = Writer(Random(seed), history.copy())
    start = max([after, *history.change_days()]) + timedelta(1)
    for step in range(3):
        writer.reorganise(start + timedelta(30 * step))
    for _ in range(3):
        writer.inspect(after + timedelta(1), after + timedelta(400))
    remedied = after + timedelta(1)
    writer.history.findings = [
        replace(row, remedied=remedied) if row.remedied is None else row for row in writer.history.findings
    ]
    writer.history.findings = [
        replace(row, decided=remedied, outcome="kept") if row.objected and not row.decided else row
        for row in writer.history.findings
    ]
    writer.history.findings = [
        row if row.objected else replace(row, objected=remedied) for row in writer.history.findings
    ]
    writer.history.hearings = [
        row if row.heard else replace(row, heard=max(row.shared, remedied)) for row in writer.history.hearings
    ]
    for place, row in enumerate(writer.history.recommendations):
        writer.history.recommendations[place] = answered_later(writer, row, after)
    writer.history.plans = [
        replace(row, issued=remedied) if row.issued is None else row for row in writer.history.plans
    ]
    return writer.history


def answered_later(writer: Writer, row: Recommendation, after: date) -> Recommendation:
    """After the day: what waited is decided, then more happens."""
    if row.issued is None:
        return replace(
            row, issued=after + timedelta(1), terms=(("issued", after + timedelta(1), after + timedelta(20)),)
        )
    day = max(after + timedelta(1), writer.last_act(row))
    if any(decided is None for _, decided, _ in row.reports):
        submitted = row.reports[-1][0]
        late = max(0, (submitted - row.terms[-1][2]).days)
        reports = (*row.reports[:-1], (submitted, day, row.reports[-1][2]))
        return replace(row, reports=reports, settled=("verified", submitted, day), late=late)
    if any(decided is None for _, decided, _ in row.extensions):
        granted = day + timedelta(10)
        extensions = (*row.extensions[:-1], (row.extensions[-1][0], day, granted))
        row = replace(row, extensions=extensions, terms=(*row.terms, ("extended", day, granted)))
    return writer.follow(row, day)
