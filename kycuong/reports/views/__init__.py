"""The pages of figures: the leader's first page, the list behind each number, what the numbers mean."""

from __future__ import annotations

from .accountability import accountability
from .definitions import definitions
from .exports import export
from .first_page import figures, home, printed, scopes
from .lists import listing
from .plan_progress import plan_progress

__all__ = [
    "accountability",
    "definitions",
    "export",
    "figures",
    "home",
    "listing",
    "plan_progress",
    "printed",
    "scopes",
]
