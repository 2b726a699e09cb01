"""Rules of conduct by themselves: no database, the day is an argument."""

from __future__ import annotations

from datetime import date

import pytest

from kycuong.core.problems import RuleBroken
from kycuong.inspections import rules

DAY = date(2019, 4, 30)


def test_a_visit_is_signed_on_its_day_or_later() -> None:
    rules.ensure_not_in_future(DAY, today=DAY)
    rules.ensure_not_in_future(DAY, today=date(2019, 5, 1))
    with pytest.raises(RuleBroken, match="30/04/2019 chưa tới") as refused:
        rules.ensure_not_in_future(DAY, today=date(2019, 4, 29))
    assert "Sign from that day on" in refused.value.en
