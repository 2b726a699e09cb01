"""The pages of figures: the leader's first page, the list behind each number, what the numbers mean."""

from __future__ import annotations

from .accountability import accountability
from .definitions import definitions
from .exports import export
from .first_page import figures, home, printed, scopes
from .lists import listing
from .par import par, par_file
from .plan_progress import plan_progress
from .ranking import ranking, ranking_file
from .settings import par_rule, par_rules, ranking_rule
from .summary import summary, summary_file

__all__ = [
    "accountability",
    "definitions",
    "export",
    "figures",
    "home",
    "listing",
    "par",
    "par_file",
    "par_rule",
    "par_rules",
    "plan_progress",
    "printed",
    "ranking",
    "ranking_file",
    "ranking_rule",
    "scopes",
    "summary",
    "summary_file",
]
