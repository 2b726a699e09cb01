"""A signed report stays as it was whatever happens to visits; what changed since is told, once, in the next one."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from functools import reduce
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kycuong.audit.models import AuditEntry
from kycuong.core.clock import today
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken
from kycuong.inspections.actions import annul_visit
from kycuong.orgs.actions import grant_role
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import Draft, create_units
from kycuong.reports.queries import summary_for
from kycuong.reports.rules.summary import from_json, to_text
from kycuong.reports.rules.summary.content import (
    AdviceLine,
    Evidence,
    GroupLine,
    MeasureLine,
    PlanTold,
    Proof,
    Rate,
    Scored,
    Taken,
)
from kycuong.reports.rules.summary.sentences import inspected, weak
from kycuong.rounds import actions
from kycuong.rounds.actions import Wish
from kycuong.rounds.documents import signed_document, signed_file, submission_file
from kycuong.rounds.models import SignedReport
from kycuong.rounds.queries import ahead_of_signature, signed_read, since_signature
from kycuong.rounds.rules import Adjusted, Change, changes_between, frozen_of, still_to_tell
from kycuong.rounds.rules import opened as opened_for_others
from kycuong.rounds.rules.changes import from_json as from_kept
from kycuong.rounds.rules.facts import TOLD_IN_TABLES
from tests.desk import BEGIN, YESTERDAY, Desk
from tests.papers.samples import words_of_pdf, words_of_word

from .asked import MONTH, of_district, opened

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


def test_what_is_signed_reads_as_what_was_read_before(desk: Desk) -> None:
    """Its parts in the same order, however they are kept."""
    desk.signed()
    found = opened(desk)
    compiled = ahead_of_signature(found).compiled
    forms = {"surprise": 2, "planned": 1, "combined": 3}
    states = dict.fromkeys(("overdue", "remedied", "in_term", "no_term", "closed"), 2)
    made = replace(compiled, figures={**compiled.figures, "inspections_by_form": forms, "findings_by_state": states})
    assert [told(from_json(json.loads(to_text(made)))) for told in (inspected, weak)] == [inspected(made), weak(made)]
    assert "theo kế hoạch 1, đột xuất 2, kết hợp 3" in " ".join(inspected(made))


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


@pytest.mark.long
def test_the_page_that_signs_costs_the_same_however_many_reported(desk: Desk, client: Client) -> None:
    """What each agency said otherwise is counted for ten at a time, and when it is asked for."""
    province, by = desk.units["province"], desk.people["aggregator"]
    drafts = [Draft(f"Sở thứ {n:02d}", "provincial_department", province) for n in range(30)]
    units = create_units(drafts, by=by, on=BEGIN).born
    with at_the_machine():
        grant_role(by, by=None, role="coordinator", unit=province)
    client.force_login(desk.people["leader"])
    client.get("/mine/")  # what is asked once of a session and of an installation
    statements = []
    for count in (1, 3, 30):
        wish = Wish(f"Báo cáo {count}", MONTH, 5, units[:count])
        found = actions.open_round(actions.draft_round(by=by, authority=province, wish=wish), by=by)
        for one in found.reports.all():
            actions.submit_agency_report(one, by=by)
        address = f"{found.get_absolute_url()}signature/"
        with CaptureQueriesContext(connection) as asked:
            shown = client.get(address).content.decode()
        statements.append(len(asked))
        assert shown.count(">xem<") == count
    assert max(statements) - min(statements) <= 5, statements
    second = client.get(f"{address}?compare=2").content.decode()
    assert (second.count(">xem<"), second.count("khớp")) == (20, 10)
    assert [text in second for text in ("1–10", "21–30", "31–")] == [True, True, False]


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


def test_files_bear_the_digest_of_what_they_were_made_from(desk: Desk) -> None:
    """A workbook in its properties, at the foot of each printed page and under each table; Word and PDF under the signature."""
    found = opened(desk)
    handed_in = actions.submit_agency_report(of_district(found, desk), by=desk.people["coordinator"])
    signed_ = actions.sign_round(found, by=desk.people["leader"])
    for kept, data in (
        (handed_in, submission_file(handed_in, "xlsx", None).data),
        (signed_, signed_file(signed_, "xlsx", None).data),
    ):
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            told = {name: book.read(name).decode() for name in book.namelist() if name.endswith(".xml")}
        sheets = [text for name, text in told.items() if name.startswith("xl/worksheets/sheet")]
        assert all(kept.sha256 in text[text.index("<headerFooter") :] for text in sheets)
        assert all(kept.sha256 in told[name] for name in ("docProps/core.xml", "docProps/custom.xml"))
        assert f"Mã SHA-256 của nội dung đầy đủ: {kept.sha256}" in told["xl/sharedStrings.xml"]
    assert words_of_word(signed_file(signed_, "docx", None).data)[signed_.sha256] == 1
    assert words_of_pdf(signed_file(signed_, "pdf", None).data)[signed_.sha256] == 1


def test_what_is_frozen_tells_no_measures_to_whoever_may_not_see_them_on_any_surface(
    desk: Desk, client: Client
) -> None:
    """Neither a kind nor a number of them: pages, files and API of a submission and a signature. And nothing that is sealed."""
    desk.open(sealed=True, title="Cuộc còn niêm phong")
    head = desk.people["coordinator"]
    wish = actions.Wish("Báo cáo", MONTH, 5, [desk.units["commune"]])
    found = actions.draft_round(by=head, authority=desk.units["district"], wish=wish)
    actions.open_round(found, by=head)
    ahead, report = ahead_of_signature(found), found.reports.get()
    taken = Taken(7393, 7394, 7395, 7396, 7397, 7398, 7399)
    made = replace(ahead.compiled, measures=(MeasureLine("x", "Hình thức rất riêng", 7391, 7392),))
    made = replace(
        made, total=replace(made.total, taken=taken), lines=tuple(replace(one, taken=taken) for one in made.lines)
    )
    told = (replace(CELL, head="Hình thức rất riêng", after="7391"),)
    ahead = replace(ahead, compiled=made, adjusted=(Adjusted("uid", "Báo cáo trước", told, ()),))
    given = actions.submit_agency_report(report, by=head, ahead=ahead)
    signed_ = actions.sign_round(found, by=head, ahead=ahead)
    assert "Hình thức rất riêng" in signed_.content
    assert "Cuộc còn niêm phong" not in signed_.content
    addresses = [f"/api/v1/signed-reports/{signed_.uid}", f"/api/v1/agency-reports/{report.uid}"]
    addresses += [f"{kept.get_absolute_url()}?bieu={n}" for kept in (given, signed_) for n in (1, 5)]
    addresses += [
        f"{kept.get_absolute_url()[:-1]}.{form}" for kept in (given, signed_) for form in ("json", "xlsx", "docx")
    ]
    for who, sees in (("leader", True), ("coordinator", False)):
        client.force_login(desk.people[who])
        shown = [client.get(address) for address in addresses]
        assert [one.status_code for one in shown] == [200] * len(addresses)
        said = [bool(re.search(r"Hình thức rất riêng|(?<![\w.-])7[.]?39\d(?![\w-])", text_in(one))) for one in shown]
        assert said == [sees] * len(addresses), who


def text_in(answer: Any) -> str:
    """All that is written in an answer, unpacked."""
    data = answer.getvalue() if answer.streaming else answer.content
    if not data.startswith(b"PK"):
        return str(data.decode())
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))


def test_an_older_form_of_content_stops_no_later_signature(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    signed(desk, "Báo cáo thứ nhất")
    monkeypatch.setattr("kycuong.reports.rules.summary.kept.FORMAT", 99)
    assert signed(desk, "Báo cáo thứ hai").pk


def test_every_frozen_figure_has_its_place_in_the_difference(desk: Desk) -> None:
    """Each number of what is kept, made one more: the difference names it. Those of sentences that Biểu 1 tells are its total's."""
    desk.signed()
    told = json.loads(rich(desk))
    made = from_json(told)
    untold = [path for path in numbers(told) if not changes_between(made, from_json(with_more(told, path)))]
    in_tables = {("figures", *filter(None, told)) for told in TOLD_IN_TABLES}
    assert [path for path in untold if not {path, path[:2]} & in_tables] == []
    both = from_json(with_more(told, ("figures", "coverage", "denominator")))
    assert [one.words for one in changes_between(made, both)] == [
        "Lời báo cáo · Tỷ lệ đơn vị được kiểm tra: 14,3 % (1/7) → 14,3 % (1/8)"
    ]


