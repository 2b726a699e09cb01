"""A table of visits from an office's file: previewed, every fault told by its cell, applied whole or not at all."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command

from kycuong.core.clock import today
from kycuong.core.problems import NotAllowed, RuleBroken, Stale
from kycuong.inspections.actions import annul_visit
from kycuong.inspections.imports import VISITS
from kycuong.inspections.models import Finding, Inspection, Visit
from kycuong.inspections.rules import Source, VisitState
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import rename_unit
from kycuong.orgs.models import Person
from kycuong.sheets.importing import Preview
from kycuong.sheets.writer import OutColumn, OutSheet, write_csv, write_workbook
from tests.desk import YESTERDAY, Desk

HEAD = ["STT", "Cơ quan chủ trì", "Hình thức", "Tên đơn vị", "Ngày kiểm tra", "Số quyết định", "Số biên bản",
        "Tồn tại, hạn chế", "Mức độ", "Hạn khắc phục"]  # fmt: skip
FIRST = [1, "Sở Nội vụ", "Đột xuất", "UBND xã Hoàng Đồng", "15/03/2019", "12/QĐ-SNV", "01/BB", "Đi muộn; Chưa niêm yết",
         "Trung bình", "15/4/2019"]  # fmt: skip
SECOND = [2, "Sở Nội vụ", "đột xuất", "Xã Bình Minh (Đông)", date(2019, 3, 16), "12/QĐ-SNV", "02/BB"]
THIRD = [3, "Huyện Đông", "Theo kế hoạch", "xa-hoang-dong", "20.3.2019", "05/QĐ-UBND"]
ROWS = [FIRST, SECOND, THIRD]


def book(rows: Sequence[Sequence[Any]], head: Sequence[str] = HEAD) -> bytes:
    return write_workbook([OutSheet("Lượt", [OutColumn(title) for title in head], rows, heading=["DANH SÁCH"])])


def read(rows: Sequence[Sequence[Any]], by: Person | None = None, head: Sequence[str] = HEAD) -> Preview:
    return VISITS.read(book(rows, head), "luot.xlsx", by=by, options={})


def take(rows: Sequence[Sequence[Any]], by: Person | None = None, head: Sequence[str] = HEAD) -> Preview:
    preview = read(rows, by, head)
    with at_the_machine():
        VISITS.apply(preview, by=by)
    return preview


def said(preview: Preview) -> list[tuple[str, str]]:
    return [(issue.address, issue.vi) for issue in preview.errors]


def changed(row: Sequence[Any], **cells: Any) -> list[Any]:
    """The row with other cells, by the letters of their columns."""
    values = [*row, *[None] * (len(HEAD) - len(row))]
    for letter, value in cells.items():
        values[ord(letter) - ord("A")] = value
    return values


def test_rows_of_a_decision_are_one_inspection(desk: Desk) -> None:
    preview = take(ROWS, desk.people["aggregator"])
    assert said(preview) == []
    assert "2 cuộc mới, 3 lượt mới, 2 tồn tại; 0 lượt đã có" in preview.summary[1].vi
    assert Inspection.objects.count() == 2
    visits = list(Visit.objects.counting().order_by("visited_on"))
    assert [visit.unit.slug for visit in visits] == ["xa-hoang-dong", "xa-binh-minh", "xa-hoang-dong"]
    assert {visit.source for visit in visits} == {Source.IMPORT}
    assert visits[0].inspection == visits[1].inspection != visits[2].inspection
    assert visits[0].minutes.number == "01/BB"
    assert [(one.description, one.severity, one.due_on) for one in visits[0].findings.all()] == [
        ("Đi muộn", 2, date(2019, 4, 15)),
        ("Chưa niêm yết", 2, date(2019, 4, 15)),
    ]


def test_the_same_file_twice_changes_nothing(desk: Desk) -> None:
    take(ROWS, desk.people["aggregator"])
    again = take(ROWS, desk.people["aggregator"])
    assert {row.what for row in again.rows} == {"same"}
    assert (Inspection.objects.count(), Visit.objects.count(), Finding.objects.count()) == (2, 3, 2)


def test_a_later_row_of_a_known_decision_joins_its_inspection(desk: Desk) -> None:
    take([FIRST], desk.people["aggregator"])
    preview = take(ROWS[:2], desk.people["aggregator"])
    assert "0 cuộc mới, 1 lượt mới" in preview.summary[1].vi
    assert Inspection.objects.get().visits.count() == 2


def test_numbers_begin_anew_each_year(desk: Desk) -> None:
    take([FIRST, changed(SECOND, E="16/03/2020")], desk.people["aggregator"])
    assert Inspection.objects.count() == 2


@pytest.mark.parametrize(
    ("letter", "value"), [("C", "Theo kế hoạch"), ("F", "99/QĐ-SNV"), ("G", "77/BB"), ("H", "Khác")]
)
def test_a_different_visit_of_that_day_is_a_collision(desk: Desk, letter: str, value: str) -> None:
    take([FIRST], desk.people["aggregator"])
    [(address, sentence)] = said(read([changed(FIRST, **{letter: value})], desk.people["aggregator"]))
    assert address == f"{letter}4"
    assert "Xã Hoàng Đồng, Huyện Đông ngày 15/03/2019, đột xuất, quyết định 12/QĐ-SNV, biên bản 01/BB" in sentence


def test_an_annulled_visit_may_be_recorded_anew(desk: Desk) -> None:
    take([FIRST], desk.people["aggregator"])
    annul_visit(Visit.objects.get(), by=desk.people["aggregator"], reason="Ghi nhầm đơn vị được kiểm tra.")
    preview = take([FIRST], desk.people["aggregator"])
    assert [issue.level for issue in preview.issues] == ["warning"]
    assert Visit.objects.filter(state=VisitState.SIGNED).count() == 1


@pytest.mark.parametrize(
    ("cells", "address", "words"),
    [
        ({"B": "Sở Không Có"}, "B4", "Không"),
        ({"C": "đột biến"}, "C4", "Theo kế hoạch"),
        ({"C": None}, "C4", "Ô đang trống"),
        ({"D": "Xã Hoàng Động"}, "D4", "Xã Hoàng Đồng, Huyện Đông"),
        ({"D": "Sở Nội vụ"}, "D4", "không tự kiểm tra"),
        ({"D": "Tỉnh Thử Nghiệm"}, "D4", "không phải đơn vị được kiểm tra"),
        ({"E": "31/02/2019"}, "E4", ""),
        ({"E": f"{today() + timedelta(days=3):%d/%m/%Y}", "J": None}, "E4", "chưa tới"),
        ({"E": "15/03/2010"}, "B4", "không tồn tại"),
        ({"J": "01/03/2019"}, "J4", "Sớm hơn ngày kiểm tra"),
        ({"C": "Kết hợp"}, "C4", "ít nhất hai nội dung"),
    ],
)
def test_what_is_wrong_is_told_at_its_cell(desk: Desk, cells: dict[str, Any], address: str, words: str) -> None:
    found = said(read([changed(FIRST, **cells)], desk.people["aggregator"]))
    assert address in [place for place, _ in found]
    assert any(words in sentence for place, sentence in found if place == address)


def test_all_faults_at_once_and_nothing_written(desk: Desk) -> None:
    rows = [FIRST, changed(SECOND, D="Xã Lạ"), changed(THIRD, E="hôm kia", C="?"), changed(FIRST)]
    preview = read(rows, desk.people["aggregator"])
    assert [address for address, _ in said(preview)] == ["D5", "C6", "E6", "D7"]
    with pytest.raises(RuleBroken):
        VISITS.apply(preview, by=desk.people["aggregator"])
    assert not Visit.objects.exists()


def test_past_names_hold_on_their_days(desk: Desk) -> None:
    with at_the_machine():
        rename_unit(desk.units["commune"], by=None, on=date(2020, 1, 1), name="Xã Hoàng Mới")
    by = desk.people["aggregator"]
    assert said(read([FIRST], by)) == []
    [(address, sentence)] = said(read([changed(FIRST, E="15/03/2021", J=None)], by))
    assert (address, "«Xã Hoàng Mới»" in sentence) == ("D4", True)
    [(address, sentence)] = said(read([changed(FIRST, D="Xã Hoàng Mới")], by))
    assert (address, "«Xã Hoàng Đồng»" in sentence) == ("D4", True)


def test_who_may_not_import_for_a_lead_is_told_and_learns_of_no_collision(desk: Desk) -> None:
    take([FIRST], desk.people["aggregator"])
    [(address, sentence)] = said(read([changed(FIRST, C="Theo kế hoạch")], desk.people["coordinator"]))
    assert address == "B4"
    assert "không có quyền" in sentence
    assert said(read([THIRD], desk.people["coordinator"])) == []


def test_nobody_applies_without_the_machine(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        VISITS.apply(read(ROWS), by=None)


def test_a_sealed_draft_never_shows_itself(desk: Desk) -> None:
    head = desk.people["team_head"]
    desk.visit(sealed=True, short_list=[head])
    Inspection.objects.update(decision_number="12/QĐ-SNV", decision_on=YESTERDAY)
    row = changed(FIRST, E=f"{YESTERDAY:%d/%m/%Y}", J=None, H=None)
    for by in (desk.people["aggregator"], None):
        preview = read([row], by)
        assert preview.issues == []
        assert [one.what for one in preview.rows] == ["new"]
    take([row], desk.people["aggregator"])
    assert Inspection.objects.count() == 2
    assert Inspection.objects.get(sealed_at=None).visits.count() == 1


def test_an_open_draft_is_worth_a_word_to_who_may_see_it(desk: Desk) -> None:
    desk.open()
    row = changed(FIRST, E=f"{YESTERDAY:%d/%m/%Y}", J=None)
    assert [issue.level for issue in read([row], desk.people["aggregator"]).issues] == ["warning"]


def test_numbers_of_people_and_refusals(desk: Desk) -> None:
    head = [*HEAD[:5], "Biên chế", "Có mặt", "Vắng có phép", "Vắng không phép", "Đi muộn", "Số tồn tại", "Ký biên bản",
            "Lý do không ký"]  # fmt: skip
    good = [*FIRST[:5], 10, 8, 1, 1, 2, 3, "Từ chối", "Không đồng ý với kết luận"]
    take([good], desk.people["aggregator"], head)
    visit = Visit.objects.get()
    assert (visit.quota, visit.present, visit.absent_excused, visit.absent_unexcused, visit.late) == (10, 8, 1, 1, 2)
    assert visit.minutes.refusal_reason == "Không đồng ý với kết luận"
    assert visit.findings.count() == 3
    assert take([good], desk.people["aggregator"], head).changes == 0
    bad = [*SECOND[:5], 5, 8, 1, 1, 9, None, "Từ chối", "Không"]
    assert {address for address, _ in said(read([bad], desk.people["aggregator"], head))} >= {"F4", "M4"}


def test_namesakes_are_asked_and_the_answer_given_works(desk: Desk) -> None:
    from_machine = desk.units
    with at_the_machine():
        rename_unit(from_machine["other_commune"], by=None, on=date(2016, 1, 1), name="Xã Bình Minh")
    by = desk.people["aggregator"]
    [(address, sentence)] = said(read([changed(SECOND, D="UBND xã Bình Minh")], by))
    assert address == "D4"
    assert "Xã Bình Minh, Huyện Đông; Xã Bình Minh, Huyện Tây" in sentence
    for told in ("Xã Bình Minh, Huyện Tây", "Xã Bình Minh (Tây)", from_machine["other_commune"].slug):
        preview = read([changed(SECOND, D=told)], by)
        assert said(preview) == []
        assert preview.plan[0].unit == from_machine["other_commune"]


def test_the_template_is_read_without_its_example(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "mau.xlsx"
    call_command("template", "visits", "-o", str(file))
    form = openpyxl.load_workbook(file)
    assert form.sheetnames[:2] == ["Lượt kiểm tra", "Hướng dẫn"]
    assert any("xa-hoang-dong" in [cell.value for cell in row] for row in form["Đơn vị"].rows)
    sheet = form.worksheets[0]
    assert sheet.data_validations.dataValidation
    sheet.append(["Sở Nội vụ", "Đột xuất", "Xã Hoàng Đồng", None, None, "15/03/2019"])
    form.save(file)
    call_command("import", "visits", str(file))
    assert Visit.objects.get().unit == desk.units["commune"]


def test_csv_and_unread_columns(desk: Desk) -> None:
    preview = VISITS.read(write_csv([*HEAD, "Ghi chú riêng"], ROWS), "luot.csv", by=None, options={})
    assert said(preview) == []
    assert "«Ghi chú riêng»" in preview.summary[-1].vi


def test_the_marked_workbook_names_the_cells(desk: Desk, tmp_path: Path) -> None:
    file, marked = tmp_path / "l.xlsx", tmp_path / "loi.xlsx"
    file.write_bytes(book([changed(FIRST, D="Xã Lạ")]))
    with pytest.raises(RuleBroken, match="1 lỗi"):
        call_command("import", "visits", str(file), "--errors", str(marked))
    sheet = openpyxl.load_workbook(io.BytesIO(marked.read_bytes())).active
    assert "Xã Lạ" in sheet.cell(4, sheet.max_column).value


def test_two_clicks_are_one_import(desk: Desk) -> None:
    first, second = read(ROWS), read(ROWS)
    with at_the_machine():
        VISITS.apply(first, by=None)
        with pytest.raises(Stale, match="bấm nhập hai lần"):
            VISITS.apply(second, by=None)
    assert Visit.objects.count() == len(ROWS)
