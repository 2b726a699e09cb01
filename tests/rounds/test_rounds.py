"""A round of periodic reports: who is asked, what is frozen at a submission, who may answer it, who is chased."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from django.test import Client

from kycuong.core.clock import today
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken, Stale
from kycuong.deadlines.actions import add_day_off
from kycuong.deadlines.queries import term_of
from kycuong.inspections.actions import annul_visit
from kycuong.notices.models import Notice
from kycuong.orgs.actions import grant_role
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import Fate, absorb_units
from kycuong.orgs.models import Person, Unit
from kycuong.reports.rules.periods import Period, parse_period
from kycuong.rounds import actions
from kycuong.rounds.actions import Wish
from kycuong.rounds.forms.rounds import last_quarter, written
from kycuong.rounds.models import (
    AgencyReport,
    ReportingRound,
    ReportReminder,
    ReportReview,
    ReportSubmission,
    RoundRule,
)
from kycuong.rounds.queries import (
    dated,
    progress_of,
    since_former,
    since_submission,
    submission_mark,
    todos,
    usual_agencies,
    whole,
)
from kycuong.rounds.queries.version import HOME, fingerprint
from kycuong.rounds.rules import RoundTerms, digest_of, level_due, submitted_of, usual_title
from kycuong.rounds.tasks import remind_of_reports
from tests.desk import YESTERDAY, Desk

from .asked import MONTH, drafted, of_district, opened

REASON = "Thiếu phần khó khăn, vướng mắc."


def reports_for(person: Person, unit: Unit) -> None:
    with at_the_machine():
        grant_role(person, by=None, role="coordinator", unit=unit)


def test_a_round_asks_agencies_below_tells_their_people_and_counts_working_days_after_the_cut_off(desk: Desk) -> None:
    found = drafted(desk)
    coordinator = desk.people["coordinator"]
    assert not ReportingRound.objects.visible_to(coordinator).exists()
    assert not AgencyReport.objects.visible_to(coordinator).exists()
    actions.open_round(found, by=desk.people["aggregator"])
    term = term_of(today(), 5)
    assert (found.due_on, found.due_words) == (term.due_on, term.words)
    assert Counter(Notice.objects.values_list("person__username", flat=True)) == {"coordinator": 1}
    [todo] = todos(coordinator, today=today())
    assert (todo.url, todo.due) == (of_district(found, desk).get_absolute_url(), found.due_on)
    assert [one.agency for one in AgencyReport.objects.visible_to(coordinator)] == [desk.units["district"]]
    assert not ReportingRound.objects.visible_to(desk.outsider).exists()
    assert progress_of(found, None, today=today()).unread == 1  # nobody reports for the department
    add_day_off(by=desk.people["aggregator"], day=term.due_on, name="Nghỉ bù")
    found.refresh_from_db()
    assert found.due_on == term_of(today(), 5).due_on > term.due_on
    moved = Notice.objects.get(person=coordinator, subject__contains=f"thành {found.due_on:%d/%m/%Y}")
    assert moved.url == of_district(found, desk).get_absolute_url()


def test_people_of_the_heir_find_what_an_agency_that_ended_owes_and_asks(desk: Desk) -> None:
    """On the list, in the calendar and among what waits: the agency's own report, and the round that it had opened."""
    heir, old, boss = desk.outsider, desk.units["district"], desk.people["coordinator"]
    owed = of_district(opened(desk), desk)
    wish = Wish("Đợt của huyện", MONTH, 5, [desk.units["commune"]])
    asked = actions.draft_round(by=boss, authority=old, wish=wish)
    actions.open_round(asked, by=boss)
    actions.submit_agency_report(asked.reports.get(), by=boss)
    pages = {owed.get_absolute_url(), asked.get_absolute_url()}
    until = today() + timedelta(days=30)

    def shown() -> list[set[str]]:
        client = Client()
        client.force_login(heir)
        listed = client.get("/rounds/").content.decode()
        dates = {one.url for one in dated(heir, today(), until, today=today(), mine=True)}
        return [{one.url for one in todos(heir, today=today())}, dates, {url for url in pages if url in listed}]

    assert shown() == [set(), set(), set()]
    absorb_units(
        [old], by=desk.people["aggregator"], on=today(), into=desk.units["other_district"], children=Fate.PASS_ON
    )
    assert [pages & one for one in shown()] == [pages] * 3
    assert actions.submit_agency_report(owed, by=heir).number == 1
    actions.accept_report(asked.reports.get(), by=heir)


