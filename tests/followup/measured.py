"""Concluded visits and measures on them, for tests of accountability."""

from __future__ import annotations

from typing import Any

from kycuong.core.clock import today
from kycuong.followup import actions
from kycuong.followup.models import AccountabilityMeasure, MeasureKind
from kycuong.followup.rules.accountability import Subject
from kycuong.inspections.models import Visit
from kycuong.orgs.authority import at_the_machine
from tests.desk import Desk

from .issued import drafted, issue

NAME = "Nguyễn Thị Thử Nghiệm"
GROUNDS = "Tái phạm sau khi đã được nhắc nhở bằng văn bản."
STAFF = Subject("person", "civil_servant", "staff", "Chuyên viên một cửa", NAME)
HEAD = Subject("person", "official", "head", "Chủ tịch UBND xã")
COLLECTIVE = Subject()


def installed() -> None:
    with at_the_machine():
        actions.install_measure_kinds(by=None)


def kind(code: str) -> MeasureKind:
    return MeasureKind.objects.get(code=code)


def concluded(desk: Desk, **short: Any) -> Visit:
    """A visit with two findings whose conclusion is issued today."""
    if not MeasureKind.objects.exists():
        installed()
    conclusion = drafted(desk, **short)
    issue(desk, conclusion)
    return conclusion.visit


def proposed(desk: Desk, visit: Visit, code: str = "criticism", **given: Any) -> AccountabilityMeasure:
    """By the head of the team, to the district."""
    options: dict[str, Any] = {"subject": STAFF, "authority": desk.units["district"]}
    options["findings"] = list(visit.findings.all())
    options["by"] = desk.people["team_head"]
    return actions.propose_measure(visit, kind=kind(code), grounds=GROUNDS, **(options | given))


def recorded(desk: Desk, visit: Visit, code: str = "criticism", **given: Any) -> AccountabilityMeasure:
    """By the coordinator of the district, today."""
    options: dict[str, Any] = {"subject": STAFF, "authority": desk.units["district"], "decided_on": today()}
    options |= {"by": desk.people["coordinator"], "findings": list(visit.findings.all()), "number": "7/QĐ-UBND"}
    return actions.record_measure(visit, kind=kind(code), **(options | given))
