"""The tables of Lạng Sơn agree with what is known of the province at each date, and with themselves."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from collections import Counter
from datetime import date
from hashlib import sha256

import pytest

from kycuong.demo.langson import PROVINCE, REFORMS, STRUCTURE_2019, UnitFact, structure_on

THE_ARTICLE = date(2019, 4, 30)
FROM_2020 = date(2020, 1, 1)
FROM_2021 = date(2021, 1, 1)
FROM_2024 = date(2024, 12, 1)
FROM_MARCH_2025 = date(2025, 3, 1)
FROM_JULY_2025 = date(2025, 7, 1)

COMMUNES_BY_DISTRICT = {
    # 2017–2019, from 1/1/2020, from 1/12/2024
    "178": (8, 8, 8),
    "180": (23, 22, 20),
    "181": (20, 19, 19),
    "182": (20, 17, 17),
    "183": (23, 22, 22),
    "184": (24, 17, 15),
    "185": (20, 18, 18),
    "186": (26, 24, 23),
    "187": (21, 20, 20),
    "188": (29, 21, 20),
    "189": (12, 12, 12),
}
INSPECTABLE = ("provincial_department", "district_pc", "commune_pc", "division", "public_service_unit")
STEPS = [step for reform in REFORMS for step in reform.steps]


def of_kind(day: date, kind: str) -> list[UnitFact]:
    return [unit for unit in structure_on(day).values() if unit.kind == kind]


def children(day: date, parent: str) -> list[UnitFact]:
    return [unit for unit in structure_on(day).values() if unit.parent == parent]


def plain(unit: UnitFact) -> str:
    """The name without the word that says what the place is."""
    return re.sub(r"^(Xã|Phường|Thị trấn) ", "", unit.name)


@pytest.mark.parametrize(
    ("day", "column", "total"),
    [(THE_ARTICLE, 0, 226), (FROM_2020, 1, 200), (FROM_2024, 2, 194), (FROM_MARCH_2025, 2, 194)],
)
def test_communes_of_each_district(day: date, column: int, total: int) -> None:
    units = structure_on(day)
    counted = Counter(units[unit.parent or ""].code for unit in of_kind(day, "commune_pc"))
    assert counted == {code: counts[column] for code, counts in COMMUNES_BY_DISTRICT.items()}
    assert counted.total() == total


def test_communes_of_2025_are_directly_under_the_province() -> None:
    communes = of_kind(FROM_JULY_2025, "commune_pc")
    assert Counter(unit.name.split()[0] for unit in communes) == {"Xã": 61, "Phường": 4}
    assert {unit.parent for unit in communes} == {PROVINCE}
    assert {plain(unit) for unit in communes if unit.name.startswith("Phường")} == {
        "Tam Thanh",
        "Lương Văn Tri",
        "Kỳ Lừa",
        "Đông Kinh",
    }


def test_kinds_of_communes_in_2019() -> None:
    counted = Counter(
        "xã" if u.name.startswith("Xã") else u.name.split()[0] for u in of_kind(THE_ARTICLE, "commune_pc")
    )
    assert counted == {"xã": 207, "Thị": 14, "Phường": 5}


@pytest.mark.parametrize(
    ("day", "digest"),
    [
        (THE_ARTICLE, "414d2c1d00385f48"),
        (FROM_2020, "5c759b1c29922a41"),
        (FROM_2021, "8383c44e7ad7fb5b"),
        (FROM_2024, "6959b07b4da43b22"),
        (FROM_JULY_2025, "9e2e49d0573826d7"),
    ],
)
def test_codes_and_names_are_those_once_compared_with_the_official_lists(day: date, digest: str) -> None:
    """The digests were taken when the tables were equal, entry by entry, to the public lists of these dates."""
    areas = [unit for unit in structure_on(day).values() if unit.kind in ("commune_pc", "district_pc")]
    lines = "\n".join(sorted(f"{unit.code} {unit.name}" for unit in areas))
    assert sha256(lines.encode()).hexdigest()[:16] == digest


@pytest.mark.parametrize(
    ("day", "digest"),
    [
        (THE_ARTICLE, "4fc5f7e88c22d184"),
        (FROM_2020, "dd269e1b1177c47b"),
        (FROM_2024, "e16523932621ea14"),
        (FROM_JULY_2025, "2a7311b133f51377"),
    ],
)
def test_keys_are_stable(day: date, digest: str) -> None:
    """Keys are addresses in the product: a change of one breaks links, so it must be meant."""
    assert sha256("\n".join(sorted(structure_on(day))).encode()).hexdigest()[:16] == digest


@pytest.mark.parametrize(
    ("day", "key", "name", "code"),
    [
        (THE_ARTICLE, "tinh-lang-son", "Tỉnh Lạng Sơn", "20"),
        (THE_ARTICLE, "thanh-pho-lang-son", "Thành phố Lạng Sơn", "178"),
        (THE_ARTICLE, "huyen-dinh-lap", "Huyện Đình Lập", "189"),
        (THE_ARTICLE, "xa-hoang-dong", "Xã Hoàng Đồng", "05986"),
        (THE_ARTICLE, "xa-hoa-binh-huyen-huu-lung", "Xã Hòa Bình", "06397"),
        (THE_ARTICLE, "xa-van-an-huyen-chi-lang", "Xã Vân An", "06469"),
        (THE_ARTICLE, "xa-van-an-huyen-van-quan", "Xã Văn An", "06280"),
        (THE_ARTICLE, "so-noi-vu", "Sở Nội vụ", None),
        (THE_ARTICLE, "phong-tai-nguyen-va-moi-truong-huyen-cao-loc", "Phòng Tài nguyên và Môi trường", None),
        (THE_ARTICLE, "thi-tran-that-khe", "Thị trấn Thất Khê", "05995"),
        (FROM_2020, "xa-dong-y", "Xã Đồng Ý", "06337"),
        (FROM_2020, "thi-tran-binh-gia", "Thị trấn Bình Gia", "06064"),
        (FROM_2021, "thi-tran-binh-gia", "Thị trấn Bình Gia", "06112"),
        (FROM_2024, "thi-tran-that-khe", "Thị trấn Thất Khê", "06040"),
        (FROM_JULY_2025, "phuong-tam-thanh-2025", "Phường Tam Thanh", "05986"),
        (FROM_JULY_2025, "xa-cao-loc", "Xã Cao Lộc", "06211"),
        (FROM_JULY_2025, "xa-bac-son-2025", "Xã Bắc Sơn", "06325"),
    ],
)
def test_sampled_units(day: date, key: str, name: str, code: str | None) -> None:
    unit = structure_on(day)[key]
    assert (unit.name, unit.code) == (name, code)


def test_rooms_make_the_denominators_of_the_article() -> None:
    for district in of_kind(THE_ARTICLE, "district_pc"):
        assert Counter(unit.kind for unit in children(THE_ARTICLE, district.key))["division"] == 13
    sizes = {key: len(children(THE_ARTICLE, key)) for key in ("huyen-cao-loc", "huyen-chi-lang")}
    assert sizes == {"huyen-cao-loc": 36, "huyen-chi-lang": 34}
    assert sum(unit.kind == "commune_pc" for unit in children(THE_ARTICLE, "huyen-dinh-lap")) == 12


def test_departments_of_2019_and_of_2025() -> None:
    before = {unit.key for unit in of_kind(THE_ARTICLE, "provincial_department")}
    assert len(before) == 20
    assert all(5 <= len(children(THE_ARTICLE, key)) <= 8 for key in before)
    waters = "phong-quan-ly-tai-nguyen-nuoc-va-khoang-san-so-tai-nguyen-va-moi-truong"
    assert structure_on(THE_ARTICLE)[waters].parent == "so-tai-nguyen-va-moi-truong"
    assert structure_on(FROM_MARCH_2025)[waters].parent == "so-nong-nghiep-va-moi-truong"
    after = {unit.key for unit in of_kind(FROM_MARCH_2025, "provincial_department")}
    assert after - before == {"so-nong-nghiep-va-moi-truong", "so-dan-toc-va-ton-giao"}
    assert before - after == {
        "so-tai-nguyen-va-moi-truong",
        "so-nong-nghiep-va-phat-trien-nong-thon",
        "so-ke-hoach-va-dau-tu",
        "so-giao-thong-van-tai",
        "so-thong-tin-va-truyen-thong",
        "so-lao-dong-thuong-binh-va-xa-hoi",
        "ban-dan-toc",
    }


def test_everything_reconstructed_is_marked() -> None:
    for reform in REFORMS:
        for unit in structure_on(reform.on).values():
            if unit.kind in ("division", "public_service_unit"):
                assert unit.needs_review, unit
    assert all(not unit.needs_review for unit in STRUCTURE_2019 if unit.kind in ("commune_pc", "district_pc"))
    assert all(bool(step.note) for step in STEPS if step.needs_review)
    assert all(reform.note for reform in REFORMS if reform.document_number is None or reform.needs_review)


@pytest.mark.parametrize("day", [THE_ARTICLE, *sorted({reform.on for reform in REFORMS})])
def test_each_structure_is_sound(day: date) -> None:
    units = structure_on(day)
    codes = [unit.code for unit in units.values() if unit.code]
    assert len(codes) == len(set(codes))
    assert [key for key, unit in units.items() if unit.parent is None] == [PROVINCE]
    for key, unit in units.items():
        assert unit.key == key
        assert unit.kind in INSPECTABLE or key == PROVINCE
        assert unit.parent is None or unit.parent in units
        assert (unit.code is not None) == (unit.kind in ("province", "district_pc", "commune_pc"))
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)
        assert len(key) <= 150


def test_names_are_written_one_way() -> None:
    old_tones = re.compile(r"(?<![qQ])(o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)")
    names = {unit.name for unit in STRUCTURE_2019}
    names |= {unit.name for step in STEPS for unit in step.successors if isinstance(unit, UnitFact)}
    for name in names:
        assert name == unicodedata.normalize("NFC", name)
        assert name == " ".join(name.split())
        assert not old_tones.search(name), name
        assert name[0].isupper()
    for unit in (unit for day in (THE_ARTICLE, FROM_2020, FROM_JULY_2025) for unit in of_kind(day, "commune_pc")):
        assert all(word[0].isupper() for word in plain(unit).removeprefix("Nông trường ").split()), unit.name


def test_thirteen_names_are_borne_by_several_communes_in_2019() -> None:
    bearers = Counter(plain(unit) for unit in of_kind(THE_ARTICLE, "commune_pc"))
    shared = {name: count for name, count in bearers.items() if count > 1}
    assert len(shared) == 13
    assert (shared["Hòa Bình"], shared["Chi Lăng"], shared["Tân Thành"]) == (4, 4, 3)
    assert max(Counter(plain(unit) for unit in of_kind(FROM_JULY_2025, "commune_pc")).values()) == 1


def test_size_of_the_structure_of_2019() -> None:
    assert len(STRUCTURE_2019) == 546
    seen: set[str] = set()
    for unit in STRUCTURE_2019:
        assert unit.parent is None or unit.parent in seen, "a parent comes before its children"
        seen.add(unit.key)


def test_the_tables_need_no_django() -> None:
    program = "import sys, kycuong.demo.langson; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
