"""From 1 March 2025: twelve departments become six. How their rooms followed is reconstructed and marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from .departments_2019 import PROVINCE
from .facts import RECONSTRUCTED, Law, Reform, Step, UnitFact, key_of, room

ON = date(2025, 3, 1)
NUMBER = "04/NQ-HĐND"
LAW = Law(ON, NUMBER)

GOES_ON = "Nghị quyết gọi là thành lập sở mới; ở đây sở giữ tên được coi là tiếp tục. Cần đối chiếu."

ABSORBED = {
    "so-ke-hoach-va-dau-tu": "so-tai-chinh",
    "so-giao-thong-van-tai": "so-xay-dung",
    "so-thong-tin-va-truyen-thong": "so-khoa-hoc-va-cong-nghe",
    "so-lao-dong-thuong-binh-va-xa-hoi": "so-noi-vu",
}
"""A department that ends → the one that keeps its name and goes on."""

ELSEWHERE = {
    "phong-thong-tin-bao-chi-xuat-ban-so-thong-tin-va-truyen-thong": "so-van-hoa-the-thao-va-du-lich",
    "phong-giao-duc-nghe-nghiep-so-lao-dong-thuong-binh-va-xa-hoi": "so-giao-duc-va-dao-tao",
    "phong-bao-tro-xa-hoi-tre-em-va-binh-dang-gioi-so-lao-dong-thuong-binh-va-xa-hoi": "so-y-te",
    "chi-cuc-phong-chong-te-nan-xa-hoi-so-lao-dong-thuong-binh-va-xa-hoi": "so-y-te",
}
"""Rooms whose field went to another department than the one that took the rest."""

AGRICULTURE = "Sở Nông nghiệp và Môi trường"
ETHNIC = "Sở Dân tộc và Tôn giáo"
COMMON_ROOMS = ("Văn phòng", "Thanh tra Sở")


def rooms_under(units: Mapping[str, UnitFact], parent: str) -> list[UnitFact]:
    return [unit for unit in units.values() if unit.parent == parent]


def absorption(units: Mapping[str, UnitFact], ending: str, lasting: str) -> Iterator[Step]:
    """Rooms of the same name become one, the others move; then the department itself ends."""
    hosts = {unit.name: unit.key for unit in rooms_under(units, lasting)}
    for each in rooms_under(units, ending):
        elsewhere = ELSEWHERE.get(each.key)
        if elsewhere is None and each.name in hosts:
            yield LAW.absorb(hosts[each.name], each.key, review=RECONSTRUCTED)
        else:
            yield LAW.move(each, elsewhere or lasting, review=RECONSTRUCTED)
    yield LAW.absorb(lasting, ending, review=GOES_ON)


def department(name: str) -> UnitFact:
    return UnitFact(key_of(name), name, "provincial_department", PROVINCE, None)


def agriculture_and_environment(units: Mapping[str, UnitFact]) -> Iterator[Step]:
    """A new department; what both had becomes one room, what one had moves."""
    both = ("so-tai-nguyen-va-moi-truong", "so-nong-nghiep-va-phat-trien-nong-thon")
    made = department(AGRICULTURE)
    yield LAW.merge(made, *both)
    for name in COMMON_ROOMS:
        yield LAW.merge(room(name, made.key), *(f"{key_of(name)}-{ended}" for ended in both), review=RECONSTRUCTED)
    for ended in both:
        for each in rooms_under(units, ended):
            if each.name not in COMMON_ROOMS:
                yield LAW.move(each, made.key, review=RECONSTRUCTED)


def ethnic_affairs_and_religion(units: Mapping[str, UnitFact]) -> Iterator[Step]:
    """The committee on ethnic affairs together with the board of religion, until then under Sở Nội vụ."""
    made = department(ETHNIC)
    yield LAW.merge(made, "ban-dan-toc", "ban-ton-giao-so-noi-vu")
    for each in rooms_under(units, "ban-dan-toc"):
        yield LAW.move(each, made.key, review=RECONSTRUCTED)
        if each.name == "Thanh tra Ban":
            yield LAW.rename(
                UnitFact(each.key, each.name, each.kind, made.key, None, needs_review=True),
                "Thanh tra Sở",
                review=RECONSTRUCTED,
            )
    yield LAW.create((room("Phòng Tôn giáo", made.key),), review=RECONSTRUCTED)


def steps(units: Mapping[str, UnitFact]) -> Iterator[Step]:
    for ending, lasting in ABSORBED.items():
        yield from absorption(units, ending, lasting)
    yield from agriculture_and_environment(units)
    yield from ethnic_affairs_and_religion(units)
    yield LAW.create((room("Chi cục Quản lý thị trường", "so-cong-thuong"),))


def departments_2025(before: Mapping[str, UnitFact]) -> Reform:
    return Reform(
        slug="so-nganh-2025",
        title="Sắp xếp các cơ quan chuyên môn thuộc UBND tỉnh năm 2025",
        on=ON,
        document_number=NUMBER,
        document_on=date(2025, 2, 18),
        steps=tuple(steps(before)),
    )
