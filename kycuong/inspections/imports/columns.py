"""The columns of a table of visits, as offices call them, and the form to fill in."""

from __future__ import annotations

import re

from kycuong.catalog.rules import Severity
from kycuong.core.clock import today
from kycuong.core.vietnamese import fold
from kycuong.inspections.rules import Form, UnitSignature
from kycuong.orgs.imports.known import Organisation
from kycuong.sheets.cells import Cell, Parsed
from kycuong.sheets.reading import parser
from kycuong.sheets.table import Column
from kycuong.sheets.values import choice, date_value, tidy, whole
from kycuong.sheets.writer import OutColumn, OutSheet

FORMS: dict[str, list[str]] = {
    Form.SURPRISE: ["Đột xuất", "Kiểm tra đột xuất", "Không báo trước", "ĐX"],
    Form.PLANNED: ["Theo kế hoạch", "Kế hoạch", "Định kỳ", "Kiểm tra theo kế hoạch", "Thường xuyên", "KH"],
    Form.COMBINED: ["Kết hợp", "Kiểm tra kết hợp", "Lồng ghép", "Kiểm tra lồng ghép"],
    Form.CROSS_CHECK: ["Kiểm tra chéo", "Chéo"],
    Form.RECHECK: ["Phúc tra", "Kiểm tra lại", "Tái kiểm tra"],
    Form.REMOTE: ["Từ xa", "Trực tuyến", "Kiểm tra từ xa", "Qua báo cáo"],
    Form.SELF_CHECK: ["Tự kiểm tra"],
}
SEVERITIES: dict[str, list[str]] = {str(one.value): [str(one.label)] for one in Severity}
SIGNATURES: dict[str, list[str]] = {
    UnitSignature.SIGNED: ["Đã ký", "Ký", "Có", "x"],
    UnitSignature.REFUSED: ["Từ chối ký", "Từ chối", "Không ký", "Không"],
}
EXAMPLE = "Ví dụ"
"""A row whose unit begins so is an example: it is not read."""
BULLET = re.compile(r"^\s*(?:[-–•*+]|\d{1,2}[.)])\s*")


@parser
def lines(cell: Cell, title: str) -> Parsed[list[str]]:
    """Several shortcomings in one cell: one on each line, or between semicolons; bullets and numbers do not matter."""
    parts = (tidy(BULLET.sub("", part)) for part in re.split(r"[\n;]", str(cell.value)))
    return Parsed([part for part in parts if part and fold(part) not in {"khong", "khong co", "0"}])


