"""From 1 January 2020: 226 communes become 200. Which went into which is marked where only the outcome was seen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from .facts import Law, Reform, Step, UnitFact, key_of

ON = date(2020, 1, 1)
NUMBER = "818/NQ-UBTVQH14"
LAW = Law(ON, NUMBER)

INFERRED = "Suy từ danh mục trước và sau, tên và mã; cần đối chiếu với nghị quyết."
DIVIDED = "Xã giải thể và chia cho nhiều xã; phần giao cho từng xã cần đối chiếu với nghị quyết."


def new(name: str, district: str, code: str) -> UnitFact:
    return UnitFact(key_of(name), name, "commune_pc", district, code)


def steps() -> tuple[Step, ...]:
    """District by district, in the order of their codes."""
    return (*north(), *south())


def north() -> tuple[Step, ...]:
    """Tràng Định, Bình Gia, Văn Lãng, Cao Lộc, Văn Quan."""
    return (
        LAW.split("xa-bac-ai", "xa-de-tham", "xa-kim-dong", review=DIVIDED),
        LAW.absorb("thi-tran-binh-gia", "xa-to-hieu", review=INFERRED),
        LAW.merge(new("Xã Bắc Hùng", "huyen-van-lang", "06145"), "xa-an-hung"),
        LAW.split("xa-tan-viet", new("Xã Bắc Việt", "huyen-van-lang", "06130"), "xa-bac-hung", review=DIVIDED),
        LAW.split("xa-trung-quan", "xa-bac-hung", "xa-bac-viet", review=DIVIDED),
        LAW.split("xa-tan-lang", "xa-bac-hung", "xa-bac-viet", review=DIVIDED),
        LAW.absorb("xa-hoi-hoan", "xa-nam-la", review=INFERRED),
        LAW.absorb("xa-binh-trung", "xa-song-giap", review=INFERRED),
        LAW.merge(
            new("Xã Liên Hội", "huyen-van-quan", "06259"),
            "xa-phu-my",
            "xa-viet-yen",
            "xa-van-mong-huyen-van-quan",
            review=INFERRED,
        ),
        LAW.merge(
            new("Xã Điềm He", "huyen-van-quan", "06265"), "xa-song-giang", "xa-van-an-huyen-van-quan", review=INFERRED
        ),
        LAW.merge(
            new("Xã An Sơn", "huyen-van-quan", "06283"), "xa-dai-an", "xa-chu-tuc", "xa-trang-son", review=INFERRED
        ),
        LAW.split("xa-vinh-lai", "thi-tran-van-quan", "xa-diem-he", review=DIVIDED),
        LAW.split("xa-xuan-mai", "xa-binh-phuc", "thi-tran-van-quan", review=DIVIDED),
    )


def south() -> tuple[Step, ...]:
    """Bắc Sơn, Hữu Lũng, Chi Lăng, Lộc Bình."""
    loc_binh = "huyen-loc-binh"
    return (
        LAW.merge(new("Xã Bắc Quỳnh", "huyen-bac-son", "06343"), "xa-bac-son", "xa-quynh-son", review=INFERRED),
        LAW.absorb("thi-tran-bac-son", "xa-huu-vinh", review=INFERRED),
        LAW.merge(new("Xã Thiện Tân", "huyen-huu-lung", "06406"), "xa-thien-ky", "xa-tan-lap-huyen-huu-lung"),
        LAW.absorb("xa-van-nham", "xa-do-luong"),
        LAW.absorb("thi-tran-dong-mo", "xa-quang-lang", review=INFERRED),
        LAW.merge(
            new("Xã Khánh Xuân", loc_binh, "06535"), "xa-bang-khanh", "xa-xuan-le", "xa-xuan-man", review=INFERRED
        ),
        LAW.merge(
            new("Xã Thống Nhất", loc_binh, "06556"),
            "xa-van-mong-huyen-loc-binh",
            "xa-nhu-khue",
            "xa-xuan-tinh",
            review=INFERRED,
        ),
        LAW.merge(new("Xã Minh Hiệp", loc_binh, "06595"), "xa-minh-phat", "xa-hiep-ha", review=INFERRED),
        LAW.absorb("thi-tran-loc-binh", "xa-luc-thon"),
        LAW.absorb("xa-tu-doan", "xa-nhuong-ban", review=INFERRED),
        LAW.absorb("xa-dong-quan", "xa-quan-ban", review=INFERRED),
    )


def communes_2020(_before: Mapping[str, UnitFact]) -> Reform:
    return Reform(
        slug="cap-xa-2020",
        title="Sắp xếp đơn vị hành chính cấp xã năm 2020: từ 226 còn 200",
        on=ON,
        document_number=NUMBER,
        document_on=date(2019, 11, 21),
        steps=steps(),
    )