def test_who_may_ask_and_what_a_round_must_say(desk: Desk) -> None:
    district, by = desk.units["district"], desk.people["coordinator"]
    for agencies, title in (([desk.units["other_commune"]], "Quý"), ([], "Quý"), ([desk.units["commune"]], " ")):
        with pytest.raises(BadInput):
            actions.draft_round(by=by, authority=district, wish=Wish(title, MONTH, 5, agencies))
    wish = Wish("Quý", MONTH, 5, [desk.units["commune"]])
    for who in ("auditor", "team_head", "unit_head", "outsider"):
        with pytest.raises(NotAllowed):
            actions.draft_round(by=desk.people[who], authority=district, wish=wish)
    found = actions.draft_round(by=by, authority=district, wish=wish)
    read = found.version
    actions.change_round(found, by=by, wish=Wish("Khác", MONTH, 6, [desk.units["second_commune"]]), version=read)
    assert list(found.reports.values_list("agency", flat=True)) == [desk.units["second_commune"].pk]
    with pytest.raises(Stale):
        actions.open_round(found, by=by, version=read)
    actions.open_round(found, by=by)
    for act in (actions.open_round, actions.remove_round):
        with pytest.raises(RuleBroken, match="đã gửi"):
            act(found, by=by)
    with pytest.raises(BadInput):
        actions.cancel_round(found, by=by, reason="Sai")
    actions.cancel_round(found, by=by, reason="Gửi nhầm kỳ báo cáo.")
    with pytest.raises(RuleBroken, match="đã hủy"):
        actions.remind_all(found, by=by)


def test_asked_by_default_are_those_that_owe_a_plan(desk: Desk) -> None:
    assert set(usual_agencies(desk.units["province"], MONTH)) >= {desk.units["department"]}
    assert desk.units["commune"] not in usual_agencies(desk.units["province"], MONTH)


