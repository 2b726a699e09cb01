"""A page in English says nothing in Vietnamese but data; whatever is kept stays Vietnamese, whoever presses the button."""

from __future__ import annotations

import gettext
import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from http.cookies import SimpleCookie

import pytest
from django import forms
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import resolve
from django.utils import formats, translation

from kycuong.audit.log import act
from kycuong.audit.models import AuditBody, AuditEntry
from kycuong.catalog.rules import Outcome
from kycuong.inspections.forms.opening import position_of
from kycuong.inspections.rules import TeamRole
from kycuong.site.speaking import ITSELF, PAGES
from tests import walking
from tests.asking import send
from tests.budget import chosen
from tests.desk import Desk
from tests.english_pages import LETTER, Data, strings, vietnamese
from tests.matrix import WHO, Line
from tests.sides import Back, Sides
from tests.walking import Walked, pages, refusals
from tests.words import CATALOGUE, needed, written

HOLES = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+")
STILL = """
reports:print
ui:gallery ui:print ui:problem ui:units
""".split()
"""Pages that are Vietnamese only: the first page as it is printed, samples of components."""
NAMES = {
    "exports:export": "Kiến nghị sau kiểm tra",
    "field:visit": "Máy",
    "followup:measure_name": "Người thử",
    "inspections:minutes": "Trưởng đoàn",
    "letterheads:signing": "GIÁM ĐỐC|Lưu: VT",
    "letterheads:templates": "NĐ-CP",
    "letterheads:wording": "[cơ quan]",
    "openness:report": "Hồ sơ nộp đã lâu",
    "reports:summary": "Ủy ban nhân dân",
    "signin:keys_of": "Báo cáo",
    "signin:revoke_key_of": "Báo cáo",
    "ui:language": "Tiếng Việt",
}
"""Data that the test cannot know for data: opened from a seal, called as a word of a page is called, or what must be typed as it stands."""

MEASURES = {"Khiển trách", "Cảnh cáo", "Cách chức", "Buộc thôi việc"}
"""Columns of Biểu 1, and data, too: kinds of measures in their catalogue."""

pytestmark = pytest.mark.look


def name_of(walked: Walked) -> str:
    return resolve(walked.path.partition("?")[0]).view_name


def words() -> set[str]:
    return {one for one, _several in needed()} - MEASURES


def mixed(walked: Iterator[Walked], data: Data) -> Iterator[str]:
    """What stands in Vietnamese on a page that says it is English; and pages that say neither."""
    for one in walked:
        name = name_of(one)
        if '<html lang="en"' in one.text:
            found = vietnamese(one.text, data)
            known = NAMES.get(name, "☃").split("|")
            yield from (f"{name} ({one.status}): {left[:200]}" for left in found if not any(map(left.count, known)))
        elif one.status < 400 and name not in STILL and name not in ITSELF:
            yield f"{name}: neither English nor in STILL"


@pytest.mark.django_db
def test_no_page_in_english_says_anything_in_vietnamese(desk: Desk, sides: Sides) -> None:
    found = sorted(set(mixed(pages(desk, sides, "en"), Data(words()))))
    assert not found, "\n".join(found)


@pytest.mark.django_db
@pytest.mark.long
def test_no_form_in_english_comes_back_in_vietnamese(desk: Desk, sides: Sides) -> None:
    found = sorted(set(mixed(refusals(desk, sides, language="en"), Data(words()))))
    assert not found, "\n".join(found)


def test_a_page_is_english_or_is_told_to_be_vietnamese() -> None:
    assert not (PAGES | ITSELF) & set(STILL)


@pytest.mark.django_db
def test_vietnamese_is_found_where_it_hides() -> None:
    nobody = Data(["Đạt"])
    nobody.texts = ["Sở Nội vụ"]
    assert vietnamese('<html lang="en"><p title="Đạt">Pass <b lang="vi">Đạt</b></p>', nobody) == ["Đạt"]
    assert vietnamese("<p>Department: Sở Nội vụ</p><code>Mã</code>", nobody) == []
    assert vietnamese("<p>Department: Sở Nội vụ, huyện</p>", nobody) == ["Department: ·, huyện"]


