"""What inspections say as documents: the decision on the team, the schedule, minutes and what is added to them, the report."""

from __future__ import annotations

from .minutes import addendum, minutes
from .opening import decision, notice
from .reporting import report

__all__ = ["addendum", "decision", "minutes", "notice", "report"]
