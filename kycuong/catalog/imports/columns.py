"""The columns of a checklist as a spreadsheet, the form to fill in, and a version written into it."""

from __future__ import annotations

from typing import Any

from kycuong.catalog.models import Checklist, Criterion
from kycuong.catalog.rules import AnswerType, AskedOn, Setting, Severity
from kycuong.orgs.rules import INSPECTABLE
from kycuong.sheets.table import Column
from kycuong.sheets.values import choice, whole, yes_no
from kycuong.sheets.writer import OutColumn, OutSheet

TYPES: dict[str, list[str]] = {
    AnswerType.YES_NO: ["Có/Không"],
    AnswerType.GRADE: ["Mức đạt"],
    AnswerType.GRADE_DOCUMENT: ["Mức đạt và văn bản"],
    AnswerType.DOCUMENT: ["Văn bản"],
    AnswerType.NUMBER: ["Số"],
    AnswerType.RATIO: ["Tỷ lệ"],
    AnswerType.HEADCOUNT: ["Bảng quân số"],
}
SEVERITIES: dict[str, list[str]] = {str(one.value): [str(one.label)] for one in Severity}
SETTINGS: dict[str, list[str]] = {Setting.SURPRISE: ["Đột xuất"], Setting.PREPARED: ["Cần chuẩn bị"]}
RESULTS: dict[str, list[str]] = {
    AskedOn.PASS: ["Đạt"],
    AskedOn.MET: ["Đạt hoặc một phần"],
    AskedOn.SHORT: ["Một phần hoặc không đạt"],
    AskedOn.FAIL: ["Không đạt"],
}
KINDS: dict[str, str] = {kind.value: str(kind.label) for kind in INSPECTABLE}

COLUMNS = [
    Column("code", ["Mã", "Mã tiêu chí"], True),
    Column("group", ["Nhóm", "Nhóm tiêu chí"], True),
    Column("text", ["Nội dung", "Nội dung tiêu chí", "Tiêu chí"], True),
    Column("answer_type", ["Cách trả lời", "Kiểu trả lời", "Trả lời", "Kiểu"], True, choice(TYPES)),
    Column("evidence", ["Minh chứng"]),
    Column("severity", ["Mức độ", "Mức"], True, choice(SEVERITIES)),
    Column("severity_to", ["Đến mức", "Mức cao nhất"], parse=choice(SEVERITIES)),
    Column("setting", ["Hình thức", "HT"], True, choice(SETTINGS)),
    Column("in_short_form", ["Rút gọn", "Có trong phiếu rút gọn"], parse=yes_no),
    Column("counted", ["Tính so sánh", "Tính vào so sánh"], parse=yes_no),
    Column("only_with_procedures", ["Chỉ đơn vị có TTHC"], parse=yes_no),
    Column("for_kinds", ["Loại đơn vị", "Chỉ hỏi ở loại đơn vị"]),
    Column("asked_after", ["Hỏi theo mã", "Chỉ hỏi theo kết quả của"]),
    Column("asked_on", ["Khi kết quả là", "Khi kết quả đó là"], parse=choice(RESULTS)),
    Column("pass_from", ["Đạt từ (%)", "Đạt từ"], parse=whole),
    Column("partial_from", ["Một phần từ (%)", "Đạt một phần từ (%)", "Một phần từ"], parse=whole),
    Column("legal_bases", ["Căn cứ", "Căn cứ pháp lý"]),
]
TITLES = {column.key: column.title for column in COLUMNS}
WIDTHS = {"text": 60, "group": 34, "evidence": 30, "legal_bases": 40, "for_kinds": 24, "code": 8}
NOTES_AT = {
    "code": "Mã nhóm và số thứ tự, ví dụ A1. Mã không đổi qua các phiên bản.",
    "group": "Mã nhóm, dấu chấm, tên nhóm; ví dụ: A. Chỉ đạo, triển khai",
    "severity_to": "Để trống: như cột Mức độ.",
    "counted": "Để trống: Có; nhóm I luôn là Không.",
    "for_kinds": "Để trống: mọi loại. Nhiều loại ngăn bằng dấu chấm phẩy.",
    "asked_after": "Mã của tiêu chí đứng trước trong bảng; để trống: luôn hỏi.",
    "legal_bases": "Số, ký hiệu văn bản đã có ở trang Căn cứ pháp lý, ngăn bằng dấu chấm phẩy.",
}
CHOICES = {
    "answer_type": TYPES,
    "severity": SEVERITIES,
    "severity_to": SEVERITIES,
    "setting": SETTINGS,
    "asked_on": RESULTS,
}
YES_NO = ("in_short_form", "counted", "only_with_procedures")
NOTES = [
    "Mỗi dòng là một tiêu chí, theo thứ tự hỏi. Các cột có dấu * phải có; thứ tự cột tùy ý.",
    "Tệp tải lên trở thành một dự thảo mới; phiên bản đã công bố không bao giờ bị đổi.",
    "Loại đơn vị: " + "; ".join(KINDS.values()) + ".",
    "Có lỗi ở bất kỳ ô nào thì chưa ghi gì.",
]


def template() -> OutSheet:
    """The form to fill in: one row for each criterion."""
    return OutSheet("Phiếu kiểm tra", _columns(), heading=["PHIẾU KIỂM TRA"], notes=NOTES)


def version_as_sheet(checklist: Checklist) -> OutSheet:
    """A version, in the columns in which it is read in again."""
    criteria = checklist.criteria.select_related("group").prefetch_related("legal_bases")
    heading = [f"{checklist.title}, phiên bản {checklist.version}"]
    return OutSheet("Phiếu kiểm tra", _columns(), [_row(one) for one in criteria], heading=heading)


def _columns() -> list[OutColumn]:
    return [
        OutColumn(
            column.title,
            WIDTHS.get(column.key, 14),
            choices=[names[0] for names in CHOICES.get(column.key, {}).values()]
            or (["Có", "Không"] if column.key in YES_NO else []),
            note=NOTES_AT.get(column.key, ""),
            required=column.required,
        )
        for column in COLUMNS
    ]


def _row(one: Criterion) -> list[Any]:
    said: dict[str, Any] = {column.key: getattr(one, column.key) for column in COLUMNS if column.key != "legal_bases"}
    said |= {name: "Có" if said[name] else "Không" for name in YES_NO}
    for key, names in CHOICES.items():
        said[key] = names[str(said[key])][0] if said[key] else ""
    said["group"] = str(one.group)
    said["for_kinds"] = "; ".join(KINDS[kind] for kind in one.for_kinds)
    said["legal_bases"] = "; ".join(basis.number for basis in one.legal_bases.all())
    return [said[column.key] for column in COLUMNS]
