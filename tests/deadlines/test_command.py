"""`./run daysoff`, and what `./run prepare` fills."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command

from kycuong.core.clock import today
from kycuong.core.problems import BadInput
from kycuong.deadlines.models import CalendarDay
from kycuong.orgs.authority import at_the_machine
from kycuong.site.prepare import fill_days_off
from tests.desk import Desk

pytestmark = pytest.mark.django_db


def test_the_command_lists_and_fills_a_year(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("daysoff", "--year", "2027")
    out, err = capsys.readouterr()
    assert out == ""
    assert "chưa được xác nhận" in err
    call_command("daysoff", "--year", "2027", "--fill")
    out, err = capsys.readouterr()
    assert out.splitlines()[0] == "01/01/2027\tNghỉ lễ, tết\tTết Dương lịch\tThư viện lịch"
    assert "Đã thêm 15 ngày." in err
    with pytest.raises(BadInput):
        call_command("daysoff", "--year", "99")


def test_preparing_fills_this_year_and_the_next_where_nothing_is_there() -> None:
    """Also in a database without any unit: an office that starts empty."""
    year = today().year
    with at_the_machine():
        CalendarDay.objects.create(day=date(year, 1, 1), kind="plain", name="Nghỉ", source="hand")
    said: list[str] = []
    fill_days_off(said.append)
    assert CalendarDay.objects.filter(day__year=year).count() == 1
    assert CalendarDay.objects.filter(day__year=year + 1).count() > 10
    fill_days_off(said.append)
    assert len(said) == 1
