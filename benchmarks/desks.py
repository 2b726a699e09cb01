"""What desks write while a soak lasts: signed visits, recommendations, annulments, reorganisations, ticks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from random import Random

from django.core.management import call_command

from kycuong.core.problems import Problem
from kycuong.demo.followed import load_recommendations
from kycuong.demo.scenario.sketch import VisitSketch, is_working_day
from kycuong.demo.visits import RowMaker
from kycuong.inspections.actions import record_signed_visits
from kycuong.inspections.rules import Source
from kycuong.orgs.authority import at_the_machine
from tests.nation.acts import ALL_ACTS, annul, parent, standing

FIRST = date(2026, 1, 2)
INSPECTED = ("commune_pc", "division", "public_service_unit")


class Desks:
    """One writer. `done`: how often each kind of act was done, and how often the rules refused it. Days go on from the second day of
    2026 to `last`, so that no reorganisation comes before what was written at the unit."""

    def __init__(self, seed: int, last: date) -> None:
        self.random, self.last, self.done, self.number = Random(seed), last, Counter[str](), 0

    def write(self, share: float) -> None:
        """One act of some kind; `share`: how much of the soak is over."""
        day = FIRST + timedelta(round((self.last - FIRST).days * share))
        kind = self.random.choices([self.visits, self.annulled, self.reorganised, self.ticked], [20, 2, 3, 1])[0]
        self.tried(lambda: kind(day), kind.__name__)

    def tried(self, act: Callable[[], None], name: str) -> None:
        with at_the_machine():
            try:
                act()
                self.done[name] += 1
            except Problem:
                self.done[f"{name}, refused"] += 1

    def visits(self, day: date) -> None:
        """An inspection of one to three units, signed, and what is recommended of its findings."""
        while not is_working_day(day):
            day -= timedelta(1)
        units = {one.slug: one for one in (standing(self.random, *INSPECTED) for _ in range(self.random.randint(1, 3)))}
        lead = parent(next(iter(units.values())))
        maker = RowMaker({**units, "lead": lead}, dict.fromkeys(units, "commune_pc"), {}, self.last)
        form = self.random.choice(("surprise", "planned"))
        rows = []
        for slug in units:
            self.number += 1
            sketch = VisitSketch(f"soak-{self.number}", "lead", slug, day, form, quality=self.random.choice((0.7, 0.9)))
            rows.append(maker.row(self.number, sketch))
        written = record_signed_visits(rows, by=None, source=Source.DEMONSTRATION)
        load_recommendations(written, until=self.last)

    def annulled(self, day: date) -> None:
        annul(self.random, day)

    def reorganised(self, day: date) -> None:
        acts = [act for act in ALL_ACTS if act is not annul]
        self.random.choice(acts)(self.random, day)

    def ticked(self, _day: date) -> None:
        with suppress(SystemExit):
            call_command("tick")
