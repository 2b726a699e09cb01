"""The index of administrative reform for a scope and a year: each criterion with both its numbers, its points and its proof."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from kycuong.core.problems import BadInput
from kycuong.orgs.models import Unit
from kycuong.reports.figures import FIGURES
from kycuong.reports.figures.proof import PROOF
from kycuong.reports.figures.question import Question
from kycuong.reports.models import ParCriterion
from kycuong.reports.rules.par import EARLIEST, KINDS, Criterion
from kycuong.reports.rules.periods import Period, between

from .figures import Rows, figures_for, owners_of, rows_behind


@dataclass(frozen=True)
class Scored:
    """One criterion with its numbers; no points where there is nothing to divide by."""

    criterion: Criterion
    value: dict[str, Any]
    definition: str

    @property
    def points(self) -> Decimal | None:
        return self.criterion.points(self.value["numerator"], self.value["denominator"])


@dataclass(frozen=True)
class Document:
    """One document that proves it; without a number it still has to be filled in."""

    kind: str
    unit: str
    unit_name: str
    number: str
    issued_on: date | None

    @property
    def kind_label(self) -> str:
        return gettext(KINDS[self.kind])


@dataclass(frozen=True)
class ParSheet:
    """All of it."""

    scope: Unit
    year: int
    period: Period
    scored: list[Scored]
    documents: list[Document]

    @property
    def missing(self) -> int:
        return sum(not one.number for one in self.documents)

    @property
    def points(self) -> Decimal:
        return sum((one.points or Decimal(0) for one in self.scored), Decimal(0))

    @property
    def most(self) -> Decimal:
        return sum((one.criterion.most for one in self.scored), Decimal(0))


def par_for(scope: Unit, year: int, *, today: date) -> ParSheet:
    """The sheet of a year, up to today when the year is not over. The caller has authorised `figures.see`."""
    period = year_of(year, today=today)
    criteria = ParCriterion.on(period.last)
    values = figures_for(scope, period, names=dict.fromkeys(one.figure for one in criteria))
    scored = [Scored(one, values[one.figure], FIGURES[one.figure].definition) for one in criteria]
    question = Question(scope.pk, period)
    lists = {kind: rows_behind(listing, question, None, None, 0) for kind, listing in PROOF.items()}
    return ParSheet(scope, year, period, scored, documents(lists, period.last))


def documents(lists: dict[str, Rows], day: date) -> list[Document]:
    """The lists one after the other, each unit with whose it is."""
    owners = owners_of({row["unit"] for rows in lists.values() for row in rows.dicts()}, day)
    return [
        Document(kind, row["unit"], row["unit_name"] + owners[row["unit"]], row["number"], row["issued_on"])
        for kind, rows in lists.items()
        for row in rows.dicts()
    ]


def year_of(year: int, *, today: date) -> Period:
    if not EARLIEST.year <= year <= today.year:
        raise BadInput(
            f"Hãy chọn năm từ {EARLIEST.year} đến {today.year}.",
            en=f"Choose a year between {EARLIEST.year} and {today.year}.",
            errors=[{"field": "year", "vi": "Năm chưa đúng.", "en": "Not a possible year."}],
        )
    return between(date(year, 1, 1), min(date(year, 12, 31), today))


def par_answer(sheet: ParSheet) -> dict[str, Any]:
    """What the command line and the API say."""
    return {
        "scope": sheet.scope.slug,
        "year": sheet.year,
        "from": sheet.period.first.isoformat(),
        "to": sheet.period.last.isoformat(),
        "criteria": [criterion_told(one) for one in sheet.scored],
        "points": float(sheet.points),
        "most": float(sheet.most),
        "documents": [
            {**asdict(one), "issued_on": one.issued_on.isoformat() if one.issued_on else None}
            for one in sheet.documents
        ],
        "missing_numbers": sheet.missing,
    }


def criterion_told(one: Scored) -> dict[str, Any]:
    rule = one.criterion
    return {
        "code": rule.code,
        "title": rule.title,
        "figure": rule.figure,
        "value": one.value,
        "points": None if one.points is None else float(one.points),
        "most": float(rule.most),
        "tiers": [{"since_percent": float(tier.since), "points": float(tier.points)} for tier in rule.tiers],
        "note": rule.note,
        "valid_from": rule.valid_from.isoformat() if rule.valid_from else None,
        "definition": one.definition,
    }
