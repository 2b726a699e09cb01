"""TCVN3 and VNI: every Vietnamese letter there and back; right Unicode is never touched."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kycuong.sheets.legacy import (
    Vote,
    decode,
    encoding_of,
    encoding_of_font,
    from_tcvn3,
    from_vni,
    tally,
    to_tcvn3,
    to_vni,
)
from kycuong.sheets.syllables import is_syllable

TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
LETTERS = [unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in TONES] + ["đ"]
NAMES = [
    "Xã Hoàng Đồng",
    "Phường Tam Thanh",
    "Thị trấn Cao Lộc",
    "Sở Tài nguyên và Môi trường",
    "Ủy ban nhân dân huyện Hữu Lũng",
    "Nguyễn Thị Thử",
    "Đường Quốc lộ",
]
PLAIN = ["São Paulo", "Café", "naïve", "Số 12/QĐ-UBND", "Zürich", "12 §3"]


@pytest.mark.parametrize("letter", LETTERS)
def test_every_small_letter_goes_there_and_back(letter: str) -> None:
    assert from_tcvn3(to_tcvn3(letter)) == letter
    assert from_vni(to_vni(letter)) == letter


@pytest.mark.parametrize("letter", [letter.upper() for letter in LETTERS])
def test_capitals_go_there_and_back_where_they_exist(letter: str) -> None:
    assert from_vni(to_vni(letter)) == letter
    assert decode(to_tcvn3(letter), "TCVN3", capitals=True) == letter


@given(st.lists(st.sampled_from([*LETTERS, *"bcdghklmnpqrstvx", " ", "-", "1"]), max_size=30).map("".join))
def test_any_text_goes_there_and_back(text: str) -> None:
    assert from_tcvn3(to_tcvn3(text)) == text


@pytest.mark.parametrize("name", NAMES)
def test_names_are_recognised_in_both_encodings(name: str) -> None:
    for encoded, encoding in ((to_tcvn3(name), "TCVN3"), (to_vni(name), "VNI")):
        column = tally([to_tcvn3(one) if encoding == "TCVN3" else to_vni(one) for one in NAMES]).vote
        assert column == Vote(encoding, True)  # type: ignore[arg-type]
        assert encoding_of(encoded, column=column) == encoding


@pytest.mark.parametrize("text", [*NAMES, *PLAIN, *(unicodedata.normalize("NFD", name) for name in NAMES)])
def test_right_unicode_is_left_alone(text: str) -> None:
    assert encoding_of(text) is None
    assert encoding_of(text, column=tally(NAMES).vote) is None


def test_one_old_cell_in_a_modern_column_is_recognised_by_its_font() -> None:
    column = tally(NAMES).vote
    assert encoding_of(to_tcvn3("Đường Quốc lộ"), column=column, font=".VnTime") == "TCVN3"


@pytest.mark.parametrize(
    ("font", "told"),
    [(".VnTime", ("TCVN3", False)), (".VnArialH", ("TCVN3", True)), ("VNI-Times", ("VNI", False)), ("Arial", None)],
)
def test_fonts_tell_their_encoding(font: str, told: object) -> None:
    assert encoding_of_font(font) == told


@pytest.mark.parametrize("word", ["nghiêng", "quốc", "giếng", "gì", "hoà", "hòa", "thủy", "khuỷu", "Đắk", "ý", "yên"])
def test_syllables_are_told(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["strong", "cê", "ngê", "bắp̀", "tócc", "hoaf", "qwê", "khổc"])
def test_what_is_no_syllable_is_told(word: str) -> None:
    assert not is_syllable(word)
