"""From 1 July 2025: 194 communes become 65, directly under the province. All 65 are new units that bear used codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from .departments_2019 import PROVINCE
from .districts_2019 import DISTRICTS_AND_COMMUNES_2019
from .facts import Law, Reform, Step, UnitFact, key_of

ON = date(2025, 7, 1)
NUMBER = "1672/NQ-UBTVQH15"
LAW = Law(ON, NUMBER)

WHOLE = """
05977 Phường Đông Kinh < phuong-dong-kinh phuong-vinh-trai xa-mai-pha xa-yen-trach
05983 Phường Lương Văn Tri < phuong-chi-lang xa-quang-lac
05986 Phường Tam Thanh < phuong-tam-thanh xa-hoang-dong
06001 Xã Đoàn Kết < xa-cao-minh xa-doan-ket xa-khanh-long
06004 Xã Quốc Khánh < xa-doi-can xa-quoc-khanh xa-tri-phuong
06019 Xã Tân Tiến < xa-kim-dong xa-tan-tien xa-tan-yen
06037 Xã Kháng Chiến < xa-khang-chien xa-tan-minh xa-trung-thanh
06040 Xã Thất Khê < thi-tran-that-khe xa-chi-lang-huyen-trang-dinh xa-chi-minh
06046 Xã Tràng Định < xa-de-tham xa-hung-son xa-hung-viet
06058 Xã Quốc Việt < xa-dao-vien xa-quoc-viet
06073 Xã Hoa Thám < xa-hoa-tham xa-hung-dao
06076 Xã Quý Hòa < xa-quy-hoa xa-vinh-yen
06079 Xã Hồng Phong < xa-hong-phong-huyen-binh-gia xa-minh-khai
06085 Xã Thiện Hòa < xa-thien-hoa xa-yen-lo
06091 Xã Thiện Thuật < xa-quang-trung xa-thien-thuat
06103 Xã Thiện Long < xa-hoa-binh-huyen-binh-gia xa-tan-hoa xa-thien-long
06112 Xã Bình Gia < thi-tran-binh-gia xa-hoang-van-thu-huyen-binh-gia xa-mong-an
06115 Xã Tân Văn < xa-binh-la xa-hong-thai-huyen-binh-gia xa-tan-van
06124 Xã Na Sầm < thi-tran-na-sam xa-bac-hung xa-hoang-viet
06148 Xã Thụy Hùng < xa-thanh-long xa-thuy-hung-huyen-van-lang xa-trung-khanh
06151 Xã Hội Hoan < xa-gia-mien xa-hoi-hoan
06154 Xã Văn Lãng < xa-bac-la xa-bac-viet xa-tan-tac xa-thanh-hoa
06172 Xã Hoàng Văn Thụ < xa-hoang-van-thu-huyen-van-lang xa-hong-thai-huyen-van-lang xa-nhac-ky xa-tan-my
  xa-tan-thanh-huyen-van-lang
