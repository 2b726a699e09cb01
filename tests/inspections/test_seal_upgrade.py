"""Sealed drafts that an earlier version wrote in plain go under the seal, and the log forgets where they were."""

from __future__ import annotations

from kycuong.audit.log import record_many
from kycuong.audit.reconcile import differences
from kycuong.audit.verification import verify_log
from kycuong.catalog.models import Topic
from kycuong.core.clock import now, today
from kycuong.inspections import actions
from kycuong.inspections.actions import Planned
from kycuong.inspections.actions.upgrading import seal_old_drafts
from kycuong.inspections.models import Inspection, ShortListEntry
from kycuong.inspections.queries import plan_of
from kycuong.orgs.authority import at_the_machine
from tests.desk import YESTERDAY, Desk
from tests.inspections.test_sealing_dump import TITLE, counts, target


def as_before(desk: Desk, *units: str) -> Inspection:
    """As the earlier version left it: visits and title in plain, and in the log."""
    head = desk.people["team_head"]
    inspection = desk.open(
        title=TITLE,
        topics=list(Topic.objects.all()[:2]),
        visits=[Planned(desk.units[name], YESTERDAY, "short") for name in units],
    )
    Inspection.objects.filter(pk=inspection.pk).update(sealed_at=now(), sealed_by=head)
    inspection.refresh_from_db()
    entry = ShortListEntry.objects.create(inspection=inspection, person=head, added_by=head)
    record_many("inspection.open", [inspection, entry], by=head)
    return inspection


def upgraded() -> int:
    with at_the_machine():
        return seal_old_drafts(by=None)


def test_an_untouched_draft_is_sealed_and_its_traces_erased(desk: Desk) -> None:
    desk.units["far"] = unit = target(desk)
    before = counts(unit)
    inspection = as_before(desk, "far", "commune")
    assert counts(unit)[TITLE] > before[TITLE]
    assert upgraded() == 1
    assert counts(unit) == before
    assert not inspection.visits.exists()
    plan = plan_of(inspection.sealing)
    assert plan.title == TITLE
    assert len(plan.topics) == 2
    assert [one.unit for one in plan.waiting] == [str(unit.uid), str(desk.units["commune"].uid)]
    assert list(verify_log()) == []
    assert differences() == []
    assert upgraded() == 0
    desk.begin(inspection)
    assert inspection.visits.count() == 2


def test_what_was_begun_stays_and_signed_minutes_stay_intact(desk: Desk) -> None:
    inspection = as_before(desk, "commune", "second_commune")
    first, _second = inspection.visits.order_by("pk")
    actions.record_answers(first, by=desk.people["team_head"], answers={}, strengths="Đã tới nơi")
    assert upgraded() == 1
    assert [visit.unit for visit in inspection.visits.all()] == [desk.units["commune"]]
    assert len(plan_of(inspection.sealing).waiting) == 1
    inspection.refresh_from_db()
    assert inspection.title == TITLE  # it stands beside a visit that is plain already
    assert list(verify_log()) == []
    assert differences() == []
    assert inspection.opened_on <= today()
