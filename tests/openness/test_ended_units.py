"""Reports about a unit that is no more: whoever was told, they do not wait for nobody."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from kycuong.core.clock import today
from kycuong.openness import actions
from kycuong.orgs.actions import grant_role
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import Draft, Fate, absorb_units, dissolve_unit, merge_units
from kycuong.orgs.models import Unit
from tests.desk import BEGIN, Desk
from tests.openness.reporting import address, open_and_hear, received, seen_by


def test_reports_about_a_unit_that_ended_go_to_those_above_its_heir(desk: Desk) -> None:
    open_and_hear(desk)
    report, _code = received(desk)
    commune, heir = desk.units["commune"], desk.units["second_commune"]
    with at_the_machine():
        absorb_units([commune], by=None, on=today(), into=heir)
    assert {"aggregator", "coordinator"} <= seen_by(desk)
    assert Client().get(address(desk)).status_code == 200, "the poster that still hangs there leads to the heir"
    with at_the_machine():
        grant_role(desk.people["coordinator"], by=None, role="unit_head", unit=heir, valid_from=BEGIN)
    assert seen_by(desk) == {"aggregator"}, "who holds a role at the heir reads nothing"
    actions.take_report(report, by=desk.people["aggregator"])


def test_whoever_keeps_what_is_public_finds_it_in_the_menu_after_the_province_was_merged(desk: Desk) -> None:
    """The first top of the hierarchy is the ended one: those at its heir decide for it."""
    old, person = desk.units["province"], desk.outsider
    page = Client()
    page.force_login(person)
    assert reverse("openness:keeping") not in page.get("/mine/").content.decode()
    with at_the_machine():
        merge_units([old], by=None, on=today(), into=Draft("Tỉnh Mới", "province", None), children=Fate.PASS_ON)
        heir = Unit.objects.get(versions__name="Tỉnh Mới")
        grant_role(person, by=None, role="aggregator", unit=heir)
    page.force_login(person)
    assert reverse("openness:keeping") in page.get("/mine/").content.decode()
    assert page.get(reverse("openness:keeping")).status_code == 200


def test_reports_about_a_unit_that_nobody_carries_on_stay_with_those_who_were_above_it(desk: Desk) -> None:
    open_and_hear(desk)
    report, _code = received(desk)
    before = seen_by(desk)
    with at_the_machine():
        dissolve_unit(desk.units["commune"], by=None, on=today())
    assert seen_by(desk) == before
    actions.take_report(report, by=desk.people["aggregator"])
