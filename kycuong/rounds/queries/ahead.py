"""What would be frozen, counted before an act takes its turn; inside it, one look at the log tells whether that still holds.

Counting the report, and every earlier one to see what has changed of it, takes long; nobody else should wait for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from kycuong.audit.models import AuditEntry, AuditHead
from kycuong.core.clock import today
from kycuong.core.remembering import afresh
from kycuong.core.speaking import in_vietnamese
from kycuong.reports.rules.summary import Summary
from kycuong.rounds.models import AgencyReport, ReportingRound
from kycuong.rounds.rules import Adjusted

from .differences import adjustments_due
from .live import compiled_now, whole
from .version import code_version

NO_FIGURE = ("rounds", "gathering", "field", "notices", "exports")
"""Capabilities whose rows no figure reads: the first three lie above `reports`."""
BUT = "rounds.SignedReport"
"""What was signed meanwhile tells adjustments, so that they are not told again."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """A report without words of its own, and what is adjusted of earlier ones, counted from `size` entries in the log on."""

    size: int
    day: date
    compiled: Summary
    adjusted: tuple[Adjusted, ...] = ()

    def holds(self) -> bool:
        """Whether nothing that a figure could read was written since, and it is still the same day."""
        since = AuditEntry.objects.filter(seq__gte=self.size)
        beside = Q()
        for name in NO_FIGURE:
            beside |= Q(model__startswith=f"{name}.")
        return self.day == today() and not since.filter(~beside | Q(model=BUT)).exists()


def ahead_of_signature(found: ReportingRound) -> Ahead:
    """What the authority would sign now."""
    return _counted(lambda: compiled_now(found), lambda: tuple(adjustments_due(found.authority)))


def ahead_of_submission(report: AgencyReport) -> Ahead:
    """What the agency would submit now, but for its words."""
    return _counted(lambda: whole(report.agency, report.round.period), tuple)


def _counted(compile_: Callable[[], Summary], adjust: Callable[[], tuple[Adjusted, ...]]) -> Ahead:
    code_version()  # read once in a process: not while others wait
    with (
        in_vietnamese(),
        afresh(),
    ):  # each count is of one moment; what was written between two of them is after `size`, too
        head = AuditHead.objects.first()
        return Ahead(head.size if head else 0, today(), compile_(), adjust())