def rich(desk: Desk) -> str:
    """The content of a report in which something stands in every table."""
    found = summary_for(desk.units["province"], MONTH, person=None)
    place, day, rate = found.scope, MONTH.last, Rate(1, 2)
    advice = AdviceLine("r", None, place, "1/TB", day, day, "in_term", "", 3, None, forwarded=False)
    scored = Scored("a", "Tiêu chí", "coverage", rate, 0.5, 1.0, "", "")
    evidence = Evidence(2026, (scored,), (Proof("plans", place, "1/KH", day),))
    groups = (GroupLine("A", "Nhóm", 1, 1, 1, 1, 1, 1, 1, rate, rate, 1, 1),)
    measures = (MeasureLine("reminder", "Nhắc nhở", 1, 1),)
    line = replace(found.lines[0], handled=rate, coverage_of_year=rate, plan=PlanTold("1/KH", day, 5, None, rate))
    lines = (line, replace(line, place=replace(place, slug="khac"), plan=PlanTold("2/KH", day, None, 5, rate)))
    given = {"advice": (advice,), "evidence": evidence, "groups": groups, "measures": measures, "lines": lines}
    return to_text(replace(found, **given))


def numbers(told: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where numbers stand, but for the rate of a share, which its two numbers give, and for what is no figure."""
    if isinstance(told, dict | list):
        for key, inner in told.items() if isinstance(told, dict) else enumerate(told):
            if (*path, key) not in {("format",), ("evidence", "year")} and key != "rate":
                yield from numbers(inner, (*path, key))
    elif isinstance(told, int | float) and not isinstance(told, bool):
        yield path


def with_more(told: Any, path: tuple[Any, ...]) -> Any:
    copy = deepcopy(told)
    place = reduce(lambda inner, key: inner[key], path[:-1], copy)
    place[path[-1]] += 1
    return copy


def test_what_readers_were_told_is_what_the_next_report_starts_from(desk: Desk) -> None:
    """A row that went after one of its cells was told; one that came and then changed; what went back; nothing twice."""
    desk.signed()
    now = summary_for(desk.units["province"], MONTH, person=None)
    one = replace(now.lines[0], units=7)
    first, second, third = (replace(now, lines=lines) for lines in ((one,), (replace(one, units=8),), ()))
    told = still_to_tell(first, [], second)
    assert [change.words for change in told] == [f"Biểu 1 · {one.place.name} · Tổng số đơn vị trực thuộc: 7 → 8"]
    assert still_to_tell(first, told, second) == []
    [gone] = still_to_tell(first, told, third)
    assert gone.words == f"Biểu 1 · bớt dòng: {one.place.name}"
    [back] = still_to_tell(first, told, first)
    assert (back.before, back.after) == ("8", "7")
    [come] = still_to_tell(third, [], first)
    assert come.words.startswith(f"Biểu 1 · thêm dòng: {one.place.name} (")
    kept = from_kept(come.as_json())
    assert [(last.before, last.after) for last in still_to_tell(third, [kept], second)] == [("7", "8")]
    assert still_to_tell(third, [kept], first) == []


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
