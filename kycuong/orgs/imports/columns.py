"""The columns of a list of units, as offices call them, and the form to fill in."""

from __future__ import annotations

from kycuong.orgs.rules import Kind, Scheme
from kycuong.sheets.table import Column
from kycuong.sheets.values import choice, date_value
from kycuong.sheets.writer import OutColumn, OutSheet

KINDS: dict[str, list[str]] = {
    Kind.PROVINCE: ["Tỉnh", "Cấp tỉnh", "UBND tỉnh", "Thành phố trực thuộc Trung ương", "UBND cấp tỉnh"],
    Kind.PROVINCIAL_DEPARTMENT: [
        "Sở, ban, ngành", "Sở", "Ban", "Ngành", "Sở ban ngành cấp tỉnh", "Cơ quan chuyên môn cấp tỉnh", "Cơ quan cấp tỉnh",
    ],
    Kind.DISTRICT_PC: [
        "UBND cấp huyện", "Huyện", "Quận", "Thị xã", "Thành phố", "Thành phố thuộc tỉnh", "Cấp huyện", "UBND huyện",
    ],
    Kind.COMMUNE_PC: [
        "UBND cấp xã", "Xã", "Phường", "Thị trấn", "Đặc khu", "Cấp xã", "UBND xã", "UBND phường", "UBND thị trấn",
    ],
    Kind.DIVISION: ["Phòng, chi cục", "Phòng", "Chi cục", "Phòng chuyên môn", "Cơ quan chuyên môn cấp huyện"],
    Kind.PUBLIC_SERVICE_UNIT: ["Đơn vị sự nghiệp", "Đơn vị sự nghiệp công lập", "Sự nghiệp", "Trường", "Trung tâm"],
}  # fmt: skip
SCHEMES: dict[str, list[str]] = {
    Scheme.AREA: ["Mã hành chính", "Tổng cục Thống kê", "GSO", "Mã đơn vị hành chính"],
    Scheme.EID: ["Mã định danh", "Mã định danh điện tử"],
    Scheme.LOCAL: ["Mã nội bộ", "Nội bộ"],
}

COLUMNS = [
    Column("name", ["Tên đơn vị", "Đơn vị", "Tên cơ quan", "Tên cơ quan, đơn vị", "Tên đơn vị hành chính", "Tên"], True),
    Column("kind", ["Loại", "Loại đơn vị", "Loại hình", "Cấp", "Phân loại"], True, choice(KINDS)),
    Column("parent", ["Đơn vị cấp trên", "Cấp trên", "Trực thuộc", "Thuộc", "Cơ quan chủ quản", "Đơn vị quản lý"]),
    Column("code", ["Mã", "Mã đơn vị", "Mã số", "Mã đơn vị hành chính", "Mã ĐVHC", "Mã hành chính", "Mã xã"]),
    Column("scheme", ["Hệ mã", "Loại mã"], parse=choice(SCHEMES)),
    Column("on", ["Từ ngày", "Ngày thành lập", "Ngày hiệu lực", "Có hiệu lực từ", "Hiệu lực từ ngày", "Ngày bắt đầu"],
           parse=date_value),
    Column("document", ["Văn bản", "Số văn bản", "Số, ký hiệu văn bản", "Căn cứ", "Quyết định", "Số quyết định"]),
    Column("document_on", ["Ngày văn bản", "Ngày quyết định", "Ngày ký"], parse=date_value),
    Column("former", ["Tên cũ", "Tên trước đây", "Đổi tên từ"]),
]  # fmt: skip


def template() -> OutSheet:
    """The form to fill in: one row for each unit."""
    columns = [
        OutColumn("STT", 6),
        OutColumn("Tên đơn vị", 38, required=True, note="Tên đầy đủ như trong văn bản, không ghi “UBND”."),
        OutColumn("Loại", 20, choices=[names[0] for names in KINDS.values()], required=True),
        OutColumn("Đơn vị cấp trên", 32, note="Để trống với đơn vị cao nhất. Tên trùng nhau: ghi kèm nơi trực thuộc."),
        OutColumn("Mã", 12, note="Mã đơn vị hành chính hoặc mã khác; có thể để trống."),
        OutColumn("Hệ mã", 20, choices=[names[0] for names in SCHEMES.values()], note="Để trống: mã hành chính."),
        OutColumn("Từ ngày", 14, note="ngày/tháng/năm"),
        OutColumn("Văn bản", 24),
        OutColumn("Ngày văn bản", 14),
        OutColumn("Tên cũ", 28, note="Chỉ ghi khi đơn vị đang có đổi tên từ ngày trên."),
    ]
    return OutSheet("Đơn vị", columns, heading=["DANH SÁCH ĐƠN VỊ"], notes=NOTES)


NOTES = [
    "Mỗi dòng một đơn vị. Các cột có dấu * phải có; thứ tự cột và thứ tự dòng tùy ý.",
    "Đơn vị cấp trên có thể là đơn vị đang có trong hệ thống hoặc một dòng khác của tệp này.",
    "Đơn vị đã có, không khác gì: giữ nguyên, nên nhập lại cùng một tệp không làm thay đổi gì.",
    "Đơn vị đã có nhưng khác loại, mã hoặc cấp trên: bị từ chối; hãy dùng trang Sắp xếp tổ chức.",
    "Đổi tên: ghi tên mới ở cột Tên đơn vị, tên đang dùng ở cột Tên cũ, ngày đổi ở cột Từ ngày.",
    "Có lỗi ở bất kỳ ô nào thì cả tệp chưa được nhập.",
]