def test_what_is_submitted_is_frozen_and_the_database_refuses_to_change_it(desk: Desk) -> None:
    found = opened(desk)
    report, by = of_district(found, desk), desk.people["coordinator"]
    with pytest.raises(NotAllowed):
        actions.submit_agency_report(report, by=desk.people["team_member"])
    actions.write_report(report, by=by, difficulties="Thiếu người.\nThiếu xe.", proposals="")
    seen = submission_mark(report, whole(report.agency, MONTH), by)
    first = actions.submit_agency_report(report, by=by, seen=seen, version=report.version)
    assert (first.number, first.sha256, first.days_late) == (1, digest_of(first.content), 0)
    assert submitted_of(first.content).words["difficulties"] == ("Thiếu người.", "Thiếu xe.")
    with pytest.raises(RuleBroken, match="đã nộp"):
        actions.write_report(report, by=by, difficulties="", proposals="")
    for change in ({"content": "{}"}, {"number": 7}):
        with pytest.raises(DatabaseError), transaction.atomic():
            ReportSubmission.objects.filter(pk=first.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportSubmission.objects.filter(pk=first.pk).delete()


@pytest.mark.parametrize("model", [ReportSubmission, ReportReview])
def test_what_is_frozen_is_not_replaced_or_emptied_either(desk: Desk, model: type[Model]) -> None:
    """SQLite's REPLACE passes the wall of DELETE; an insertion that updates instead passes that of INSERT on PostgreSQL."""
    report, by = of_district(opened(desk), desk), desk.people["coordinator"]
    actions.submit_agency_report(report, by=by)
    actions.return_report(report, by=desk.people["leader"], reason=REASON)
    before = list(model._default_manager.values())
    table, once = model._meta.db_table, "submission_id, accepted" if model is ReportReview else "report_id, number"
    fields = [field.column for field in model._meta.concrete_fields]
    columns, others = ", ".join(fields), ", ".join("0" if one == "id" else one for one in fields)
    first, changed = fields[1], fields[-1]
    upsert = f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE true ON CONFLICT (id) DO UPDATE SET {changed} = {table}.{changed}"
    own = {
        "sqlite": [
            f"REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table}",
            f"INSERT OR REPLACE INTO {table} ({columns}) SELECT {others} FROM {table}",
            f"UPDATE OR REPLACE {table} SET {first} = {first}",
        ],
        "postgresql": [f"TRUNCATE {table} CASCADE", upsert.replace("(id)", f"({once})")],
    }
    connection.check_constraints()
    for statement in [upsert, *own[connection.vendor]]:
        with (
            pytest.raises(DatabaseError, match="stays as it was"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert list(model._default_manager.values()) == before


def test_figures_that_moved_after_they_were_read_are_read_again(desk: Desk) -> None:
    report, by = opened(desk).reports.get(agency=desk.units["department"]), desk.people["coordinator"]
    reports_for(by, desk.units["department"])
    seen = submission_mark(report, whole(report.agency, MONTH), by)
    desk.signed()
    with pytest.raises(Stale):
        actions.submit_agency_report(report, by=by, seen=seen)
    assert report.submissions.count() == 0


def test_a_superior_accepts_or_returns_and_what_comes_again_is_compared(desk: Desk) -> None:
    head, visit = desk.people["coordinator"], desk.signed()
    found = actions.draft_round(
        by=desk.people["aggregator"],
        authority=desk.units["province"],
        wish=Wish("Báo cáo", MONTH, 5, [desk.units["department"], desk.units["district"]]),
    )
    actions.open_round(found, by=desk.people["aggregator"])
    reports_for(head, desk.units["department"])
    report, boss = found.reports.get(agency=desk.units["department"]), desk.people["leader"]
    first = actions.submit_agency_report(report, by=head)
    assert since_submission(first, None) == []
    for reason in ("Sai", ""):
        with pytest.raises(BadInput):
            actions.return_report(report, by=boss, reason=reason)
    with pytest.raises(NotAllowed):
        actions.accept_report(report, by=head)
    actions.return_report(report, by=boss, reason=REASON)
    assert Notice.objects.filter(person=head, subject__contains="trả lại").exists()
    annul_visit(visit, by=desk.people["aggregator"], reason="Ghi nhầm đơn vị được kiểm tra.")
    assert any("Số lượt trong kỳ: 1 → 0" in one.words for one in since_submission(first, None))
    second = actions.submit_agency_report(report, by=head)
    assert second.number == 2
    assert {one.visit for one in since_former(second, None) if one.visit} == {str(visit.uid)}
    assert since_submission(second, None) == []
    version = report.version
    actions.accept_report(report, by=boss, version=version)
    with pytest.raises(RuleBroken, match="đã được nhận"):
        actions.accept_report(report, by=boss, version=version)
    assert [row.accepted for row in ReportReview.objects.all()] == [False, True]
    [line] = [one for one in progress_of(found, None, today=today()).lines if one.times]
    assert (line.times, line.outcome) == (2, "Đúng hạn")


def test_who_submits_does_not_accept(desk: Desk) -> None:
    by = desk.people["coordinator"]
    found = actions.draft_round(
        by=by, authority=desk.units["district"], wish=Wish("Báo cáo", MONTH, 5, [desk.units["commune"]])
    )
    actions.open_round(found, by=by)
    report = found.reports.get()
    actions.submit_agency_report(report, by=by)
    with pytest.raises(RuleBroken, match="không tự nhận"):
        actions.accept_report(report, by=by)


def test_nobody_reports_on_a_period_that_is_not_over(desk: Desk) -> None:
    found = opened(desk, period=Period(YESTERDAY, today()))
    with pytest.raises(RuleBroken, match="chưa hết"):
        actions.submit_agency_report(of_district(found, desk), by=desk.people["coordinator"])


def test_late_is_what_was_decided_at_the_first_submission(desk: Desk) -> None:
    found = opened(desk)
    ReportingRound.objects.filter(pk=found.pk).update(due_on=today() - timedelta(days=8))
    report = of_district(found, desk)
    assert progress_of(found, None, today=today()).late == 2
    submission = actions.submit_agency_report(report, by=desk.people["coordinator"])
    assert submission.days_late == report.days_late
    assert 5 <= submission.days_late <= 6
    ReportingRound.objects.filter(pk=found.pk).update(due_on=today() + timedelta(days=30))
    report.refresh_from_db()
    assert report.days_late == submission.days_late


def test_reminders_come_step_by_step_once_and_end_with_the_submission(desk: Desk) -> None:
    found = opened(desk)
    report, due = of_district(found, desk), found.due_on
    assert due is not None
    days = [today() + timedelta(days=n) for n in range((due - today()).days + 20)]
    for day in days:
        remind_of_reports(day)
        remind_of_reports(day)
    mine = ReportReminder.objects.filter(report=report)
    assert [row.level for row in mine.order_by("reminded_on")] == ["ahead", "over", "again"]
    by = desk.people["aggregator"]
    assert len(actions.remind_all(found, by=by)) == 2
    with pytest.raises(RuleBroken, match="hôm nay đã nhắc"):
        actions.remind_all(found, by=by)
    ReportReminder.objects.all().delete()
    actions.submit_agency_report(report, by=desk.people["coordinator"])
    for day in days:
        remind_of_reports(day)
    assert not mine.exists()


@pytest.mark.parametrize(
    ("over", "taken", "level"),
    [(-3, (), None), (-2, (), "ahead"), (0, ("ahead",), None), (1, ("ahead",), "over"), (3, ("over",), None),
     (4, ("over", "by_hand"), "again"), (4, (), "again"), (40, ("again",), None)],
)  # fmt: skip
def test_the_step_that_is_due(over: int, taken: tuple[str, ...], level: str | None) -> None:
    assert level_due(RoundTerms(), days_over=over, taken=taken) == level


def test_usual_terms_are_rows_from_a_day_on(desk: Desk) -> None:
    by = desk.people["aggregator"]
    actions.set_round_rule(by=by, valid_from=today() + timedelta(days=3), terms=RoundTerms(quarter_days=9))
    assert RoundRule.on(today()).usual("2026-Q1") == 5
    assert RoundRule.on(today() + timedelta(days=3)).usual("nd09:2026-Q1") == 9
    told = [
        RoundTerms().usual(parse_period(one).name)
        for one in ("2026", "nd09:2026-H1", "2026-04", "2026-01-01..2026-02-28")
    ]
    assert told == [10, 7, 3, 5]
    with pytest.raises(BadInput):
        actions.set_round_rule(by=by, valid_from=today(), terms=RoundTerms(year_days=0))
    with pytest.raises(NotAllowed):
        actions.set_round_rule(by=desk.people["leader"], valid_from=today(), terms=RoundTerms())


def test_a_round_is_named_after_its_period_unless_somebody_names_it(desk: Desk, client: Client) -> None:
    client.force_login(desk.people["aggregator"])
    asked = {"authority": desk.units["province"].slug, "part": "Q1", "year": "2026", "title": ""}
    assert client.post("/rounds/new/", asked).status_code == 302
    found = ReportingRound.objects.get()
    assert found.title == "Báo cáo quý I năm 2026"
    client.post(f"{found.get_absolute_url()}text/", {**asked, "title": "Đợt đầu năm", "version": found.version})
    found.refresh_from_db()
    assert found.title == "Đợt đầu năm"
    assert usual_title(MONTH) == f"Báo cáo từ {MONTH.first:%d/%m/%Y} đến {MONTH.last:%d/%m/%Y}"
    assert [last_quarter(date(2026, month, 5)) for month in (1, 4)] == [
        {"year": 2025, "part": "Q4"},
        {"year": 2026, "part": "Q1"},
    ]


@pytest.mark.parametrize("kind", ["report", "draft"])
def test_two_who_write_at_once_are_shown_each_other_s_words(desk: Desk, client: Client, kind: str) -> None:
    """The page asks which to keep; what was typed is on it, and so is what the colleague saved."""
    found = opened(desk) if kind == "report" else drafted(desk)
    report, boss = of_district(found, desk), desk.people["aggregator"]
    if kind == "report":
        person, address, box = desk.people["coordinator"], report.get_absolute_url(), "difficulties"
    else:
        person, address, box = boss, f"{found.get_absolute_url()}text/", "title"
    client.force_login(person)
    shown = {name: unescape(text) for name, text in CONTROLS.findall(client.get(address).content.decode())}
    if kind == "report":
        actions.write_report(report, by=person, difficulties="Thiếu xe.", proposals="")
    else:
        actions.change_round(found, by=person, wish=Wish("Thiếu xe.", MONTH, 5, [desk.units["district"]]))
    given = {name: shown[name] for name in ("version", "base")}
    given |= {} if kind == "report" else written_as(found)
    asked = client.post(address, {**given, box: "Thiếu người."})
    assert asked.status_code == 409
    assert all(words in asked.content.decode() for words in ("Thiếu người.", "Thiếu xe.", "giữ bản nào"))
    again = {name: unescape(text) for name, text in CONTROLS.findall(asked.content.decode())}
    given |= {name: again[name] for name in ("version", "base")}
    kept = client.post(address, {**given, box: "Thiếu người.", f"merge-{box}": "mine", f"merge-{box}-asked": "1"})
    assert kept.status_code == 302
    for row in (report, found):
        row.refresh_from_db()
    assert "Thiếu người." in (report.difficulties, found.title)


CONTROLS = re.compile(r'<input type="hidden"\s+name="(\w+)"\s+value="([^"]*)"')


def written_as(found: ReportingRound) -> dict[str, str]:
    """What a browser sends of the draft's form."""
    return {
        name: f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value) for name, value in written(found).items()
    }


def test_the_version_of_the_code_changes_with_whatever_a_figure_is_counted_by(tmp_path: Path) -> None:
    """Also by rules and tables of the capabilities that figures read; not by a page."""
    for file in HOME.rglob("*.py"):
        copy = tmp_path / file.relative_to(HOME)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(file.read_bytes())
    before = fingerprint(tmp_path)

    def moves(name: str) -> bool:
        (tmp_path / name).write_bytes((HOME / name).read_bytes() + b"\n# otherwise\n")
        return fingerprint(tmp_path) != before

    assert not moves("rounds/views/signed.py")
    for name in (
        "reports/figures/visits.py",
        "inspections/rules/__init__.py",
        "catalog/rules/__init__.py",
        "followup/models/recommendations.py",
        "orgs/models/units.py",
    ):
        assert moves(name), name
        (tmp_path / name).write_bytes((HOME / name).read_bytes())
