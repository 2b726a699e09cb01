"""The page of days off, the computation of a term, the forms, the API and what waits on «Việc của tôi»."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from kycuong.deadlines.actions import add_day_off, confirm_year, fill_year
from kycuong.deadlines.models import CalendarDay, YearConfirmation
from kycuong.deadlines.queries import overdue_years, todos
from kycuong.deadlines.rules import Moved
from tests.desk import Desk

PAGE = "/days-off/"
AsPerson = Callable[[Any], Client]
HERE: list[int] = []


def running(by: object) -> list[Moved]:
    """Two terms at two units, as a capability above would tell of them."""
    days = (date(2027, 4, 29), date(2027, 5, 4))
    return [Moved(f"Hạn của đơn vị {pk}", f"/somewhere/{pk}/", *days, pk) for pk in HERE]


@pytest.fixture
def two_run(settings, desk: Desk) -> None:
    settings.DEADLINES_RUNNING = [f"{__name__}.running"]
    HERE[:] = [desk.units["commune"].pk, desk.units["other_commune"].pk]


def test_a_term_is_computed_with_its_words_and_a_warning(desk: Desk, as_person: AsPerson) -> None:
    by = desk.people["aggregator"]
    fill_year(2026, by=by)
    client = as_person(desk.people["nobody"])
    asked = {"year": "2026", "start": "22/04/2026", "days": "5"}
    shown = client.get(PAGE, asked).content.decode()
    assert "30/04/2026" in shown
    assert "26/04–27/04 (Ngày Giỗ Tổ Hùng Vương) và 30/04–01/05" in shown
    assert "04/05/2026" in shown
    assert shown.count("Lịch nghỉ năm 2026 chưa được xác nhận.") >= 1
    assert "/removal/" not in shown  # nobody may only read
    confirm_year(2026, by=by, announcement="Thông báo của Bộ Nội vụ")
    shown = client.get(PAGE, asked).content.decode()
    assert "Lịch nghỉ năm 2026 chưa được xác nhận." not in shown
    assert "Thông báo của Bộ Nội vụ" in shown


@pytest.mark.parametrize(
    ("asked", "said", "kept"),
    [
        ({"start": "32/01/2026", "days": "5"}, "Chưa đọc được ngày", "32/01/2026"),
        ({"start": "01/01/2026", "days": "nhiều"}, "Hãy ghi một số nguyên", "nhiều"),
        ({"start": "01/01/2026", "days": "0"}, "Hãy ghi từ 1 đến 1000 ngày", "01/01/2026"),
        ({"start": "01/01/2026", "days": "9" * 40}, "Hãy ghi từ 1 đến 1000 ngày", "01/01/2026"),
        ({"start": "01/01/1026", "days": "9"}, "Hãy ghi năm từ 2000 đến 2100", "01/01/1026"),
        ({"year": "9999"}, "Lịch nghỉ chỉ có từ năm 2000", "tính hạn"),
        ({"year": "một"}, "Lịch nghỉ chỉ có từ năm 2000", ""),
    ],
)
def test_what_cannot_be_computed_is_said_and_nothing_typed_is_lost(
    desk: Desk, as_person: AsPerson, asked: dict[str, str], said: str, kept: str
) -> None:
    answer = as_person(desk.people["leader"]).get(PAGE, asked)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert said in shown
    assert kept.lower() in shown.lower()


def test_a_swap_is_entered_and_the_page_tells_once_what_moved(desk: Desk, as_person: AsPerson, two_run: None) -> None:
    for who, seen, unseen in (
        ("aggregator", HERE, []),
        ("system_admin", [], HERE),  # sees no content: the number only
    ):
        CalendarDay.objects.filter(day__year=2027).delete()
        client = as_person(desk.people[who])
        answer = client.post(f"{PAGE}swap/", {"off": "30/04/2027", "worked": "08/05/2027", "note": "Văn bản số 1"})
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{PAGE}?year=2027")
        shown = client.get(answer.headers["Location"]).content.decode()
        assert "2 thời hạn đang chạy đã dời" in shown
        assert [pk for pk in HERE if f"/somewhere/{pk}/" in shown] == seen
        assert ("Chỉ liệt kê những thời hạn bạn được xem." in shown) == bool(unseen)
        assert "Làm bù cho ngày 30/04/2027" in shown
        assert "đã dời" not in client.get(f"{PAGE}?year=2027").content.decode()


def test_a_refused_form_keeps_what_was_typed(desk: Desk, as_person: AsPerson) -> None:
    client = as_person(desk.people["aggregator"])
    add_day_off(by=desk.people["aggregator"], day=date(2027, 1, 1), name="Tết Dương lịch")
    answer = client.post(
        f"{PAGE}new/", {"day": "01/01/2027", "name": "Nghỉ thêm", "kind": "holiday", "note": "ghi chú"}
    )
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Ngày 01/01/2027 đã có trong lịch" in shown
    assert "ghi chú" in shown
    assert client.post(f"{PAGE}99999999999999999999/filling/").status_code == 422


def test_a_day_is_removed_a_year_filled_confirmed_and_unconfirmed_by_buttons(desk: Desk, as_person: AsPerson) -> None:
    client = as_person(desk.people["system_admin"])
    client.post(f"{PAGE}2027/filling/")
    day = CalendarDay.objects.get(day=date(2027, 9, 3))
    assert "Quốc khánh" in client.get(f"{PAGE}{day.uid}/removal/").content.decode()
    client.post(f"{PAGE}{day.uid}/removal/")
    day.refresh_from_db()
    assert day.kind == "plain"
    client.post(f"{PAGE}2027/confirmation/", {"announcement": "Thông báo"})
    assert YearConfirmation.objects.get(year=2027).confirmed_by == desk.people["system_admin"]
    client.post(f"{PAGE}2027/withdrawal/")
    assert not YearConfirmation.objects.exists()


def test_the_next_year_is_asked_for_from_october_and_waits_from_december(desk: Desk, as_person: AsPerson) -> None:
    by = desk.people["aggregator"]
    assert overdue_years(date(2026, 9, 30)) == [2026]
    assert overdue_years(date(2026, 10, 1)) == [2026, 2027]
    assert list(todos(by, today=date(2026, 11, 30))) == []
    assert [line.due for line in todos(by, today=date(2026, 12, 1))] == [date(2026, 12, 31)]
    assert list(todos(desk.people["leader"], today=date(2026, 12, 1))) == []
    fill_year(2027, by=by)
    confirm_year(2027, by=by, announcement="Thông báo")
    assert list(todos(by, today=date(2026, 12, 1))) == []
    assert overdue_years(date(2026, 10, 1)) == [2026]


def test_the_api_tells_the_year_and_the_term(desk: Desk, as_person: AsPerson) -> None:
    fill_year(2026, by=desk.people["aggregator"])
    client = as_person(desk.people["nobody"])
    told = client.get("/api/v1/days-off", {"year": 2026}).json()
    assert (told["year"], told["confirmation"]) == (2026, None)
    assert told["days"][0] == {
        "day": "2026-01-01", "kind": "holiday", "name": "Tết Dương lịch", "exchanged_for": None, "source": "library",
        "note": "",
    }  # fmt: skip
    told = client.get("/api/v1/term", {"start": "2026-08-20", "days": 3}).json()
    assert (told["due_on"], told["made_up"], told["unconfirmed_years"]) == ("2026-08-24", ["2026-08-22"], [2026])
    assert told["words"].endswith("→ 24/08/2026")
    for wrong in ({"start": "2026-08-20", "days": 0}, {"start": "1026-08-20", "days": 3}, {"days": 3}):
        assert client.get("/api/v1/term", wrong).status_code == 422
    assert client.get("/api/v1/days-off", {"year": 1}).status_code == 422
