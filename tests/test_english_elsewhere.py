"""English where the walk over all pages does not come: refusals, previews of imports, pages for everybody; and what stays the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import translation

from kycuong.core.clock import now, today
from kycuong.core.problems import NotAllowed
from kycuong.inspections.actions import annul_visit
from kycuong.openness import actions as openness
from kycuong.openness.models import CitizenReport
from kycuong.openness.queries import corrections
from kycuong.openness.views.reporting import opened_now
from kycuong.orgs.authority import authorize, authorize_somewhere
from kycuong.orgs.imports.people import PEOPLE, sheet_of
from kycuong.orgs.roles import ROLES
from kycuong.reports.actions import set_par_criterion
from kycuong.reports.rules.par import USUAL
from kycuong.reports.rules.periods import between
from kycuong.reports.rules.summary import to_text
from kycuong.rounds.actions import submit_agency_report
from kycuong.rounds.models import ReportSubmission, SignedReport
from kycuong.rounds.queries import whole
from kycuong.rounds.rules import facts
from kycuong.sheets.writer import write_csv
from tests.asking import seen_at
from tests.clocks import Jumping
from tests.desk import Desk
from tests.english_pages import LETTER, Data, vietnamese
from tests.openness.concluded import conclude, conclude_straight, signed
from tests.openness.reporting import TEXT, address, open_and_hear, received
from tests.page_words import Words
from tests.rounds.asked import of_district, opened
from tests.sides import Back
from tests.words import needed

pytestmark = [pytest.mark.look, pytest.mark.django_db]


def words() -> list[str]:
    return [one for one, _several in needed()]


def in_english(desk: Desk, who: str) -> Client:
    client = Client()
    client.force_login(desk.people[who])
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def test_a_refusal_names_roles_in_the_language_of_its_sentence(desk: Desk) -> None:
    outsider, said = desk.outsider, []
    for language in ("vi", "en"):
        with translation.override(language):
            with pytest.raises(NotAllowed) as nowhere:
                authorize_somewhere(outsider, "conclusion.approve")
            with pytest.raises(NotAllowed) as here:
                authorize(outsider, "conclusion.approve", at=desk.units["province"])
        said.append([nowhere.value.vi, nowhere.value.en, here.value.vi, here.value.en.replace("Tỉnh Thử Nghiệm", "·")])
    assert said[0] == said[1]
    assert ROLES["leader"].titled in said[0][0]
    assert ROLES["leader"].titled in said[0][2]
    assert not LETTER.search(said[0][1] + said[0][3])


def test_what_would_be_frozen_is_the_same_whatever_the_page_speaks(desk: Desk) -> None:
    """Reports of rounds are counted while a page is made, and compared by a mark with what is frozen."""
    desk.signed()
    unit, period = desk.units["province"], between(date(today().year - 1, 1, 1), today())
    found = []
    for language in ("vi", "en"):
        with translation.override(language):
            counted = replace(whole(unit, period), made_at="")
            found.append((to_text(counted), facts.facts_of(counted)))
    assert found[0] == found[1]
    assert any(LETTER.search(one.about) for one in found[0][1].values()), "there is something to compare"


def test_a_sheet_is_read_alike_whatever_the_page_speaks(desk: Desk) -> None:
    """Its titles and roles are Vietnamese words, which the preview finds again."""
    sheet = sheet_of(desk.people["system_admin"])
    data = write_csv([column.title for column in sheet.columns], sheet.rows)
    client = in_english(desk, "system_admin")
    answer = client.post("/people/import/", {"file": SimpleUploadedFile("nguoi.csv", data), "sheet": ""}, follow=True)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert '<html lang="en"' in text
    assert "Nothing new" in text
    assert vietnamese(text, Data(words())) == []


def test_pages_for_everybody_speak_by_their_address_alone(desk: Desk) -> None:
    desk.signed()
    openness.open_page(by=desk.people["leader"], valid_from=today(), reason="Văn bản số 12/UBND", hears=True)
    anybody, chosen = Client(), Client()
    chosen.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    for path in ("/public/", f"/report/{desk.units['commune'].slug}/", "/report/"):
        plain = anybody.get(path).content.decode()
        assert '<html lang="vi"' in plain
        assert '<html lang="vi"' in chosen.get(path).content.decode(), "a cache may keep it for others"
        english = anybody.get(f"{path}?language=en")
        assert '<html lang="en"' in english.content.decode()
        assert "Cookie" not in english.headers.get("Vary", "") or "Cookie" in anybody.get(path).headers["Vary"]
        assert vietnamese(english.content.decode(), Data(words())) == []
    assert '?language=en"' in anybody.get("/public/").content.decode()


# ------------------------------------------------------------------------------------------ what is frozen


Kept = tuple[bytes, str]
"""A content and its digest."""


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """One moment, and nothing by chance."""
    moment, chance = now(), SimpleNamespace(token_hex=lambda size: "0" * 2 * size)
    monkeypatch.setattr("kycuong.reports.queries.summary.now", lambda: moment)
    for module in ("reporting", "signing"):
        monkeypatch.setattr(f"kycuong.rounds.actions.{module}.secrets", chance)


def frozen_in(language: str, who: Client, path: str, body: dict[str, Any], model: Callable[[], Any]) -> Kept:
    """What a press of the button froze, which is then taken back. The page that was read before spoke this language."""
    who.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    assert f'<html lang="{language}"' in who.get(path).content.decode()
    try:
        with transaction.atomic():
            assert who.post(path, {**body, "seen": seen_at(who, path)}).status_code == 302
            made = model()
            kept = made.content.encode(), made.sha256
            raise Back
    except Back:
        return kept


def test_what_is_submitted_and_signed_in_english_is_byte_for_byte_what_it_is_in_vietnamese(
    desk: Desk, still: None
) -> None:
    desk.signed()
    found = opened(desk)
    report = of_district(found, desk)
    coordinator, leader = in_english(desk, "coordinator"), in_english(desk, "leader")
    both = ("vi", "en")
    path = f"{report.get_absolute_url()}submission/"
    submitted = [frozen_in(one, coordinator, path, {}, ReportSubmission.objects.get) for one in both]
    submit_agency_report(report, by=desk.people["coordinator"])
    path, words = f"{found.get_absolute_url()}signature/", {"difficulties": "Thiếu người.", "proposals": ""}
    sealed = [frozen_in(one, leader, path, words, SignedReport.objects.get) for one in both]
    for vietnamese_one, english_one in (submitted, sealed):
        assert english_one == vietnamese_one
        assert english_one[1] == hashlib.sha256(english_one[0]).hexdigest()
        assert LETTER.search(english_one[0].decode()), "there is something to compare"


def test_any_reader_of_a_file_reads_it_in_vietnamese(desk: Desk) -> None:
    """Not pages alone: the importer itself sees to it."""
    admin = desk.people["system_admin"]
    sheet = sheet_of(admin)
    data = write_csv([column.title for column in sheet.columns], sheet.rows)
    with translation.override("en"):
        found = PEOPLE.read(data, "nguoi.csv", by=admin, options={})
        assert translation.get_language() == "en"
    assert found.errors == []
    assert {row.what for row in found.rows} == {"same"}


# ------------------------------------------------------------------------------------------ pages for everybody


def said_in(language: str, text: str) -> str:
    """All that a page reads out in its own language, save the name of the product."""
    reader = Words(language)
    reader.feed(text[text.index("<main") :])
    return " ".join(reader.found).replace("Kỷ Cương", "")


def test_names_and_titles_on_public_pages_in_english_say_that_they_are_vietnamese(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Jumping(monkeypatch)
    open_and_hear(desk)
    visit, gone = conclude(desk, signed(desk)), conclude_straight(desk, "district")
    clock.by(timedelta(days=31))
    assert gone.unit_name_then in Client().get("/public/").content.decode()
    annul_visit(gone, by=desk.people["aggregator"], reason="Ghi nhầm đơn vị được kiểm tra.")
    clock.by(timedelta(days=1))
    assert [one.unit for one in corrections(today())] == [gone.unit_name_then]
    page = Client().get("/public/?language=en").content.decode()
    assert visit.unit_name_then in page
    assert gone.unit_name_then in page
    assert not LETTER.search(said_in("en", page)), said_in("en", page)


def test_what_a_citizen_reads_in_english_is_english_and_the_answer_of_the_office_says_that_it_is_not(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Jumping(monkeypatch)
    open_and_hear(desk)
    report, code = received(desk)
    done = {"outcome": "valid", "reason": "Đã xác minh", "answer": "Cảm ơn, chúng tôi đã chấn chỉnh."}
    openness.take_report(report, by=desk.people["coordinator"])
    openness.settle_report(report, by=desk.people["coordinator"], **done)
    began = opened_now()
    clock.by(timedelta(minutes=1))
    body = {"about": "absence", "text": TEXT, "contact": "", "opened": began}
    spoken = f"{address(desk)}?language=en"
    asked, sent = Client().get(spoken), Client().post(spoken, body)
    told = Client().post("/report/?language=en", {"code": code})
    assert "chấn chỉnh" in told.content.decode()
    assert CitizenReport.objects.count() == 2
    for page in (asked, sent, told):
        text = page.content.decode()
        assert '<html lang="en"' in text
        assert not LETTER.search(said_in("en", text)), said_in("en", text)


def test_a_citizen_who_reads_no_vietnamese_is_told_what_matters_on_the_vietnamese_pages(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Jumping(monkeypatch)
    open_and_hear(desk)
    began = opened_now()
    clock.by(timedelta(minutes=1))
    body = {"about": "absence", "text": TEXT, "contact": "", "opened": began}
    asked, sent = Client().get(address(desk)), Client().post(address(desk), body)
    for page, sentence in ((asked, "Report anonymously."), (sent, "Write this code down")):
        text = page.content.decode()
        assert '<html lang="vi"' in text
        assert sentence in text
        assert sentence not in said_in("vi", text), "it says that it is English"
    assert 'href="/report/?language=en"' in sent.content.decode()


def test_what_people_set_is_shown_as_they_wrote_it_and_only_the_usual_is_translated(desk: Desk) -> None:
    usual, other = USUAL
    set_par_criterion(by=desk.people["aggregator"], valid_from=today(), criterion=usual)
    page = in_english(desk, "aggregator").get("/figures/par/rules/").content.decode()
    assert '<html lang="en"' in page
    assert usual.title in page
    assert usual.note in page
    assert other.title not in page
    assert not LETTER.search(said_in("en", page)), said_in("en", page)


@pytest.mark.parametrize(
    ("who", "path", "sentence"),
    [
        ("system_admin", "/figures/", "Your account has no role that may see figures."),
        ("coordinator", "/calendar/?month=xx", "The month or day in the address cannot be read."),
        ("coordinator", "/days-off/?year=1500", "The calendar covers 2000 to 2100."),
    ],
)
def test_what_a_vietnamese_page_also_says_in_english_an_english_page_does_not_say_twice(
    desk: Desk, who: str, path: str, sentence: str
) -> None:
    client = Client()
    client.force_login(desk.people[who])
    assert f'<span class="also-en" lang="en">{sentence}' in client.get(path).content.decode()
    client.post("/ui/language/", {"language": "en"})
    assert 'lang="en">' not in client.get(path).content.decode().partition("<main")[2].partition("</main>")[0]
