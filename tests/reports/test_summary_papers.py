"""The summary report on paper, in a workbook, on a page, in the API and on the command line: the same words and numbers."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command
from django.test import Client

from kycuong.core.clock import today
from kycuong.core.problems import BadInput, Missing, NotAllowed
from kycuong.inspections.actions import Planned
from kycuong.orgs.models import Assignment, Person, Unit
from kycuong.papers.layout import laid_out
from kycuong.papers.pdf import pdf_file
from kycuong.papers.profile import profile
from kycuong.papers.word import word_file
from kycuong.reports.documents import SUMMARY_FORMS, document_of, summary_written, workbook_of
from kycuong.reports.documents.report import printed_of
from kycuong.reports.forms import Asked
from kycuong.reports.queries import list_for, summary_for
from kycuong.reports.rules.periods import Period, parse_period, year_to_date
from kycuong.reports.rules.summary import Summary, from_json, schedules_of, to_json, to_text
from kycuong.reports.rules.summary.content import AdviceLine, MeasureLine, Place
from kycuong.reports.views.cards import list_url
from tests.budget import few
from tests.clocks import it_is
from tests.desk import YESTERDAY, Desk
from tests.followup.issued import recommended
from tests.papers.samples import found_in, lowest_of_pdf, words_of_pdf, words_of_word

from .conftest import DEPARTMENT, DISTRICT, SINCE
from .happened import PROVINCE

Small = Callable[[int], Unit]
Clients = Callable[[Any], Client]
QUARTER, EMPTY = parse_period("2019-Q1"), parse_period("2017-Q1")
ASKED = {"scope": "u3", "period": "2019-Q1"}


@pytest.fixture
def made(small: Small) -> Summary:
    return summary_for(small(PROVINCE), QUARTER, person=None)


def long_one(made: Summary) -> Summary:
    """Forty recommendations of long words at units of long names, in both parts; a measure; formulas in what people typed."""
    place = Place(
        "u4", "Trung tâm Dịch vụ việc làm và Giáo dục nghề nghiệp khu vực biên giới, " * 3 + "Huyện Cao Lộc", ""
    )
    day = QUARTER.first
    told = "=cmd|' /C calc'!A0 Chấn chỉnh việc chấp hành thời giờ làm việc, nội quy cơ quan " + "rất dài " * 40
    many = tuple(
        AdviceLine(f"{at:032x}", told, place, "215/TB-SNV", day, day + timedelta(at), "overdue", "", at, None, at > 20)
        for at in range(40)
    )
    lines = tuple(replace(line, place=place) for line in made.lines)
    measures = (MeasureLine("criticism", "Phê bình", 1, 2),)
    return replace(made, advice=many, lines=lines, measures=measures)


@pytest.mark.parametrize("shape", few(["one finding", "forty and long names", "empty and restricted"]))
def test_the_document_is_in_order_and_says_the_same_in_both_files(small: Small, made: Summary, shape: str) -> None:
    shaped = {
        "one finding": lambda: made,
        "forty and long names": lambda: long_one(made),
        "empty and restricted": lambda: summary_for(small(PROVINCE), EMPTY, person=None).without_measures(),
    }[shape]()
    document = document_of(shaped)
    word, pdf = word_file(document), pdf_file(document)
    assert found_in(word) == []
    assert lowest_of_pdf(pdf) > 0
    said, shown = words_of_word(word), words_of_pdf(pdf)
    if shape == "forty and long names":  # heads stand on each page
        whole = " ".join(shown)
        assert [one for one in said if one not in whole] == []
    else:  # whoever reads the PDF takes the last word of a head and the first of the row below for one
        assert letters(said) == letters(shown)
    sections = [annex.landscape for annex in document.annexes]
    assert sections == [True] * 6


def letters(words: Counter[str]) -> Counter[str]:
    return Counter("".join(words.elements()))


def test_the_document_of_what_was_kept_is_the_document(made: Summary) -> None:
    kept = json.loads(json.dumps(to_json(long_one(made)), ensure_ascii=False))
    form = profile()
    assert laid_out(document_of(from_json(kept)), form) == laid_out(document_of(long_one(made)), form)
    assert workbook_cells(workbook_of(from_json(kept))) == workbook_cells(workbook_of(long_one(made)))
    assert to_text(from_json(kept)) == to_text(long_one(made))


def test_number_day_and_words_of_people(made: Summary) -> None:
    blank = laid_out(document_of(made), profile())
    assert blank["number"] == "Số:       /BC-UBND"
    said = [one["text"] for one in blank["blocks"] if one["is"] == "text"]
    assert sum(set(text) == {"…"} for text in said) == 3, "causes, difficulties and directions are for people"
    assert said[-1].endswith("./.")
    numbered = laid_out(document_of(made, number="7", day=date(2019, 4, 2)), profile())
    assert numbered["number"] == "Số: 07/BC-UBND"
    assert "ngày 02 tháng 4 năm 2019" in numbered["dated"]
    own = replace(made, words={**made.words, "causes": ("Do thiếu người.",)})
    assert "Do thiếu người." in [one.get("text") for one in laid_out(document_of(own), profile())["blocks"]]


def test_rules_of_counting_stand_under_each_table(made: Summary) -> None:
    laid = laid_out(document_of(made), profile())
    for annex in laid["annexes"]:
        notes = [one["text"] for one in annex["blocks"] if one["is"] == "note"]
        assert any(note.startswith("Cách tính.") for note in notes), annex["title"]
    first = [one for one in laid["annexes"][0]["blocks"] if one["is"] == "table"]
    marks = [[cell["text"] for cell in table["heads"][2]] for table in first]
    assert [text for row in marks for text in row if text not in ("(1)", "(2)")] == [f"({n})" for n in range(3, 32)]
    assert all(table["total"] for table in first)


def workbook_cells(data: bytes) -> dict[str, list[list[Any]]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def test_the_workbook_is_live_printable_and_harmless(made: Summary) -> None:
    data = workbook_of(long_one(made))
    book, values = openpyxl.load_workbook(io.BytesIO(data)), openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    assert book.sheetnames == [*(f"Biểu {n}" for n in range(1, 7)), "Biểu 6 - tài liệu"]
    first, told = book["Biểu 1"], values["Biểu 1"]
    heads = [str(one) for one in first.merged_cells.ranges]
    assert {"F5:I5", "A5:A6"} <= set(heads)
    assert first.print_title_rows == "$5:$7"
    assert (first.page_setup.orientation, first.page_setup.fitToHeight) == ("landscape", 0)
    assert first.sheet_properties.pageSetUpPr.fitToPage
    formulas = {cell.coordinate: cell.value for row in first for cell in row if str(cell.value).startswith("=")}
    assert formulas["F10"] == "=SUM(F8:F9)"
    assert told["F10"].value == made.total.inspections
    assert formulas["N10"].startswith("=IF(")
    assert told["N10"].value == pytest.approx(made.total.coverage_of_year.rate)
    assert "L10" not in formulas, "distinct units are no sum"
    assert told["L10"].value == made.total.units_inspected
    assert first.cell(3, 1).value.startswith("Số dòng: 2.")
    assert len(first._charts) == 1
    text = book["Biểu 4"]["B7"]
    assert (text.data_type, text.value[:5]) == ("s", "=cmd|")
    assert book["Biểu 4"].cell(3, 1).value.startswith("Số dòng: 40.")
    assert "descr" in read_part(data, "xl/drawings/drawing1.xml")


def read_part(data: bytes, name: str) -> str:
    from zipfile import ZipFile  # noqa: PLC0415 - used here alone

    return ZipFile(io.BytesIO(data)).read(name).decode()


def text_of(answer: Any) -> str:
    bare = re.sub(r"<(script|style|svg).*?</\1>|<[^>]+>", " ", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(bare))


def links(answer: Any) -> list[str]:
    return [unescape(one) for one in re.findall(r'href="(/figures/[a-z_]+/list/[^"]+)"', answer.content.decode())]


def test_every_number_of_the_page_leads_to_a_list_of_that_length(leader: Person, as_person: Clients) -> None:
    """In March the district led nothing, in the year one inspection: a list of the year is asked from 1 January."""
    client, march, district = as_person(leader), parse_period("2019-03"), Unit.objects.get(slug="u3")
    answer = client.get("/figures/summary/", {"scope": "u3", "period": "2019-03"})
    first = schedules_of(summary_for(district, march, person=leader))[0]
    assert first.total
    addresses = set(links(answer))
    for head, value in zip(first.heads, first.total.cells, strict=True):
        if not head.figure or not isinstance(value, int):
            continue
        period = year_to_date(march.last) if head.of_year else march
        name = {"units_by_kind": "units_inspected"}.get(head.figure, head.figure)
        asked = Asked(district, period, "lead")
        assert list_url(asked, name, head.part) in addresses, head.title
        rows = list_for(name, district, period, view="lead", key=head.part or None)
        assert rows.total == value, head.title
    assert first.total.cells[5] == 0
    assert first.total.cells[9] == 1
    for address in addresses:
        assert client.get(address).status_code == 200


def test_the_page_opens_one_table_and_offers_the_files(leader: Person, as_person: Clients) -> None:
    client = as_person(leader)
    for number, words in enumerate(
        ("Tổng hợp", "nhóm nội dung", "lượt kiểm tra", "kiến nghị", "hạn chế xem", "Tài liệu"), 1
    ):
        answer = client.get("/figures/summary/", {**ASKED, "bieu": number})
        assert answer.status_code == 200
        assert words in text_of(answer)
    for form in ("docx", "pdf", "xlsx"):
        assert client.get(f"/figures/summary.{form}", ASKED).status_code == 200
    assert client.get("/figures/summary.odt", ASKED).status_code == 404
    moved = client.get("/figures/summary/", {"scope": "u3", "part": "Q1", "year": "2019"})
    assert moved.status_code == 302
    wrong = client.get("/figures/summary/", {"scope": "u3", "from": "31/02/2019"})
    assert (wrong.status_code, "31/02/2019" in wrong.content.decode()) == (422, True)
    assert client.get("/figures/summary.docx", {"scope": "u3", "from": "31/02/2019"}).status_code == 422
    assert client.get("/figures/summary/", {**ASKED, "scope": "u1"}).status_code == 403
    assert client.get("/figures/summary/", {**ASKED, "bieu": "9", "page": "x"}).status_code == 200


def test_the_api_the_command_line_and_the_page_say_the_same(
    leader: Person, as_person: Clients, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    client = as_person(leader)
    told = client.get("/api/v1/figures/summary", ASKED).json()["report"]
    call_command("summary", "--scope", "u3", "--period", "2019-Q1", "--by", "leader", "--form", "json")
    printed = json.loads(capsys.readouterr().out)
    assert printed | {"made_at": ""} == told | {"made_at": ""}
    assert told["measures"] is None
    place = tmp_path / "bc.docx"
    call_command(
        "summary", "--scope", "u3", "--period", "2019-Q1", "--by", "leader", "--form", "docx", "-o", str(place)
    )
    sent = client.get("/api/v1/figures/summary/docx", ASKED)
    assert place.stat().st_mode & 0o777 == 0o600
    assert words_of_word(place.read_bytes()) == words_of_word(sent.content)
    call_command("summary", "--scope", "u3", "--from", "2019-01-01", "--to", "2019-03-31", "--table", "1")
    assert "Tổng cộng" in capsys.readouterr().out
    call_command("summary", "--scope", "u3", "--period", "2019-Q1")
    assert "Biểu 6. Minh chứng" in capsys.readouterr().out
    with pytest.raises(NotAllowed):
        call_command("summary", "--scope", "u1", "--period", "2019", "--by", "leader")
    with pytest.raises(BadInput, match="Không có tài khoản"):
        call_command("summary", "--scope", "u3", "--by", "khong-ai")


def test_measures_are_told_only_to_whoever_may_see_them(small: Small, made: Summary) -> None:
    auditor = Person.objects.create(username="auditor", full_name="Kiểm toán")
    Assignment.objects.create(person=auditor, role="auditor", unit=small(PROVINCE), valid_from=SINCE)
    assert summary_for(small(DISTRICT), QUARTER, person=auditor).measures == ()
    told = laid_out(document_of(long_one(made)), profile())["annexes"][4]["blocks"]
    assert told[0]["rows"][0][1:] == ["Phê bình", "1", "2", "3"]
    hidden = laid_out(document_of(long_one(made).without_measures()), profile())["annexes"][4]["blocks"]
    assert "hạn chế xem" in hidden[0]["text"]
    assert not [one for one in hidden if one["is"] == "table"]


def test_what_was_recommended_is_read_by_whoever_may(desk: Desk) -> None:
    one, _other = recommended(desk)
    scope = desk.units["department"]
    period = Period(one.issued_on.replace(month=1, day=1), one.issued_on)
    aggregator = summary_for(scope, period, person=desk.people["aggregator"])
    assert one.text in {told.text for told in aggregator.advice}
    (visit,) = aggregator.visits
    assert (visit.unit.slug, visit.findings) == (one.visit.unit.slug, 2)
    assert aggregator.total.concluded == 1
    lines = [line for line in aggregator.lines if line.stands_for == "alone"]
    assert [line.inspections for line in lines] == [1], "the department led it itself"


def test_what_was_recommended_elsewhere_is_not_read_by_the_head_of_a_unit(small: Small) -> None:
    """Who speaks for a unit knows of its visits, not of what its authority asks of others."""
    head = Person.objects.create(username="head", full_name="Thủ trưởng")
    Assignment.objects.create(person=head, role="unit_head", unit=small(DEPARTMENT), valid_from=SINCE)
    march = parse_period("2019-03")
    assert [one.text for one in summary_for(small(DEPARTMENT), march, person=head).advice] == [None]
    assert [one.text for one in summary_for(small(DEPARTMENT), march, person=None).advice] == ["Recommendation 1"]


def test_a_sealed_visit_changes_no_word_before_it_is_signed(desk: Desk) -> None:
    scope = desk.units["province"]
    desk.signed()
    period = year_to_date(YESTERDAY)
    before = summary_for(scope, period, person=None)
    visits = [Planned(desk.units["second_commune"], YESTERDAY, "short")]
    found = desk.open(sealed=True, title="Bất ngờ đầu giờ", visits=visits)
    desk.begin(found)
    assert replace(summary_for(scope, period, person=None), made_at=before.made_at) == before


def test_a_report_of_thousands_of_rows_is_printed_with_the_first_ones_and_says_so(
    made: Summary, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is always a document to sign: what is left out of it is said, and stands in the workbook."""
    assert printed_of([200, 500, 100]) == [200, 500, 100]
    assert printed_of([4000, 900, 100]) == [350, 350, 100]
    assert printed_of([4000, 9000, 600]) == [267, 267, 266]
    monkeypatch.setattr(printed_of, "__defaults__", (9,))
    big = replace(made, visits=(made.visits * 50)[:50])
    tables = {one.title: one.blocks for one in document_of(big).annexes}
    [visits] = [blocks for title, blocks in tables.items() if title.startswith("Biểu 3")]
    kept = len(visits[0].rows)  # type: ignore[union-attr]
    assert 3 <= kept < 9
    assert visits[1].text.startswith(f"In {kept} dòng đầu trong 50 dòng. Đủ 50 dòng ở tệp Excel")  # type: ignore[union-attr]
    assert "dòng đầu trong" not in str([blocks for title, blocks in tables.items() if not title.startswith("Biểu 3")])
    assert len(workbook_cells(summary_written(big, "xlsx").data)["Biểu 3"]) > 50
    assert summary_written(big, "docx").data[:2] == b"PK"


