"""What became of generated findings: recommendations with their terms, mostly kept, and now and then a measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from kycuong.core.clock import today
from kycuong.deadlines.queries import terms_of
from kycuong.demo.followed import FOLLOWED, LATE, WITHOUT_NUMBER
from kycuong.followup.models import (
    AccountabilityMeasure,
    FollowupRule,
    MeasureKind,
    NameRetention,
    Recommendation,
    RecommendationTerm,
    Reminder,
    StandardWording,
)
from kycuong.followup.rules import RecommendationState, TermKind, days_late
from kycuong.followup.rules.accountability import About, MeasureState, Rank
from kycuong.followup.rules.ladder import Level
from kycuong.followup.rules.retention import kept_until
from kycuong.inspections.rules import Source
from kycuong.inspections.rules.concerned import Category

from .days import LAST, Days
from .roster import Roster
from .writing import Row, Table, put, uid_of

MEASURED = 0.5
"""Chance that somebody answers for a serious finding of which was concluded."""
SERIOUS = 3


@dataclass(frozen=True, slots=True)
class Decided:
    """What was concluded of one visit: when, under which number, when even what was forgotten is done, and the last day that is told
    of: that of the unit, or of the nation."""

    issued: date
    document: str
    late: date
    until: date


@dataclass(frozen=True, slots=True)
class Followed:
    """A finding of which something becomes."""

    visit: int
    unit: int
    severity: int
    code: str
    visited_on: date


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure: its day, and the row that waits to be written where it is about one person."""

    on: date
    personal: Row | None