COLUMNS = [
    Column("lead", ["Cơ quan chủ trì", "Đơn vị chủ trì", "Cơ quan kiểm tra", "Cơ quan chủ trì kiểm tra", "Chủ trì"], True),
    Column("form", ["Hình thức", "Hình thức kiểm tra", "Loại kiểm tra", "Loại hình kiểm tra"], True, choice(FORMS)),
    Column("unit", ["Đơn vị được kiểm tra", "Cơ quan, đơn vị được kiểm tra", "Cơ quan được kiểm tra", "Tên đơn vị",
                    "Tên cơ quan, đơn vị", "Đơn vị"], True),
    Column("district", ["Huyện", "Thuộc huyện", "Huyện, thành phố", "Địa bàn", "Trực thuộc", "Đơn vị cấp trên"]),
    Column("code", ["Mã đơn vị", "Mã", "Mã ĐVHC", "Mã đơn vị hành chính"]),
    Column("on", ["Ngày kiểm tra", "Thời gian kiểm tra", "Ngày thực hiện", "Ngày", "Thời gian"], True, date_value),
    Column("decision", ["Số quyết định", "Quyết định số", "Quyết định", "Số QĐ", "QĐ số", "Quyết định kiểm tra"]),
    Column("decision_on", ["Ngày quyết định", "Quyết định ngày", "Ngày QĐ", "Ngày ban hành quyết định"], parse=date_value),
    Column("title", ["Nội dung kiểm tra", "Nội dung", "Tên cuộc kiểm tra", "Cuộc kiểm tra"]),
    Column("topics", ["Nội dung kết hợp", "Các nội dung kết hợp", "Lĩnh vực", "Lĩnh vực kết hợp"], parse=lines),
    Column("minutes", ["Số biên bản", "Biên bản số", "Biên bản", "Số BB"]),
    Column("quota", ["Biên chế được giao", "Biên chế", "Biên chế giao"], parse=whole),
    Column("present", ["Có mặt", "Số có mặt"], parse=whole),
    Column("excused", ["Vắng có lý do", "Vắng có phép", "Có phép"], parse=whole),
    Column("unexcused", ["Vắng không lý do", "Vắng không phép", "Không phép"], parse=whole),
    Column("late", ["Đi muộn, về sớm", "Đi muộn", "Muộn"], parse=whole),
    Column("count", ["Số tồn tại", "Số lượng tồn tại", "Số vi phạm"], parse=whole),
    Column("findings", ["Tồn tại, hạn chế", "Tồn tại", "Hạn chế", "Khuyết điểm", "Vi phạm", "Sai phạm"], parse=lines),
    Column("severity", ["Mức độ"], parse=choice(SEVERITIES)),
    Column("due", ["Hạn khắc phục", "Thời hạn khắc phục"], parse=date_value),
    Column("remedied", ["Ngày khắc phục", "Đã khắc phục ngày", "Khắc phục xong ngày"], parse=date_value),
    Column("strengths", ["Ưu điểm", "Kết quả đạt được"]),
    Column("signature", ["Ký biên bản", "Đơn vị ký biên bản"], parse=choice(SIGNATURES)),
    Column("reason", ["Lý do từ chối ký", "Lý do không ký"]),
    Column("unit_signatory", ["Người ký của đơn vị", "Đại diện đơn vị", "Chức vụ người ký của đơn vị"]),
    Column("team_signatory", ["Người ký của đoàn", "Đại diện đoàn", "Chức vụ người ký của đoàn"]),
    Column("explanation", ["Giải trình của đơn vị", "Ý kiến của đơn vị", "Giải trình", "Ý kiến giải trình"]),
]  # fmt: skip
TITLES = {column.key: column.title for column in COLUMNS}
NOTES_AT: dict[str, str] = {
    "lead": "Cơ quan ra quyết định, chủ trì đoàn.",
    "unit": "Tên vào ngày kiểm tra. Trùng tên: ghi kèm huyện, ví dụ Xã Hòa Bình (Bình Gia); "
    "hoặc mã rút gọn ở trang Đơn vị.",
    "on": "ngày/tháng/năm; mỗi dòng một đơn vị, một ngày.",
    "decision": "Các dòng cùng cơ quan, cùng số quyết định là một cuộc. Không có số: cùng hình thức, nội dung, ngày.",
    "topics": "Chỉ với hình thức Kết hợp: ít nhất hai nội dung, ngăn bằng dấu chấm phẩy.",
    "count": "Chỉ ghi khi không chép nội dung tồn tại.",
    "findings": "Mỗi tồn tại một dòng trong ô (Alt+Enter), hoặc ngăn bằng dấu chấm phẩy.",
    "severity": "Cho mọi tồn tại của dòng; để trống: Nhẹ.",
    "reason": "Bắt buộc khi đơn vị từ chối ký, ít nhất 10 ký tự.",
    "unit_signatory": "Chỉ ghi chức vụ, không ghi tên người.",
    "team_signatory": "Chỉ ghi chức vụ, không ghi tên người.",
}
CHOICES = {"form": FORMS, "severity": SEVERITIES, "signature": SIGNATURES}
SAMPLE = {
    "lead": "Sở Nội vụ", "form": "Đột xuất", "unit": f"{EXAMPLE}: Phòng Nội vụ (Huyện A)", "on": "15/03/2019",
    "decision": "12/QĐ-SNV", "decision_on": "14/03/2019", "minutes": "01/BB", "quota": 10, "present": 9, "excused": 1,
    "findings": "Chưa niêm yết thủ tục; Chưa có lịch tiếp công dân", "severity": "Nhẹ", "due": "14/04/2019",
    "signature": "Đã ký",
}  # fmt: skip
NOTES = [
    "Mỗi dòng là một lượt: một đơn vị, một ngày. Các cột có dấu * phải có; thứ tự cột tùy ý, cột không cần có thể xóa.",
    f"Dòng có ô đơn vị bắt đầu bằng “{EXAMPLE}” là ví dụ, không được nhập.",
    "Lượt đã nhập được tính như đã ký biên bản: các số liệu thay đổi ngay.",
    "Nhập lại cùng một tệp không làm thay đổi gì; lượt đã có mà ghi khác đi thì bị từ chối.",
    "Có lỗi ở bất kỳ ô nào thì cả tệp chưa được nhập.",
]


def template() -> OutSheet:
    """The form to fill in: one row for each visit, the first an example."""
    columns = [
        OutColumn(
            column.title,
            34 if column.key in {"lead", "unit", "findings", "title"} else 16,
            choices=[names[0] for names in CHOICES.get(column.key, {}).values()],
            note=NOTES_AT.get(column.key, ""),
            required=column.required,
        )
        for column in COLUMNS
    ]
    rows = [[SAMPLE.get(column.key) for column in COLUMNS]]
    return OutSheet("Lượt kiểm tra", columns, rows, heading=["CÁC LƯỢT KIỂM TRA"], notes=NOTES)


def units_sheet() -> OutSheet:
    """Every unit of today, to copy names from: its name, what it belongs to, and the short code that always works."""
    organisation, day = Organisation(), today()
    rows = []
    for known in organisation.units.values():
        if version := known.version(day):
            above = organisation.units.get(known.parent(day) or 0)
            over = above.version(day) if above else None
            rows.append([version.name, over.name if over else "", known.unit.slug])
    columns = [OutColumn("Tên", 40), OutColumn("Thuộc", 34), OutColumn("Mã rút gọn", 44)]
    return OutSheet("Đơn vị", columns, rows, heading=[f"ĐƠN VỊ VÀO NGÀY {day:%d/%m/%Y}"])