def test_the_same_report_is_the_same_file_whenever_it_is_taken(made: Summary, monkeypatch: pytest.MonkeyPatch) -> None:
    """Word, PDF and workbook, byte for byte: the only moment in them is that of the state which they tell."""
    first = {form: summary_written(made, form).data for form in SUMMARY_FORMS}
    it_is(monkeypatch, today() + timedelta(400))
    monkeypatch.setattr(zipfile.time, "localtime", lambda *_at: datetime(2031, 5, 6, 7, 8, 9).timetuple())  # noqa: DTZ001
    for form, data in first.items():
        assert summary_written(made, form).data == data, form
    assert f"/CreationDate(D:{made.made_at[:10].replace('-', '')}".encode() in first["pdf"]
    assert f">{made.made_at[:19]}Z<" in read_part(first["xlsx"], "docProps/core.xml")
    assert "dcterms:created" not in read_part(first["docx"], "docProps/core.xml")
    for form in ("docx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(first[form])) as parts:
            assert parts.testzip() is None
            assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_no_other_kind_of_file(made: Summary) -> None:
    with pytest.raises(Missing, match="odt"):
        summary_written(made, "odt")
    assert summary_written(made, "pdf").name == "bao-cao-tong-hop_u1_2019-01-01_2019-03-31.pdf"
    assert DEPARTMENT
