"""What periodic reports the demonstration shows: a signed quarter, and one that collects with reports of every state."""

from __future__ import annotations

from datetime import date

import pytest

from kycuong.core.clock import today
from kycuong.demo.reported import quarters_before
from kycuong.rounds.models import ReportingRound
from kycuong.rounds.queries import progress_of

from .conftest import Answers

pytestmark = pytest.mark.django_db


def test_a_newcomer_finds_a_signed_quarter_and_one_with_late_returned_and_submitted_reports(
    stages: dict[str, Answers],
) -> None:
    signed, collecting = ReportingRound.objects.order_by("pk")
    assert (signed.state, signed.signed.numbered.number) == ("signed", "112/BC-UBND")
    states = [line.report.state for line in progress_of(collecting, None, today=today()).lines]
    assert sorted(states) == ["returned", "submitted", "waiting", "waiting", "waiting"]
    late = progress_of(collecting, None, today=today()).late
    assert late == (3 if collecting.due_on and collecting.due_on < today() else 0)


def test_the_quarters_that_are_over() -> None:
    assert [one.name for one in quarters_before(date(2026, 1, 1))] == ["2025-Q3", "2025-Q4"]
    assert [one.name for one in quarters_before(date(2026, 11, 26))] == ["2026-Q2", "2026-Q3"]
