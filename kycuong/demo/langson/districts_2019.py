"""The ten districts and the city of 2019: codes of the statistics office, 226 communes, thirteen rooms each."""

from __future__ import annotations

from collections import Counter

from .departments_2019 import PROVINCE
from .facts import UnitFact, key_of, room

COMMUNES = """
178 Thành phố Lạng Sơn
  05971 Phường Hoàng Văn Thụ, 05974 Phường Tam Thanh, 05977 Phường Vĩnh Trại, 05980 Phường Đông Kinh,
  05983 Phường Chi Lăng, 05986 Xã Hoàng Đồng, 05989 Xã Quảng Lạc, 05992 Xã Mai Pha
180 Huyện Tràng Định
  05995 Thị trấn Thất Khê, 05998 Xã Khánh Long, 06001 Xã Đoàn Kết, 06004 Xã Quốc Khánh, 06007 Xã Vĩnh Tiến,
  06010 Xã Cao Minh, 06013 Xã Chí Minh, 06016 Xã Tri Phương, 06019 Xã Tân Tiến, 06022 Xã Tân Yên,
  06025 Xã Đội Cấn, 06028 Xã Tân Minh, 06031 Xã Kim Đồng, 06034 Xã Chi Lăng, 06037 Xã Trung Thành,
  06040 Xã Đại Đồng, 06043 Xã Đào Viên, 06046 Xã Đề Thám, 06049 Xã Kháng Chiến, 06052 Xã Bắc Ái,
  06055 Xã Hùng Sơn, 06058 Xã Quốc Việt, 06061 Xã Hùng Việt
181 Huyện Bình Gia
  06064 Thị trấn Bình Gia, 06067 Xã Hưng Đạo, 06070 Xã Vĩnh Yên, 06073 Xã Hoa Thám, 06076 Xã Quý Hòa,
  06079 Xã Hồng Phong, 06082 Xã Yên Lỗ, 06085 Xã Thiện Hòa, 06088 Xã Quang Trung, 06091 Xã Thiện Thuật,
  06094 Xã Minh Khai, 06097 Xã Thiện Long, 06100 Xã Hoàng Văn Thụ, 06103 Xã Hòa Bình, 06106 Xã Mông Ân,
  06109 Xã Tân Hòa, 06112 Xã Tô Hiệu, 06115 Xã Hồng Thái, 06118 Xã Bình La, 06121 Xã Tân Văn
182 Huyện Văn Lãng
  06124 Thị trấn Na Sầm, 06127 Xã Trùng Khánh, 06130 Xã Tân Việt, 06133 Xã Bắc La, 06136 Xã Thụy Hùng,
  06139 Xã Trùng Quán, 06142 Xã Tân Tác, 06145 Xã An Hùng, 06148 Xã Thanh Long, 06151 Xã Hội Hoan,
  06154 Xã Tân Lang, 06157 Xã Hoàng Việt, 06160 Xã Gia Miễn, 06163 Xã Thành Hòa, 06166 Xã Tân Thanh,
  06169 Xã Nam La, 06172 Xã Tân Mỹ, 06175 Xã Hồng Thái, 06178 Xã Hoàng Văn Thụ, 06181 Xã Nhạc Kỳ
183 Huyện Cao Lộc
  06184 Thị trấn Đồng Đăng, 06187 Thị trấn Cao Lộc, 06190 Xã Bảo Lâm, 06193 Xã Thanh Lòa, 06196 Xã Cao Lâu,
  06199 Xã Thạch Đạn, 06202 Xã Xuất Lễ, 06205 Xã Hồng Phong, 06208 Xã Thụy Hùng, 06211 Xã Lộc Yên,
  06214 Xã Phú Xá, 06217 Xã Bình Trung, 06220 Xã Hải Yến, 06223 Xã Hòa Cư, 06226 Xã Hợp Thành,
  06229 Xã Song Giáp, 06232 Xã Công Sơn, 06235 Xã Gia Cát, 06238 Xã Mẫu Sơn, 06241 Xã Xuân Long,
  06244 Xã Tân Liên, 06247 Xã Yên Trạch, 06250 Xã Tân Thành
184 Huyện Văn Quan
  06253 Thị trấn Văn Quan, 06256 Xã Trấn Ninh, 06259 Xã Phú Mỹ, 06262 Xã Việt Yên, 06265 Xã Song Giang,
  06268 Xã Vân Mộng, 06271 Xã Vĩnh Lại, 06274 Xã Hòa Bình, 06277 Xã Tú Xuyên, 06280 Xã Văn An, 06283 Xã Đại An,
  06286 Xã Khánh Khê, 06289 Xã Chu Túc, 06292 Xã Lương Năng, 06295 Xã Đồng Giáp, 06298 Xã Xuân Mai,
  06301 Xã Tràng Các, 06304 Xã Tràng Sơn, 06307 Xã Tân Đoàn, 06310 Xã Bình Phúc, 06313 Xã Tri Lễ,
  06316 Xã Tràng Phái, 06319 Xã Yên Phúc, 06322 Xã Hữu Lễ
185 Huyện Bắc Sơn
  06325 Thị trấn Bắc Sơn, 06328 Xã Long Đống, 06331 Xã Vạn Thủy, 06334 Xã Quỳnh Sơn, 06337 Xã Đồng Ý,
  06340 Xã Tân Tri, 06343 Xã Bắc Sơn, 06346 Xã Hữu Vĩnh, 06349 Xã Hưng Vũ, 06352 Xã Tân Lập, 06355 Xã Vũ Sơn,
  06358 Xã Chiêu Vũ, 06361 Xã Tân Hương, 06364 Xã Chiến Thắng, 06367 Xã Vũ Lăng, 06370 Xã Trấn Yên,
  06373 Xã Vũ Lễ, 06376 Xã Nhất Hòa, 06379 Xã Tân Thành, 06382 Xã Nhất Tiến
186 Huyện Hữu Lũng
  06385 Thị trấn Hữu Lũng, 06388 Xã Hữu Liên, 06391 Xã Yên Bình, 06394 Xã Quyết Thắng, 06397 Xã Hòa Bình,
  06400 Xã Yên Thịnh, 06403 Xã Yên Sơn, 06406 Xã Thiện Kỵ, 06409 Xã Tân Lập, 06412 Xã Yên Vượng,
  06415 Xã Minh Tiến, 06418 Xã Nhật Tiến, 06421 Xã Thanh Sơn, 06424 Xã Đồng Tân, 06427 Xã Cai Kinh,
  06430 Xã Hòa Lạc, 06433 Xã Vân Nham, 06436 Xã Đồng Tiến, 06439 Xã Đô Lương, 06442 Xã Tân Thành,
  06445 Xã Hòa Sơn, 06448 Xã Minh Sơn, 06451 Xã Hồ Sơn, 06454 Xã Sơn Hà, 06457 Xã Minh Hòa, 06460 Xã Hòa Thắng
187 Huyện Chi Lăng
  06463 Thị trấn Đồng Mỏ, 06466 Thị trấn Chi Lăng, 06469 Xã Vân An, 06472 Xã Vân Thủy, 06475 Xã Gia Lộc,
  06478 Xã Bắc Thủy, 06481 Xã Chiến Thắng, 06484 Xã Mai Sao, 06487 Xã Bằng Hữu, 06490 Xã Thượng Cường,
  06493 Xã Bằng Mạc, 06496 Xã Nhân Lý, 06499 Xã Lâm Sơn, 06502 Xã Liên Sơn, 06505 Xã Vạn Linh,
  06508 Xã Hòa Bình, 06511 Xã Quang Lang, 06514 Xã Hữu Kiên, 06517 Xã Quan Sơn, 06520 Xã Y Tịch,
  06523 Xã Chi Lăng
188 Huyện Lộc Bình
  06526 Thị trấn Na Dương, 06529 Thị trấn Lộc Bình, 06532 Xã Mẫu Sơn, 06535 Xã Bằng Khánh, 06538 Xã Xuân Lễ,
  06541 Xã Yên Khoái, 06544 Xã Xuân Mãn, 06547 Xã Tú Mịch, 06550 Xã Hữu Khánh, 06553 Xã Đồng Bục,
  06556 Xã Vân Mộng, 06559 Xã Tam Gia, 06562 Xã Tú Đoạn, 06565 Xã Khuất Xá, 06568 Xã Như Khuê,
  06571 Xã Lục Thôn, 06574 Xã Tĩnh Bắc, 06577 Xã Xuân Tình, 06580 Xã Hiệp Hạ, 06583 Xã Nhượng Bạn,
  06586 Xã Quan Bản, 06589 Xã Sàn Viên, 06592 Xã Đông Quan, 06595 Xã Minh Phát, 06598 Xã Hữu Lân,
  06601 Xã Lợi Bác, 06604 Xã Nam Quan, 06607 Xã Xuân Dương, 06610 Xã Ái Quốc
189 Huyện Đình Lập
  06613 Thị trấn Đình Lập, 06616 Thị trấn Nông trường Thái Bình, 06619 Xã Bắc Xa, 06622 Xã Bính Xá,
  06625 Xã Kiên Mộc, 06628 Xã Đình Lập, 06631 Xã Thái Bình, 06634 Xã Cường Lợi, 06637 Xã Châu Sơn,
  06640 Xã Lâm Ca, 06643 Xã Đồng Thắng, 06646 Xã Bắc Lãng
"""

