"""A reading as it is kept beside its file: plain JSON, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from kycuong.sheets.cells import Issue
from kycuong.sheets.importing import Line

from .agencies import Guess
from .heads import Layout
from .reading import FormReading, Taken

MOST_ISSUES = 300
"""Kept word by word; of more only their number is."""


def as_json(reading: FormReading) -> dict[str, Any]:
    """The reading as JSON; of very many issues the first ones, errors before warnings."""
    ordered = sorted(reading.issues, key=lambda issue: issue.level != "error")
    return {
        "problem": list(reading.problem) if reading.problem else None,
        "layout": reading.layout.as_json() if reading.layout else None,
        "sheets": reading.sheets,
        "titles": reading.titles,
        "fingerprint": reading.fingerprint,
        "remembered": reading.remembered,
        "guess": {**asdict(reading.guess), "near": list(reading.guess.near)},
        "rows": reading.rows,
        "total_row": reading.total_row,
        "values": {key: [str(taken.value), taken.cell] for key, taken in reading.values.items()},
        "issues": [list(asdict(issue).values()) for issue in ordered[:MOST_ISSUES]],
        "errors": reading.errors,
        "warnings": len(reading.issues) - reading.errors,
        "unread": [list(line) for line in reading.unread],
    }


def from_json(told: Mapping[str, Any]) -> FormReading:
    """The reading as it was."""
    guess = told["guess"]
    return FormReading(
        problem=Line(*told["problem"]) if told["problem"] else None,
        layout=Layout.from_json(told["layout"]) if told["layout"] else None,
        sheets=told["sheets"],
        titles=told["titles"],
        fingerprint=told["fingerprint"],
        remembered=told["remembered"],
        guess=Guess(guess["agency"], guess["how"], guess["said"], tuple(guess["near"])),
        rows=told["rows"],
        total_row=told["total_row"],
        values={key: Taken(Decimal(value), cell) for key, (value, cell) in told["values"].items()},
        issues=[Issue(*issue) for issue in told["issues"]],
        unread=[Line(*line) for line in told["unread"]],
    )
