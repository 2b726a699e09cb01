"""Questions about inspections that span nouns."""

from __future__ import annotations

from .conflicts import ConflictShown, conflicts_of_team, declared_by, undeclared
from .digest import addendum_digest, minutes_digest
from .known import already_recorded, open_duties
from .lists import InspectionLine, Wanted, inspections_wanted, lines_of, team_candidates
from .reporting import report_drafted
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
from .teams import GroupShown, TeamShown, team_of, with_teams
from .todos import todos
from .units import Life, lives_of

__all__ = [
    "AnswerGroup",
    "AnswerLine",
    "ConflictShown",
    "GroupShown",
    "InspectionLine",
    "Life",
    "TeamShown",
    "Wanted",
    "addendum_digest",
    "already_recorded",
    "answers_in_words",
    "conflicts_of_team",
    "criteria_at",
    "criteria_of",
    "declared_by",
    "exceptions_at",
    "form_of",
    "inspections_wanted",
    "lines_of",
    "lives_of",
    "minutes_digest",
    "open_duties",
    "report_drafted",
    "team_candidates",
    "team_of",
    "todos",
    "unanswered",
    "undeclared",
    "with_teams",
]
