"""New codes given between two lists of the statistics office, and from 1 December 2024: 200 communes become 194."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from .facts import Law, Reform, UnitFact

RECODED_ON = date(2021, 1, 1)
NEW_CODES = {
    "thi-tran-binh-gia": "06112",
    "xa-bac-hung": "06139",
    "xa-bac-viet": "06154",
    "xa-lien-hoi": "06268",
    "xa-diem-he": "06280",
    "xa-binh-phuc": "06298",
    "xa-khanh-xuan": "06544",
    "xa-thong-nhat": "06577",
}
DAY_NOT_SEEN = "Chỉ biết mã đổi trong khoảng từ tháng 02/2020 đến năm 2023; ngày ghi ở đây là quy ước."

ON = date(2024, 12, 1)
NUMBER_NOT_SEEN = "Nội dung và ngày theo báo chí; số và ngày ký của nghị quyết cần bổ sung."
CODE_NOT_SEEN = "Mã mới thấy trong danh mục đầu năm 2025; ngày đổi mã cần đối chiếu."


def codes_2021(before: Mapping[str, UnitFact]) -> Reform:
    law = Law(RECODED_ON, None, review=DAY_NOT_SEEN)
    return Reform(
        slug="doi-ma-2021",
        title="Đổi mã đơn vị hành chính của 8 xã, thị trấn",
        on=RECODED_ON,
        document_number=None,
        document_on=None,
        steps=tuple(law.recode(before[key], code) for key, code in NEW_CODES.items()),
        needs_review=True,
        note=DAY_NOT_SEEN,
    )


def communes_2024(before: Mapping[str, UnitFact]) -> Reform:
    law = Law(ON, None, review=NUMBER_NOT_SEEN)
    that_khe = before["thi-tran-that-khe"]
    return Reform(
        slug="cap-xa-2024",
        title="Sắp xếp đơn vị hành chính cấp xã giai đoạn 2023–2025: từ 200 còn 194",
        on=ON,
        document_number=None,
        document_on=None,
        steps=(
            law.absorb("xa-khanh-long", "xa-vinh-tien"),
            law.split("xa-dai-dong", that_khe.key, "xa-doi-can"),
            law.absorb("xa-khanh-khe", "xa-dong-giap", "xa-trang-cac"),
            law.absorb("xa-tam-gia", "xa-tinh-bac"),
            law.absorb("thi-tran-huu-lung", "xa-son-ha"),
            law.recode(that_khe, "06040", review=CODE_NOT_SEEN),
        ),
        needs_review=True,
        note=NUMBER_NOT_SEEN,
    )