class Following:
    """The tables of recommendations and measures; texts, terms and kinds are read once."""

    def __init__(self, calendar: Days) -> None:
        self.calendar, self.today, self.kept = calendar, today(), NameRetention.on(today())
        self.advice, self.term = Table(Recommendation), Table(RecommendationTerm)
        self.answers, self.reminders = Table(Recommendation.findings.through), Table(Reminder)
        self.measures, self.grounds = Table(AccountabilityMeasure), Table(AccountabilityMeasure.findings.through)
        self.wordings = {one.criterion_code: one for one in StandardWording.objects.all()}
        self.terms = FollowupRule.on(LAST)
        self.ladders: dict[date, list[tuple[str, date]]] = {}
        self.due: dict[tuple[date, int], tuple[date, str]] = {}
        self.kinds = list(MeasureKind.objects.filter(for_collective=True, for_person=True).order_by("pk"))
        self._bases()

    def _bases(self) -> None:
        advice = Recommendation(visit_id=0, unit_id=0, text="", days=1, source=Source.DEMONSTRATION)
        self.advice_base = self.advice.row_of(advice)
        self.of_advice = self.advice.places(
            "uid", "visit_id", "unit_id", "text", "expected_proof", "days", "document", "state", "issued_on", "issued_to_id",
            "due_on", "settled_on", "decided_on", "days_late", "created_at",
        )  # fmt: skip
        self.term_base = self.term.row_of(RecommendationTerm(recommendation_id=0, kind=TermKind.ISSUED))
        self.of_term = self.term.places("recommendation_id", "set_on", "start", "days", "due_on", "words", "set_at")
        measure = AccountabilityMeasure(visit_id=0, unit_id=0, kind_id=0, authority_id=0, about=About.COLLECTIVE)
        measure.state = MeasureState.DECIDED
        self.measure_base = self.measures.row_of(measure)
        self.of_measure = self.measures.places(
            "uid", "visit_id", "unit_id", "about", "category", "rank", "kind_id", "authority_id", "number", "decided_on",
            "recorded_at", "created_at",
        )  # fmt: skip
        self.reminder_base = self.reminders.row_of(Reminder(recommendation_id=0, told=0))
        self.of_reminder = self.reminders.places("recommendation_id", "level", "due_on", "reminded_on", "told_at")
        self.of_erased = self.measures.places("erased_on", "version")

    @property
    def tables(self) -> list[Table]:
        return [self.advice, self.term, self.answers, self.reminders, self.measures, self.grounds]

    def decide(self, visited_on: date, until: date, rng: Random) -> Decided | None:
        """Whether the visit was concluded upon, while the unit existed."""
        followed, numbered, number = rng.random() < FOLLOWED, rng.random() >= WITHOUT_NUMBER, rng.randint(5, 180)
        issued = self.calendar.since(visited_on + timedelta(rng.randint(3, 6)))
        late = issued + timedelta(rng.randint(*LATE))
        if not followed or issued > until:
            return None
        return Decided(issued, f"{number}/TB-KT" if numbered else "", late, until)

    def settled(self, decided: Decided, remedied: date | None) -> date | None:
        """The day of the remedy that the finding carries, else one long after the term; a unit that ends leaves nothing open."""
        day = max(remedied, decided.issued + timedelta(1)) if remedied else decided.late
        return min(day, decided.until) if day <= decided.until or decided.until < LAST else None

    def recommend(self, decided: Decided, followed: Followed, finding: int, settled: date | None, rng: Random) -> None:
        days = self.terms.days_for(followed.severity)
        due_on, told = self._term(decided.issued, days)
        wording = self.wordings.get(followed.code)
        text = wording.text if wording else f"Khắc phục tiêu chí {followed.code}"
        issued, due = decided.issued.isoformat(), due_on.isoformat()
        state = RecommendationState.VERIFIED if settled else RecommendationState.ISSUED
        done = settled.isoformat() if settled else None
        late = days_late(settled, due_on) if settled else None
        row, moment = self.advice_base.copy(), f"{issued} 03:00:00"
        ids = (uid_of(decided.issued, rng), followed.visit, followed.unit)
        words = (text, wording.expected_proof if wording else "", days, decided.document, str(state))
        put(row, self.of_advice, (*ids, *words, issued, followed.unit, due, done, done, late, moment))
        advice = self.advice.add(row)
        self.answers.add([0, advice, finding])
        row = self.term_base.copy()
        put(row, self.of_term, (advice, issued, issued, days, due, told, moment))
        self.term.add(row)
        for level, day in self._ladder(due_on) if not settled else ():
            row = self.reminder_base.copy()
            put(row, self.of_reminder, (advice, level, due, day.isoformat(), f"{day} 01:00:00"))
            self.reminders.add(row)

    def measure(
        self, decided: Decided, followed: Followed, finding: int, roster: Roster, rng: Random
    ) -> Measured | None:
        """By the superior of the unit on that day, within three months of the conclusion, while the unit is there."""
        if followed.severity < SERIOUS or rng.random() >= MEASURED or not self.kinds:
            return None
        day = self.calendar.since(decided.issued + timedelta(rng.randint(15, 80)))
        if day > decided.until:
            return None
        collective = rng.random() < 0.5
        whom = (
            (str(About.COLLECTIVE), "", "")
            if collective
            else (str(About.PERSON), str(Category.CIVIL_SERVANT), str(Rank.STAFF))
        )
        authority, kind = roster.parent(followed.unit, day), rng.choice(self.kinds).pk
        row, moment = self.measure_base.copy(), f"{day} 03:00:00"
        outcome = (f"{rng.randint(10, 900)}/QĐ", day.isoformat(), moment, moment)
        put(row, self.of_measure, (uid_of(day, rng), followed.visit, followed.unit, *whom, kind, authority, *outcome))
        self.grounds.add([0, self.measures.add(row), finding])
        return Measured(day, None if collective else row)

    def forget(self, measures: Sequence[Measured]) -> None:
        """What tells of one person is erased where the term of the visit is over: on the day after it, as the tick had done it."""
        if not measures:
            return
        erased = kept_until(max(measure.on for measure in measures), self.kept) + timedelta(1)
        for measure in measures if erased <= self.today else ():
            if measure.personal:
                put(measure.personal, self.of_erased, (erased.isoformat(), 2))

    def _ladder(self, due_on: date) -> list[tuple[str, date]]:
        """Steps that the tick had taken by now about what is still open, and when; of each nobody was there to be told."""
        if due_on not in self.ladders:
            terms = self.terms
            after = {
                Level.HEAD: terms.head_after,
                Level.SUPERIOR: terms.superior_after,
                Level.LEADER: terms.leader_after,
            }
            days = terms_of([(due_on, count + 1) for count in after.values()])
            steps = zip(after, days, strict=True)
            self.ladders[due_on] = [(str(level), day.due_on) for level, day in steps if day.due_on <= self.today]
        return self.ladders[due_on]

    def _term(self, issued: date, days: int) -> tuple[date, str]:
        """The last day of the term, and how it was computed."""
        if (issued, days) not in self.due:
            (term,) = terms_of([(issued, days)])
            self.due[issued, days] = (term.due_on, term.words[:600])
        return self.due[issued, days]
