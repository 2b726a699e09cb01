"""The API of teams: the number of the decision, who joins and leaves, groups, and what a member declares."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Field, Status

from kycuong.core.days import IsoDay
from kycuong.core.http import Request
from kycuong.core.problems import BadInput, Stale
from kycuong.inspections import actions
from kycuong.inspections.actions import Declared, Group, Seat
from kycuong.inspections.models import Inspection, TeamMember, Visit
from kycuong.inspections.queries import team_candidates
from kycuong.inspections.rules import TeamRole
from kycuong.orgs.models import Person
from kycuong.orgs.queries import resolve_unit

from .answers import InspectionOut
from .routes import router
from .schemas import REFUSED, In, Line, Unit, Version
from .told import told

RoleName = Literal["team_head", "deputy_head", "secretary", "member"]
SeatUid = Annotated[UUID, Field(description="«seat» trong danh sách đoàn.")]
Key = TypeVar("Key")
Row = TypeVar("Row")
NOT_THERE = (
    "Đoàn hoặc lượt vừa được người khác sửa. Hãy đọc lại cuộc kiểm tra.",
    "The team has changed; read it again.",
)


class OpeningDecisionIn(In):
    """Number and day of the decision."""

    number: Annotated[str, Field(max_length=80)]
    decision_on: IsoDay


class RoleIn(In):
    """The role that a member shall have."""

    seat: SeatUid
    role: RoleName


class LeaveIn(In):
    """A member who leaves, and why."""

    seat: SeatUid
    reason: Line


class JoinIn(In):
    """Somebody who joins: the name to sign in with, or a position."""

    person: Annotated[str, Field(max_length=80, description="Tên đăng nhập; để trống nếu không có tài khoản.")] = ""
    position: Annotated[str, Field(max_length=200)] = ""
    role: RoleName = "member"


class TeamIn(In):
    """A change of the team."""

    version: Version
    roles: Annotated[list[RoleIn], Field(max_length=200)] = []
    leaving: Annotated[list[LeaveIn], Field(max_length=200)] = []
    joining: Annotated[list[JoinIn], Field(max_length=200)] = []


class GroupIn(In):
    """A group as it shall be; with a uid the one that is there."""

    uid: UUID | None = None
    name: Annotated[str, Field(max_length=80)]
    lead: SeatUid | None = None
    members: Annotated[list[SeatUid], Field(max_length=200)] = []
    visits: Annotated[list[UUID], Field(max_length=200)] = []


class GroupsIn(In):
    """All groups; those that are not named go."""

    version: Version
    groups: Annotated[list[GroupIn], Field(max_length=50)]


class TieIn(In):
    """What ties the caller to a unit."""

    kind: Literal["kinship", "former_unit", "other"]
    unit: Unit
    note: Line = ""


class DeclarationIn(In):
    """Nothing, or some ties."""

    nothing: bool = False
    ties: Annotated[list[TieIn], Field(max_length=50)] = []


@router.post("/inspections/{uid}/decision", response={201: InspectionOut, **REFUSED}, operation_id="record_decision")
def record_decision(request: Request, uid: UUID, body: OpeningDecisionIn) -> Any:
    """Record the decision that set up the team."""
    actions.record_decision(_inspection(request, uid), by=request.user, **body.dict())
    return _told(request, uid)


@router.post("/inspections/{uid}/team", response={201: InspectionOut, **REFUSED}, operation_id="change_team")
def change_team(request: Request, uid: UUID, body: TeamIn) -> Any:
    """Change roles, take members out, let others join."""
    found = _inspection(request, uid)
    seats = _seats(found)
    actions.change_team(
        found,
        by=request.user,
        version=body.version,
        roles={_seat(seats, one.seat): one.role for one in body.roles},
        leaving={_seat(seats, one.seat): one.reason for one in body.leaving},
        joining=[Seat(_person(request, one.person), one.position, TeamRole(one.role)) for one in body.joining],
    )
    return _told(request, uid)


@router.post("/inspections/{uid}/groups", response={201: InspectionOut, **REFUSED}, operation_id="divide_team")
def divide_team(request: Request, uid: UUID, body: GroupsIn) -> Any:
    """Divide the team into groups."""
    found = _inspection(request, uid)
    seats = _seats(found)
    visits = {visit.uid: visit for visit in Visit.objects.visible_to(request.user).filter(inspection=found)}
    there = {group.uid: group for group in found.groups.all()}
    groups = [
        Group(
            one.name,
            _seat(seats, one.lead) if one.lead else None,
            [_seat(seats, seat) for seat in one.members],
            [_known(visits, visit) for visit in one.visits],
            _known(there, one.uid) if one.uid else None,
        )
        for one in body.groups
    ]
    actions.divide_team(found, by=request.user, version=body.version, groups=groups)
    return _told(request, uid)


@router.post(
    "/inspections/{uid}/declaration", response={201: InspectionOut, **REFUSED}, operation_id="declare_conflicts"
)
def declare_conflicts(request: Request, uid: UUID, body: DeclarationIn) -> Any:
    """Declare what ties the caller to units of the inspection, or that nothing does."""
    ties = [Declared(one.kind, resolve_unit(one.unit, person=request.user), one.note) for one in body.ties]
    actions.declare_conflicts(_inspection(request, uid), by=request.user, ties=ties, nothing=body.nothing)
    return _told(request, uid)


def _inspection(request: Request, uid: UUID) -> Inspection:
    return get_object_or_404(Inspection.objects.visible_to(request.user).select_related("lead"), uid=uid)


def _told(request: Request, uid: UUID) -> Any:
    found = Inspection.objects.visible_to(request.user).select_related("lead").prefetch_related("topics").get(uid=uid)
    return Status(201, told(request, [found])[0])


def _seats(found: Inspection) -> dict[UUID, TeamMember]:
    return {seat.seat_uid: seat for seat in found.team.current().select_related("person")}


def _seat(seats: dict[UUID, TeamMember], uid: UUID) -> TeamMember:
    return _known(seats, uid)


def _known(rows: dict[Key, Row], key: Key) -> Row:
    if key not in rows:
        raise Stale(NOT_THERE[0], en=NOT_THERE[1])
    return rows[key]


def _person(request: Request, username: str) -> Person | None:
    """Somebody whom the caller may put on a team."""
    if not username:
        return None
    person = team_candidates(request.user, "team.change").filter(username=username.replace("\0", "")).first()
    if person is None:
        raise BadInput(
            f"Không có tài khoản «{username[:40]}» vào đoàn được. Hãy kiểm tra tên đăng nhập.",
            en=f"There is no account {username[:40]!r} that may join a team.",
            errors=[{"field": "joining", "vi": "Không có tài khoản này.", "en": "No such account."}],
        )
    return person
