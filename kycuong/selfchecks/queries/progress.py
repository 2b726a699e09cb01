"""How far a campaign has come: each unit, whether it submitted and when, and who is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kycuong.orgs.queries import full_names, holders_by_unit
from kycuong.selfchecks.models import SelfCheck, SelfCheckCampaign
from kycuong.selfchecks.rules import CampaignState, CheckState


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """One unit."""

    check: SelfCheck
    name: str
    tone: str
    words: str
    is_late: bool
    has_reader: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """All units of a campaign, those that still owe it first."""

    lines: list[ProgressLine]

    @property
    def total(self) -> int:
        return len(self.lines)

    @property
    def submitted(self) -> int:
        return sum(line.check.is_submitted for line in self.lines)

    @property
    def late(self) -> int:
        return sum(line.is_late for line in self.lines)

    @property
    def unread(self) -> int:
        """Units at which nobody has an account to answer with."""
        return sum(not line.has_reader and not line.check.is_submitted for line in self.lines)

    @property
    def share(self) -> dict[str, int]:
        return {"numerator": self.submitted, "denominator": self.total}


def progress_of(campaign: SelfCheckCampaign, *, today: date) -> Progress:
    checks = list(campaign.checks.select_related("campaign", "unit"))
    keys = [one.unit_id for one in checks]
    names, readers = full_names(keys, today), holders_by_unit(keys, "selfcheck.answer", on=today)
    lines = [_line(one, names[one.unit_id], bool(readers[one.unit_id]), today) for one in checks]
    return Progress(sorted(lines, key=lambda line: (line.check.is_submitted, not line.is_late, line.name)))


def _line(check: SelfCheck, name: str, has_reader: bool, today: date) -> ProgressLine:
    campaign, due = check.campaign, check.campaign.due_on
    if check.submitted_on:
        before = check.reopenings.first()
        first = before.submitted_on if before else check.submitted_on
        late = due is not None and first > due
        return ProgressLine(check, name, "good", _("Nộp sau hạn") if late else _("Đã nộp"), False, has_reader)
    is_open = campaign.state == CampaignState.SENT
    if not is_open:
        return ProgressLine(check, name, "none", _("Không nộp"), False, has_reader)
    over = (today - due).days if due else 0
    if over > 0:
        return ProgressLine(check, name, "late", _("Quá hạn %d ngày") % over, True, has_reader)
    writing = check.state == CheckState.DRAFT
    return ProgressLine(check, name, "planned", _("Đang làm") if writing else _("Chưa làm"), False, has_reader)
