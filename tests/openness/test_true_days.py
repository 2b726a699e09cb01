"""The day from which everybody may know of a visit counts from when the system knew it, whatever somebody typed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from kycuong.core.clock import today
from kycuong.followup.actions import RecommendationRow, record_recommendations
from kycuong.inspections import actions as inspections
from kycuong.inspections.models import Conclusion, Visit
from kycuong.openness import actions
from kycuong.openness.queries import coming, corrections, years_of
from kycuong.orgs.models import UnitVersion
from kycuong.orgs.rules import Kind
from tests.clocks import Jumping
from tests.desk import YESTERDAY, Desk

from .concluded import conclude, conclude_straight, signed

DAY = timedelta(days=1)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Jumping:
    return Jumping(monkeypatch)


@pytest.fixture(autouse=True)
def opened(desk: Desk) -> None:
    actions.open_page(by=desk.people["leader"], valid_from=today(), reason="Văn bản số 12/UBND")


def listed() -> list[str]:
    return [row["unit"] for row in Client().get("/public/inspections.json").json()["inspections"]]


def after_april(clock: Jumping) -> date:
    clock.by(max(date(YESTERDAY.year + 1, 4, 2) - today(), DAY))
    return today()


def told(year: int = YESTERDAY.year) -> dict[str, str]:
    rows = Client().get(f"/public/years.json?year={year}").json()["years"]
    return {row["kind"]: row["found_minor"] for row in rows}


def issued_late(desk: Desk, clock: Jumping, days: int) -> Visit:
    """Approved today, and recorded so many days later as issued today."""
    visit, people, typed = signed(desk), desk.people, today()
    conclusion = inspections.share_conclusion(
        inspections.draft_conclusion(visit, by=people["team_head"]), by=people["team_head"]
    )
    inspections.reply_to_conclusion(conclusion, by=people["unit_head"], reply="Nhất trí")
    inspections.approve_conclusion(conclusion, by=people["leader"])
    clock.by(DAY * days)
    inspections.issue_conclusion(Conclusion.objects.get(), by=people["aggregator"], issued_on=typed)
    return visit


def test_a_typed_day_of_issue_shortens_no_embargo(desk: Desk, clock: Jumping) -> None:
    visit = issued_late(desk, clock, 40)
    assert (listed(), coming(today())) == ([], []), "its thirty days begin when it was recorded"
    clock.by(DAY * 29)
    assert (listed(), [one.unit for one in coming(today())]) == ([], [visit.unit_name_then])
    clock.by(DAY)
    assert listed() == [visit.unit_name_then]


def test_what_was_recorded_after_march_is_in_no_sum_of_the_year_before(desk: Desk, clock: Jumping) -> None:
    conclude_straight(desk, "second_commune")
    typed = today()
    visit = signed(desk)
    clock.by(DAY * 30)
    year = after_april(clock).year - 1
    before = told(year)
    conclusion = inspections.draft_conclusion(visit, by=desk.people["team_head"])
    stamp = {"approved_at": conclusion.created_at, "approved_by": conclusion.created_by}
    Conclusion.objects.filter(pk=conclusion.pk).update(state="issued", issued_on=typed, **stamp)
    clock.by(DAY * 30)
    assert len(listed()) == 2
    [late] = [one for one in years_of(today())[year] if one.unit == visit.unit_name_then]
    assert late.public_from == today()
    assert told(year) == before


def test_a_seal_that_is_opened_late_begins_the_embargo(desk: Desk, clock: Jumping) -> None:
    visit = conclude(desk, signed(desk, sealed=True))
    clock.by(DAY * 40)
    sealed = visit.inspection
    sealed.refresh_from_db()
    assert sealed.sealing.unsealed_at is None
    inspections.open_all(sealed, by=desk.people["team_head"])
    assert listed() == []
    clock.by(DAY * 30)
    assert listed() == [visit.unit_name_then]


def test_an_old_table_that_is_imported_today_waits_from_today(desk: Desk, clock: Jumping) -> None:
    visit = signed(desk)
    clock.by(DAY * 60)
    [finding] = visit.findings.all()
    row = RecommendationRow(visit, "Niêm yết lại", YESTERDAY, 10, (finding,), "12/TB-UBND")
    record_recommendations([row], by=desk.people["aggregator"], source="import")
    assert listed() == []
    clock.by(DAY * 30)
    assert listed() == [visit.unit_name_then]


def test_of_the_demonstration_the_typed_day_counts(desk: Desk, clock: Jumping) -> None:
    visit = issued_late(desk, clock, 40)
    Visit.objects.filter(pk=visit.pk).update(source="demonstration")
    assert listed() == [visit.unit_name_then], "all of it was recorded today, and there would be nothing to show"


def test_nobody_could_read_what_was_annulled_before_its_true_day(desk: Desk, clock: Jumping) -> None:
    visit = issued_late(desk, clock, 40)
    by = desk.people["aggregator"]
    inspections.annul_visit(Visit.objects.get(pk=visit.pk), by=by, reason="Ghi nhầm đơn vị")
    clock.by(DAY * 60)
    assert corrections(today()) == []


def test_the_kind_of_a_unit_is_that_of_the_day_of_the_visit(desk: Desk, clock: Jumping) -> None:
    visit = conclude(desk, signed(desk))
    clock.by(DAY * 30)
    version = UnitVersion.objects.get(unit=visit.unit)
    changed = today() - DAY
    UnitVersion.objects.filter(pk=version.pk).update(valid_to=changed)
    version.pk, version.valid_from, version.kind = None, changed, Kind.DIVISION
    version.save(force_insert=True)
    [[one]] = years_of(today()).values()
    assert one.kind == Kind.COMMUNE_PC
