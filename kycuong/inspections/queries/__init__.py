"""Questions about inspections that span nouns."""

from __future__ import annotations

from .calendar import dated
from .chain import chain_of, chain_of_visit
from .concerned import concerned, may_know_names, name_of, place_of_name
from .conflicts import ConflictShown, conflicts_of_targets, conflicts_of_team, declared_by, undeclared
from .digest import addendum_digest, minutes_digest
from .earlier import Earlier, earlier_results
from .files import bytes_used, files_of, files_of_reply, read_back_mark
from .known import already_recorded, open_duties
from .lists import InspectionLine, Wanted, inspections_wanted, lead_at, lines_of, name_at, team_candidates
from .reporting import report_drafted
from .sealing import Look, breaks_of, is_known, looks_of, plan_of, sealed_plan, sealing_of, slugs_of, targets_to_come
from .sheets import (
    AnswerGroup,
    AnswerLine,
    answers_in_words,
    asked_of,
    criteria_at,
    criteria_of,
    exceptions_at,
    form_of,
    unanswered,
)
from .sight import sight_of
from .teams import GroupShown, TeamShown, has_a_seat, is_ours, team_of, with_teams
from .todos import todos
from .units import Life, lives_of

__all__ = [
    "AnswerGroup",
    "AnswerLine",
    "ConflictShown",
    "Earlier",
    "GroupShown",
    "InspectionLine",
    "Life",
    "Look",
    "TeamShown",
    "Wanted",
    "addendum_digest",
    "already_recorded",
    "answers_in_words",
    "breaks_of",
    "bytes_used",
    "chain_of",
    "chain_of_visit",
    "concerned",
    "conflicts_of_targets",
    "conflicts_of_team",
    "asked_of",
    "criteria_at",
    "criteria_of",
    "dated",
    "declared_by",
    "earlier_results",
    "exceptions_at",
    "files_of",
    "files_of_reply",
    "form_of",
    "inspections_wanted",
    "is_known",
    "is_ours",
    "lead_at",
    "lines_of",
    "lives_of",
    "looks_of",
    "may_know_names",
    "minutes_digest",
    "name_at",
    "name_of",
    "open_duties",
    "place_of_name",
    "plan_of",
    "read_back_mark",
    "report_drafted",
    "sealed_plan",
    "sealing_of",
    "sight_of",
    "slugs_of",
    "targets_to_come",
    "team_candidates",
    "team_of",
    "todos",
    "unanswered",
    "undeclared",
    "has_a_seat",
    "with_teams",
]
