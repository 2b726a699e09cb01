"""The summary report (báo cáo tổng hợp) with Biểu 1–6: what it says, how it is kept, what stands in its tables. Pure."""

from __future__ import annotations

from . import by_agency, registers
from .content import Summary
from .kept import from_json, in_format, to_json, to_text
from .schedules import Schedule

__all__ = ["Schedule", "Summary", "from_json", "in_format", "proofs_of", "schedules_of", "to_json", "to_text"]


def schedules_of(summary: Summary) -> list[Schedule]:
    """Biểu 1–6, in this order."""
    rest = (registers.by_group, registers.visits, registers.advice, registers.measures, registers.evidence)
    return [by_agency.schedule(summary), *(one(summary) for one in rest)]


def proofs_of(summary: Summary) -> Schedule:
    """The documents that prove Biểu 6, a table of their own under it."""
    return registers.proofs(summary)
