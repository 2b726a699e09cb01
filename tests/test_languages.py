"""A page in Vietnamese says nothing in English, unless it says that it does: what is marked `lang="en"`, and code."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError

from kycuong.site.guide import guide, names
from kycuong.site.guide.languages import VIETNAMESE
from tests.budget import few
from tests.desk import Desk
from tests.page_words import Words
from tests.sides import Sides
from tests.walking import Walked, pages, refusals

CATALOGUE = Path(__file__).parents[1] / "kycuong" / "ui" / "locale" / "vi" / "LC_MESSAGES" / "django.po"
ENGLISH = re.compile(
    r"\b(the|this|that|is|are|was|of|and|or|no|not|you|your|please|field|required|enter|select|valid|must|with|from|be|has|have"
    r"|value|password|already|cannot|ensure|characters?|successfully|invalid|submit|page|error|only)\b",
    re.IGNORECASE,
)
"""Words without which English says nothing; none of them is one of Vietnamese, which writes its own with marks."""
BROKEN = few(["", "☃", "9" * 30])
"""What is sent in every field: nothing, what no field but a text wants, more digits than any number has."""

pytestmark = pytest.mark.look


def english(text: str) -> list[str]:
    reader = Words("vi")
    reader.feed(text)
    return [words[:200] for words in reader.found if ENGLISH.search(words)]


def told(walked: Iterator[Walked]) -> Iterator[str]:
    for one in walked:
        yield from (f"{one.address} ({one.status}): {words}" for words in english(one.text))


@pytest.mark.xdist_group("pages")
@pytest.mark.django_db
def test_no_page_says_anything_in_english(desk: Desk, sides: Sides) -> None:
    found = list(told(pages(desk, sides)))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", sorted(names()))
def test_a_guide_marks_what_it_says_in_english(name: str) -> None:
    assert english(guide(name).body) == []


@pytest.mark.parametrize("name", sorted(names()))
def test_what_a_guide_marks_as_english_is_english(name: str) -> None:
    """Labels and names in it are marked as Vietnamese again."""
    reader = Words("en")
    reader.feed(f'<div lang="vi">{guide(name).body}</div>')
    assert [words for words in reader.found if VIETNAMESE.search(words.lower())] == []


@pytest.mark.django_db
@pytest.mark.parametrize("sent", BROKEN, ids=lambda sent: sent[:1] or "nothing")
def test_no_form_comes_back_in_english(desk: Desk, sides: Sides, sent: str) -> None:
    walked = list(refusals(desk, sides, sent))
    assert len(walked) > 30, "forms that come back are what is asked here"
    found = list(told(iter(walked)))
    assert not found, "\n".join(found)


def test_english_is_found_where_it_hides() -> None:
    assert english('<p>Mục này <b title="This field is required.">bắt buộc</b></p>') == ["This field is required."]
    assert english("<label>Năm<input placeholder='Enter a number'></label> rồi <p>Select one</p>") == [
        "Enter a number",
        "Select one",
    ]
    assert english('<p lang="en">This is <b>English</b></p><code>not this</code><p>Trang này, các đơn vị, sở</p>') == []


def entries() -> Iterator[tuple[str, str]]:
    """What is said in English, and the Vietnamese for it, as people write them."""
    for entry in CATALOGUE.read_text(encoding="utf-8").split("\n\n")[1:]:
        said, meant = (re.search(rf'^{name} "(.*)"$', entry, re.MULTILINE) for name in ("msgid", r"msgstr(?:\[0\])?"))
        assert said, entry
        assert meant, entry
        yield said[1].replace('\\"', '"'), meant[1].replace('\\"', '"')


def test_what_is_written_is_what_is_said() -> None:
    """The catalogue that runs is compiled: `just words` after a change."""
    with CATALOGUE.with_suffix(".mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)
    assert len(list(entries())) > 40
    assert [
        said for said, meant in entries() if meant not in (catalogue.gettext(said), catalogue.ngettext(said, said, 2))
    ] == []
    holes = re.compile(r"%\(\w+\)[ds]|%d|\{\w+\}")
    assert [said for said, meant in entries() if set(holes.findall(said)) != set(holes.findall(meant))] == []


def test_a_short_password_is_refused_in_vietnamese() -> None:
    """As this release of Django words it: one that words it anew must be taught anew."""
    with pytest.raises(ValidationError, match="ít nhất 12 ký tự"):
        MinimumLengthValidator(12).validate("ngắn")
