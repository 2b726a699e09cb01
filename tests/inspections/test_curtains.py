"""The second wall: beside PostgreSQL a query that forgets who asks gets no row of sealed work; without the wall it gets all."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from kycuong.core import sight
from kycuong.core.sight import seeing, seeing_all
from kycuong.inspections.actions import add_finding
from kycuong.inspections.models import Finding, Inspection, Sealing, Visit
from kycuong.inspections.models.curtains import draw_curtains, missing_curtains, open_curtains, policies
from kycuong.inspections.queries import known_keys
from kycuong.orgs.models import Person
from kycuong.site.presence import Attendance
from tests.desk import Desk
from tests.ordinary import ordinary

SEALED: tuple[type[Model], ...] = (Inspection, Sealing, Visit, Finding)


def begun(desk: Desk) -> Visit:
    """A sealed visit in plain, with a finding: at the door."""
    visit = desk.visit(sealed=True)
    add_finding(visit, by=desk.people["team_head"], description="Cửa khóa từ sáng")
    return visit


def there(person: Person | None) -> list[int]:
    """How many rows of each the database gives to somebody's connection, asked without a word about who may."""
    keys = known_keys(person) if person else []
    with ordinary(), seeing(keys):
        return [model._base_manager.count() for model in SEALED]


def only_here(there: list[int]) -> list[int]:
    """SQLite has no such wall: there everybody's connection gives all."""
    return there if connection.vendor == "postgresql" else [1, 1, 1, 1]


def test_a_query_that_forgets_who_asks_gets_nothing_sealed(desk: Desk) -> None:
    begun(desk)
    assert there(desk.people["team_head"]) == [1, 1, 1, 1]
    for who in (None, desk.people["leader"], desk.people["unit_head"], desk.outsider):
        assert there(who) == only_here([0, 0, 0, 0])


def test_without_the_wall_it_gets_all(desk: Desk) -> None:
    begun(desk)
    if connection.vendor == "postgresql":
        connection.cursor().execute(
            "SET CONSTRAINTS ALL IMMEDIATE"
        )  # else tables with rows of this test are not altered
    open_curtains(connection)
    try:
        assert there(desk.outsider) == [1, 1, 1, 1]
        assert missing_curtains(connection) == (sorted(policies()) if connection.vendor == "postgresql" else [])
    finally:
        draw_curtains(connection)
    assert missing_curtains(connection) == []


def test_signed_and_plain_work_is_there_for_everybody(desk: Desk) -> None:
    visit = desk.signed(sealed=True)
    desk.visit(visits=None)
    with ordinary(), seeing(()):
        assert Inspection.objects.count() == 2
        assert set(Visit.objects.values_list("state", flat=True)) == {"signed", "draft"}
        assert Visit.objects.filter(pk=visit.pk).exists()


def test_an_act_sees_every_row_that_its_rules_are_about(desk: Desk) -> None:
    begun(desk)
    with ordinary(), seeing(()):
        with seeing_all():
            assert Visit.objects.count() == 1
        assert Visit.objects.count() == only_here([0])[0]


def test_a_connection_that_says_nothing_sees_nothing_sealed(desk: Desk) -> None:
    begun(desk)
    if connection.vendor == "postgresql":
        with ordinary(), connection.cursor() as cursor:
            for told in ("", "0"):
                cursor.execute("SELECT set_config(%s, %s, true)", [sight.SETTING, told])
                assert Visit.objects.count() == 0
            cursor.execute("SELECT set_config(%s, %s, true)", [sight.SETTING, sight.ALL])
    assert Visit.objects.count() == 1


def test_what_fails_inside_leaves_the_sight_as_it_was(desk: Desk) -> None:
    begun(desk)
    with ordinary(), pytest.raises(ZeroDivisionError), seeing(()):
        raise ZeroDivisionError
    assert sight._SIGHT.get() == sight.ALL
    with pytest.raises(ZeroDivisionError), seeing(()), seeing_all():
        raise ZeroDivisionError


@pytest.mark.parametrize(("who", "known"), [("leader", 0), ("team_head", 1), ("", 0)])
@pytest.mark.parametrize("streams", [False, True])
def test_a_page_that_forgets_who_asks(desk: Desk, who: str, known: int, streams: bool) -> None:
    """The middleware draws the curtain around every page, and around what goes out while it is made."""
    begun(desk)

    def page(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        count = (str(Visit.objects.count()) for _once in "1")
        return StreamingHttpResponse(count) if streams else HttpResponse("".join(count))

    request = RequestFactory().get("/")
    request.session, request.user = SessionStore(), desk.people[who] if who else AnonymousUser()
    with ordinary():
        answer = Attendance(page)(request)
        assert b"".join(answer).decode() == str(only_here([known])[0])
    assert sight._SIGHT.get() == sight.ALL


def test_a_program_with_a_key_sees_as_its_person(desk: Desk) -> None:
    begun(desk)
    with ordinary(), seeing(()):
        sight.look_as(known_keys(desk.people["team_head"]))
        assert Visit.objects.count() == 1
    assert sight._SIGHT.get() == sight.ALL
    with ordinary():
        assert Visit.objects.count() == 1
