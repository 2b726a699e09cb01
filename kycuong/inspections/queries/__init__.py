"""Questions about inspections that span nouns."""

from __future__ import annotations

from .known import already_recorded, open_duties
from .lists import InspectionLine, Wanted, inspections_wanted, lines_of, team_candidates
from .sheets import (
    AnswerGroup,
    AnswerLine,
    answers_in_words,
    criteria_at,
    criteria_of,
    exceptions_at,
    form_of,
    unanswered,
)
from .units import Life, lives_of

__all__ = [
    "AnswerGroup",
    "AnswerLine",
    "InspectionLine",
    "Life",
    "Wanted",
    "already_recorded",
    "answers_in_words",
    "criteria_at",
    "criteria_of",
    "exceptions_at",
    "form_of",
    "inspections_wanted",
    "lines_of",
    "lives_of",
    "open_duties",
    "team_candidates",
    "unanswered",
]
