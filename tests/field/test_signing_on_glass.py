"""Signed on glass: the record becomes what was read back, of one signature, with its photos; nothing else slips in meanwhile."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kycuong.audit.reconcile import differences
from kycuong.field import store
from kycuong.field.queries.record import values_of
from kycuong.inspections import actions as desk_acts
from kycuong.inspections.actions import Seat
from kycuong.inspections.models import Visit
from kycuong.inspections.rules import TeamRole, VisitState
from tests.desk import Desk
from tests.field.phone import Phone
from tests.field.test_record import answer_all, sign, snapshot_of
from tests.photos import jpeg


@pytest.fixture
def head(desk: Desk, tmp_path: Path, settings: Any) -> Phone:
    settings.HOME = tmp_path
    return Phone(desk.people["team_head"])


@pytest.fixture
def visit(desk: Desk) -> Visit:
    return desk.visit(team=[Seat(desk.people["team_head"], role=TeamRole.HEAD), Seat(desk.people["coordinator"])])


def photo(phone: Phone, visit: Visit, **more: Any) -> tuple[Any, str, bytes]:
    """Announced and said, not yet sent: its id, its hash, its bytes."""
    data = jpeg()
    uid = phone.announce(visit, data, **more)
    return uid, phone.said[-1]["value"]["sha256"], data


def test_a_photo_that_was_taken_out_comes_back(
    desk: Desk, head: Phone, visit: Visit, django_capture_on_commit_callbacks: Any
) -> None:
    answer_all(head, visit)
    media, sha, data = photo(head, visit)
    said = head.said[-1]["value"]
    with django_capture_on_commit_callbacks(execute=True):
        head.sent()
        head.upload(media, data, 5000)
    assert not store.is_whole(media)
    head.say(visit, f"m/{media}", None, deleted=True)
    head.sent()
    head.say(visit, f"m/{media}", {**said, "caption": "Cổng"})
    assert head.sent()[-1]["status"] == "applied"
    assert values_of(visit)[f"m/{media}"]["caption"] == "Cổng"
    desk_acts.remove_file(visit.files.get(), by=head.person)
    with django_capture_on_commit_callbacks(execute=True):
        assert (
            head.sent([sign(head, visit, snapshot_of(head, visit, media={str(media): sha}))])[0]["status"] == "applied"
        )
    visit.refresh_from_db()
    assert visit.state == VisitState.SIGNED
    assert visit.files.get().removed_at is None
    assert [*differences()] == []
