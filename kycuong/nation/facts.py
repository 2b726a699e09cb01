"""What is true of the country: which provinces became which on 1 July 2025, which departments merged before, and the days of both.

Today's provinces and communes come from the official catalogue (orgs.imports.catalogue). Source of the mergers of provinces: Nghị
quyết 202/2025/QH15; of departments: the resolutions of provincial councils of February 2025, as in Lạng Sơn.
"""

from __future__ import annotations

from datetime import date

BEGINNING = date(2016, 1, 1)
"""First day of the register."""
LAST_YEAR = 2025
"""The last whole year: the same wish makes the same nation whenever it is loaded."""
COMMUNES_MERGE = date(2020, 1, 1)
COMMUNE_MOVES = date(2021, 7, 1)
DIVISION_SPLITS = date(2022, 3, 1)
COMMUNE_RISES = date(2023, 1, 1)
DEPARTMENTS_MERGE = date(2025, 3, 1)
TWO_LEVELS = date(2025, 7, 1)

MERGED_FROM: dict[int, tuple[str, ...]] = {
    8: ("Hà Giang", "Tuyên Quang"),
    15: ("Yên Bái", "Lào Cai"),
    19: ("Bắc Kạn", "Thái Nguyên"),
    24: ("Bắc Giang", "Bắc Ninh"),
    25: ("Hòa Bình", "Vĩnh Phúc", "Phú Thọ"),
    31: ("Hải Dương", "Hải Phòng"),
    33: ("Thái Bình", "Hưng Yên"),
    37: ("Hà Nam", "Nam Định", "Ninh Bình"),
    44: ("Quảng Bình", "Quảng Trị"),
    48: ("Quảng Nam", "Đà Nẵng"),
    51: ("Kon Tum", "Quảng Ngãi"),
    52: ("Bình Định", "Gia Lai"),
    56: ("Ninh Thuận", "Khánh Hòa"),
    66: ("Phú Yên", "Đắk Lắk"),
    68: ("Đắk Nông", "Bình Thuận", "Lâm Đồng"),
    75: ("Bình Phước", "Đồng Nai"),
    79: ("Bình Dương", "Bà Rịa – Vũng Tàu", "Hồ Chí Minh"),
    80: ("Long An", "Tây Ninh"),
    82: ("Tiền Giang", "Đồng Tháp"),
    86: ("Bến Tre", "Trà Vinh", "Vĩnh Long"),
    91: ("Kiên Giang", "An Giang"),
    92: ("Sóc Trăng", "Hậu Giang", "Cần Thơ"),
    96: ("Bạc Liêu", "Cà Mau"),
}
"""Code of a province of today → the provinces that it was made of. The other eleven went on as they were."""

CITIES_BEFORE = ("Hà Nội", "Hải Phòng", "Đà Nẵng", "Hồ Chí Minh", "Cần Thơ", "Huế")

DEPARTMENTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Sở Nội vụ", ("Sở Nội vụ", "Sở Lao động – Thương binh và Xã hội")),
    ("Sở Tài chính", ("Sở Tài chính", "Sở Kế hoạch và Đầu tư")),
    ("Sở Xây dựng", ("Sở Xây dựng", "Sở Giao thông vận tải")),
    ("Sở Nông nghiệp và Môi trường", ("Sở Nông nghiệp và Phát triển nông thôn", "Sở Tài nguyên và Môi trường")),
    ("Sở Khoa học và Công nghệ", ("Sở Khoa học và Công nghệ", "Sở Thông tin và Truyền thông")),
    ("Sở Dân tộc và Tôn giáo", ("Ban Dân tộc",)),
    ("Sở Tư pháp", ("Sở Tư pháp",)),
    ("Sở Y tế", ("Sở Y tế",)),
    ("Sở Giáo dục và Đào tạo", ("Sở Giáo dục và Đào tạo",)),
    ("Sở Công Thương", ("Sở Công Thương",)),
    ("Sở Văn hóa, Thể thao và Du lịch", ("Sở Văn hóa, Thể thao và Du lịch",)),
    ("Thanh tra tỉnh", ("Thanh tra tỉnh",)),
    ("Văn phòng Ủy ban nhân dân", ("Văn phòng Ủy ban nhân dân",)),
    ("Ban Quản lý các khu công nghiệp", ("Ban Quản lý các khu công nghiệp",)),
)
"""A department since 1 March 2025 → those that it was made of."""

DIVISIONS = (
    "Văn phòng", "Thanh tra", "Phòng Kế hoạch – Tài chính", "Phòng Tổ chức cán bộ", "Phòng Nghiệp vụ 1",
    "Phòng Nghiệp vụ 2", "Phòng Nghiệp vụ 3", "Chi cục chuyên ngành",
)  # fmt: skip
SERVICES = ("Trường Tiểu học", "Trường Mầm non", "Trường Trung học cơ sở", "Trạm Y tế", "Trung tâm Văn hóa")
OLD_COMMUNES = ("", "Thượng", "Hạ")
"""Ends of the made-up names of communes before the reform: «Đoàn Kết», «Đoàn Kết Thượng», «Đoàn Kết Hạ»."""
