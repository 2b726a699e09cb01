"""Every number of a page opens the list that it counts; the list leads on to the visit; its files hold the same rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from kycuong.inspections.models import Inspection
from kycuong.inspections.queries import plan_of
from kycuong.reports.figures import FIGURES
from tests.budget import few

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stages")]
Clients = Callable[[str], Client]
Question = dict[str, str]
QUESTIONS: tuple[Question, ...] = (
    {"scope": "xa-dong-dang", "from": "2025-07-01", "to": "2026-06-30"},
    {"scope": "tinh-lang-son", "from": "2019-01-01", "to": "2019-04-30"},
    {"scope": "tinh-lang-son", "from": "2026-01-01", "to": "2026-09-30", "view": "lead"},
    {"scope": "so-noi-vu", "from": "2019-01-01", "to": "2019-04-30", "view": "lead"},
    {"scope": "huyen-cao-loc", "from": "2018-12-15", "to": "2019-03-14"},
    {"scope": "tinh-lang-son", "from": "2024-01-01", "to": "2024-12-31", "restated": "2025-07-01"},
)
EACH = pytest.mark.parametrize("question", few(QUESTIONS), ids=lambda one: "-".join(one.values()))
ROW = re.compile(
    r'<th scope="row"><a href="([^"]+)">[^<]*</a></th>\s*<td[^>]*><data\s+data-figure="([^"]+)"\s+value="([^"]*)">',
    re.DOTALL,
)
SHARE_OF_THE_NUMERATOR = {"plan_progress"}
"""Its denominator is a target, not units: its list holds what was reached."""


def numbers(client: Client, question: Question) -> Iterator[tuple[str, str, str]]:
    """(name, number, address of its list) for every number of the page."""
    for address, name, raw in ROW.findall(client.get("/figures/", question).content.decode()):
        yield unescape(name), raw, unescape(address)


def rows_in(client: Client, address: str) -> int:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return int(answer.context["page"].paginator.count)


def expected(name: str, raw: str) -> int:
    top, slash, bottom = raw.partition("/")
    return int(bottom if slash and name not in SHARE_OF_THE_NUMERATOR else top)


@EACH
def test_every_number_opens_a_list_as_long_as_itself(client_of: Clients, question: Question) -> None:
    client = client_of("lanhdao")
    found = [one for one in numbers(client, question) if "answers_by_criterion" not in one[0]]
    wrong = [
        (name, raw, address) for name, raw, address in found if raw and rows_in(client, address) != expected(name, raw)
    ]
    assert wrong == []
    named = {name.partition(".")[0] for name, _raw, _address in found}
    assert named >= {name for name, figure in FIGURES.items() if figure.has_list} - NOT_ALWAYS


NOT_ALWAYS = {"topics", "plan_progress", "restated_flagged", "answers_by_criterion"}
"""Not there for every question: nothing was combined, no plan, nothing restated; and criteria have a table of their own."""


@EACH
def test_every_card_opens_a_list_as_long_as_its_number(client_of: Clients, question: Question) -> None:
    client = client_of("lanhdao")
    page = client.get("/figures/", question)
    figures = page.context.get("figures")
    for card in [*page.context["head_cards"], *page.context["second_cards"]]:
        value = figures[card.name]
        raw = f"{value['numerator']}/{value['denominator']}" if isinstance(value, dict) else str(value)
        assert rows_in(client, card.url) == expected(card.name, raw), card.name
    assert rows_in(client, page.context["lists"]["double_counted"]) == figures["double_counted"]


@EACH
def test_every_criterion_opens_its_answers(client_of: Clients, question: Question) -> None:
    client = client_of("lanhdao")
    page = client.get("/figures/", question)
    answers = page.context["figures"]["answers_by_criterion"]
    shown = page.context["full_criteria"]
    assert [row.code for row in shown] == list(answers)
    for row in shown[::7]:
        counts = answers[row.code]
        told = sum(counts[name] for name in ("pass", "partial", "fail", "not_applicable"))
        assert rows_in(client, row.url) == told


def test_rows_lead_on_to_the_visit_and_to_its_inspection(client_of: Clients) -> None:
    client = client_of("lanhdao")
    lines = client.get("/figures/visits/list/", QUESTIONS[1]).context["lines"]
    assert len(lines) == 50
    for line in lines[:3]:
        urls = [cell.url for cell in line.cells if cell.url]
        visit = next(url for url in urls if url.startswith("/visits/"))
        assert client.get(visit).status_code == 200
        assert any(url.startswith("/inspections/") for url in urls)


@EACH
@pytest.mark.parametrize("name", ["visits", "units_inspected", "agencies_with_plan", "double_counted", "findings"])
def test_files_hold_the_list(client_of: Clients, question: Question, name: str) -> None:
    client = client_of("lanhdao")
    body = [[head, *cells] for head, cells in everything(client, name, question)]
    from_csv = in_csv(client.get("/lists/figure.csv", {**question, "figure": name}).getvalue())
    from_xlsx = in_workbook(client.get("/lists/figure.xlsx", {**question, "figure": name}).getvalue())
    assert len(from_csv) == len(from_xlsx) == len(body)
    titles = ("Đơn vị", "Ngày", "Cơ quan chủ trì", "Hình thức", "Loại", "Tình trạng", "Mức độ")
    for told, typed, sheet in zip(body, from_csv, from_xlsx, strict=True):
        page = {cell.title: cell.text for cell in told}
        for title in (title for title in titles if title in page):
            assert same(page[title], typed[title]), (title, page, typed)
            assert same(page[title], sheet[title]), (title, page, sheet)


def everything(client: Client, name: str, question: Question) -> Iterator[tuple[Any, list[Any]]]:
    """All pages of the list."""
    number, pages = 1, 1
    while number <= pages:
        answer = client.get(f"/figures/{name}/list/", {**question, "page": number})
        pages = answer.context["page"].paginator.num_pages
        yield from ((line.head, line.cells) for line in answer.context["lines"])
        number += 1


def same(told: str, held: Any) -> bool:
    """A cell of the page and of a file: a file writes days for machines, and nothing where the page has a dash."""
    text = re.sub(r"^(\d{4})-(\d\d)-(\d\d)$", r"\3/\2/\1", str(held))
    return told == text or (told == "—" and not text)


def in_csv(content: bytes) -> list[dict[str, str]]:
    *rows, _blank, last = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert last == [f"Số dòng: {len(rows) - 1}"]
    return table(rows)


def in_workbook(content: bytes) -> list[dict[str, Any]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return table(book.get_sheet_by_index(0).to_python(skip_empty_area=False))


def table(rows: list[list[Any]]) -> list[dict[str, Any]]:
    """The rows under the line of column titles."""
    head = next(place for place, row in enumerate(rows) if len([cell for cell in row if cell != ""]) > 2)
    titles = [str(cell) for cell in rows[head]]
    return [dict(zip(titles, row, strict=False)) for row in rows[head + 1 :] if any(cell != "" for cell in row)]


@pytest.mark.look
def test_what_is_sealed_is_on_no_page_of_figures(client_of: Clients) -> None:
    """The demonstration keeps one sealed inspection; only its team head may know of it."""
    sealed = Inspection.objects.get(sealed_at__isnull=False)
    assert not sealed.visits.exists()
    traces = {str(sealed.uid), plan_of(sealed.sealing).title}
    question = {"scope": "tinh-lang-son", "from": "2026-01-01", "to": "2027-12-31"}
    for username in ("tonghop", "lanhdao", "thutruong", "kiemtoan"):
        client = client_of(username)
        asked = {**question, "scope": "xa-cao-loc"} if username == "thutruong" else question
        addresses = ["/figures/", "/figures/print/", *(f"/figures/{name}/list/" for name in ("visits", "inspections"))]
        addresses += ["/lists/figure.csv", "/lists/inspections.csv"]
        for address in addresses:
            content = client.get(address, {**asked, "figure": "visits"}).getvalue().decode()
            assert not [trace for trace in traces if trace in content], (username, address)
