"""Who opens the public page and sets its terms, who sees beforehand, and that all of it is on record."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from kycuong.audit.history import entries_for
from kycuong.core.clock import today
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken
from kycuong.openness import actions
from kycuong.openness.models import PublicationRule
from kycuong.openness.queries import is_hearing_now, standing
from kycuong.openness.rules import PublicationTerms, Switched, is_open, was_open_between
from kycuong.orgs.actions import grant_role
from kycuong.orgs.authority import at_the_machine
from tests.desk import BEGIN, Desk

DAY = timedelta(days=1)
WHY = "Văn bản số 12/UBND"


def test_the_leader_of_the_province_opens_it_and_nobody_else(desk: Desk) -> None:
    for who, person in desk.people.items():
        if who != "leader":
            with pytest.raises(NotAllowed):
                actions.open_page(by=person, valid_from=today(), reason=WHY)
    made = actions.open_page(by=desk.people["leader"], valid_from=today(), reason=WHY)
    [entry] = entries_for(made)
    assert entry.verb == "publication.open"
    for who, person in desk.people.items():
        if who != "leader":
            with pytest.raises(NotAllowed):
                actions.close_page(by=person, reason=WHY)


def test_it_is_opened_and_closed_in_order(desk: Desk) -> None:
    leader = desk.people["leader"]
    with pytest.raises(RuleBroken, match="chưa mở"):
        actions.close_page(by=leader, reason=WHY)
    for valid_from, reason in ((today() - DAY, WHY), (today() + DAY * 400, WHY), (today(), "  ")):
        with pytest.raises(BadInput):
            actions.open_page(by=leader, valid_from=valid_from, reason=reason)
    actions.open_page(by=leader, valid_from=today() + DAY * 3, reason=WHY)
    assert (standing(today()).is_open, standing(today()).opens_on) == (False, today() + DAY * 3)
    actions.close_page(by=leader, reason=WHY)
    assert standing(today()).opens_on is None, "closing takes back what was still to come"
    assert not standing(today() + DAY * 3).is_open
    actions.open_page(by=leader, valid_from=today(), reason=WHY)
    with pytest.raises(RuleBroken, match="đang mở"):
        actions.open_page(by=leader, valid_from=today() + DAY, reason=WHY)


def test_the_terms_are_dated_and_within_reason(desk: Desk) -> None:
    by = desk.people["aggregator"]
    for terms in (PublicationTerms(-1), PublicationTerms(366), PublicationTerms(30, 1), PublicationTerms(30, 11)):
        with pytest.raises(BadInput):
            actions.set_publication_rule(by=by, valid_from=today(), terms=terms)
    with pytest.raises(BadInput):
        actions.set_publication_rule(by=by, valid_from=today() - DAY, terms=PublicationTerms())
    with pytest.raises(NotAllowed):
        actions.set_publication_rule(by=desk.people["coordinator"], valid_from=today(), terms=PublicationTerms())
    actions.set_publication_rule(by=by, valid_from=today() + DAY, terms=PublicationTerms(60, 4))
    assert (PublicationRule.on(today()), PublicationRule.on(today() + DAY)) == (
        PublicationTerms(),
        PublicationTerms(60, 4),
    )


def test_somebody_could_read_it_between_two_days_if_it_was_open_on_one_of_them() -> None:
    day = today()
    switched = [Switched(True, day), Switched(False, day + DAY * 5), Switched(True, day + DAY * 9)]
    assert [is_open(switched, day + DAY * n) for n in (-1, 0, 4, 5, 8, 9)] == [False, True, True, False, False, True]
    assert was_open_between(switched, day + DAY * 6, day + DAY * 9)
    assert not was_open_between(switched, day + DAY * 5, day + DAY * 8)
    assert not was_open_between(switched, day + DAY * 2, day + DAY)
    assert was_open_between(switched, day - DAY * 9, day)


def test_the_page_of_the_leader_opens_closes_and_shows_what_would_be_public(desk: Desk) -> None:
    client = Client()
    client.force_login(desk.people["leader"])
    assert "Trang chưa mở" in client.get("/openness/").content.decode()
    answer = client.post("/openness/opening/", {"valid_from": "01/01/2020", "reason": WHY})
    assert answer.status_code == 422
    answer = client.post("/openness/opening/", {"valid_from": f"{today():%d/%m/%Y}", "reason": WHY}, follow=True)
    assert "Trang đang mở" in answer.content.decode()
    answer = client.post("/openness/closing/", {"reason": "Rà soát"}, follow=True)
    assert "Trang chưa mở" in answer.content.decode()


def test_the_command_tells_how_it_stands(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    actions.open_page(by=desk.people["leader"], valid_from=today(), reason=WHY)
    call_command("openness")
    said = capsys.readouterr()
    assert "Trang đang mở" in said.out + said.err
    for days in (-1, 9_999_999):
        with pytest.raises(BadInput, match="366"):
            call_command("openness", days=days)


def test_hearing_is_switched_while_the_page_is_open_and_history_says_so(desk: Desk) -> None:
    leader = desk.people["leader"]
    actions.open_page(by=leader, valid_from=today(), reason=WHY)
    client = Client()
    client.force_login(leader)
    assert "Nhận hay thôi nhận phản ánh" in client.get("/openness/").content.decode()
    form = client.get("/openness/opening/").content.decode()
    assert "Hiện không nhận phản ánh" in form
    assert "checked" not in form
    given = {"valid_from": f"{today():%d/%m/%Y}", "reason": WHY}
    page = client.post("/openness/opening/", {**given, "hears": "on"}, follow=True).content.decode()
    assert is_hearing_now(today())
    assert "checked" in client.get("/openness/opening/").content.decode(), "the form tells what is so"
    assert ", nhận phản ánh. " in page
    assert ", không nhận phản ánh. " in page
    client.post("/openness/opening/", given)
    assert not is_hearing_now(today())


def test_the_menu_offers_the_page_to_those_who_may_read_it(desk: Desk) -> None:
    with at_the_machine():
        below = desk.people["coordinator"]
        grant_role(below, by=None, role="leader", unit=desk.units["district"], valid_from=BEGIN)
    for person, status in ((below, 403), (desk.people["leader"], 200)):
        client = Client()
        client.force_login(person)
        assert client.get("/openness/").status_code == status
        assert ('href="/openness/"' in client.get("/units/").content.decode()) == (status == 200)
