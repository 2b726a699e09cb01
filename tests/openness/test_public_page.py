"""What everybody reads: later than it is known inside, without a person, a word or a small number; and nothing while it is closed."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kycuong.core.clock import today
from kycuong.inspections import actions as inspections
from kycuong.inspections.models import Visit
from kycuong.openness import actions
from kycuong.openness.queries import coming, corrections
from kycuong.openness.rules import PublicationTerms
from kycuong.reports import store
from kycuong.reports.walls import raise_walls
from tests.clocks import Jumping
from tests.desk import YESTERDAY, Desk

from .concluded import SECRET_WORDS, conclude, conclude_straight, signed

ADDRESSES = [
    "/public/",
    "/public/inspections.csv",
    "/public/inspections.json",
    "/public/years.csv",
    "/public/years.json",
]
DAY = timedelta(days=1)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Jumping:
    return Jumping(monkeypatch)


def opened(desk: Desk) -> None:
    actions.open_page(by=desk.people["leader"], valid_from=today(), reason="Văn bản số 12/UBND")


def listed() -> list[str]:
    return [row["unit"] for row in Client().get("/public/inspections.json").json()["inspections"]]


def test_how_long_it_takes_tells_nobody_that_something_was_written(
    desk: Desk, clock: Jumping, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was counted before and is looked up is for people who sign in."""
    opened(desk)
    conclude(desk, signed(desk))
    clock.by(DAY * 30)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no trigger is made while others wait for a commit
    raise_walls(connection)
    monkeypatch.setattr(store, "may_keep", lambda: True)
    assert store.sound()
    with CaptureQueriesContext(connection) as asked:
        for address in ADDRESSES:
            assert Client().get(address).status_code == 200
    assert [one for one in asked if "orgs_closure c" in one["sql"]], "units of the year are counted"
    assert not [one["sql"] for one in asked if "reports_cell" in one["sql"]]


def test_it_is_not_there_before_somebody_opened_it_and_after_it_was_closed(desk: Desk, clock: Jumping) -> None:
    visit = conclude(desk, signed(desk))
    clock.by(DAY * 30)
    assert {Client().get(address).status_code for address in ADDRESSES} == {404}
    actions.open_page(by=desk.people["leader"], valid_from=today() + DAY, reason="Văn bản số 12/UBND")
    assert Client().get("/public/").status_code == 404, "from tomorrow on"
    clock.by(DAY)
    assert {Client().get(address).status_code for address in ADDRESSES} == {200}
    assert visit.unit_name_then in Client().get("/public/").content.decode()
    actions.close_page(by=desk.people["leader"], reason="Rà soát lại")
    assert {Client().get(address).status_code for address in ADDRESSES} == {404}


def test_a_visit_comes_when_its_embargo_is_over_and_not_a_day_before(desk: Desk, clock: Jumping) -> None:
    opened(desk)
    visit = conclude(desk, signed(desk))
    clock.by(DAY * 29)
    assert listed() == []
    assert [one.unit for one in coming(today())] == [visit.unit_name_then], (
        "whoever answers for the page sees it before"
    )
    clock.by(DAY)
    assert listed() == [visit.unit_name_then]
    assert coming(today()) == []


def test_signed_minutes_without_a_conclusion_never_come(desk: Desk, clock: Jumping) -> None:
    opened(desk)
    visit = signed(desk)
    conclusion = inspections.draft_conclusion(visit, by=desk.people["team_head"])
    clock.by(DAY * 300)
    assert listed() == []
    assert conclusion.visit == visit


def test_a_change_of_the_terms_moves_nothing_that_was_concluded_before(desk: Desk, clock: Jumping) -> None:
    opened(desk)
    conclude(desk, signed(desk))
    clock.by(DAY * 2)
    terms = PublicationTerms(embargo_days=0, least=5)
    actions.set_publication_rule(by=desk.people["aggregator"], valid_from=today(), terms=terms)
    assert listed() == []
    clock.by(DAY * 28)
    assert len(listed()) == 1
    assert '"least_number_told": 5' in Client().get("/public/inspections.json").content.decode()


def test_nobody_and_no_words_of_the_minutes_and_no_small_number(desk: Desk, clock: Jumping) -> None:
    opened(desk)
    visit = conclude(desk, signed(desk, short=("D3", "C4")))
    visit.refresh_from_db()
    clock.by(DAY * 30)
    inside = [SECRET_WORDS, "Bí Mật", "Trưởng đoàn", "Chủ tịch UBND", str(visit.uid)]
    inside += [person.full_name for person in desk.people.values()]
    for address in ADDRESSES:
        said = Client().get(address).content.decode()
        assert [word for word in inside if word in said] == [], address
    [row] = Client().get("/public/inspections.json").json()["inspections"]
    assert {row[name] for name in row if name.startswith("found_")} == {"<3"}, "two findings, and none, look alike"


