"""What a deputy recorded on a phone while the role was lent counts although it ended since; what was recorded after does not."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kycuong.audit.history import entries_for
from kycuong.core.clock import now
from kycuong.field.authority import may_write
from kycuong.field.models import FieldOp, FieldSignature
from kycuong.inspections.models import Inspection, Visit
from kycuong.orgs.actions import take_back
from kycuong.orgs.models import Person, StandIn
from tests.desk import Desk, settle
from tests.field.phone import WALL, Phone
from tests.field.test_record import answer_all, sign, snapshot_of
from tests.field.test_signing_on_glass import photo

from .lending import DAY, TODAY, acts_of, lend, somebody


@pytest.fixture
def home(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path


@pytest.fixture
def named(desk: Desk) -> StandIn:
    clerk = somebody(desk, "cee", "records_clerk", "department")
    return lend(desk, desk.people["team_head"], "team_head", clerk, place="department")


@pytest.fixture
def visit(desk: Desk, named: StandIn) -> Visit:
    """Three days old, as is what was lent."""
    visit = desk.visit()
    StandIn.objects.filter(pk=named.pk).update(valid_from=TODAY - 3 * DAY, named_at=now() - 3 * DAY)
    Inspection.objects.filter(pk=visit.inspection_id).update(created_at=now() - 3 * DAY)
    Visit.objects.filter(pk=visit.pk).update(visited_on=TODAY - 3 * DAY)
    return Visit.objects.get(pk=visit.pk)


@pytest.fixture
def phone(named: StandIn) -> Phone:
    return Phone(settle(Person.objects.get(pk=named.person_id)))


def ago(span: timedelta) -> int:
    """The clock of a phone of tests says WALL when it sends."""
    return WALL - int(span.total_seconds() * 1000)


def end_it(named: StandIn, how: str) -> None:
    if how == "taken back":
        take_back(StandIn.objects.get(pk=named.pk), by=named.principal)
    else:
        StandIn.objects.filter(pk=named.pk).update(valid_to=TODAY)


def sent_again(phone: Phone, ops: list[Any]) -> list[str]:
    """By a new session: taking back ended the one before."""
    phone.client.force_login(Person.objects.get(pk=phone.person.pk))
    return [one["status"] for one in phone.sent(ops)]


@pytest.mark.parametrize("how", ["taken back", "over"])
def test_what_was_recorded_while_it_was_lent_is_taken_in_and_nothing_later(
    desk: Desk, named: StandIn, visit: Visit, phone: Phone, how: str
) -> None:
    before = phone.say(visit, "t/strengths", "Tốt", wall=ago(2 * DAY))
    end_it(named, how)
    assert sent_again(phone, [before]) == ["applied"]
    visit.refresh_from_db()
    assert visit.strengths == "Tốt"
    said = FieldOp.objects.get(uid=before["op_id"])
    assert acts_of(said)[-1] == ("field.say", str(named.person), [str(named.principal)])
    assert named.acts.filter(verb="field.say", model="field.FieldOp").exists()
    after = phone.say(visit, "t/strengths", "Rất tốt", wall=WALL + 60_000)
    assert sent_again(phone, [after]) == ["set_aside"]
    visit.refresh_from_db()
    assert visit.strengths == "Tốt"


def test_an_hour_before_it_was_named_or_before_the_inspection_was_there_counts_for_nothing(
    named: StandIn, visit: Visit, phone: Phone
) -> None:
    end_it(named, "taken back")
    early = phone.say(visit, "t/strengths", "Tốt", wall=ago(4 * DAY))
    assert sent_again(phone, [early]) == ["set_aside"]
    Inspection.objects.filter(pk=visit.inspection_id).update(created_at=now() - DAY)
    other = phone.say(visit, "t/strengths", "Tốt", wall=ago(2 * DAY))
    assert sent_again(phone, [other]) == ["set_aside"]


def test_it_counts_no_longer_than_phones_carry_visits(named: StandIn, visit: Visit, phone: Phone) -> None:
    long_ago = now() - 50 * DAY
    Visit.objects.filter(pk=visit.pk).update(visited_on=TODAY - 50 * DAY)
    Inspection.objects.filter(pk=visit.inspection_id).update(created_at=long_ago)
    StandIn.objects.filter(pk=named.pk).update(named_at=long_ago, valid_from=TODAY - 50 * DAY)
    end_it(named, "over")
    old, newer = (phone.say(visit, "t/strengths", "Tốt", wall=ago(days * DAY)) for days in (40, 20))
    assert sent_again(phone, [old, newer]) == ["set_aside", "applied"]


def test_a_visit_of_a_later_day_is_not_written_by_what_ended_before_it(
    named: StandIn, visit: Visit, phone: Phone
) -> None:
    """Whoever turns the clock of the phone back signs nothing that was not there yet."""
    Visit.objects.filter(pk=visit.pk).update(visited_on=TODAY - DAY)
    end_it(named, "taken back")
    StandIn.objects.filter(pk=named.pk).update(recalled_at=now() - 2 * DAY)
    phone.client.force_login(Person.objects.get(pk=phone.person.pk))
    answer_all(phone, visit)
    signed = sign(phone, visit, snapshot_of(phone, visit))
    for op in [*phone.said, signed]:
        op["wall"] = ago(2 * DAY) - 3_600_000
    assert {one["status"] for one in phone.sent([*phone.said, signed])} == {"set_aside"}
    visit.refresh_from_db()
    assert visit.state == "draft"


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("how", ["taken back", "over"])
def test_minutes_signed_on_glass_wait_for_their_photos_although_it_ended_meanwhile(
    named: StandIn, visit: Visit, phone: Phone, how: str, django_capture_on_commit_callbacks: Any
) -> None:
    answer_all(phone, visit)
    media, sha, data = photo(phone, visit)
    for op in phone.said:
        op["wall"] = ago(2 * DAY)
    phone.sent()
    signed = sign(phone, visit, snapshot_of(phone, visit, media={str(media): sha}))
    signed["wall"] = ago(2 * DAY) + 1
    assert phone.sent([signed])[0]["status"] == "applied"
    assert FieldSignature.objects.get(visit=visit).minutes_id is None
    end_it(named, how)
    phone.client.force_login(Person.objects.get(pk=phone.person.pk))
    with django_capture_on_commit_callbacks(execute=True):
        assert phone.upload(media, data, 5000).status_code == 204
    visit.refresh_from_db()
    assert visit.state == "signed"
    assert FieldSignature.objects.get(visit=visit).minutes_id is not None
    verbs = {one.verb: [str(person) for person in one.instead] for one in entries_for(visit)}
    assert verbs["visit.sign"] == [str(named.principal)]


def test_nobody_else_gets_anything_by_what_was_lent_then(
    desk: Desk, named: StandIn, visit: Visit, phone: Phone
) -> None:
    """A stranger's phone with the same hour; and the deputy's own hand at the desk, today."""
    other = Phone(somebody(desk, "other", "records_clerk", "department"))
    end_it(named, "taken back")
    said = other.say(visit, "t/strengths", "Tốt", wall=ago(2 * DAY))
    assert other.sent([said])[0]["status"] == "set_aside"
    assert sent_again(phone, [phone.say(visit, "t/strengths", "Tốt", wall=ago(2 * DAY))]) == ["applied"]
    assert not may_write(Person.objects.get(pk=phone.person.pk), visit)
