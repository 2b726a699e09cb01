"""Files come, are read, chosen, confirmed, superseded, explained: each act done and refused, and nothing is a figure before it is confirmed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.management import call_command

from kycuong.core.problems import BadInput, NotAllowed, RuleBroken, Stale
from kycuong.files.queries import strays
from kycuong.gathering import actions
from kycuong.gathering.documents import export_file
from kycuong.gathering.imports import note, read_one
from kycuong.gathering.models import DeclaredFigure, FormLayout, SentFile
from kycuong.gathering.queries import compare, holding_files, ready_files, standing_of
from kycuong.gathering.rules import FileState
from kycuong.reports.figures.question import LEAD
from kycuong.reports.queries import figures_for
from kycuong.sheets.reader import read_workbook
from tests.desk import Desk
from tests.sheets.files import xlsx_file

from .forms_sent import agency_of, come, gathering_of, plain_form


def test_nothing_is_a_figure_before_a_person_confirms(desk: Desk) -> None:
    by, gathering = desk.people["aggregator"], gathering_of(desk)
    files = come(gathering, by, ("a.xlsx", plain_form("Huyện Đông")), ("b.xlsx", plain_form("Sở Nội vụ", visits=9)))
    assert not DeclaredFigure.objects.exists()
    assert {file.filename for file in ready_files(gathering)} == {"a.xlsx", "b.xlsx"}
    before = figures_for(desk.units["province"], gathering.period)
    confirmed = actions.confirm_file(files["a.xlsx"], by=by)
    figure = DeclaredFigure.objects.get(column="visits")
    assert (figure.agency, figure.value, figure.cell, figure.file) == (
        desk.units["district"],
        5,
        "Sheet1!F9",
        confirmed,
    )
    assert figures_for(desk.units["province"], gathering.period) == before
    standing = standing_of(gathering)
    assert (standing.confirmed, standing.ready) == (1, 1)
    assert {one["name"]: one["sent"] for one in standing.missing}["Sở Nội vụ"] is True


def test_the_same_file_is_not_taken_twice_and_a_corrected_one_takes_its_place(desk: Desk) -> None:
    by, gathering = desk.people["aggregator"], gathering_of(desk)
    data = xlsx_file(plain_form("Huyện Đông"))
    first = come(gathering, by, ("a.xlsx", data))["a.xlsx"]
    come(gathering, by, ("tên khác.xlsx", data))
    assert gathering.files.count() == 1
    actions.confirm_file(first, by=by)
    faulty = plain_form("Huyện Đông", last=[None] * 5 + ["nhiều"])
    waits = come(gathering, by, ("lỗi.xlsx", faulty))["lỗi.xlsx"]
    second = come(gathering, by, ("a2.xlsx", plain_form("Huyện Đông", visits=7)))["a2.xlsx"]
    assert ready_files(gathering) == []
    actions.confirm_file(second, by=by)
    first.refresh_from_db()
    waits.refresh_from_db()
    assert (first.state, first.superseded_by) == (FileState.SUPERSEDED, second)
    assert waits.state == FileState.SENT, "that it is the agency's, nobody has said"
    held = DeclaredFigure.objects.filter(column="visits")
    assert (held.count(), held.holding().get().value) == (2, 7)
    with pytest.raises(RuleBroken):
        actions.confirm_file(first, by=by)


def test_the_former_file_stands_again_when_the_later_one_is_taken_back(desk: Desk) -> None:
    by, gathering = desk.people["aggregator"], gathering_of(desk)
    names = ("a.xlsx", "b.xlsx", "c.xlsx")
    forms = [(name, plain_form("Huyện Đông", visits=visits)) for name, visits in zip(names, (5, 6, 7), strict=True)]
    files = {name: come(gathering, by, (name, form))[name] for name, form in forms}
    for file in files.values():
        actions.confirm_file(file, by=by)

    def stand() -> list[tuple[str, str]]:
        kept = dict(gathering.files.values_list("filename", "state"))
        held = DeclaredFigure.objects.filter(column="visits").holding().values_list("file__filename", "value")
        return [*((name, kept[name]) for name in names), *((name, str(int(value))) for name, value in held)]

    over, confirmed, sent = FileState.SUPERSEDED, FileState.CONFIRMED, FileState.SENT
    actions.take_back(files["b.xlsx"], by=by, reason="Nhầm kỳ")
    assert stand() == [("a.xlsx", over), ("b.xlsx", sent), ("c.xlsx", confirmed), ("c.xlsx", "7")]
    files["a.xlsx"].refresh_from_db()
    assert files["a.xlsx"].superseded_by == files["c.xlsx"]
    actions.take_back(files["c.xlsx"], by=by, reason="Nhầm kỳ")
    assert stand() == [("a.xlsx", confirmed), ("b.xlsx", sent), ("c.xlsx", sent), ("a.xlsx", "5")]
    actions.choose(files["b.xlsx"], by=by, agency=desk.units["district"], layout=None)
    actions.confirm_file(files["c.xlsx"], by=by)
    assert stand()[:2] == [("a.xlsx", over), ("b.xlsx", over)], "one waited and was said to be the agency's"
    actions.take_back(files["c.xlsx"], by=by, reason="Nhầm kỳ")
    assert stand() == [("a.xlsx", confirmed), ("b.xlsx", sent), ("c.xlsx", sent), ("a.xlsx", "5")]


def test_what_is_open_is_not_confirmed(desk: Desk) -> None:
    by, gathering = desk.people["aggregator"], gathering_of(desk)
    wrong = plain_form("Huyện Đông")
    wrong[8][5] = "nhiều"
    files = come(gathering, by, ("lỗi.xlsx", wrong), ("ai.xlsx", plain_form("Cơ quan lạ")), ("x.pdf", b"%PDF-1.4"))
    for name, words in (("lỗi.xlsx", "1 ô lỗi"), ("ai.xlsx", "của cơ quan nào"), ("x.pdf", "không đọc được")):
        with pytest.raises(RuleBroken, match=words):
            actions.confirm_file(files[name], by=by)
    assert not DeclaredFigure.objects.exists()


def test_a_mapping_that_was_confirmed_is_proposed_for_the_same_agency_only(desk: Desk) -> None:
    by, gathering = desk.people["aggregator"], gathering_of(desk)
    rows = plain_form("Đơn vị báo cáo: Đội Đông")
    rows[4][5] = "Lượt ra quân"
    file = come(gathering, by, ("a.xlsx", rows))["a.xlsx"]
    assert agency_of(file) is None
    layout = dict(file.reading["layout"]) if file.reading else {}
    layout["columns"] = {**layout["columns"], "F": "visits"}
    chosen = actions.choose(file, by=by, agency=desk.units["district"], layout=layout)
    note(gathering, {chosen.pk: read_one(chosen)}, by=by)
    actions.confirm_file(chosen, by=by)
    assert DeclaredFigure.objects.get(column="visits").value == 5

    rows[8][5] = 6
    rows[6][5] = 3
    again = come(gathering, by, ("b.xlsx", rows))["b.xlsx"]
    assert again.reading is not None
    assert (agency_of(again), again.reading["remembered"], again.reading["values"]["visits"]) == (
        desk.units["district"], True, ["6", "F9"],
    )  # fmt: skip
    rows[1] = ["Sở Nội vụ"]
    other = come(gathering, by, ("c.xlsx", rows))["c.xlsx"]
    assert other.reading is not None
    assert (agency_of(other), other.reading["remembered"]) == (desk.units["department"], False)
    assert FormLayout.objects.count() == 1


def test_a_file_is_of_an_agency_under_the_scope(desk: Desk) -> None:
    by, gathering = desk.people["aggregator"], gathering_of(desk, scope="district")
    file = come(gathering, by, ("a.xlsx", plain_form("Sở Nội vụ")))["a.xlsx"]
    assert agency_of(file) is None
    with pytest.raises(BadInput, match="không trực thuộc"):
        actions.choose(file, by=by, agency=desk.units["department"])
    with pytest.raises(NotAllowed):
        gathering_of(desk, by="coordinator")
    with pytest.raises(NotAllowed):
        actions.choose(file, by=desk.people["leader"], agency=desk.units["commune"])


def test_of_two_who_choose_one_is_told(desk: Desk) -> None:
    by, gathering = desk.people["aggregator"], gathering_of(desk)
    file = come(gathering, by, ("a.xlsx", plain_form("Huyện Đông")))["a.xlsx"]
    actions.choose(SentFile.objects.get(pk=file.pk), by=by, version=1, agency=desk.units["district"])
    with pytest.raises(Stale):
        actions.confirm_file(file, by=by, version=1)


def test_a_file_set_aside_says_why_and_comes_back(desk: Desk) -> None:
    by, gathering = desk.people["aggregator"], gathering_of(desk)
    file = come(gathering, by, ("a.xlsx", plain_form("Huyện Đông")))["a.xlsx"]
    with pytest.raises(BadInput):
        actions.set_aside(file, by=by, reason=" ")
    actions.set_aside(file, by=by, reason="Gửi nhầm kỳ")
    assert standing_of(gathering).files == 0
    actions.take_back(file, by=by)
    assert (actions.confirm_file(file, by=by).state, file.reason) == (FileState.CONFIRMED, "")


def test_declared_stands_beside_computed_with_a_reason(desk: Desk) -> None:
    desk.signed()
    by, gathering = desk.people["aggregator"], gathering_of(desk)
    file = come(gathering, by, ("a.xlsx", plain_form("Sở Nội vụ")))["a.xlsx"]
    actions.confirm_file(file, by=by)
    [one] = compare(gathering, holding_files(gathering), by)
    pairs = {pair.column.key: pair for pair in one.pairs}
    counted = figures_for(desk.units["department"], gathering.period, view=LEAD)
    assert (pairs["visits"].declared, pairs["visits"].computed, pairs["visits"].difference) == (5, counted["visits"], 4)
    assert pairs["surprise"].computed == counted["inspections_by_form"]["surprise"]
    assert one.unexplained == len(one.differing) > 0
    reasons = {"visits": ("Bốn lượt chưa nhập", (Decimal(5), Decimal(1)))}
    assert len(actions.give_reasons(gathering, desk.units["department"], by=by, reasons=reasons)) == 1
    assert actions.give_reasons(gathering, desk.units["department"], by=by, reasons=reasons) == []
    [one] = compare(gathering, holding_files(gathering), by)
    [visits] = [pair for pair in one.pairs if pair.column.key == "visits"]
    assert (visits.is_explained, visits.reason and visits.reason.text) == (True, "Bốn lượt chưa nhập")
    book = read_workbook(export_file(gathering, "xlsx", by), "a.xlsx")
    assert [sheet.name for sheet in book.sheets] == ["Biểu 1 tự khai", "Đối chiếu", "Chưa có"]
    assert "Bốn lượt chưa nhập" in export_file(gathering, "csv", by).decode()


def test_a_folder_is_gathered_on_the_command_line(desk: Desk, tmp_path, capsys) -> None:  # type: ignore[no-untyped-def]
    for place, name in enumerate(("Huyện Đông", "Sở Nội vụ")):
        (tmp_path / f"{place}.xlsx").write_bytes(xlsx_file(plain_form(name, visits=5 + place)))
    (tmp_path / "hỏng.xlsx").write_bytes(b"PK")
    out = tmp_path / "so.xlsx"
    call_command("declared", str(tmp_path), scope="tinh-thu-nghiem", period="2019", confirm=True, out=str(out))
    said = capsys.readouterr()
    assert [line.split("\t")[:2] for line in said.out.splitlines()] == [
        ["confirmed", "huyen-dong"], ["confirmed", "so-noi-vu"], ["sent", "?"],
    ]  # fmt: skip
    assert "Tệp bị hỏng" in said.out
    assert read_workbook(out.read_bytes(), "so.xlsx").sheets[0].name == "Biểu 1 tự khai"
    with pytest.raises(BadInput):
        call_command("declared", str(tmp_path / "không có"), scope="tinh-thu-nghiem", period="2019")
    assert set(SentFile.objects.values_list("sha256", flat=True)).isdisjoint(strays())
