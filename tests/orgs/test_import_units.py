"""A list of units from an office's file: previewed, every fault told by its cell, applied whole or not at all."""

from __future__ import annotations

import io
import random
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from kycuong.core.problems import BadInput, NotAllowed, RuleBroken, Stale
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import derive, dissolve_unit, rename_unit
from kycuong.orgs.imports import UNITS, unit_candidates
from kycuong.orgs.models import Person, Reorganisation, Unit, UnitVersion
from kycuong.orgs.queries import codes_on, full_names, parent_on
from kycuong.sheets.importing import Preview
from kycuong.sheets.legacy import to_tcvn3
from kycuong.sheets.match import Matcher
from kycuong.sheets.preflight import MAX_BYTES
from kycuong.sheets.writer import OutColumn, OutSheet, write_csv, write_workbook
from tests.desk import Desk
from tests.sheets.files import ods_file, xls_file

DAY = date(2016, 1, 1)
HEAD = ["STT", "Tên đơn vị", "Loại", "Trực thuộc", "Mã", "Từ ngày", "Văn bản", "Tên cũ"]
PROVINCE = [
    [1, "Xã  Hoà Bình", "Xã", "Huyện Đông", 1001, "1/1/2015"],
    [2, "Xã Hòa Bình", "xã", "H. Tây", "01002", date(2015, 1, 1)],
    [3, "UBND huyện Đông", "Huyện", "Tỉnh Thử", "183", "01/01/2015"],
    [4, "Huyện Tây", "Huyện", "UBND tỉnh Thử", "184", "01-01-2015"],
    [5, "Tỉnh Thử", "Tỉnh", None, "20", "ngày 1 tháng 1 năm 2015"],
    [6, "Phòng Nội vụ", "Phòng", "UBND huyện Đông", None, "1/2/2016", "12/QĐ-UBND"],
    [7, "Phòng Nội vụ", "Phòng", "Huyện Tây", None, "1/2/2016", "12/QĐ-UBND"],
]


def book(rows: Sequence[Sequence[Any]], head: Sequence[str] = HEAD) -> bytes:
    return write_workbook([OutSheet("Đơn vị", [OutColumn(title) for title in head], rows, heading=["DANH SÁCH"])])


def read(
    rows: Sequence[Sequence[Any]], by: Person | None = None, head: Sequence[str] = HEAD, **options: str
) -> Preview:
    return UNITS.read(book(rows, head), "don-vi.xlsx", by=by, options=options)


def take(rows: Sequence[Sequence[Any]], by: Person | None = None, **options: str) -> Preview:
    preview = read(rows, by, **options)
    if by:
        UNITS.apply(preview, by=by)
    else:
        with at_the_machine():
            UNITS.apply(preview, by=None)
    return preview


def said(preview: Preview) -> list[tuple[str, str]]:
    return [(issue.address, issue.vi) for issue in preview.errors]


def names(day: date = DAY) -> set[str]:
    return set(full_names(list(Unit.objects.values_list("pk", flat=True)), day).values())


