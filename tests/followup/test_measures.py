"""Accountability: who proposes and decides what about whom, on which ground and by which law; and who learns of it."""

from __future__ import annotations

import re
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from kycuong.audit.history import entries_for
from kycuong.core.clock import today
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken
from kycuong.followup import actions
from kycuong.followup.models import AccountabilityMeasure, MeasureKind
from kycuong.followup.queries import todos
from kycuong.followup.queries.measures import limit_for, similar_cases
from kycuong.followup.rules.accountability import Subject, ensure_kind_fits, limit_of
from kycuong.followup.rules.kinds import KINDS
from kycuong.inspections import actions as inspecting
from kycuong.inspections.actions import Planned
from kycuong.inspections.models import Conclusion, FindingDecision, FindingReply, Visit
from kycuong.inspections.rules.concerned import Category
from kycuong.notices.models import Notice
from kycuong.orgs.actions import grant_role
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.models import Person
from tests.budget import chosen
from tests.desk import YESTERDAY, Desk

from .issued import drafted
from .measured import COLLECTIVE, HEAD, NAME, STAFF, concluded, installed, kind, proposed, recorded

OTHERS = ("records_clerk", "team_member", "system_admin", "team_head", "outsider", "nobody")
SIGHTED = ("aggregator", "leader", "auditor", "coordinator", "unit_head")


@pytest.fixture
def visit(desk: Desk) -> Visit:
    return concluded(desk)


def decide(desk: Desk, one: AccountabilityMeasure, *, by: str = "coordinator", **given: Any) -> AccountabilityMeasure:
    options = {"number": "7/QĐ-UBND", "decided_on": today(), **given}
    return actions.decide_measure(one, by=desk.people[by], **options)


# ------------------------------------------------------------------------------------------------- the law of the day


@pytest.mark.parametrize("one", KINDS, ids=lambda one: one.code)
def test_a_kind_is_accepted_exactly_while_it_applies(one: Any) -> None:
    row = MeasureKind(**{name: getattr(one, name) for name in one.__dataclass_fields__})
    category = one.categories[0] if one.categories else Category.CONTRACT
    whom = replace(STAFF, category=str(category))
    ensure_kind_fits(row, whom, on=date(2025, 6, 30))
    if one.code in ("demotion", "salary_reduction"):
        with pytest.raises(BadInput, match="chỉ áp dụng đến hết ngày 30/06/2025"):
            ensure_kind_fits(row, whom, on=date(2025, 7, 1))
    else:
        ensure_kind_fits(row, whom, on=date(2025, 7, 1))
    others = set(Category.values) - set(one.categories) if one.categories else set()
    for other in others:
        with pytest.raises(BadInput, match="không áp dụng cho đối tượng"):
            ensure_kind_fits(row, replace(STAFF, category=other), on=date(2025, 1, 1))
    if not one.for_collective:
        with pytest.raises(BadInput, match="không áp dụng cho tập thể"):
            ensure_kind_fits(row, COLLECTIVE, on=date(2025, 1, 1))


def test_an_ended_kind_is_refused_by_the_act_too_and_nothing_is_written(desk: Desk, visit: Visit) -> None:
    for act in (proposed, recorded):
        with pytest.raises(BadInput, match="đã bãi bỏ"):
            act(desk, visit, "demotion")
    assert not AccountabilityMeasure.objects.exists()


def test_the_limit_is_computed_from_the_day_of_detection(desk: Desk, visit: Visit) -> None:
    one = proposed(desk, visit, "reprimand")
    limit = limit_for(one, on=today())
    assert limit
    assert limit.last_day == YESTERDAY + timedelta(days=90)
    assert f"90 ngày kể từ ngày phát hiện {YESTERDAY:%d/%m/%Y}" in limit.words
    one.is_complex = True
    longer = limit_for(one, on=limit.last_day + timedelta(days=1))
    assert longer
    assert (longer.last_day, longer.over) == (YESTERDAY + timedelta(days=150), False)
    assert limit_of(90, YESTERDAY, on=limit.last_day + timedelta(days=1)).over  # type: ignore[union-attr]
    assert limit_for(proposed(desk, visit, "reminder"), on=today()) is None


def test_the_table_of_kinds_is_data(desk: Desk) -> None:
    installed()
    with at_the_machine():
        assert actions.install_measure_kinds(by=None) == 0, "asked again, nothing doubles"
    reminder = next(one for one in KINDS if one.code == "reminder")
    ended = replace(reminder, valid_to=today())
    with pytest.raises(NotAllowed):
        actions.set_measure_kind(ended, by=desk.people["leader"])
    row = actions.set_measure_kind(ended, by=desk.people["aggregator"], revision=1)
    assert (row.last_day, row.for_review, row.revision) == (today() - timedelta(days=1), False, 2)
    with pytest.raises(BadInput, match="đã bãi bỏ"):
        recorded(desk, concluded(desk), "reminder")


