"""The phone speaks English wholly, and nothing of it is left over; what is kept, signed or sent stays Vietnamese (ADR 0052)."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import translation

from kycuong.field.views.shell import english as listed
from kycuong.field.views.shell import kept
from kycuong.inspections.rules.states import Form, TeamRole
from kycuong.site.speaking import ACTS, BY_ADDRESS, ITSELF, PAGES
from tests.english_pages import LETTER
from tests.phone_words import HOUSE, PHONE, TABLES, Reader, Text, english, texts

pytestmark = pytest.mark.look

SAID, STILL = ("vi", "later"), ("verbatim",)
"""Tags of what people see in the language that is spoken, and of what is Vietnamese in either."""
HOLE = re.compile(r"\{(\d)(\|[^|}]*\|[^}]*)?\}")
PLAIN = re.compile(r"\b(xong|ghi|khi|cho|theo|sau|trong|chung|trang|sang|anh|hai|xin|kinh|sao)\b", re.IGNORECASE)
"""Vietnamese words without a mark, which the letters alone would not find."""

OF_BROWSERS = {"Thêm vào màn hình chính", "Mở bằng Safari", "Mở bằng Chrome"}
"""Called by browsers as they call it, and by us as a sentence of its own."""


def everything() -> list[Text]:
    return [one for path in PHONE for one in texts(path)]


def needed() -> dict[str, str]:
    """Sentence → where it is said first."""
    found: dict[str, str] = {}
    for one in everything():
        if one.tag in SAID:
            found.setdefault(one.text, one.file)
    return found


def test_every_vietnamese_text_of_the_phone_says_how_it_is_spoken() -> None:
    bare = [one for one in everything() if one.tag not in (*SAID, *STILL)]
    untold = [f"{one.file}: {one.text}" for one in bare if LETTER.search(one.text) or PLAIN.search(one.text)]
    assert untold == []


def test_every_sentence_of_the_phone_has_its_english_and_nothing_else_is_there() -> None:
    wanted, known = needed(), [said for said, _meant in english()]
    assert len(wanted) > 500, "the sentences are found"
    assert [f"{where}: {said}" for said, where in wanted.items() if said not in known] == []
    assert [said for said in known if said not in wanted] == []
    assert sorted({said for said in known if known.count(said) > 1}) == []


def test_the_tables_of_english_are_read_whole() -> None:
    """A pair that is written otherwise than in a line of its own would be told by no other test."""
    written = [one for path in TABLES if path.parent != HOUSE for one in texts(path)]
    assert len(written) == 2 * len(english())


def test_english_is_english_and_has_the_same_holes() -> None:
    wrong = []
    for said, meant in english():
        holes = {place for place, _words in HOLE.findall(said)}
        left = HOLE.sub("", meant)
        same = {place for place, _words in HOLE.findall(meant)} == holes and "{" not in left
        if (
            not same
            or not meant.strip()
            or LETTER.search(meant.replace("Kỷ Cương", ""))
            or "'" in meant
            or "«" in meant
        ):
            wrong.append((said, meant))
        if said[-1:] in ".?…:" and meant[-1:] != said[-1]:
            wrong.append((said, meant))
    assert wrong == []


def test_a_number_goes_with_its_word() -> None:
    """One photo, two photos: where a hole counts things that are named beside it, English names both."""
    counted = re.compile(
        r"\{(\d)\} (photo|item|person|people|question|change|finding|visit|difference|minute|place)s?\b"
    )
    assert [meant for _said, meant in english() if counted.search(meant)] == []


def test_labels_that_sentences_name_are_the_ones_on_the_screens() -> None:
    """«…» in a Vietnamese sentence and “…” in its English name the same button."""
    table = dict(english())
    wrong = []
    for said, meant in english():
        for label, name in zip(re.findall("«([^»{]+)»", said), re.findall("“([^”{]+)”", meant), strict=True):
            if label in table and label not in OF_BROWSERS and table[label] != name:
                wrong.append((label, name, table[label]))
    assert wrong == []


def test_texts_are_found_wherever_they_stand() -> None:
    source = """
    // "Không" is a comment
    const a = /"[Đđ]`/.test(text) ? vi`Còn ${n > 1 ? vi`nhiều` : `${{ n }.n} ảnh`}.` : "Đạt" /* 'Có' */
    """
    found = Reader("a.js", source).read(0, "")[0]
    assert [(one.tag, one.text) for one in found] == [
        ("vi", "Còn {0}."), ("vi", "nhiều"), ("", "{0} ảnh"), ("", "Đạt"),
    ]  # fmt: skip


def test_who_does_not_speak_english_never_fetches_it() -> None:
    assert {path.relative_to(HOUSE.parent).as_posix() for path in TABLES} == {
        address.removeprefix("/static/") for address in listed()
    }
    assert not set(listed()) & set(kept())
    loads = [path for path in PHONE if re.search(r"\benglish(/\w+)?\.js", path.read_text(encoding="utf-8"))]
    assert [path.name for path in loads] == ["speaking.js"]
    assert 'import("./english.js")' in loads[0].read_text(encoding="utf-8"), "only when it is chosen"


def test_forms_and_seats_are_called_as_on_pages() -> None:
    """The phone knows them by their codes; its words are those of the rules."""
    source = (HOUSE / "screens/words.js").read_text(encoding="utf-8")
    for kind in (Form, TeamRole):
        for one in kind:
            assert f"{one.value}: vi`{one.label}`" in source, one


@pytest.mark.django_db
def test_the_app_is_called_in_english_where_its_page_asks_so(client: Client) -> None:
    plain = client.get("/field/manifest.webmanifest").json()
    client.cookies["language"] = "en"
    assert client.get("/field/manifest.webmanifest").json() == plain, (
        "browsers ask for it without cookies, and it is kept"
    )
    told = client.get("/field/manifest.webmanifest?language=en").json()
    assert (plain["lang"], told["lang"]) == ("vi", "en")
    assert not LETTER.search(told["name"].replace("Kỷ Cương", ""))
    assert {name for name in told if told[name] != plain[name]} == {"lang", "name"}
    assert translation.get_language() == "vi"


def test_the_shell_is_the_only_page_that_speaks_by_itself() -> None:
    assert {"field:shell"} == ITSELF
    assert not ITSELF & (PAGES | ACTS | BY_ADDRESS)
