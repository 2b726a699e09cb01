"""Hours as officials write them, and those that nobody's day has."""

from __future__ import annotations

from datetime import time

import pytest
from django.core.exceptions import ValidationError

from kycuong.inspections.forms.clock import ClockField


@pytest.mark.parametrize("written", ["07:30", "7:30", "7h30", "7.30", "730", "0730"])
def test_an_hour_is_read_however_it_is_written(written: str) -> None:
    assert ClockField().clean(written) == time(7, 30)
    assert ClockField().clean("") is None


@pytest.mark.parametrize("written", ["25:99", "7h", "sáng", "07:60"])
def test_no_such_hour_is_told_with_an_example(written: str) -> None:
    with pytest.raises(ValidationError, match="ví dụ 07:30"):
        ClockField().clean(written)


def test_the_box_asks_for_no_keys_without_a_colon() -> None:
    assert "inputmode" not in ClockField().widget.attrs
