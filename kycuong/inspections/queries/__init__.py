"""Questions about inspections that span nouns."""

from __future__ import annotations

from .concerned import concerned, may_know_names, name_of, place_of_name
from .digest import addendum_digest, minutes_digest
from .earlier import Earlier, earlier_results
from .files import bytes_used, files_of, read_back_mark
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
from .todos import todos
from .units import Life, lives_of

__all__ = [
    "AnswerGroup",
    "AnswerLine",
    "Earlier",
    "InspectionLine",
    "Life",
    "Wanted",
    "addendum_digest",
    "already_recorded",
    "answers_in_words",
    "bytes_used",
    "concerned",
    "criteria_at",
    "criteria_of",
    "earlier_results",
    "exceptions_at",
    "files_of",
    "form_of",
    "inspections_wanted",
    "lines_of",
    "lives_of",
    "may_know_names",
    "minutes_digest",
    "name_of",
    "open_duties",
    "place_of_name",
    "read_back_mark",
    "report_drafted",
    "team_candidates",
    "todos",
    "unanswered",
]
