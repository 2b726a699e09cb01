"""How often a page asks the database does not depend on how much there is: 1 visit, 3, 60 (300 with --long), each with its findings and a recommendation."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.province import SEED, Province, fill_units, fill_visits
from kycuong.followup.models import Recommendation
from kycuong.inspections.models import AnswerException, Finding, Inspection, Visit
from kycuong.orgs.models import Assignment, Person, Unit
from tests.budget import long_run

AMOUNTS = (1, 3, 300 if long_run() else 60)
ONCE = 18
"""So many questions at most are asked only where there is something at all: the names of those in a list, the parts of a summary.
A question for each row would come to fifty on a page of lists."""
MOST = 12
"""Questions of a page that lists records, its frame included: P5 of the design (docs/adr/0058)."""
LISTS = (
    "leader /inspections/",
    "leader /plans/?year=2024",
    "aggregator /recommendations/",
    "coordinator /inspections/",
    "coordinator /notices/",
)
PERIOD = "from=2016-01-01&to=2025-12-31"
"""All years in which the visits lie."""
PAGES = {
    "leader": [
        "/figures/?scope={root}&" + PERIOD,
        "/mine/",
        "/inspections/",
        "/plans/?year=2024",
        "/api/v1/inspections",
    ],
    "aggregator": [
        "/figures/visits/list/?scope={root}&" + PERIOD,
        "/figures/findings/list/?scope={root}&" + PERIOD,
        "/figures/recommendations/list/?scope={root}&" + PERIOD,
        "/figures/summary/?scope={root}&" + PERIOD,
        "/figures/ranking/?scope={root}&period=2024",
        "/recommendations/",
        "/calendar/",
        "/units/",
        "/mine/",
    ],
    "coordinator": ["/mine/", "/inspections/", "/figures/?scope={lead}&" + PERIOD, "/notices/"],
    "unit_head": ["/mine/", "/units/{unit}/", "/recommendations/"],
}
"""What each opens."""


@pytest.fixture
def province(db: None) -> Province:
    return fill_units(Random(SEED))


def signed_in(role: str, unit: Unit) -> Client:
    person = Person.objects.create(username=role, full_name=f"Người {role}")
    Assignment.objects.create(person=person, role=role, unit=unit, valid_from=date(2010, 1, 1))
    client = Client()
    client.force_login(person)
    return client


def all_of(lead: Unit, unit: Unit) -> None:
    """Every inspection is led by one office, and of its visits a half are at one unit: whoever sits there has them all to do."""
    Inspection.objects.update(lead=lead)
    for model in (Visit, Finding, AnswerException, Recommendation):
        model._default_manager.filter(pk__lte=AMOUNTS[-1] // 2).update(unit=unit)


@pytest.mark.look
def test_the_number_of_queries_is_the_same_for_one_row_and_for_hundreds(province: Province) -> None:
    root, unit = (Unit.objects.get(pk=pk) for pk in (province.root, province.communes[7]))
    lead = Unit.objects.get(pk=province.parent[unit.pk])
    places = {"leader": root, "aggregator": root, "coordinator": lead, "unit_head": unit}
    clients = {role: signed_in(role, places[role]) for role in PAGES}
    asked: dict[str, list[int]] = {}
    for amount in AMOUNTS:
        fill_visits(province, Random(SEED), amount)
        all_of(lead, unit)
        for role, pages in PAGES.items():
            for page in pages:
                address = page.format(root=root.slug, unit=unit.slug, lead=lead.slug)
                assert clients[role].get(address).status_code == 200, address
                with CaptureQueriesContext(connection) as queries:
                    clients[role].get(address)
                asked.setdefault(f"{role} {address}", []).append(len(queries))
    assert {address: counts for address, counts in asked.items() if counts[2] > counts[1] + ONCE} == {}
    assert {page: asked[page][2] for page in LISTS if asked[page][2] > MOST} == {}
