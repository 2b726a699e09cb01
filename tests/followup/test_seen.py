"""Where recommendations are seen: in lists, in the calendar, among the things to do, and which term counts there."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kycuong.core.clock import today
from kycuong.followup import actions
from kycuong.followup.models import Recommendation
from kycuong.followup.queries import dated, recommendations_wanted, todos
from kycuong.inspections.models import Finding
from kycuong.inspections.queries import todos as at_visits
from kycuong.inspections.queries.owed import with_own_terms
from tests.desk import Desk
from tests.followup.issued import DONE, drafted, issue, of, recommended


@pytest.fixture
def two(desk: Desk) -> list[Recommendation]:
    return recommended(desk)


def days(desk: Desk, who: str, day: date, *, mine: bool = True) -> list[tuple[str, str]]:
    lines = dated(desk.people[who], day, day, today=today(), mine=mine)
    return [(line.what, line.tone) for line in lines]


def test_a_term_stands_in_the_calendar_of_both_sides(desk: Desk, two: list[Recommendation]) -> None:
    assert two[0].due_on
    for who in ("unit_head", "team_head"):
        assert days(desk, who, two[0].due_on) == [("Hạn 2 kiến nghị", "attention")]
    assert days(desk, "outsider", two[0].due_on, mine=False) == []
    assert days(desk, "auditor", two[0].due_on) == []
    assert days(desk, "auditor", two[0].due_on, mine=False) == [("Hạn 2 kiến nghị", "attention")]


def test_each_side_sees_what_it_owes(desk: Desk, two: list[Recommendation]) -> None:
    def whats(who: str) -> list[str]:
        return [line.what for line in todos(desk.people[who], today=today())]

    assert whats("unit_head") == ["Nhận kiến nghị"] * 2
    actions.acknowledge(two[0], by=desk.people["unit_head"])
    actions.report_remedy(two[1], by=desk.people["unit_head"], text=DONE)
    assert whats("unit_head") == ["Khắc phục và báo cáo"]
    assert whats("team_head") == ["Kiểm chứng báo cáo khắc phục"]
    assert whats("outsider") == whats("nobody") == []


def test_the_term_of_the_minutes_no_longer_counts_once_a_recommendation_is_issued(desk: Desk) -> None:
    visit = drafted(desk).visit
    assert with_own_terms(visit.findings.all()).count() == 2, "a draft changes nothing"
    recommended_visit = recommended(desk)[0].visit
    assert with_own_terms(recommended_visit.findings.all()).count() == 0
    far = today() + timedelta(days=400)
    late = [line for line in at_visits(desk.people["unit_head"], today=far) if "quá hạn" in line.what]
    assert len(late) == 1
    assert str(visit.uid) in late[0].url


def test_a_list_is_narrowed_to_where_things_stand(desk: Desk, two: list[Recommendation]) -> None:
    report = actions.report_remedy(two[0], by=desk.people["unit_head"], text=DONE)
    far = today() + timedelta(days=400)

    def found(standing: str, day: date = far) -> list[int]:
        wanted = {"standing": standing}
        return [one.pk for one in recommendations_wanted(desk.people["team_head"], wanted, today=day)]  # type: ignore[arg-type]

    assert (found("overdue"), found("waiting"), found("in_term")) == ([two[1].pk], [two[0].pk], [])
    assert found("in_term", today()) == [two[1].pk]
    actions.accept_remedy(report, by=desk.people["team_head"])
    assert found("verified") == [two[0].pk]
    assert recommendations_wanted(desk.outsider, {}, today=far).count() == 0


def test_pages_read_well_for_each_side(desk: Desk, two: list[Recommendation], client: Client) -> None:
    one = two[0]
    client.force_login(desk.people["unit_head"])
    page = client.get(one.get_absolute_url()).content.decode()
    assert f"{one.days} ngày làm việc kể từ {today():%d/%m/%Y}" in page
    assert "không tính quá hạn cho đơn vị" in page, "what silence means is told from the start"
    for bad in ("", "   "):
        again = client.post(f"{one.get_absolute_url()}report/", {"extent": "full", "text": bad})
        assert again.status_code == 422
    sent = client.post(f"{one.get_absolute_url()}report/", {"extent": "full", "text": DONE}, follow=True)
    assert "Chờ kiểm chứng" in sent.content.decode()
    assert "Ghi kết quả kiểm chứng" not in sent.content.decode()
    client.force_login(desk.people["team_head"])
    assert "Ghi kết quả kiểm chứng" in client.get(one.get_absolute_url()).content.decode()
    assert Finding.objects.filter(remedied_on=today()).count() == 0


def test_a_bad_file_does_not_take_the_report_with_it(desk: Desk, two: list[Recommendation], client: Client) -> None:
    client.force_login(desk.people["unit_head"])
    sent = {"extent": "full", "text": DONE, "file": SimpleUploadedFile("a.pdf", b"not a pdf")}
    done = client.post(f"{two[0].get_absolute_url()}report/", sent, follow=True)
    assert "Tệp chưa nhận được: a.pdf" in done.content.decode()
    assert two[0].reports.get().text == DONE


def test_who_approves_sees_what_similar_findings_elsewhere_led_to(desk: Desk, client: Client) -> None:
    for unit in ("second_commune", "division", "other_commune"):
        issue(desk, drafted(desk, unit=unit))
    here = drafted(desk)
    [one] = [rec for rec in of(here.visit) if rec.findings.get().criterion_code == "D3"]
    page = {"leader": "", "team_head": ""}
    for days, unusual in ((20, False), (90, True)):
        given = {"version": one.version, "text": one.text, "days": days, "findings": list(one.findings.all())}
        one = actions.change_recommendation(one, by=desk.people["team_head"], **given)
        for who in page:
            client.force_login(desk.people[who])
            page[who] = client.get(here.get_absolute_url()).content.decode()
        assert "D3: 3 kiến nghị, hạn thường là 20 ngày làm việc" in page["leader"]
        assert ("Hạn ở đây khác thường" in page["leader"]) == unusual
        assert "ở nơi khác" not in page["team_head"]
