"""A sealed inspection with all that one can carry, and the words that stand in it and nowhere else."""

from __future__ import annotations

from datetime import timedelta

from kycuong.core.clock import now
from kycuong.core.ids import uuid7
from kycuong.draws.actions import look_at_draw, open_drawn_inspection
from kycuong.draws.models import Draw
from kycuong.field.actions import Heartbeat, receive
from kycuong.field.models import FieldDevice
from kycuong.inspections import actions
from kycuong.inspections.actions import Declared, Group, Planned, Seat
from kycuong.inspections.models import Inspection, Visit
from kycuong.inspections.queries import plan_of
from kycuong.inspections.rules import TeamRole
from kycuong.notices.telling import tell
from kycuong.orgs.models import Person
from tests.desk import FULL_HOUSE, YESTERDAY, Desk, passing
from tests.photos import examined
from tests.sides import Sides

LISTED = "team_head"
"""Who leads it, and is on its short list."""
SECRET = ("Bất ngờ tuyệt mật", "77/QĐ-MẬT", "Cửa khóa từ sáng", "Nề nếp tuyệt đẹp", "Tổ kín như bưng")
"""Words that stand in the sealed inspection and nowhere else."""


def seal(desk: Desk, *, told: timedelta = timedelta(hours=1)) -> Inspection:
    """All that a sealed inspection can carry: a target that waits, one that is struck, a visit begun and written down. Its
    team sits on it; `told`: in how long its members may know."""
    head = desk.people[LISTED]
    inspection = desk.open(
        by=LISTED,
        sealed=True,
        title=SECRET[0],
        notes=SECRET[1],
        members_from=now() + told,
        team=[Seat(head, role=TeamRole.HEAD), Seat(desk.people["team_member"])],
        visits=[Planned(desk.units[unit], YESTERDAY, "short") for unit in ("commune", "second_commune", "division")],
    )
    first, _second, third = plan_of(inspection.sealing).waiting
    actions.strike_target(inspection, by=head, key=third.key, reason=f"Hoãn theo {SECRET[1]}")
    actions.look_at_sealing(inspection, by=head)
    visit = actions.begin_target(inspection, by=head, key=first.key, as_planned=True)
    answers = {**passing(visit), "D3": {"outcome": "fail", "finding": SECRET[2]}}
    actions.record_answers(visit, by=head, answers=answers, headcount=FULL_HOUSE, strengths=SECRET[3])
    loose = actions.add_finding(visit, by=head, description=SECRET[2], severity=3)
    actions.add_concerned(loose, by=head, category="official", position=SECRET[2], name=SECRET[3])
    actions.pick_case_files(visit, by=head, subject=SECRET[2], number=2, size=40)
    actions.add_file(visit, by=head, examined=examined("maroon"), caption=SECRET[2])
    said_on_phones(visit, head)
    lead = inspection.team.get(person=head)
    actions.divide_team(inspection, by=head, groups=[Group(SECRET[4], lead, visits=list(inspection.visits.all()))])
    tie = Declared("other", desk.units["division"], SECRET[2])
    actions.declare_conflicts(inspection, by=head, ties=[tie])
    inspection.refresh_from_db()
    tell(
        desk.people.values(),
        key=f"sealed:{inspection.uid}",
        subject=SECRET[0],
        url=f"/inspections/{inspection.uid}/",
        visible=lambda person: Inspection.objects.visible_to(person).filter(pk=inspection.pk).exists(),
    )
    return inspection


def said_on_phones(visit: Visit, head: Person) -> None:
    """Two values, a photo that has not come, something set aside: from a phone that everybody knew before."""
    device = FieldDevice.objects.filter(person=head).first()
    if device is None:
        return
    photo = {"sha256": "0" * 64, "size": 9, "criterion_code": "", "caption": SECRET[2]}
    said = [
        ("t/strengths", SECRET[3]),
        (f"m/{uuid7()}", photo),
        ("a/D3", {"outcome": "pass"}),
        ("not a field", SECRET[1]),
    ]
    ops = [
        {"op_id": str(uuid7()), "seq": device.seq_head + place, "visit": str(visit.uid), "field": name, "value": value}
        | {"base": [], "form": "", "wall": 1, "mono": 1, "boot": "b", "author": str(head.uid)}
        for place, (name, value) in enumerate(said, 1)
    ]
    beat = Heartbeat(sent_wall=1, seq_head=device.seq_head + len(ops))
    told = receive(device, ops, by=head, beat=beat)
    assert {one.status for one in told} >= {"conflict", "set_aside"}


def follow_the_draw(desk: Desk, sides: Sides) -> None:
    """The draw that everybody knows of is looked at, and its inspection opened, with a unit added by hand."""
    draw, head = Draw.objects.get(uid=sides["own"]["drawn"]), desk.people[LISTED]
    look_at_draw(draw, by=head)
    added = (desk.units["division"], SECRET[2])
    open_drawn_inspection(draw, by=head, visited_on=YESTERDAY, designated=[added])
