"""English where the walk over all pages does not come: refusals, previews of imports, pages for everybody; and what stays the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from kycuong.core.clock import today
from kycuong.core.problems import NotAllowed
from kycuong.openness import actions as openness
from kycuong.orgs.authority import authorize, authorize_somewhere
from kycuong.orgs.imports.people import sheet_of
from kycuong.orgs.roles import ROLES
from kycuong.reports.rules.periods import between
from kycuong.reports.rules.summary import to_text
from kycuong.rounds.queries import whole
from kycuong.rounds.rules import facts
from kycuong.sheets.writer import write_csv
from tests.desk import Desk
from tests.english_pages import LETTER, Data, vietnamese
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
    for address in ("/public/", f"/report/{desk.units['commune'].slug}/", "/report/"):
        plain = anybody.get(address).content.decode()
        assert '<html lang="vi"' in plain
        assert '<html lang="vi"' in chosen.get(address).content.decode(), "a cache may keep it for others"
        english = anybody.get(f"{address}?language=en")
        assert '<html lang="en"' in english.content.decode()
        assert "Cookie" not in english.headers.get("Vary", "") or "Cookie" in anybody.get(address).headers["Vary"]
        assert vietnamese(english.content.decode(), Data(words())) == []
    assert '?language=en"' in anybody.get("/public/").content.decode()