# ---------------------------------------------------------------------------------------------------- who, about whom


def test_the_inspecting_side_proposes_and_the_managing_authority_decides(desk: Desk, visit: Visit) -> None:
    one = proposed(desk, visit)
    assert [todo.url for todo in todos(desk.people["coordinator"], today=today())] == [one.get_absolute_url()]
    assert not [todo for todo in todos(desk.people["team_head"], today=today()) if "measures" in todo.url]
    done = decide(desk, one, kind=kind("reprimand"))
    assert (done.state, done.kind.code, done.number) == ("decided", "reprimand", "7/QĐ-UBND")
    with pytest.raises(RuleBroken, match="đã có kết quả"):
        actions.decline_measure(done, by=desk.people["coordinator"], reason="Đổi ý, không xử lý nữa.")
    other = proposed(desk, visit)
    with pytest.raises(BadInput, match="lý do"):
        actions.decline_measure(other, by=desk.people["coordinator"], reason="")
    assert (
        actions.decline_measure(other, by=desk.people["coordinator"], reason="Đã xử lý ở vụ khác.").state == "declined"
    )


@pytest.mark.parametrize("who", [*OTHERS, "leader", "auditor", "unit_head"])
def test_who_holds_no_record_right_at_the_authority_decides_nothing(desk: Desk, visit: Visit, who: str) -> None:
    one = proposed(desk, visit)
    with pytest.raises(NotAllowed):
        decide(desk, one, by=who)
    with pytest.raises(NotAllowed):
        recorded(desk, visit, by=desk.people[who])


def test_who_sat_on_the_team_decides_nothing_whatever_else_they_are(desk: Desk, visit: Visit) -> None:
    head, one = desk.people["team_head"], proposed(desk, visit)
    with at_the_machine():
        grant_role(head, by=None, role="coordinator", unit=desk.units["district"])
    for attempt in (lambda: decide(desk, one, by="team_head"), lambda: recorded(desk, visit, by=head)):
        with pytest.raises(NotAllowed, match="đoàn kiểm tra"):
            attempt()
    assert not [todo for todo in todos(head, today=today()) if "measures" in todo.url]


def test_who_proposed_does_not_decide(desk: Desk, visit: Visit) -> None:
    one = proposed(desk, visit, by=desk.people["aggregator"])
    with pytest.raises(NotAllowed, match="không tự ghi"):
        decide(desk, one, by="aggregator")


def test_the_authority_is_the_unit_or_above_and_above_for_unit_and_head(desk: Desk, visit: Visit) -> None:
    for name in ("department", "other_district", "second_commune"):
        with pytest.raises(BadInput, match="chính đơn vị hoặc cơ quan quản lý cấp trên"):
            proposed(desk, visit, authority=desk.units[name])
    for subject in (COLLECTIVE, HEAD):
        with pytest.raises(BadInput, match="do cơ quan quản lý cấp trên"):
            proposed(desk, visit, subject=subject, authority=desk.units["commune"])
        assert proposed(desk, visit, subject=subject).state == "proposed"
    own = recorded(desk, visit, authority=desk.units["commune"], by=desk.people["unit_head"])
    assert own.state == "decided"


@pytest.mark.parametrize(
    "subject",
    [
        Subject("person", "", "staff", "Chuyên viên"),
        Subject("person", "civil_servant", "", "Chuyên viên"),
        Subject("person", "civil_servant", "staff", " "),
        Subject("person", "civil_servant", "staff", "Chuyên viên", "x" * 101),
        Subject("collective", name="Ai đó"),
        Subject("crowd"),
    ],
)
def test_a_person_has_category_group_and_position_and_a_unit_has_none(
    desk: Desk, visit: Visit, subject: Subject
) -> None:
    with pytest.raises(BadInput):
        proposed(desk, visit, subject=subject)


@pytest.mark.parametrize(
    "given", [{"number": " "}, {"decided_on": None}, {"decided_on": today() + timedelta(days=1)},
              {"decided_on": YESTERDAY - timedelta(days=1)}]
)  # fmt: skip
def test_a_decision_has_a_number_and_a_possible_day(desk: Desk, visit: Visit, given: dict[str, Any]) -> None:
    one = proposed(desk, visit)
    for attempt in (lambda: decide(desk, one, **given), lambda: recorded(desk, visit, **given)):
        with pytest.raises(BadInput):
            attempt()


