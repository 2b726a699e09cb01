"""The columns of a sheet of people: one row for each role that somebody holds."""

from __future__ import annotations

from kycuong.orgs.roles import ROLES
from kycuong.sheets.table import Column
from kycuong.sheets.values import choice, date_value
from kycuong.sheets.writer import OutColumn, OutSheet

TITLES = {
    "username": "Tên đăng nhập",
    "full_name": "Họ và tên",
    "position": "Chức vụ",
    "email": "Thư điện tử",
    "role": "Vai trò",
    "unit": "Tại đơn vị",
    "first": "Từ ngày",
    "last": "Đến hết ngày",
    "moved_on": "Đổi từ ngày",
    "leaves_on": "Thôi việc từ ngày",
    "key": "Mã vai trò",
}
"""Key of a column → its title in our own sheets and at its faults."""

SHORT = {
    "aggregator": "Cán bộ tổng hợp",
    "coordinator": "Cán bộ đầu mối",
    "unit_head": "Thủ trưởng đơn vị",
    "auditor": "Kiểm toán",
    "system_admin": "Quản trị",
}
"""How people call a role whose title is longer."""

NAMES = {slug: [role.title, *([SHORT[slug]] if slug in SHORT else [])] for slug, role in ROLES.items()}
"""Role → what a cell may call it, its title first."""

COLUMNS = [
    Column("username", [TITLES["username"], "Tài khoản", "Tên tài khoản"], True),
    Column("full_name", [TITLES["full_name"], "Họ tên", "Họ và tên công chức"], True),
    Column("position", [TITLES["position"], "Chức danh", "Chức vụ, chức danh"]),
    Column("email", [TITLES["email"], "Email", "E-mail", "Hộp thư"]),
    Column("role", [TITLES["role"]], parse=choice(NAMES)),
    Column("unit", [TITLES["unit"], "Đơn vị", "Cơ quan, đơn vị"]),
    Column("first", [TITLES["first"]], parse=date_value),
    Column("last", [TITLES["last"], "Đến ngày"], parse=date_value),
    Column("moved_on", [TITLES["moved_on"], "Chuyển từ ngày"], parse=date_value),
    Column("leaves_on", [TITLES["leaves_on"], "Nghỉ từ ngày"], parse=date_value),
    Column("key", [TITLES["key"]]),
]

ERASE = "-"
"""Typed alone into a cell, it empties what is kept; an empty cell leaves it alone."""

NOTES = [
    "Mỗi dòng một vai trò của một người; người không có vai trò nào thì một dòng. Xóa dòng khỏi tệp không làm gì cả.",
    "«Tên đăng nhập» là khóa của người và «Mã vai trò» là khóa của vai trò đã cấp: không sửa hai cột này. Vai trò mới để trống «Mã vai trò».",
    "Đổi họ tên, chức vụ, thư điện tử: sửa ô. Ô trống là giữ nguyên; ghi “-” để xóa chức vụ hoặc thư điện tử.",
    "Chuyển đơn vị hoặc đổi vai trò: sửa «Tại đơn vị», «Vai trò» và ghi «Đổi từ ngày». Vai trò cũ hết vào hôm trước ngày đó.",
    "Kết thúc hoặc kéo dài vai trò: ghi «Đến hết ngày». Thôi việc: ghi «Thôi việc từ ngày», mọi vai trò hết vào hôm trước.",
    "Người mới: thêm dòng với tên đăng nhập chưa ai dùng, vai trò và đơn vị. Mật khẩu tạm hiện một lần sau khi thực hiện; tệp không có mật khẩu.",
    "Tệp chỉ được xem trước khi tải lên. Có lỗi ở bất kỳ ô nào thì chưa làm gì; nộp cùng một tệp hai lần không đổi thêm gì.",
]


def template() -> OutSheet:
    """The form to fill in, or to begin with the people of a unit."""
    day = "ngày/tháng/năm"
    columns = [
        OutColumn(TITLES["username"], 18, required=True, note="3 đến 50 chữ a–z không dấu, chữ số, dấu chấm, gạch."),
        OutColumn(TITLES["full_name"], 26, required=True),
        OutColumn(TITLES["position"], 24),
        OutColumn(TITLES["email"], 26),
        OutColumn(TITLES["role"], 30, choices=[role.title for role in ROLES.values()]),
        OutColumn(TITLES["unit"], 34, note="Tên như trên trang Đơn vị. Tên trùng nhau: ghi kèm nơi trực thuộc."),
        OutColumn(TITLES["first"], 13, note=f"{day}. Vai trò mới để trống là từ hôm nay."),
        OutColumn(TITLES["last"], 13, note=f"{day}. Để trống khi chưa định ngày hết."),
        OutColumn(TITLES["moved_on"], 13, note=f"{day}. Chỉ ghi khi đổi đơn vị hoặc vai trò của dòng này."),
        OutColumn(TITLES["leaves_on"], 13, note=f"{day}. Chỉ ghi khi người này thôi việc."),
        OutColumn(TITLES["key"], 38, note="Không sửa. Vai trò mới để trống."),
    ]
    return OutSheet("Người và vai trò", columns, heading=["DANH SÁCH NGƯỜI VÀ VAI TRÒ"], notes=NOTES)