@pytest.mark.django_db
class TestNewProvince:
    def test_the_tree_is_made_from_rows_in_any_order(self) -> None:
        rows = [list(row) for row in PROVINCE]
        random.Random(7).shuffle(rows)
        take(rows)
        assert names(date(2016, 2, 1)) == {
            "Tỉnh Thử",
            "Huyện Đông",
            "Huyện Tây",
            "Xã Hoà Bình, Huyện Đông",
            "Xã Hòa Bình, Huyện Tây",
            "Phòng Nội vụ, Huyện Đông",
            "Phòng Nội vụ, Huyện Tây",
        }
        assert set(codes_on(list(Unit.objects.values_list("pk", flat=True)), DAY).values()) == {
            "01001", "01002", "183", "184", "20",
        }  # fmt: skip
        assert list(derive.differences()) == []

    def test_one_act_for_each_day_and_document(self) -> None:
        take(PROVINCE)
        acts = Reorganisation.objects.order_by("effective_on").values_list("effective_on", "document_number")
        assert list(acts) == [(date(2015, 1, 1), ""), (date(2016, 2, 1), "12/QĐ-UBND")]

    def test_the_same_file_twice_changes_nothing(self) -> None:
        take(PROVINCE)
        before = (UnitVersion.objects.count(), Reorganisation.objects.count())
        again = take(PROVINCE)
        assert {row.what for row in again.rows} == {"same"}
        assert again.changes == 0
        assert (UnitVersion.objects.count(), Reorganisation.objects.count()) == before

    def test_zeros_that_excel_dropped_come_back_with_a_word_about_it(self) -> None:
        preview = read(PROVINCE)
        assert [(issue.level, issue.address) for issue in preview.issues] == [("warning", "E4")]
        assert "01001" in preview.issues[0].vi

    def test_groups_stand_for_the_parent_column(self) -> None:
        head = ["STT", "Tên đơn vị", "Loại", "Từ ngày"]
        rows = [
            [1, "Tỉnh Thử", "Tỉnh", "1/1/2015"],
            ["I", "Tỉnh Thử"],
            [1, "Huyện Đông", "Huyện", "1/1/2015"],
            [2, "Huyện Tây", "Huyện", "1/1/2015"],
            ["II", "Huyện Tây"],
            [1, "Xã Một", "Xã", "1/1/2015"],
        ]
        preview = read(rows, head=head)
        assert said(preview) == []
        with at_the_machine():
            UNITS.apply(preview, by=None)
        assert names() == {"Tỉnh Thử", "Huyện Đông", "Huyện Tây", "Xã Một, Huyện Tây"}

    @pytest.mark.parametrize("kind", ["xls", "ods", "csv", "tcvn3", "nfd"])
    def test_every_kind_of_file_is_the_same_list(self, kind: str) -> None:
        rows = [["DANH SÁCH"], HEAD, *PROVINCE]
        if kind == "nfd":
            rows = [
                [unicodedata.normalize("NFD", cell) if isinstance(cell, str) else cell for cell in row] for row in rows
            ]
        if kind == "tcvn3":
            rows = [[to_tcvn3(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
        files = {"ods": ods_file, "csv": lambda rows: write_csv(rows[0], rows[1:])}
        preview = UNITS.read(files.get(kind, xls_file)(rows), "don-vi.xls", by=None, options={})
        assert said(preview) == []
        assert sum(row.what == "new" for row in preview.rows) == 7
        assert {unicodedata.normalize("NFC", row.cells[0]) for row in preview.rows} >= {"Huyện Đông", "Phòng Nội vụ"}

    def test_one_day_may_serve_the_whole_file(self) -> None:
        rows = [row[:5] for row in PROVINCE]
        assert [address for address, _ in said(read(rows))] == [f"F{number}" for number in range(4, 11)]
        take(rows, on="2015-01-01")
        assert Unit.objects.existing(on=date(2015, 1, 1)).count() == 7

    def test_nothing_is_written_when_one_cell_is_wrong(self) -> None:
        rows = [*PROVINCE, [8, "Xã Ba", "Xã", "Huyện Đông", None, "31/02/2015"]]
        with pytest.raises(RuleBroken) as refused:
            take(rows)
        assert [error["cell"] for error in refused.value.errors] == ["F11"]
        assert not Unit.objects.exists()

    def test_all_faults_are_told_at_once(self) -> None:
        rows = [
            [1, "Tỉnh Thử", "Tỉnh", None, "20", "1/1/2015"],
            [2, "Huyện Đông", "Vương quốc", "Tỉnh Thử", None, "1/1/2015"],
            [3, "Xã Một", "Xã", "Huyện Nam", "01001", "1/1/2015"],
            [4, "Xã Hai", "Xã", None, "01001", "1/1/2015"],
            [5, "Xã Ba", "Xã", "Huyện Đông", "a b", "1/1/2015"],
            [6, "Xã Ba", "Xã", "Huyện Đông", None, "1/1/2015"],
            [7, "Xã Bốn", "Xã", "Huyện Đông", None, "1/1/2014"],
        ]
        assert [address for address, _ in said(read(rows))] == ["C5", "D6", "D7", "E7", "E8", "B9", "F10"]

    def test_homonyms_as_parents_are_asked(self) -> None:
        rows = [*PROVINCE, [8, "Trạm Một", "Đơn vị sự nghiệp", "Xã Hòa Bình", None, "1/1/2015"]]
        [(address, sentence)] = said(read(rows))
        assert address == "D11"
        assert "Xã Hoà Bình, Huyện Đông; Xã Hòa Bình, Huyện Tây" in sentence
        rows[-1][3] = "Xã Hòa Bình, Huyện Tây"
        take(rows)
        assert "Trạm Một, Xã Hòa Bình" in names()

    def test_what_was_read_before_a_change_is_not_applied(self) -> None:
        first, second = read(PROVINCE), read(PROVINCE)
        with at_the_machine():
            UNITS.apply(first, by=None)
            with pytest.raises(Stale):
                UNITS.apply(second, by=None)
        assert Unit.objects.count() == 7

    def test_a_circle_is_told(self) -> None:
        rows = [
            [1, "Huyện A", "Huyện", "Huyện B", None, "1/1/2015"],
            [2, "Huyện B", "Huyện", "Huyện A", None, "1/1/2015"],
        ]
        assert any("nằm dưới chính nó" in sentence for _, sentence in said(read(rows)))

    def test_a_day_that_is_no_day_is_refused(self) -> None:
        with pytest.raises(BadInput, match="Không hiểu ngày"):
            read(PROVINCE, on="hôm qua")


class TestExistingProvince:
    def test_the_aggregator_adds_what_is_new(self, desk: Desk) -> None:
        rows = [
            [1, "Xã Hoàng Đồng", "Xã", "Huyện Đông", None, "1/1/2016"],
            [2, "Xã Mới", "Xã", "Huyện Đông", None, "1/1/2016"],
        ]
        preview = take(rows, desk.people["aggregator"])
        assert [row.what for row in preview.rows] == ["same", "new"]
        made = UnitVersion.objects.get(name="Xã Mới").unit
        assert parent_on(made, DAY) == desk.units["district"]

    @pytest.mark.parametrize(
        ("row", "address"),
        [
            ([1, "Xã Hoàng Đồng", "Phòng", "Huyện Đông", None, "1/1/2016"], "C4"),
            ([1, "Xã Hoàng Đồng", "Xã", "Huyện Đông", "05986", "1/1/2016"], "E4"),
            ([1, "Xã Hoàng Đồng", "Xã", "Huyện Đông", None, "1/1/2010"], "D4"),
            ([1, "Xã Mới", "Xã", "Huyện Đông", None, "1/1/2016", None, "Xã Không Có"], "H4"),
            ([1, "Xã Mới", "Xã", None, None, "1/1/2016"], "D4"),
        ],
    )
    def test_what_differs_is_refused_with_advice(self, desk: Desk, row: list[Any], address: str) -> None:
        found = said(read([row], desk.people["aggregator"]))
        assert [place for place, _ in found] == [address]

    def test_a_unit_that_begins_later_is_not_made_twice(self, desk: Desk) -> None:
        take([[1, "Xã Mới", "Xã", "Huyện Đông", None, "1/1/2018"]], desk.people["aggregator"])
        [(address, sentence)] = said(read([[1, "Xã Mới", "Xã", "Huyện Đông", None, "1/1/2016"]]))
        assert address == "F4"
        assert "01/01/2018" in sentence

    def test_a_code_in_use_is_told_with_its_bearer(self, desk: Desk) -> None:
        take([[1, "Xã Mới", "Xã", "Huyện Đông", "05986", "1/1/2016"]], desk.people["aggregator"])
        [(address, sentence)] = said(read([[1, "Xã Khác", "Xã", "Huyện Tây", "05986", "1/1/2017"]]))
        assert address == "E4"
        assert "«Xã Mới, Huyện Đông»" in sentence

    def test_a_namesake_elsewhere_is_worth_a_word(self, desk: Desk) -> None:
        preview = read([[1, "Xã Hoàng Đồng", "Xã", "Huyện Tây", None, "1/1/2016"]])
        assert [(issue.level, issue.address) for issue in preview.issues] == [("warning", "B4")]

    def test_a_parent_that_ends_takes_nothing_new(self, desk: Desk) -> None:
        with at_the_machine():
            dissolve_unit(desk.units["second_commune"], by=None, on=date(2018, 1, 1))
        row = [1, "Trạm", "Đơn vị sự nghiệp", "Xã Bình Minh", None, "1/1/2016"]
        assert [address for address, _ in said(read([row]))] == ["D4"]

    def test_a_former_name_renames(self, desk: Desk) -> None:
        row = [1, "Xã Hoàng Đồng Mới", "Xã", "Huyện Đông", None, "1/1/2018", "9/NQ", "xã Hoàng Đồng"]
        preview = take([row], desk.people["aggregator"])
        assert [line.what for line in preview.rows] == ["change"]
        assert desk.units["commune"].name_on(date(2018, 1, 1)) == "Xã Hoàng Đồng Mới"
        assert take([row], desk.people["aggregator"]).changes == 0

    def test_a_rename_against_the_order_of_history_is_told_in_the_preview(self, desk: Desk) -> None:
        with at_the_machine():
            rename_unit(desk.units["commune"], by=None, on=date(2019, 1, 1), name="Xã Đổi")
        row = [1, "Xã Nữa", "Xã", "Huyện Đông", None, "1/1/2018", None, "Xã Hoàng Đồng"]
        assert [address for address, _ in said(read([row]))] == ["H4"]

    def test_without_the_right_at_the_place_the_cell_says_so(self, desk: Desk) -> None:
        row = [1, "Xã Mới", "Xã", "Huyện Đông", None, "1/1/2016"]
        assert [address for address, _ in said(read([row], desk.people["coordinator"]))] == ["D4"]
        top = [1, "Tỉnh Hai", "Tỉnh", None, None, "1/1/2016"]
        assert [address for address, _ in said(read([top], desk.people["aggregator"]))] == ["D4"]

    def test_nobody_applies_without_the_machine(self, desk: Desk) -> None:
        preview = read([[1, "Xã Mới", "Xã", "Huyện Đông", None, "1/1/2016"]])
        with pytest.raises(NotAllowed):
            UNITS.apply(preview, by=None)

    def test_candidates_know_names_codes_and_places(self, desk: Desk) -> None:
        matcher = Matcher(unit_candidates(DAY))
        found = matcher.match("UBND xã Hoàng Đồng").found
        assert found is not None
        assert found.id == desk.units["commune"].pk
        assert found.label == "Xã Hoàng Đồng, Huyện Đông"
        assert matcher.match("Ủy ban nhân dân huyện Tây").found is not None
        with at_the_machine():
            rename_unit(desk.units["commune"], by=None, on=date(2019, 1, 1), name="Xã Đổi")
        assert (
            Matcher(unit_candidates()).match("Xã Hoàng Đồng").found == Matcher(unit_candidates()).match("Xã Đổi").found
        )


@pytest.mark.django_db
class TestCommand:
    def run(self, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[str, str]:
        call_command(*words)
        told = capsys.readouterr()
        return told.out, told.err

    def test_it_applies_what_is_right(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = tmp_path / "u.xlsx"
        file.write_bytes(book(PROVINCE))
        out, err = self.run(capsys, "import", "units", str(file))
        assert out.splitlines()[2] == "+\t6\tHuyện Đông\tUBND cấp huyện\tTỉnh Thử\t183\t01/01/2015".replace(
            "TỈNH", "Tỉnh"
        )
        assert "Đã lập 7 đơn vị" in err
        out, err = self.run(capsys, "import", "units", str(file))
        assert "0 đơn vị mới, 0 đổi tên, 7 đã có" in err

    def test_a_preview_writes_nothing(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = tmp_path / "u.csv"
        file.write_bytes(write_csv(HEAD, PROVINCE))
        assert "chưa nhập gì" in self.run(capsys, "import", "units", str(file), "--preview")[1]
        assert not Unit.objects.exists()

    def test_faults_are_refused_and_marked(self, tmp_path: Path) -> None:
        file, marked = tmp_path / "u.xlsx", tmp_path / "loi.xlsx"
        file.write_bytes(book([[1, "Xã Một", "Xã", "Huyện Nam", None, "1/1/2015"]]))
        with pytest.raises(RuleBroken, match="1 lỗi"):
            call_command("import", "units", str(file), "--errors", str(marked))
        sheet = openpyxl.load_workbook(marked).active
        assert "Không tìm thấy «Huyện Nam»" in sheet.cell(4, sheet.max_column).value

    def test_names_that_lead_nowhere_are_refused(self, tmp_path: Path) -> None:
        file = tmp_path / "u.xlsx"
        file.write_bytes(book(PROVINCE))
        for words in (
            ["units", str(tmp_path / "no.xlsx")],
            ["units", str(file), "--by", "nobody"],
            ["cars", str(file)],
        ):
            with pytest.raises(BadInput):
                call_command("import", *words)

    def test_the_template_comes_back_filled(self, tmp_path: Path) -> None:
        file = tmp_path / "mau.xlsx"
        call_command("template", "units", "-o", str(file))
        form = openpyxl.load_workbook(file)
        form.worksheets[0].append([1, "Tỉnh Thử", "Tỉnh", None, "20", None, "01/01/2015"])
        form.save(file)
        call_command("import", "units", str(file))
        assert names() == {"Tỉnh Thử"}


class TestPage:
    def sent(self, client: Client, data: bytes, name: str = "u.xlsx") -> Any:
        return client.post(reverse("orgs:import"), {"file": SimpleUploadedFile(name, data), "on": "", "sheet": ""})

    def test_upload_preview_and_import(self, desk: Desk, as_person: Callable[[Any], Client]) -> None:
        client = as_person(desk.people["aggregator"])
        assert client.get(reverse("orgs:import")).status_code == 200
        at = self.sent(client, book([[1, "Xã Mới", "Xã", "Huyện Đông", None, "1/1/2016"]])).url
        assert "Nhập các dòng này" in client.get(at).content.decode()
        assert not UnitVersion.objects.filter(name="Xã Mới").exists()
        assert client.post(at).status_code == 302
        assert UnitVersion.objects.filter(name="Xã Mới").count() == 1
        assert client.post(at).status_code == 404

    def test_faults_are_shown_and_the_marked_file_is_given(
        self, desk: Desk, as_person: Callable[[Any], Client]
    ) -> None:
        client = as_person(desk.people["aggregator"])
        at = self.sent(client, book([[1, "Xã Mới", "Xã", "Huyện Nam", None, "1/1/2016"]])).url
        shown = client.get(at).content.decode()
        assert "D4" in shown
        assert "Không tìm thấy «Huyện Nam»" in shown
        assert "Nhập các dòng này" not in shown
        answer = client.post(at)
        assert answer.status_code == 422
        assert not UnitVersion.objects.filter(name="Xã Mới").exists()
        marked = client.get(f"{at}errors.xlsx")
        assert openpyxl.load_workbook(io.BytesIO(marked.content)).active["B4"].value == "Xã Mới"

    def test_a_file_that_cannot_be_read_is_refused_on_the_form(
        self, desk: Desk, as_person: Callable[[Any], Client]
    ) -> None:
        client = as_person(desk.people["aggregator"])
        for data, sentence in (
            (b"", "Tệp rỗng"),
            (b"%PDF-1.7", "tệp PDF"),
            (b"PK\3\4", "hỏng"),
            (b"x" * (MAX_BYTES + 1), "quá 10 MB"),
        ):
            answer = self.sent(client, data)
            assert answer.status_code == 422
            assert sentence in answer.content.decode()
        assert client.post(reverse("orgs:import"), {}).status_code == 422

    def test_a_kept_file_is_its_owners_only(self, desk: Desk, as_person: Callable[[Any], Client]) -> None:
        at = self.sent(as_person(desk.people["aggregator"]), book(PROVINCE)).url
        assert as_person(desk.people["coordinator"]).get(at).status_code == 403
        assert as_person(desk.people["aggregator"]).get(at.replace(at[-9:-1], "00000000")).status_code == 404
        assert as_person(desk.people["aggregator"]).get("/units/import/..%2F..%2Fsecret-key/").status_code == 404

    def test_who_may_not_import_is_told_who_may(self, desk: Desk, as_person: Callable[[Any], Client]) -> None:
        answer = as_person(desk.people["leader"]).get(reverse("orgs:import"))
        assert answer.status_code == 403
        assert "Cán bộ tổng hợp" in answer.content.decode()

    def test_the_template_is_a_workbook(self, desk: Desk, as_person: Callable[[Any], Client]) -> None:
        answer = as_person(desk.people["aggregator"]).get(reverse("orgs:import_template"))
        assert openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames == ["Đơn vị", "Hướng dẫn"]
