"""Where a gathering stands: how many files, who has sent, who has not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kycuong.gathering.models import Gathering, SentFile
from kycuong.gathering.rules import FileState
from kycuong.orgs.models import Unit
from kycuong.reports.queries import list_for

from .files import agency_of, ready_among


@dataclass(frozen=True)
class Standing:
    """The numbers at the head of the page, and the agencies that have not sent."""

    files: int
    unread: int
    ready: int
    asking: int
    confirmed: int
    expected: int
    missing: list[dict[str, Any]]
    """Slug and name of each agency without a confirmed file; `sent` when one waits."""

    @property
    def read(self) -> int:
        return self.files - self.unread

    @property
    def share(self) -> float:
        """How much is read, for the bar."""
        return self.read / self.files if self.files else 1.0


def standing_of(gathering: Gathering) -> Standing:
    """One question for the files, one for the agencies that are to send."""
    files = list(gathering.files.exclude(state__in=(FileState.SUPERSEDED, FileState.SET_ASIDE)))
    waiting = [file for file in files if file.state == FileState.SENT]
    ready = len(ready_among(files))
    unread = sum(file.read_at is None for file in waiting)
    confirmed = {file.agency_id for file in files if file.state == FileState.CONFIRMED}
    expected = expected_of(gathering)
    missing = _missing(expected, files, confirmed)
    asking = len(waiting) - ready - unread
    return Standing(len(files), unread, ready, asking, len(confirmed), len(expected), missing)


def expected_of(gathering: Gathering) -> list[dict[str, Any]]:
    """The agencies under the scope that owe a plan, by the same figure as everywhere: they are to report, too."""
    rows = list_for("agencies_with_plan", gathering.scope, gathering.period).dicts()
    return [row for row in rows if row["unit"] != gathering.scope.slug]


def _missing(expected: list[dict[str, Any]], files: list[SentFile], confirmed: set[int | None]) -> list[dict[str, Any]]:
    keys = dict(Unit.objects.filter(slug__in=[row["unit"] for row in expected]).values_list("slug", "pk"))
    sent = {agency_of(file) for file in files}
    return [
        {"slug": row["unit"], "name": row["unit_name"], "sent": keys[row["unit"]] in sent}
        for row in expected
        if keys[row["unit"]] not in confirmed
    ]
