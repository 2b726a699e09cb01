"""The same questions over an export of facts: counted by another engine, with no look into the database."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from kycuong.core.clock import now
from kycuong.facts.queries import Engine, Found, unit_called
from kycuong.facts.store import installation
from kycuong.orgs.models import Unit
from kycuong.reports.figures.items import Item, items
from kycuong.reports.figures.question import SUBJECT
from kycuong.reports.figures.runner import counted_by
from kycuong.reports.queries.figures import answered, asked, figures_for
from kycuong.reports.rules.periods import Period


@dataclass(frozen=True)
class Elsewhere:
    """An export that is being asked: about which unit, when, and in which view."""

    engine: Engine
    unit: Found
    period: Period
    view: str
    restated_on: date | None

    @property
    def age(self) -> timedelta:
        """How old the export is."""
        return now() - self.engine.taken_at

    def answer(self) -> dict[str, Any]:
        """As `answer_for`, and from which export by which engine."""
        scope = {
            "uid": str(UUID(self.unit.uid)),
            "slug": self.unit.slug,
            "name": self.unit.name,
            "kind": self.unit.kind,
        }
        with counted_by(self.engine):
            found = figures_for(Unit(pk=self.unit.pk), self.period, view=self.view, restated_on=self.restated_on)
        return {"facts": self.source()} | answered(scope, self.period, self.view, self.restated_on, found)

    def items(self) -> list[Item]:
        question = asked(Unit(pk=self.unit.pk), self.period, self.view, self.restated_on)
        with counted_by(self.engine):
            return items(question)

    def source(self) -> dict[str, Any]:
        """Of which moment, counted by what, and whose: installation, version, inspections, and how many of them are made up."""
        told = {"taken_at": self.engine.taken_at.isoformat(), "engine": self.engine.name}
        return told | asdict(self.engine.origin) | {"ours": self.ours}

    @property
    def ours(self) -> bool:
        """Whether this installation made the export."""
        return self.engine.origin.installation in installation()


def elsewhere(
    engine: Engine, unit: str, period: Period, *, view: str = SUBJECT, restated_on: date | None = None
) -> Elsewhere:
    """The unit as the export knows it. For the command line of the server, which may see everything."""
    return Elsewhere(engine, unit_called(engine, unit, restated_on or period.last), period, view, restated_on)
