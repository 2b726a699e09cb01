"""Who is meant: spelling and abbreviations are understood, namesakes are asked about, nothing is guessed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kycuong.sheets.cells import Cell
from kycuong.sheets.match import Candidate, Matcher, match_issue
from kycuong.sheets.names import name_keys, unaccented_key

CITY, EAST, WEST = "Thành phố Đông Bắc", "Huyện Đông", "Huyện Tây"
CANDIDATES = [
    Candidate("hoa-lu", ["Xã Hòa Lư", "UBND xã Hòa Lư"], "05986", [CITY]),
    Candidate("east", [EAST, "UBND huyện Đông", "Ủy ban nhân dân huyện Đông"], "183"),
    Candidate("west", [WEST], "184"),
    Candidate("ky-lam-east", ["Xã Kỳ Lâm"], "06103", [EAST, "UBND huyện Đông"]),
    Candidate("ky-lam-west", ["Xã Kỳ Lâm"], "06274", [WEST]),
    Candidate("room-east", ["Phòng Nội vụ"], "", [EAST, "UBND huyện Đông"]),
    Candidate("room-west", ["Phòng Nội vụ"], "", [WEST]),
    Candidate("town", ["Thị trấn Đông"], "", [EAST]),
    Candidate("nature", ["Sở Tài nguyên và Môi trường"]),
    Candidate("schools", ["Sở Giáo dục và Đào tạo"]),
    Candidate("labour", ["Sở Lao động - Thương binh và Xã hội"]),
]
MATCHER = Matcher(CANDIDATES)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Xã Hòa Lư", "hoa-lu"),
        ("xã  HOÀ lư", "hoa-lu"),
        (unicodedata.normalize("NFD", "Xã Hoà Lư"), "hoa-lu"),
        ("UBND xã Hòa Lư", "hoa-lu"),
        ("X. Hòa Lư", "hoa-lu"),
        ("X.Hòa Lư", "hoa-lu"),
        ("Xã Kì Lâm, Huyện Tây", "ky-lam-west"),
        ("Xã Kỳ Lâm (huyện Tây)", "ky-lam-west"),
        ("Xã Kỳ Lâm - H. Đông", "ky-lam-east"),
        ("Phòng NV UBND huyện Đông", "room-east"),
        ("P. Nội vụ H.Tây", "room-west"),
        ("TT Đông", "town"),
        ("Sở Tài nguyên & Môi trường", "nature"),
        ("Sở TN&MT", "nature"),
        ("SỞ TNMT", "nature"),
        ("Sở GD-ĐT", "schools"),
        ("Sở GD&DT", "schools"),
        ("Sở LĐ - TB&XH", "labour"),
        ("SỞ LĐTBXH", "labour"),
        ("UBND H. Đông", "east"),
    ],
)
def test_spellings_and_abbreviations_are_understood(text: str, meant: str) -> None:
    match = MATCHER.match(text)
    assert match.kind == "exact"
    assert match.found is not None
    assert match.found.id == meant


@pytest.mark.parametrize(
    ("text", "kind", "asked"),
    [
        ("Xã Kỳ Lâm", "ambiguous", {"ky-lam-east", "ky-lam-west"}),
        ("P. Nội vụ", "ambiguous", {"room-east", "room-west"}),
        ("Xa Hoa Lu", "suggested", {"hoa-lu"}),
        ("Xã Hòa Lu", "suggested", {"hoa-lu"}),
        ("Hòa Lư", "suggested", {"hoa-lu"}),
        ("Đông", "suggested", {"east", "town"}),
        ("Sở TNMT Đông", "none", set()),
        ("STNMT", "none", set()),
        ("Xã Không Có", "none", set()),
        ("", "none", set()),
    ],
)
def test_what_is_open_is_asked(text: str, kind: str, asked: set[str]) -> None:
    match = MATCHER.match(text)
    assert (match.kind, match.found) == (kind, None)
    assert {candidate.id for candidate in match.candidates} == asked
    issue = match_issue(match, Cell(text, 3, "B"), "Đơn vị")
    assert issue is not None
    assert (issue.level, issue.address) == ("error", "B3")
    assert all(candidate.label in issue.vi and candidate.label in issue.en for candidate in match.candidates)


@pytest.mark.parametrize("text", ["Xã Kỳ Lâm", "X. Kỳ Lâm"])
@pytest.mark.parametrize("group", [WEST, "H. Tây", "huyện  tây"])
def test_the_group_of_the_row_tells_namesakes_apart(text: str, group: str) -> None:
    match = MATCHER.match(text, context=["KHỐI HUYỆN", group])
    assert match.found is not None
    assert match.found.id == "ky-lam-west"
    assert match_issue(match, Cell(text, 1, "A"), "Đơn vị") is None


def test_a_group_that_is_no_place_is_passed_over() -> None:
    assert MATCHER.match("Xã Hòa Lư", context=["Tháng 4"]).kind == "exact"


def test_a_place_that_contradicts_is_asked_about() -> None:
    match = MATCHER.match("Xã Hòa Lư", context=[EAST])
    assert (match.kind, match.how) == ("ambiguous", "context_conflict")


@pytest.mark.parametrize(
    ("text", "code", "meant"),
    [
        ("Xã Kỳ Lâm", "06274", "ky-lam-west"),
        ("Xã Kỳ Lâm", "6274", "ky-lam-west"),
        ("", "5986", "hoa-lu"),
        ("Xa Hoa Lu", "05986", "hoa-lu"),
        ("Sở TN&MT", "X-1", "nature"),
    ],
)
def test_a_code_decides_where_the_name_agrees(text: str, code: str, meant: str) -> None:
    match = MATCHER.match(text, code=code)
    assert match.found is not None
    assert match.found.id == meant


@pytest.mark.parametrize(("text", "code"), [("Xã Hòa Lư", "06274"), ("Xã Hòa Lư", "99999"), ("Sở Lạ", "06274")])
def test_a_code_against_the_name_is_asked_about(text: str, code: str) -> None:
    match = MATCHER.match(text, code=code)
    assert (match.kind, match.how) == ("ambiguous", "code_conflict")


def test_two_bearers_of_a_code_are_told_apart_by_name_only() -> None:
    matcher = Matcher([Candidate(1, ["Xã Cũ"], "7"), Candidate(2, ["Phường Mới"], "7")])
    assert matcher.match("", code="7").how == "code"
    assert matcher.match("Phường Mới", code="7").found == matcher.candidates[1]
    issue = match_issue(matcher.match("", code="7"), Cell(None, 1, "A"), "Mã")
    assert issue is not None
    assert "Xã Cũ (7); Phường Mới (7)" in issue.vi


@given(st.sampled_from(CANDIDATES), st.sampled_from(["NFC", "NFD"]), st.sampled_from([str.upper, str.lower, str.title]))
def test_a_full_name_with_its_place_is_always_certain(candidate: Candidate, form: str, case: object) -> None:
    assert callable(case)
    match = MATCHER.match(unicodedata.normalize(form, case(candidate.label)))  # type: ignore[arg-type]
    assert match.found == candidate


def test_keys_keep_different_names_apart() -> None:
    assert name_keys("Xã Tân Thanh") != name_keys("Xã Tân Thành")
    assert unaccented_key("Xã Tân Thanh") == unaccented_key("Xã Tân Thành") == "xa tan thanh"
    assert name_keys("Sở Văn hóa và Thể thao") == name_keys("Sở Văn hoá – Thể thao")