# ---------------------------------------------------------------------------------------------- the switch


@pytest.mark.django_db
def test_a_browser_that_prefers_english_is_not_asked(client: Client) -> None:
    text = client.get("/sign-in/", headers={"accept-language": "en-GB,en;q=0.9"}).content.decode()
    assert '<html lang="vi">' in text
    assert "Đăng nhập" in text


@pytest.mark.django_db
def test_who_chooses_english_gets_it_and_goes_back(client: Client) -> None:
    answer = client.post("/ui/language/", {"language": "en", "next": "/sign-in/"})
    assert answer.headers["Location"] == "/sign-in/"
    page = client.get("/sign-in/")
    assert '<html lang="en">' in page.content.decode()
    assert ">Sign in<" in "".join(page.content.decode().split("\n")).replace("  ", "")
    assert "Cookie" in page.headers["Vary"]
    client.post("/ui/language/", {"language": "vi"})
    assert '<html lang="vi">' in client.get("/sign-in/").content.decode()


@pytest.mark.django_db
def test_what_is_no_language_is_refused_in_words_and_no_one_is_led_elsewhere(client: Client) -> None:
    answer = client.post("/ui/language/", {"language": "tlh"})
    assert answer.status_code == 422
    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies
    assert client.post("/ui/language/", {"language": "en", "next": "//example.org"}).headers["Location"] == "/"
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = 'en" onload="'
    assert '<html lang="vi">' in client.get("/sign-in/").content.decode()


