"""Vietnamese in letters without marks: for searches, and for fonts that have no others."""

from __future__ import annotations

import pytest

from kycuong.core.vietnamese import fold, without_accents


@pytest.mark.parametrize(
    ("text", "plain", "folded"),
    [
        ("Nguyễn Đức Ảnh 19:02 25/11/2026", "Nguyen Duc Anh 19:02 25/11/2026", "nguyen duc anh 19 02 25 11 2026"),
        ("Sở Nội vụ", "So Noi vu", "so noi vu"),
        ("ĐƯỜNG Ỷ", "DUONG Y", "duong y"),
        ("", "", ""),
    ],
)
def test_marks_go_and_signs_stay_unless_folded(text: str, plain: str, folded: str) -> None:
    assert without_accents(text) == plain
    assert fold(text) == folded
