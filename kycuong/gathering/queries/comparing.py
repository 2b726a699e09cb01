"""What agencies declare beside what the product counts of the same agency and period: side by side, never added together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kycuong.gathering.models import DeclaredFigure, DifferenceReason, Gathering, SentFile
from kycuong.gathering.rules import COMPARED, FIGURES, MEASURES, Adds, FileState, FormColumn
from kycuong.orgs.authority import Someone
from kycuong.orgs.models import Unit
from kycuong.orgs.queries import full_names
from kycuong.reports.figures.question import LEAD
from kycuong.reports.queries import figures_for
from kycuong.reports.queries.figures import sees_measures
from kycuong.reports.rules.periods import Period, year_to_date

IN_PERIOD = tuple(dict.fromkeys(one.computed[0] for one in COMPARED if not one.cumulated))
OF_THE_YEAR = tuple(dict.fromkeys(one.computed[0] for one in COMPARED if one.cumulated))


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
    declared = _declared(files)
    reasons = {(one.agency_id, one.column): one for one in gathering.reasons.filter(agency__in=agencies).order_by("pk")}
    found = []
    for file in files:
        agency = file.agency
        if agency is None:
            continue
        computed = computed_for(agency, gathering.period)
        pairs = [
            _pair(one, declared.get((file.pk, one.key)), computed, reasons.get((agency.pk, one.key))) for one in columns
        ]
        told = [pair for pair in pairs if pair.declared is not None or pair.computed is not None]
        found.append(Comparison(agency, names.get(agency.pk, agency.slug), file, told))
    return found


def computed_for(agency: Unit, period: Period) -> dict[str, Decimal]:
    """Column → what the product counts for the agency as the one that leads inspections. What it does not count is left out."""
    figures = figures_for(agency, period, view=LEAD, names=IN_PERIOD)
    year = figures_for(agency, year_to_date(period.last), view=LEAD, names=OF_THE_YEAR)
    found = {}
    for column in COMPARED:
        value: Any = year if column.cumulated else figures
        for part in column.computed:
            value = value.get(part) if isinstance(value, Mapping) else None
        if value is not None:
            found[column.key] = Decimal(int(value))
    return found | _rates(found)


def _rates(found: Mapping[str, Decimal]) -> dict[str, Decimal]:
    rates = [one for one in FIGURES if one.adds is Adds.RATE and one.of]
    parts = [(one.key, found.get(one.of[0]), found.get(one.of[1])) for one in rates if one.of]
    return {key: round(100 * top / bottom, 1) for key, top, bottom in parts if top is not None and bottom}


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