def test_what_was_annulled_is_gone_and_a_line_says_so(desk: Desk, clock: Jumping) -> None:
    opened(desk)
    visit = conclude(desk, signed(desk))
    clock.by(DAY * 31)
    assert len(listed()) == 1
    reason = "Ghi nhầm đơn vị của ông Bí Mật"
    inspections.annul_visit(Visit.objects.get(pk=visit.pk), by=desk.people["aggregator"], reason=reason)
    told = Client().get("/public/inspections.json").json()
    assert (told["inspections"], [one["unit"] for one in told["corrections"]]) == ([], [visit.unit_name_then])
    assert [one["taken_back_on"] for one in told["corrections"]] == [f"{today():%Y-%m}"]
    page = Client().get("/public/").content.decode()
    assert f"Tháng {today():%m/%Y}: rút lượt kiểm tra" in page
    assert reason not in page


def test_what_nobody_could_read_before_it_was_annulled_is_no_correction(desk: Desk, clock: Jumping) -> None:
    opened(desk)
    visit = conclude(desk, signed(desk))
    clock.by(DAY * 29)
    inspections.annul_visit(Visit.objects.get(pk=visit.pk), by=desk.people["aggregator"], reason="Ghi nhầm đơn vị")
    clock.by(DAY * 5)
    assert (corrections(today()), listed()) == ([], [])


def test_files_say_what_the_page_says_in_columns_that_stay(desk: Desk, clock: Jumping) -> None:
    opened(desk)
    conclude(desk, signed(desk, short=("D3", "C4")))
    clock.by(DAY * 30)
    [row] = csv.DictReader(io.StringIO(Client().get("/public/inspections.csv").content.decode("utf-8-sig")))
    assert list(row) == [
        "key", "unit", "kind", "month", "form", "groups", "found_minor", "found_medium", "found_serious", "found_grave",
        "remedy", "public_from",
    ]  # fmt: skip
    assert row == Client().get("/public/inspections.json").json()["inspections"][0]
    assert (row["month"], row["kind"], row["form"]) == (f"{YESTERDAY:%Y-%m}", "commune_pc", "surprise")
    assert row["public_from"] == f"{today():%Y-%m}", "a month: the day would tell that of the conclusion"
    years = list(csv.DictReader(io.StringIO(Client().get("/public/years.csv").content.decode("utf-8-sig"))))
    assert [
        (one["kind"], one["units_public"], one["visits_public"]) for one in years if one["units_public"] != "0"
    ] == [
        ("commune_pc", "1", "1"),
        ("all", "1", "1"),
    ]
    assert {one["found_minor"] for one in years} == {""}, "a year is added up once, when it is over"


def test_a_year_is_added_up_once_and_never_after_a_visit_of_it_was_taken_back(desk: Desk, clock: Jumping) -> None:
    opened(desk)
    visit = conclude(desk, signed(desk))
    conclude_straight(desk, "second_commune")
    clock.by(DAY * 30)
    year, address = YESTERDAY.year, f"/public/years.json?year={YESTERDAY.year}"
    late = today().replace(year=year + 1, month=4, day=1) - today()
    clock.by(max(late, DAY))
    told = {row["kind"]: row["found_minor"] for row in Client().get(address).json()["years"]}
    assert told["all"] == "<3"
    inspections.annul_visit(Visit.objects.get(pk=visit.pk), by=desk.people["aggregator"], reason="Ghi nhầm đơn vị")
    table = Client().get(address).json()["years"]
    assert {row["found_minor"] for row in table} == {"*"}, (
        "the old sum less the new one would be the visit's own number"
    )


def test_a_cache_asks_each_time_and_is_told_when_nothing_changed(desk: Desk, clock: Jumping) -> None:
    opened(desk)
    for address in ADDRESSES:
        first = Client().get(address)
        assert first["Cache-Control"] == "no-cache"
        assert Client().get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    clock.by(DAY)
    conclude(desk, signed(desk))
    clock.by(DAY * 30)
    again = Client().get("/public/", headers={"If-None-Match": Client().get("/public/years.csv")["ETag"]})
    assert again.status_code == 200


def test_it_asks_the_database_no_more_for_many_visits_than_for_two(desk: Desk, clock: Jumping) -> None:
    opened(desk)
    for place in ("commune", "second_commune"):
        conclude_straight(desk, place)
    clock.by(DAY * 30)
    few = asked(Client().get, "/public/")
    clock.by(-DAY * 30)
    for _each in range(3):
        conclude_straight(desk, "commune")
    clock.by(DAY * 30)
    assert len(listed()) == 5
    assert asked(Client().get, "/public/") == few


def test_a_page_asks_only_for_the_visits_that_it_shows(desk: Desk, clock: Jumping, monkeypatch: Any) -> None:
    opened(desk)
    for _each in range(3):
        conclude_straight(desk, "commune")
    clock.by(DAY * 30)
    monkeypatch.setattr("kycuong.openness.views.public.PER_PAGE", 2)
    with CaptureQueriesContext(connection) as seen:
        assert Client().get("/public/").status_code == 200
    [counted] = [one["sql"] for one in seen if 'FROM "inspections_finding"' in one["sql"].split("WHERE")[0]]
    assert "COUNT(" in counted, "numbers, not rows"
    assert len(re.search(r'"visit_id" IN \(([^)]*)\)', counted)[1].split(",")) == 2  # type: ignore[index]


def asked(get: Any, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert get(address).status_code == 200
    return len(seen)
