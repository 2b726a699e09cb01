"""A small province with a person for every role and what inspections need: the standard checklist, topics, duties."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

from kycuong.catalog.actions import install_standard_checklist
from kycuong.catalog.models import Checklist
from kycuong.catalog.rules import AnswerType
from kycuong.core.clock import today
from kycuong.inspections import actions
from kycuong.inspections.actions import Headcount, Planned, Seat
from kycuong.inspections.models import Inspection, Visit
from kycuong.inspections.queries import criteria_at, plan_of, sealing_of
from kycuong.inspections.rules import TeamRole
from kycuong.orgs.actions import create_account, grant_role
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import Draft, create_units
from kycuong.orgs.models import Person, Unit
from kycuong.plans.actions import install_plan_duties
from tests.kept import Kept, nothing_yet

BEGIN = date(2015, 1, 1)
YESTERDAY = today() - timedelta(days=1)
DAY_TYPED = f"{YESTERDAY:%d/%m/%Y}"

ROLES = {
    "aggregator": "province",
    "leader": "province",
    "auditor": "province",
    "system_admin": "province",
    "team_head": "department",
    "team_member": "department",
    "records_clerk": "department",
    "coordinator": "district",
    "unit_head": "commune",
}
"""Role → where it is held."""

FULL_HOUSE = Headcount(quota=12, present=11, absent_excused=1, absent_unexcused=0, late=0)


@dataclass
class Desk:
    """The province's units and people by short names, and shorthands for what most tests begin with."""

    units: dict[str, Unit]
    people: dict[str, Person]
    checklist: Checklist
    outsider: Person = field(init=False)

    def __post_init__(self) -> None:
        self.outsider = self.people["outsider"]

    def open(self, *, by: str = "team_head", **given: Any) -> Inspection:
        """A surprise inspection of the commune, yesterday, with the short form."""
        visits = given.pop("visits", None)
        if visits is None:
            visits = [Planned(self.units["commune"], YESTERDAY, "short")]
        options: dict[str, Any] = {"lead": self.units["department"], "form": "surprise", **given}
        options.setdefault("team", [Seat(self.people[by], role=TeamRole.HEAD)])
        return actions.open_inspection(by=self.people[by], visits=visits, **options)

    def visit(self, **given: Any) -> Visit:
        """Its draft visit; of a sealed one, begun at the door."""
        opened = self.open(**given)
        self.begin(opened)
        return opened.visits.get()

    def begin(self, inspection: Inspection) -> list[Visit]:
        """Every sealed target that waits is begun, on its planned day, by whoever sealed it."""
        sealing = sealing_of(inspection)
        waiting = plan_of(sealing).waiting if sealing else []
        by = inspection.sealed_by
        return [actions.begin_target(inspection, by=by, key=one.key, as_planned=True) for one in waiting if by]

    def answered(self, visit: Visit, **changed: dict[str, Any]) -> Visit:
        """The visit with every criterion passed, but for those given."""
        answers = {**passing(visit), **changed}
        return actions.record_answers(visit, by=self.people["team_head"], answers=answers, headcount=FULL_HOUSE)

    def signed(self, **given: Any) -> Visit:
        """A signed visit."""
        visit = self.answered(self.visit(**given))
        self.sign(visit)
        visit.refresh_from_db()
        return visit

    def sign(self, visit: Visit, **given: Any) -> Any:
        signature = {"team_signatory": "Trưởng đoàn", "unit_signatory": "Chủ tịch UBND xã", **given}
        return actions.sign_minutes(visit, by=self.people["team_head"], **signature)


def passing(visit: Visit) -> dict[str, dict[str, Any]]:
    """A pass for each criterion of the visit's form; presence follows from the headcount."""
    given: dict[str, dict[str, Any]] = {}
    for code, criterion in criteria_at(visit).items():
        if criterion.answer_type == AnswerType.RATIO:
            given[code] = {"part": 5, "whole": 5}
        elif criterion.answer_type == AnswerType.DOCUMENT:
            given[code] = {"number": "12/KH", "dated": "2019-01-15"}
        elif criterion.answer_type != AnswerType.HEADCOUNT:
            given[code] = {"outcome": "pass"}
    return given


def asked(**changed: Any) -> dict[str, Any]:
    """What a plain criterion says."""
    plain = {"text": "Có sổ theo dõi", "answer_type": "grade", "severity": 1, "severity_to": 1, "setting": "surprise"}
    return plain | changed


@pytest.fixture
def desk(db: None) -> Desk:
    """The province, the same for each test: the first one makes it, the others find its rows put back."""
    if not nothing_yet():  # another fixture came first
        return made()
    if not _FIRST:
        _FIRST.append((made(), Kept()))
        return _FIRST[0][0]
    first, kept = _FIRST[0]
    kept.put_back()
    units = Unit.objects.in_bulk([unit.pk for unit in first.units.values()])
    people = Person.objects.in_bulk([person.pk for person in first.people.values()])
    return Desk(
        {name: units[unit.pk] for name, unit in first.units.items()},
        {name: people[person.pk] for name, person in first.people.items()},
        Checklist.objects.get(pk=first.checklist.pk),
    )


_FIRST: list[tuple[Desk, Kept]] = []


def made() -> Desk:
    with at_the_machine():
        checklist = install_standard_checklist(by=None)
        install_plan_duties(by=None)
        units = _units()
        people = {role: _person(role, role, units[place]) for role, place in ROLES.items()}
        people["outsider"] = _person("outsider", "coordinator", units["other_district"])
        people["nobody"], _ = create_account(
            by=None, at=units["province"], username="nobody", full_name="Chưa có vai trò"
        )
        for person in people.values():
            settle(person)
    return Desk(units, people, checklist)


def settle(person: Person) -> Person:
    """Has set a password of their own: until then nothing else opens (tests/site/test_passwords.py)."""
    person.password_ends_at = None
    person.save(update_fields=["password_ends_at"])
    return person


def _units() -> dict[str, Unit]:
    province = Draft("Tỉnh Thử Nghiệm", "province", None)
    department = Draft("Sở Nội vụ", "provincial_department", province)
    district = Draft("Huyện Đông", "district_pc", province)
    other = Draft("Huyện Tây", "district_pc", province)
    drafts = {
        "province": province,
        "department": department,
        "district": district,
        "other_district": other,
        "commune": Draft("Xã Hoàng Đồng", "commune_pc", district),
        "second_commune": Draft("Xã Bình Minh", "commune_pc", district),
        "other_commune": Draft("Xã Xa", "commune_pc", other),
        "division": Draft("Phòng Cải cách hành chính", "division", department),
    }
    born = create_units(list(drafts.values()), by=None, on=BEGIN).born
    return dict(zip(drafts, born, strict=True))


def _person(name: str, role: str, unit: Unit) -> Person:
    person, _ = create_account(by=None, at=unit, username=name, full_name=f"Người {name}", position="Chuyên viên")
    grant_role(person, by=None, role=role, unit=unit, valid_from=BEGIN)
    return person
