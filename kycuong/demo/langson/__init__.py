"""Lạng Sơn as of 2019 and its reforms up to 1 July 2025, in tables of our own: pure data and pure functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from .communes_2020 import communes_2020
from .communes_2024 import codes_2021, communes_2024
from .communes_2025 import communes_2025
from .departments_2019 import DEPARTMENTS_2019, PROVINCE
from .departments_2025 import departments_2025
from .districts_2019 import DISTRICT_ROOMS_2019, DISTRICTS_AND_COMMUNES_2019
from .facts import RECONSTRUCTED, Reform, Step, StepKind, UnitFact, UnitKind
from .structure import WrongFact, after, ensure_sound, indexed
from .two_levels_2025 import commune_offices_2025, districts_2025, inspectorates_2025

__all__ = [
    "PROVINCE",
    "RECONSTRUCTED",
    "REFORMS",
    "STRUCTURE_2019",
    "Reform",
    "Step",
    "StepKind",
    "UnitFact",
    "UnitKind",
    "WrongFact",
    "structure_on",
]

STRUCTURE_2019: tuple[UnitFact, ...] = (
    UnitFact(PROVINCE, "Tỉnh Lạng Sơn", "province", None, "20"),
    *DEPARTMENTS_2019,
    *DISTRICTS_AND_COMMUNES_2019,
    *DISTRICT_ROOMS_2019,
)
"""Parents come before their children."""

WRITERS: tuple[Callable[[Mapping[str, UnitFact]], Reform], ...] = (
    communes_2020,
    codes_2021,
    communes_2024,
    departments_2025,
    communes_2025,
    commune_offices_2025,
    districts_2025,
    inspectorates_2025,
)
"""Each writes one reform from the structure that the earlier ones leave."""


def write_reforms() -> tuple[Reform, ...]:
    """All reforms in order. Contradictory tables fail here, at the first import."""
    units = indexed(STRUCTURE_2019)
    ensure_sound(units)
    reforms: list[Reform] = []
    for write in WRITERS:
        reform = write(units)
        units = after(units, reform)
        reforms.append(reform)
    return tuple(reforms)


REFORMS: tuple[Reform, ...] = write_reforms()


def structure_on(day: date) -> dict[str, UnitFact]:
    """The units by key on a day; before the first reform that of 2019."""
    units = indexed(STRUCTURE_2019)
    for reform in REFORMS:
        if reform.on <= day:
            units = after(units, reform)
    return units
