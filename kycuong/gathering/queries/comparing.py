"""What agencies declare beside what the product counts of the same agency and period: side by side, never added together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kycuong.gathering.models import DeclaredFigure, DifferenceReason, Gathering, SentFile
from kycuong.gathering.rules import BY_KEY, FIGURES, MEASURES, Adds, FileState, FormColumn
from kycuong.orgs.authority import Someone
from kycuong.orgs.models import Unit
from kycuong.orgs.queries import full_names
from kycuong.reports.figures.question import LEAD
from kycuong.reports.queries import lines_of
from kycuong.reports.queries.figures import sees_measures
from kycuong.reports.rules.summary.by_agency import numbered
from kycuong.reports.rules.summary.content import Line, Rate

TARGET = BY_KEY["target"].number


@dataclass(frozen=True)
class Pair:
    """One column of one agency."""

    column: FormColumn
    declared: Decimal | None
    cell: str
    computed: Decimal | None
    reason: DifferenceReason | None

    @property
    def difference(self) -> Decimal | None:
        """Declared less computed."""
        return None if self.declared is None or self.computed is None else self.declared - self.computed

    @property
    def is_explained(self) -> bool:
        """Somebody said why, of these very numbers."""
        said = self.reason
        return bool(said and said.text and (said.declared, said.computed) == (self.declared, self.computed))


@dataclass(frozen=True)
class Comparison:
    """One agency: the file that holds, and every column that it declares or that is counted."""

    agency: Unit
    name: str
    file: SentFile
    pairs: list[Pair]

    @property
    def differing(self) -> list[Pair]:
        return [pair for pair in self.pairs if pair.difference]

    @property
    def unexplained(self) -> int:
        return sum(not pair.is_explained for pair in self.differing)

    @property
    def compared(self) -> int:
        return sum(pair.difference is not None for pair in self.pairs)


def holding_files(gathering: Gathering) -> list[SentFile]:
    """The confirmed file of each agency, agencies in order of their names."""
    files = list(gathering.files.filter(state=FileState.CONFIRMED).select_related("agency", "decided_by"))
    names = full_names([file.agency_id for file in files if file.agency_id], gathering.last)
    return sorted(files, key=lambda file: (names.get(file.agency_id or 0, ""), file.pk))


def columns_told(gathering: Gathering, person: Someone | None) -> tuple[FormColumn, ...]:
    """The columns of figures that a person may read; at the machine, all."""
    if person is None or sees_measures(person, gathering.scope, LEAD):
        return FIGURES
    return tuple(column for column in FIGURES if column.key not in MEASURES)


def hidden_letters(reading: Mapping[str, Any], told: Sequence[FormColumn]) -> set[str]:
    """The columns of a file whose faults would tell what the person may not read."""
    keys = {column.key for column in told}
    mapped = (reading.get("layout") or {}).get("columns", {})
    return {letter for letter, key in mapped.items() if key in MEASURES and key not in keys}


def compare(gathering: Gathering, files: Sequence[SentFile], person: Someone | None) -> list[Comparison]:
    """Declared beside computed for the agencies of these files, as the person may see it."""
    columns = columns_told(gathering, person)
    agencies = [file.agency for file in files if file.agency]
    names = full_names([agency.pk for agency in agencies], gathering.last)
    declared, computed = _declared(files), computed_for(gathering, agencies, columns)
    reasons = {(one.agency_id, one.column): one for one in gathering.reasons.filter(agency__in=agencies).order_by("pk")}
    found = []
    for file in files:
        agency = file.agency
        if agency is None:
            continue
        pairs = [
            _pair(one, declared.get((file.pk, one.key)), computed[agency.pk], reasons.get((agency.pk, one.key)))
            for one in columns
        ]
        told = [pair for pair in pairs if pair.declared is not None or pair.computed is not None]
        found.append(Comparison(agency, names.get(agency.pk, agency.slug), file, told))
    return found


def computed_for(
    gathering: Gathering, agencies: Sequence[Unit], columns: Sequence[FormColumn]
) -> dict[int, dict[str, Decimal]]:
    """Agency → column → the cell of that number in Biểu 1 of the scope: the product counts nothing of its own here.

    Of an agency that stands deeper it is the total of its own table. What Biểu 1 leaves empty is left out.
    """
    sees = any(one.key in MEASURES for one in columns)
    lines = lines_of(gathering.scope, gathering.period, agencies, sees=sees)
    return {key: dict(_cells(line, columns)) for key, line in lines.items()}


def _cells(line: Line, columns: Sequence[FormColumn]) -> Iterator[tuple[str, Decimal]]:
    # A target in percent is one of the plan's own: beside a number of units it says nothing.
    told = {**numbered(line), TARGET: line.plan.target_units if line.plan else None}
    for column in columns:
        value = told.get(column.number)
        if isinstance(value, Rate) and value.denominator:
            yield column.key, round(Decimal(100 * value.numerator) / value.denominator, 1)
        elif isinstance(value, int):
            yield column.key, Decimal(value)


def _declared(files: Iterable[SentFile]) -> dict[tuple[int, str], DeclaredFigure]:
    figures = DeclaredFigure.objects.standing().filter(file__in=[file.pk for file in files])
    return {(one.file_id, one.column): one for one in figures}


def _pair(
    column: FormColumn,
    declared: DeclaredFigure | None,
    computed: Mapping[str, Decimal],
    reason: DifferenceReason | None,
) -> Pair:
    value = declared.value.normalize() if declared else None
    if value is not None and column.adds is Adds.RATE:
        value = round(value, 1)
    return Pair(column, value, declared.cell if declared else "", computed.get(column.key), reason)