# --------------------------------------------------------------------------------------------------------- the ground


def test_nobody_answers_before_the_conclusion_is_issued_nor_without_a_ground(desk: Desk) -> None:
    installed()
    early = drafted(desk).visit
    with pytest.raises(RuleBroken, match="kết luận của lượt kiểm tra đã ban hành"):
        recorded(desk, early)
    with pytest.raises(BadInput, match="làm căn cứ"):
        proposed(desk, concluded(desk), findings=[])


def test_nobody_answers_on_a_visit_that_was_annulled(desk: Desk, visit: Visit) -> None:
    one = proposed(desk, visit)
    inspecting.annul_visit(visit, by=desk.people["aggregator"], reason="Ghi nhầm đơn vị được kiểm tra.")
    for attempt in (lambda: decide(desk, one), lambda: recorded(desk, visit)):
        with pytest.raises(RuleBroken, match="đã hủy"):
            attempt()
    done = {"state": "decided", "number": "1/QĐ", "decided_on": today()}
    with pytest.raises(DatabaseError, match="withdrawn or annulled"), transaction.atomic():
        AccountabilityMeasure.objects.filter(pk=one.pk).update(**done)
    copy = AccountabilityMeasure.objects.get(pk=one.pk)
    copy.pk, copy.uid = None, visit.inspection.uid
    with pytest.raises(DatabaseError, match="not concluded"), transaction.atomic():
        copy.save(force_insert=True)


@pytest.mark.parametrize(
    ("replies", "outcome", "refused"),
    [(False, "", True), (False, "withdrawn", True), (False, "kept", False), (True, "", False)],
)
def test_nobody_answers_for_what_fell_or_is_contested(
    desk: Desk, visit: Visit, replies: bool, outcome: str, refused: bool
) -> None:
    """Whatever the code does: the rows are written past the acts, and the database alone refuses as well."""
    one, two = visit.findings.order_by("pk")
    before = proposed(desk, visit, findings=[one, two])
    head = desk.people["unit_head"]
    with transaction.atomic():
        FindingReply.objects.filter(finding=one).delete()
        FindingReply.objects.create(
            finding=one, accepts=replies, text="" if replies else "Không đúng", replied_on=today(), replied_by=head
        )
        if outcome:
            FindingDecision.objects.create(
                finding=one, outcome=outcome, reason="Đã xem xét lại.", decided_on=today(), decided_by=head
            )
        link = AccountabilityMeasure.findings.through
        attempts = (
            lambda: recorded(desk, visit, findings=[one]),
            lambda: decide(desk, before),
        )
        free = recorded(desk, visit, findings=[two])
        rows = (
            lambda: link.objects.create(accountabilitymeasure=free, finding=one),
            lambda: AccountabilityMeasure.objects.filter(pk=before.pk).update(
                state="decided", number="1/QĐ", decided_on=today()
            ),
        )
        for attempt in (*rows, *attempts):
            expected = pytest.raises((RuleBroken, DatabaseError)) if refused else nullcontext()
            with expected, transaction.atomic():
                attempt()
                if attempt in rows:
                    transaction.set_rollback(True)
        transaction.set_rollback(True)


def test_an_outcome_is_never_taken_back_and_a_ground_never_changed(desk: Desk, visit: Visit) -> None:
    done, link = recorded(desk, visit), AccountabilityMeasure.findings.through
    open_again = {"state": "proposed", "number": "", "decided_on": None, "proposed_on": today()}
    with pytest.raises(DatabaseError, match="never taken back"), transaction.atomic():
        AccountabilityMeasure.objects.filter(pk=done.pk).update(**open_again)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        link.objects.filter(accountabilitymeasure=done).update(finding=done.findings.first())


# ------------------------------------------------------------------------------------------------------ who learns of it


def pages(desk: Desk, visit: Visit, who: str) -> dict[str, tuple[int, str]]:
    """Everything near the visit that the person may read."""
    client = Client()
    client.force_login(desk.people[who])
    conclusion = visit.conclusion.get_absolute_url()
    advice = [one.get_absolute_url() for one in visit.recommendations.all()]
    addresses = [
        conclusion, f"{conclusion}?print=1", *advice, visit.get_absolute_url(), "/measures/", "/mine/", "/figures/",
        "/notices/", "/calendar/", "/api/v1/measures", "/api/v1/figures?scope=xa-hoang-dong", "/recommendations/",
        f"/units/{visit.unit.slug}/", f"/figures/accountability/?scope=tinh-thu-nghiem&period={today().year}",
    ]  # fmt: skip
    answers = {address: client.get(address) for address in addresses}
    return {address: (answer.status_code, steady(answer.content.decode())) for address, answer in answers.items()}


