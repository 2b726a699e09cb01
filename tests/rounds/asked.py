"""A round that the province opened for the department and the district, about the month up to yesterday."""

from __future__ import annotations

from datetime import timedelta

from kycuong.reports.rules.periods import Period
from kycuong.rounds import actions
from kycuong.rounds.actions import Wish
from kycuong.rounds.models import AgencyReport, ReportingRound
from tests.desk import YESTERDAY, Desk

MONTH = Period(YESTERDAY - timedelta(days=30), YESTERDAY)


def drafted(desk: Desk, *, title: str = "Báo cáo tháng", days: int = 5, period: Period = MONTH) -> ReportingRound:
    agencies = [desk.units["department"], desk.units["district"]]
    by = desk.people["aggregator"]
    return actions.draft_round(by=by, authority=desk.units["province"], wish=Wish(title, period, days, agencies))


def opened(desk: Desk, **given: object) -> ReportingRound:
    found = drafted(desk, **given)  # type: ignore[arg-type]
    return actions.open_round(found, by=desk.people["aggregator"])


def of_district(found: ReportingRound, desk: Desk) -> AgencyReport:
    return found.reports.get(agency=desk.units["district"])