ROOMS = (
    "Văn phòng HĐND và UBND",
    "Phòng Nội vụ",
    "Phòng Tư pháp",
    "Phòng Tài chính – Kế hoạch",
    "Phòng Tài nguyên và Môi trường",
    "Phòng Lao động – Thương binh và Xã hội",
    "Phòng Văn hóa và Thông tin",
    "Phòng Giáo dục và Đào tạo",
    "Phòng Y tế",
    "Phòng Dân tộc",
)
ROOMS_OF_A_DISTRICT = (
    *ROOMS,
    "Thanh tra huyện",
    "Phòng Nông nghiệp và Phát triển nông thôn",
    "Phòng Kinh tế và Hạ tầng",
)
ROOMS_OF_THE_CITY = (*ROOMS, "Thanh tra thành phố", "Phòng Kinh tế", "Phòng Quản lý đô thị")


def read_districts(table: str) -> tuple[UnitFact, ...]:
    """A line at the margin is a district, the indented lines after it are its communes, with commas between them."""
    units: list[UnitFact] = []
    district = ""
    for line in table.strip().splitlines():
        for entry in line.strip().rstrip(",").split(", "):
            code, name = entry.split(" ", 1)
            if line.startswith(" "):
                units.append(UnitFact(key_of(name), name, "commune_pc", district, code))
            else:
                district = key_of(name)
                units.append(UnitFact(district, name, "district_pc", PROVINCE, code))
    return tuple(units)


def told_apart(units: tuple[UnitFact, ...]) -> tuple[UnitFact, ...]:
    """Units whose keys would be the same (homonyms, or names that differ in accents only) get their parent's key too."""
    bearers = Counter(unit.key for unit in units)
    return tuple(
        UnitFact(f"{unit.key}-{unit.parent}", unit.name, unit.kind, unit.parent, unit.code)
        if bearers[unit.key] > 1
        else unit
        for unit in units
    )


def rooms_of(district: UnitFact) -> tuple[UnitFact, ...]:
    names = ROOMS_OF_THE_CITY if district.name.startswith("Thành phố") else ROOMS_OF_A_DISTRICT
    return tuple(room(name, district.key) for name in names)


DISTRICTS_AND_COMMUNES_2019 = told_apart(read_districts(COMMUNES))
DISTRICTS_2019 = tuple(unit for unit in DISTRICTS_AND_COMMUNES_2019 if unit.kind == "district_pc")
DISTRICT_ROOMS_2019 = tuple(each for district in DISTRICTS_2019 for each in rooms_of(district))
