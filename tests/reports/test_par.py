"""The index of administrative reform: tiers are data, points follow both numbers, and every document is there to be shown."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command
from django.test import Client

from kycuong.audit.models import AuditEntry
from kycuong.core.problems import BadInput, NotAllowed
from kycuong.orgs.models import Assignment, Person, Unit
from kycuong.plans.models import InspectionPlan
from kycuong.reports import actions
from kycuong.reports.models import ParCriterion
from kycuong.reports.queries import par_for
from kycuong.reports.rules.par import USUAL, Criterion, read_tiers, write_tiers

from .conftest import DISTRICT, SINCE
from .happened import PROVINCE

Small = Callable[[int], Unit]
Clients = Callable[[Any], Client]
TODAY = date(2020, 3, 1)
YEAR = {"scope": "u3", "year": "2019"}


@pytest.fixture
def aggregator(small: Small) -> Person:
    person = Person.objects.create(username="aggregator", full_name="Tổng hợp")
    Assignment.objects.create(person=person, role="aggregator", unit=small(PROVINCE), valid_from=SINCE)
    return person


@pytest.mark.parametrize(
    ("numerator", "denominator", "points"),
    [(30, 100, "1"), (299, 1000, "0.5"), (20, 100, "0.5"), (1, 6, "0"), (0, 0, None), (3, 10, "1")],
)
def test_points_are_those_of_the_highest_tier_reached(numerator: int, denominator: int, points: str | None) -> None:
    assert USUAL[0].points(numerator, denominator) == (None if points is None else Decimal(points))


def test_tiers_are_read_as_people_write_them() -> None:
    tiers = read_tiers("20 = 0,5\n\n30 %: 1 điểm")
    assert write_tiers(tiers) == "30 = 1\n20 = 0,5"
    with pytest.raises(BadInput, match="một điểm"):
        read_tiers("30 = một điểm")


def test_the_sheet_of_a_year_gives_both_numbers_and_the_documents(small: Small) -> None:
    """One of two units inspected; a recommendation that is open; a plan, a document of a conclusion, no report yet."""
    InspectionPlan.objects.update(number="")
    sheet = par_for(small(DISTRICT), 2019, today=TODAY)
    told = [(one.value["numerator"], one.value["denominator"], one.points) for one in sheet.scored]
    assert told == [(0, 2, Decimal(0)), (0, 1, Decimal(0))]
    assert [(one.kind, one.unit, one.number) for one in sheet.documents] == [
        ("plans", "u3", ""), ("conclusions", "u4", "1/KL"),
    ]  # fmt: skip
    assert sheet.missing == 1


def test_a_year_is_scored_by_the_tiers_of_its_end(small: Small, aggregator: Person) -> None:
    """Set for 2020, the tiers change nothing for 2019; what was set is on record."""
    changed = Criterion("kiem-tra", "Tỷ lệ", "agencies_with_plan", read_tiers("50 = 3"))
    actions.set_par_criterion(by=aggregator, valid_from=date(2020, 1, 1), criterion=changed)
    then, now = (par_for(small(DISTRICT), year, today=TODAY).scored[0].criterion for year in (2019, 2020))
    assert (then.figure, now.figure, now.most) == ("coverage", "agencies_with_plan", Decimal(3))
    assert AuditEntry.objects.filter(model="reports.ParCriterion").exists()


def test_tiers_that_mean_nothing_and_people_who_may_not(small: Small, aggregator: Person, leader: Person) -> None:
    usual = USUAL[0]
    for tiers in ("", "30 = 1\n20 = 2", "30 = 1\n30 = 1", "130 = 1"):
        wrong = Criterion(usual.code, usual.title, usual.figure, read_tiers(tiers))
        with pytest.raises(BadInput):
            actions.set_par_criterion(by=aggregator, valid_from=TODAY, criterion=wrong)
    wrong = Criterion(usual.code, usual.title, "visits", usual.tiers)
    with pytest.raises(BadInput, match="tỷ lệ"):
        actions.set_par_criterion(by=aggregator, valid_from=TODAY, criterion=wrong)
    with pytest.raises(NotAllowed):
        actions.set_par_criterion(by=leader, valid_from=TODAY, criterion=usual)
    assert not ParCriterion.objects.exists()


def test_page_api_command_and_files_say_the_same(
    leader: Person, as_person: Clients, capsys: pytest.CaptureFixture[str]
) -> None:
    client = as_person(leader)
    page = client.get("/figures/par/", YEAR)
    answer = client.get("/api/v1/figures/par", YEAR).json()
    call_command("figures", scope="u3", period="2019", par=True, shape="json")
    assert answer == json.loads(capsys.readouterr().out)
    assert answer["criteria"][0]["value"] == page.context["sheet"].scored[0].value
    assert "1/KL" in page.content.decode()
    book = openpyxl.load_workbook(io.BytesIO(client.get("/figures/par.xlsx", YEAR).content))
    assert book.sheetnames == ["Chấm điểm", "Tài liệu kiểm chứng"]
    assert "1/KL" in {row[2].value for row in book["Tài liệu kiểm chứng"]}
    assert "1/KL" in client.get("/figures/par.csv", YEAR).content.decode("utf-8-sig")


@pytest.mark.parametrize("wrong", [{"year": "1999"}, {"year": "x"}, {"scope": "nowhere"}], ids=str)
def test_a_wrong_address_is_told_and_nothing_typed_is_lost(
    leader: Person, as_person: Clients, wrong: dict[str, str]
) -> None:
    answer = as_person(leader).get("/figures/par/", {**YEAR, **wrong})
    assert answer.status_code == 422
    assert f'value="{next(iter(wrong.values()))}"' in answer.content.decode()
    assert as_person(leader).get("/figures/par.csv", {**YEAR, **wrong}).status_code == 422
    assert as_person(leader).get("/api/v1/figures/par", {**YEAR, **wrong}).status_code == 422


def test_the_aggregator_sets_tiers_on_the_page(aggregator: Person, as_person: Clients) -> None:
    client = as_person(aggregator)
    given = {"valid_from": "01/01/2019", "title": "Tỷ lệ kiểm tra", "figure": "coverage", "tiers": "40 = 2", "note": ""}
    refused = client.post("/figures/par/rules/kiem-tra/", {**given, "tiers": "bốn mươi"})
    assert refused.status_code == 422
    assert "bốn mươi" in refused.content.decode()
    assert client.post("/figures/par/rules/kiem-tra/", given).status_code == 302
    assert "40 = 2" in client.get("/figures/par/rules/").content.decode()
    assert client.get("/figures/par/rules/khong-co/").status_code == 404
