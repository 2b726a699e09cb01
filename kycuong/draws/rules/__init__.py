"""What is true of draws, whoever asks and however. No database, no HTTP."""

from __future__ import annotations

from .algorithm import NONCE_SIZE, Line, Won, canonical, commitment, draw, frame_of, seed_of
from .sealed import Basis, Outcome
from .states import (
    DRAW_TRANSITIONS,
    INSPECTORS_STRATUM,
    UNREVEALED,
    DrawState,
    Purpose,
    checked_beacon,
    ensure_deadline,
    ensure_enough,
    ensure_led_by_the_drawer,
    ensure_may_reveal,
    ensure_nobody_warned,
    ensure_of_people,
    ensure_reason,
    ensure_sizes,
    ensure_somebody_left,
    ensure_source,
    ensure_source_has_spoken,
    ensure_state,
    ensure_team_may_know,
    is_overdue,
)
from .weights import INSPECTOR, PART_TITLES, REPEAT_MONTHS, Record, parts_of
from .weights import table as weights_table

__all__ = [
    "ensure_team_may_know",
    "ensure_somebody_left",
    "ensure_of_people",
    "ensure_led_by_the_drawer",
    "DRAW_TRANSITIONS",
    "INSPECTOR",
    "INSPECTORS_STRATUM",
    "NONCE_SIZE",
    "PART_TITLES",
    "REPEAT_MONTHS",
    "UNREVEALED",
    "Basis",
    "DrawState",
    "Line",
    "Outcome",
    "Purpose",
    "Record",
    "Won",
    "canonical",
    "checked_beacon",
    "commitment",
    "draw",
    "ensure_deadline",
    "ensure_enough",
    "ensure_may_reveal",
    "ensure_nobody_warned",
    "ensure_reason",
    "ensure_sizes",
    "ensure_source",
    "ensure_source_has_spoken",
    "ensure_state",
    "frame_of",
    "is_overdue",
    "parts_of",
    "seed_of",
    "weights_table",
]
