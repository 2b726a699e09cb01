"""A signed report stays as it was whatever happens to visits; what changed since is told, once, in the next one."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from kycuong.audit.models import AuditEntry
from kycuong.core.clock import today
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken
from kycuong.inspections.actions import annul_visit
from kycuong.orgs.actions import grant_role
from kycuong.orgs.authority import at_the_machine
from kycuong.reports.queries import summary_for
from kycuong.rounds import actions
from kycuong.rounds.documents import signed_document, signed_file
from kycuong.rounds.models import SignedReport
from kycuong.rounds.queries import ahead_of_signature, signed_read, since_signature
from kycuong.rounds.rules import Adjusted, Change, frozen_of, still_to_tell
from kycuong.rounds.rules import opened as opened_for_others
from tests.desk import YESTERDAY, Desk

from .asked import MONTH, of_district, opened

ROW = Change(3, "uid", -1, "08/09/2026, xã A", "lượt kiểm tra", "", "08/09/2026, xã A")
CELL = Change(1, "so-x", 10, "Sở X", "Số lượt trong kỳ", "12", "13")


def signed(desk: Desk, title: str = "Báo cáo tháng") -> SignedReport:
    found = opened(desk, title=title)
    return actions.sign_round(found, by=desk.people["leader"], difficulties="Thiếu người.")


def files(report: SignedReport) -> dict[str, object]:
    """What each form of the report says."""
    told: dict[str, object] = {"json": signed_file(report, "json", None).data}
    told["document"] = signed_document(signed_read(report, None), report, None)
    with zipfile.ZipFile(io.BytesIO(signed_file(report, "xlsx", None).data)) as book:
        told["xlsx"] = {name: book.read(name) for name in book.namelist() if "sheet" in name or "Strings" in name}
    return told


def test_a_signed_report_does_not_move_when_a_visit_is_annulled_and_the_difference_tells_it(
    desk: Desk, client: Client
) -> None:
    visit = desk.signed()
    report = signed(desk)
    before, auditor = files(report), desk.people["auditor"]
    client.force_login(auditor)
    page = client.get(report.get_absolute_url()).content
    assert since_signature(report, None) == []
    annul_visit(visit, by=desk.people["aggregator"], reason="Ghi nhầm đơn vị được kiểm tra.")
    report.refresh_from_db()
    assert files(report) == before
    assert strip(client.get(report.get_absolute_url()).content) == strip(page)
    changed = {one.change.words: one.visits for one in since_signature(report, auditor)}
    department = summary_for(desk.units["province"], MONTH, person=None).scope.name
    assert department
    cell = next(words for words in changed if "Số lượt trong kỳ: 1 → 0" in words)
    assert changed[cell] == (str(visit.uid),)
    assert any(words.startswith("Biểu 3 · bớt lượt kiểm tra") for words in changed)
    told = client.get(f"{report.get_absolute_url()}changes/").content.decode()
    assert "Số lượt trong kỳ: 1 → 0" in told
    assert f"/visits/{visit.uid}/" in told


def strip(content: bytes) -> bytes:
    """Without the token of its forms, and without links to visits: whether they open is asked of each reader now."""
    lines = content.splitlines()
    return b"\n".join(
        line for line in lines if b"csrf" not in line and b"nonce" not in line and b"/visits/" not in line
    )


def test_what_changed_is_told_once_in_the_next_report(desk: Desk) -> None:
    visit, first = desk.signed(), None
    first = signed(desk, "Báo cáo thứ nhất")
    annul_visit(visit, by=desk.people["aggregator"], reason="Ghi nhầm đơn vị được kiểm tra.")
    second = signed(desk, "Báo cáo thứ hai")
    [adjusted] = frozen_of(second.content).adjusted
    assert adjusted.report == str(first.uid)
    assert any("Số lượt trong kỳ: 1 → 0" in one.words for one in adjusted.changes)
    assert "Điều chỉnh so với báo cáo trước" in [annex.title for annex in files(second)["document"].annexes]  # type: ignore[attr-defined]
    assert frozen_of(signed(desk, "Báo cáo thứ ba").content).adjusted == ()


def test_what_is_signed_is_all_that_the_page_showed(desk: Desk, client: Client) -> None:
    """Who reported, too: an agency that hands in meanwhile is read before it is signed."""
    found = opened(desk)
    client.force_login(desk.people["leader"])
    address = f"{found.get_absolute_url()}signature/"
    shown = client.get(address).content.decode()
    given = {name: re.search(f'name="{name}" value="([^"]*)"', shown)[1] for name in ("seen", "version")}  # type: ignore[index]
    actions.submit_agency_report(of_district(found, desk), by=desk.people["coordinator"])
    refused = client.post(address, {**given, "difficulties": "Gõ dở", "proposals": ""})
    assert (refused.status_code, SignedReport.objects.count()) == (422, 0)
    assert "Gõ dở" in refused.content.decode()
    again = re.search('name="seen" value="([^"]*)"', refused.content.decode())[1]  # type: ignore[index]
    assert client.post(address, {**given, "seen": again, "difficulties": "", "proposals": ""}).status_code == 302


def test_the_api_freezes_only_what_was_read(desk: Desk, client: Client) -> None:
    """Without the mark it refuses in words; a mark of before a visit was signed is stale; the words may come with it."""
    found = opened(desk)
    report = found.reports.get(agency=desk.units["department"])
    with at_the_machine():
        grant_role(desk.people["coordinator"], by=None, role="coordinator", unit=report.agency)
    for who, address in (
        ("coordinator", f"/api/v1/agency-reports/{report.uid}/submission"),
        ("leader", f"/api/v1/rounds/{found.uid}/signature"),
    ):
        client.force_login(desk.people[who])
        read = client.get(address).json()
        given = {"version": read["version"], "difficulties": "Thiếu người."}

        def sent(address: str = address, **body: Any) -> Any:
            return client.post(address, json.dumps(body), content_type="application/json")

        refused = sent(**given)
        assert (refused.status_code, "GET" in refused.json()["detail"]) == (422, True)
        with transaction.atomic():
            desk.signed()
            assert sent(**given, seen=read["seen"]).status_code == 409
            transaction.set_rollback(True)
        assert sent(**given, seen=read["seen"]).status_code == 200
    assert json.loads(SignedReport.objects.get().content)["summary"]["words"]["difficulties"] == ["Thiếu người."]
    assert json.loads(report.submissions.get().content)["summary"]["words"]["difficulties"] == ["Thiếu người."]


def test_what_was_counted_before_the_turn_is_frozen_only_while_no_figure_may_have_moved(desk: Desk) -> None:
    found = opened(desk)
    ahead = ahead_of_signature(found)
    actions.submit_agency_report(of_district(found, desk), by=desk.people["coordinator"])
    assert ahead.holds()
    desk.signed()
    assert not ahead.holds()
    report = actions.sign_round(found, by=desk.people["leader"], ahead=ahead)
    assert frozen_of(report.content).summary.figures["visits"] == 1
    again = opened(desk, title="Báo cáo lần nữa")
    ahead = replace(ahead_of_signature(again), adjusted=(Adjusted("uid", "Báo cáo trước", (CELL,), ()),))
    assert (
        frozen_of(actions.sign_round(again, by=desk.people["leader"], ahead=ahead).content).adjusted == ahead.adjusted
    )
    assert not ahead.holds(), "what was signed meanwhile has told what was adjusted"


def test_a_digest_tells_nothing_to_whoever_may_not_see_measures(desk: Desk) -> None:
    """Nobody finds by trying which measures give it; and a report whose measures alone changed is not named."""
    report, clerk = signed(desk), desk.people["records_clerk"]
    assert "nonce" in json.loads(report.content)["asked"]
    assert "nonce" not in json.loads(signed_file(report, "json", clerk).data)["asked"]
    frozen = frozen_of(report.content)
    only_measures = Adjusted("uid", "Báo cáo trước", (CELL,), ())
    assert opened_for_others(replace(frozen, adjusted=(only_measures,))).adjusted == ()


def test_an_older_form_of_content_stops_no_later_signature(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    signed(desk, "Báo cáo thứ nhất")
    monkeypatch.setattr("kycuong.reports.rules.summary.kept.FORMAT", 99)
    assert signed(desk, "Báo cáo thứ hai").pk


def test_what_went_back_is_told_once_more() -> None:
    assert still_to_tell([ROW, CELL], []) == [ROW, CELL]
    assert still_to_tell([ROW, CELL], [ROW, CELL]) == []
    later = Change(*CELL.key, CELL.about, CELL.head, "12", "14")
    assert [(one.before, one.after) for one in still_to_tell([later], [CELL])] == [("13", "14")]
    assert [(one.before, one.after) for one in still_to_tell([], [CELL])] == [("13", "12")]
    back = Change(*CELL.key, CELL.about, CELL.head, "13", "12")
    assert still_to_tell([], [CELL, back]) == []


def test_nobody_alters_it_and_its_number_is_entered_once(desk: Desk) -> None:
    report, leader = signed(desk), desk.people["leader"]
    for change in ({"content": "{}"}, {"sha256": "0" * 64}, {"title": "Khác"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            SignedReport.objects.filter(pk=report.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        SignedReport.objects.filter(pk=report.pk).delete()
    table = SignedReport._meta.db_table
    columns = ", ".join(field.column for field in SignedReport._meta.concrete_fields)
    others = {"sqlite": [f"REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table}", f"UPDATE OR REPLACE {table} SET title = 'x'"],
              "postgresql": [f"TRUNCATE {table} CASCADE"]}  # fmt: skip
    connection.check_constraints()  # or PostgreSQL refuses TRUNCATE for another reason: foreign keys not yet checked
    for statement in others[connection.vendor]:
        with (
            pytest.raises(DatabaseError, match="as it was signed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    with pytest.raises(RuleBroken, match="đã ký"):
        actions.sign_round(report.round, by=leader)
    with pytest.raises(RuleBroken, match="đã ký"):
        actions.submit_agency_report(of_district(report.round, desk), by=desk.people["coordinator"])
    with pytest.raises(NotAllowed):
        actions.number_signed_report(report, by=leader, number="1/BC", dated_on=today())
    clerk = desk.people["aggregator"]
    with pytest.raises(BadInput):
        actions.number_signed_report(
            report, by=clerk, number="1/BC", dated_on=YESTERDAY.replace(year=YESTERDAY.year - 1)
        )
    actions.number_signed_report(report, by=clerk, number="1/BC-UBND", dated_on=today())
    with pytest.raises(RuleBroken, match="đã có số"):
        actions.number_signed_report(report, by=clerk, number="2/BC-UBND", dated_on=today())
    assert AuditEntry.objects.filter(model="rounds.SignedReport").count() == 1
    document = signed_document(signed_read(report, None), report, report.numbered)
    assert (document.header.number, document.header.day) == ("1/BC-UBND", today())
    assert document.proof is not None
    assert document.proof.sha256 == report.sha256


def test_a_content_that_was_changed_from_outside_is_not_shown(desk: Desk) -> None:
    report = signed(desk)
    report.content = report.content.replace("Thiếu người", "Đủ người")
    with pytest.raises(RuleBroken, match="mã băm"):
        signed_read(report, None)


def test_the_api_tells_what_was_signed(desk: Desk, client: Client) -> None:
    report = signed(desk)
    client.force_login(desk.people["auditor"])
    told = client.get(f"/api/v1/signed-reports/{report.uid}").json()
    assert (told["sha256"], told["changed_since"]) == (report.sha256, [])
    assert told["content"]["asked"]["cut_off"] == MONTH.last.isoformat()
    client.force_login(desk.people["coordinator"])
    assert client.get(f"/api/v1/signed-reports/{report.uid}").status_code == 404
    assert json.loads(report.content)["summary"]["words"]["difficulties"] == ["Thiếu người."]