06184 Xã Đồng Đăng < thi-tran-dong-dang xa-bao-lam xa-hong-phong-huyen-cao-loc xa-phu-xa xa-thuy-hung-huyen-cao-loc
06187 Phường Kỳ Lừa < phuong-hoang-van-thu thi-tran-cao-loc xa-gia-cat xa-hop-thanh xa-tan-lien
06196 Xã Ba Sơn < xa-cao-lau xa-mau-son-huyen-cao-loc xa-xuat-le
06211 Xã Cao Lộc < xa-loc-yen xa-thach-dan xa-thanh-loa
06220 Xã Công Sơn < xa-cong-son xa-hai-yen xa-hoa-cu
06253 Xã Văn Quan < thi-tran-van-quan xa-hoa-binh-huyen-van-quan xa-tu-xuyen
06280 Xã Điềm He < xa-diem-he xa-lien-hoi xa-tran-ninh
06286 Xã Khánh Khê < xa-binh-trung xa-khanh-khe xa-xuan-long
06298 Xã Yên Phúc < xa-an-son xa-binh-phuc xa-yen-phuc
06313 Xã Tri Lễ < xa-huu-le xa-luong-nang xa-tri-le
06316 Xã Tân Đoàn < xa-tan-doan xa-tan-thanh-huyen-cao-loc xa-trang-phai
06325 Xã Bắc Sơn < thi-tran-bac-son xa-bac-quynh xa-long-dong
06337 Xã Tân Tri < xa-dong-y xa-tan-tri xa-van-thuy-huyen-bac-son
06349 Xã Hưng Vũ < xa-hung-vu xa-tran-yen
06364 Xã Vũ Lễ < xa-chien-thang-huyen-bac-son xa-vu-le xa-vu-son
06367 Xã Vũ Lăng < xa-chieu-vu xa-tan-huong xa-tan-lap-huyen-bac-son xa-vu-lang
06376 Xã Nhất Hòa < xa-nhat-hoa xa-nhat-tien-huyen-bac-son xa-tan-thanh-huyen-bac-son
06385 Xã Hữu Lũng < thi-tran-huu-lung xa-dong-tan xa-ho-son
06391 Xã Yên Bình < xa-hoa-binh-huyen-huu-lung xa-quyet-thang xa-yen-binh
06400 Xã Hữu Liên < xa-huu-lien xa-yen-thinh
06415 Xã Vân Nham < xa-minh-tien xa-nhat-tien-huyen-huu-lung xa-van-nham
06427 Xã Cai Kinh < xa-cai-kinh xa-yen-son xa-yen-vuong
06436 Xã Thiện Tân < xa-dong-tien xa-thanh-son xa-thien-tan
06445 Xã Tân Thành < xa-hoa-lac xa-hoa-son xa-tan-thanh-huyen-huu-lung
06457 Xã Tuấn Sơn < xa-hoa-thang xa-minh-hoa xa-minh-son
06463 Xã Chi Lăng < thi-tran-chi-lang thi-tran-dong-mo xa-chi-lang-huyen-chi-lang
06475 Xã Bằng Mạc < xa-bang-huu xa-bang-mac xa-gia-loc xa-thuong-cuong
06481 Xã Chiến Thắng < xa-chien-thang-huyen-chi-lang xa-lien-son xa-van-an-huyen-chi-lang xa-van-thuy-huyen-chi-lang
06496 Xã Nhân Lý < xa-bac-thuy xa-lam-son xa-mai-sao xa-nhan-ly
06505 Xã Vạn Linh < xa-hoa-binh-huyen-chi-lang xa-van-linh xa-y-tich
06517 Xã Quan Sơn < xa-huu-kien xa-quan-son
06526 Xã Na Dương < thi-tran-na-duong xa-dong-quan xa-tu-doan
06529 Xã Lộc Bình < thi-tran-loc-binh xa-dong-buc xa-huu-khanh xa-khanh-xuan
06541 Xã Mẫu Sơn < xa-mau-son-huyen-loc-binh xa-tu-mich xa-yen-khoai
06565 Xã Khuất Xá < xa-khuat-xa xa-tam-gia
06577 Xã Thống Nhất < xa-huu-lan xa-minh-hiep xa-thong-nhat
06601 Xã Lợi Bác < xa-loi-bac xa-san-vien
06607 Xã Xuân Dương < xa-ai-quoc xa-nam-quan xa-xuan-duong
06613 Xã Đình Lập < thi-tran-dinh-lap xa-dinh-lap
06616 Xã Thái Bình < thi-tran-nong-truong-thai-binh xa-lam-ca xa-thai-binh
06637 Xã Châu Sơn < xa-bac-lang xa-chau-son xa-cuong-loi xa-dong-thang
"""
"""Code, name < the communes that went into it whole. Xã Kiên Mộc is not here: it begins with a part of its namesake."""

KIEN_MOC = ("06625", "Xã Kiên Mộc")
AREA_NOT_SEEN = "Xã được chia; phần giao cho từng xã cần đối chiếu với bản đồ kèm nghị quyết."


def read_whole(table: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Code, name and predecessors; a line that begins with a space continues the one before."""
    for line in table.strip().replace("\n ", " ").splitlines():
        title, predecessors = line.split(" < ")
        code, name = title.split(" ", 1)
        yield code, name, tuple(predecessors.split())


def steps(before: Mapping[str, UnitFact]) -> Iterator[Step]:
    """First the 64 that begin with whole communes, then the two that were divided."""
    borne = {key_of(unit.name) for unit in (*DISTRICTS_AND_COMMUNES_2019, *before.values())}

    def new(code: str, name: str) -> UnitFact:
        key = key_of(name)
        return UnitFact(f"{key}-{ON.year}" if key in borne else key, name, "commune_pc", PROVINCE, code)

    made: dict[str, str] = {}
    for code, name, predecessors in read_whole(WHOLE):
        commune = new(code, name)
        made[name] = commune.key
        yield LAW.merge(commune, *predecessors)
    kien_moc = new(*KIEN_MOC)
    yield LAW.split("xa-kien-moc", kien_moc, made["Xã Châu Sơn"], review=AREA_NOT_SEEN)
    yield LAW.split("xa-binh-xa", made["Xã Đình Lập"], kien_moc.key, review=AREA_NOT_SEEN)
    yield LAW.absorb(kien_moc.key, "xa-bac-xa")


def communes_2025(before: Mapping[str, UnitFact]) -> Reform:
    return Reform(
        slug="cap-xa-2025",
        title="Sắp xếp đơn vị hành chính cấp xã năm 2025: từ 194 còn 65",
        on=ON,
        document_number=NUMBER,
        document_on=date(2025, 6, 16),
        steps=tuple(steps(before)),
    )