@pytest.mark.django_db
def test_a_refusal_speaks_first_in_the_language_that_was_chosen(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    text = client.post("/ui/scheme/", {"scheme": "pink"}).content.decode()
    assert '<p class="problem-vi" role="alert">There is no such display' in text
    assert '<p class="problem-en" lang="vi">' in text
    assert '<html lang="en">' in client.get("/no-such-page/").content.decode()


@pytest.mark.django_db
def test_a_page_that_cannot_says_so(desk: Desk) -> None:
    client = Client()
    client.force_login(desk.people["aggregator"])
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    text = client.get("/ui/").content.decode()
    assert '<html lang="vi">' in text
    assert "This page is in Vietnamese only." in text
    assert "This page is in Vietnamese only." not in client.get("/mine/").content.decode()


def test_a_day_and_a_number_are_the_same_in_both_languages() -> None:
    said = []
    for language in ("vi", "en"):
        with translation.override(language):
            read = forms.DateField().clean("08/09/2026"), forms.DecimalField(localize=True).clean("1234,5")
            said.append(
                (*read, formats.date_format(date(2026, 9, 8), "SHORT_DATE_FORMAT"), formats.number_format(1234.5))
            )
    assert said[0] == said[1]
    assert said[0][:3] == (date(2026, 9, 8), Decimal("1234.5"), "08/09/2026")


# ------------------------------------------------------------------------------------------ what is kept


@pytest.mark.django_db
def test_an_act_writes_vietnamese_whatever_the_page_speaks() -> None:
    @act
    def told() -> str:
        return str(Outcome.PASS.label) + translation.gettext("Việc của tôi")

    with translation.override("en"):
        assert told.__wrapped__() == "PassMy tasks"  # type: ignore[attr-defined]
        assert told() == "ĐạtViệc của tôi"
        assert translation.get_language() == "en"


@pytest.mark.django_db
def test_a_request_in_english_leaves_the_same_records(desk: Desk, sides: Sides) -> None:
    """Every button of ours with a sound body, in both languages: what the log says of it is the same, word for word."""
    clients = walking.signed_in(desk)
    wrong, asked = [], 0
    lines = [one for one in walking.LINES if one.method == "POST" and not one.address.startswith("/sign-")]
    for line in chosen("acts in both languages", lines[::3], lines):
        client = clients[WHO[line.own.index("+")]]
        kept = {language: words_kept(client, line, sides["own"], language) for language in ("vi", "en")}
        asked += bool(kept["vi"])
        wrong += [f"{line.address}: {text}" for text in sorted(kept["en"] ^ kept["vi"])]
    assert asked > 15, "acts are what is asked here"
    assert not wrong, "\n".join(wrong)


def words_kept(client: Client, line: Line, thing: dict[str, str], language: str) -> set[str]:
    """The texts of words that a request left in the log. Nothing that it writes is kept."""
    cookies = SimpleCookie(client.cookies.output(header="", sep=";"))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    last = AuditEntry.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    try:
        with transaction.atomic():
            send(client, line, thing)
            bodies = AuditBody.objects.filter(entry__seq__gt=last).values_list("body", flat=True)
            found = {text for body in bodies if body for text in strings(json.loads(bytes(body)))}
            raise Back
    except Back:
        client.cookies = cookies
    return {re.sub(r"[0-9a-f]{8,}|\d+", "#", text) for text in found if " " in text}


# ------------------------------------------------------------------------------------------- the catalogue


def test_every_word_has_its_english_and_nothing_else_is_there() -> None:
    """`just words` after a change of words, then the English by hand."""
    known, wanted = written(), needed()
    assert [said for said in wanted if said not in known] == []
    assert [said for said in known if said not in wanted] == []
    assert [said for said, meant in known.items() if not all(meant)] == []


def test_holes_are_the_same_on_both_sides() -> None:
    wrong = [
        (said, text)
        for said, meant in written().items()
        for text in meant
        if not (set(HOLES.findall(text)) <= set(HOLES.findall("".join(said)))) or lacks(said, meant, text)
    ]
    assert wrong == []


def lacks(said: tuple[str, str], meant: tuple[str, ...], text: str) -> bool:
    """A hole of the Vietnamese that the English has not; of one thing alone the number may be left out."""
    alone = len(meant) == 2 and text == meant[0]
    return not alone and set(HOLES.findall(said[1] or said[0])) != set(HOLES.findall(text))


def test_what_is_written_in_english_is_what_is_said() -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)
    said = {
        pair: catalogue.ngettext(pair[0], pair[1], 2) if pair[1] else catalogue.gettext(pair[0]) for pair in written()
    }
    assert [pair for pair, meant in written().items() if said[pair] != meant[-1]] == []


@pytest.mark.django_db
def test_what_a_page_fills_in_beforehand_is_vietnamese(desk: Desk) -> None:
    """It is handed in, signed and sent on as it stands."""
    visit = desk.signed()
    head, aggregator = desk.people["team_head"], desk.people["aggregator"]
    head.position = ""
    head.save()
    begun = desk.answered(desk.visit())
    pages = [
        (head, f"/inspections/{visit.inspection.uid}/report/"),
        (head, f"/visits/{begun.uid}/signing/"),
        (aggregator, "/plans/reminders/"),
    ]
    for person, address in pages:
        client = Client()
        client.force_login(person)
        given = []
        for language in ("vi", "en"):
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
            answer = client.get(address)
            assert f'<html lang="{language}"' in answer.content.decode()
            form = answer.context["form"]
            given.append({name: str(form[name].value()) for name in form.fields if form[name].value()})
        assert given[0] == given[1], address
        assert any(LETTER.search(text) for text in given[1].values()), "there is something to compare"


def test_a_role_in_a_team_is_known_by_its_name_in_either_language() -> None:
    for language in ("vi", "en"):
        with translation.override(language):
            assert position_of("Thư ký: Chuyên viên Sở Nội vụ") == ("Chuyên viên Sở Nội vụ", TeamRole.SECRETARY)
            assert position_of("Secretary: Specialist") == ("Specialist", TeamRole.SECRETARY)