def steady(text: str) -> str:
    return re.sub(r'csrfmiddlewaretoken"\s+value="[^"]*"|nonce="[^"]*"|\d\d:\d\d|[0-9a-f]{16,}', "", text)


def test_for_everybody_else_nothing_changes_anywhere(desk: Desk, visit: Visit) -> None:
    """Two worlds: without any measure, and with a decided one and a proposal."""
    others = chosen("people beside a measure", OTHERS[-3:], OTHERS)
    before = {who: pages(desk, visit, who) for who in others}
    listed = {who: measures_of(desk, who) for who in SIGHTED}
    done, other = recorded(desk, visit), proposed(desk, visit, by=desk.people["aggregator"], subject=COLLECTIVE)
    for who in others:
        after = pages(desk, visit, who)
        assert [address for address in after if after[address] != before[who][address]] == [], who
        assert not Notice.objects.filter(person=desk.people[who], key__startswith="measure").exists()
        client = Client()
        client.force_login(desk.people[who])
        for one in (done, other):
            assert client.get(one.get_absolute_url()).status_code == 404
            assert client.post(f"{one.get_absolute_url()}name/").status_code == 404
    for who in SIGHTED:
        assert measures_of(desk, who) != listed[who], "so that the test can fail"


def measures_of(desk: Desk, who: str) -> str:
    client = Client()
    client.force_login(desk.people[who])
    return steady(client.get("/measures/").content.decode())


def test_nothing_that_is_told_names_anybody(desk: Desk, visit: Visit) -> None:
    one = proposed(desk, visit)
    decide(desk, one)
    told = list(Notice.objects.filter(key__startswith="measure").values_list("subject", "text", "person__username"))
    assert {who for *_, who in told} == {"coordinator", "unit_head"}
    assert not [words for *words, _who in told if NAME in str(words) or str(visit.unit) in str(words)]
    for who in SIGHTED:
        assert not [address for address, (_, text) in pages(desk, visit, who).items() if NAME in text]


def test_the_proposer_sees_the_proposal_but_not_the_outcome(desk: Desk, visit: Visit) -> None:
    one, head = proposed(desk, visit), desk.people["team_head"]
    assert AccountabilityMeasure.objects.visible_to(head).filter(pk=one.pk).exists()
    decide(desk, one)
    assert not AccountabilityMeasure.objects.visible_to(head).exists()


def test_a_name_is_sealed_and_every_look_is_noted(desk: Desk, visit: Visit) -> None:
    one = proposed(desk, visit)
    assert NAME not in one.sealed_name
    for who in ("auditor", "coordinator", "aggregator"):
        with pytest.raises(NotAllowed):
            actions.look_at_measured_name(one, by=desk.people[who])
    client = Client()
    client.force_login(desk.people["leader"])
    assert NAME not in client.get(one.get_absolute_url()).content.decode()
    looks = len(entries_for(one))
    assert NAME in client.post(f"{one.get_absolute_url()}name/").content.decode()
    last = entries_for(one)[0]
    assert (last.verb, last.op, last.who, len(entries_for(one))) == (
        "measure.look", "read", desk.people["leader"], looks + 1,
    )  # fmt: skip


def test_similar_cases_tell_no_small_number_to_who_may_not_see_them(desk: Desk, visit: Visit) -> None:
    one = proposed(desk, visit)
    other = desk.answered(
        desk.visit(visits=[Planned(desk.units["second_commune"], YESTERDAY, "short")]),
        D3={"outcome": "fail", "finding": "Chưa có biển tên."},
    )
    desk.sign(other)
    other.refresh_from_db()
    draft = inspecting.draft_conclusion(other, by=desk.people["team_head"])
    inspecting.share_conclusion(draft, by=desk.people["team_head"], days=20)
    conclude(draft)
    for _each in range(2):
        recorded(desk, other)
    since = today() - timedelta(days=700)
    seen = similar_cases(one, desk.people["aggregator"], since=since)
    assert (seen.exact, seen.table.cells["criticism", "person"], seen.table.total) == (True, 2, 2)
    told = similar_cases(one, desk.people["coordinator"], since=since)
    assert (told.exact, set(told.table.cells.values()), told.table.total) == (False, {None}, None)
    assert similar_cases(one, desk.people["aggregator"], since=today() + timedelta(days=1)).table.total == 0


def conclude(draft: Any) -> None:
    """Issued without the word of the unit: past the acts."""
    leader = Person.objects.get(username="leader")
    issued = {"state": "issued", "issued_on": today(), "approved_at": draft.created_at, "approved_by": leader}
    Conclusion.objects.filter(pk=draft.pk).update(**issued)
