"""The document of the API, completed: what the frame around every operation may answer, and what files look like."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from kycuong.exports.rules import TYPES
from kycuong.letterheads.rules import FORMS
from kycuong.orgs.api import Problem

from .pressing import KEY

PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
ANYWHERE = {
    401: "Chưa đăng nhập",
    403: "Không được làm, hoặc thiếu mã chống giả mạo (CSRF)",
    404: "Không có, hoặc không được xem",
    422: "Yêu cầu chưa đúng",
    429: "Tạm khóa vì gõ sai mật khẩu nhiều lần",
    500: "Máy chủ gặp lỗi",
    503: "Cơ sở dữ liệu đang bận",
    507: "Máy chủ hết chỗ",
}
"""What may stand in the way of any operation: who asks, how it is written, the machine."""
WRITING = {409: "Dữ liệu đã thay đổi trong lúc đó"}
FIELD = {400: "Không đọc được gói gửi", 413: "Lớn hơn mức nhận một lần", 426: "Ứng dụng trên máy dùng giao thức khác"}
"""What a phone is told in addition (docs/reference/field-sync.md)."""
PAPERS = [FORMS["docx"], FORMS["pdf"]]
FILES = {
    "figures_summary_file": [*PAPERS, TYPES["xlsx"]],
    "paper_template_file": [FORMS["docx"]],
    "paper": PAPERS,
    "par_evidence": ["application/zip"],
    "list_file": [TYPES["csv"], TYPES["xlsx"]],
    "export_file": [TYPES["csv"], TYPES["xlsx"]],
}
"""Operation → the types of the file that it answers with."""
EMPTY = ("field_media", "field_put_media")
"""What answers 204, without a body: how far a photo is stands in the headers."""


ONCE = {
    "name": KEY, "in": "header", "required": False, "schema": {"type": "string", "maxLength": 200},
    "description": "Cùng một mã và cùng nội dung thì chỉ làm một lần; gửi lại được trả lời 409.",
}  # fmt: skip


def completed(document: dict[str, Any]) -> dict[str, Any]:
    """A copy in which every operation names all that it may answer; refusals are application/problem+json (RFC 9457)."""
    whole = deepcopy(document)
    whole["components"]["schemas"].setdefault("Problem", Problem.json_schema())
    for path, operations in whole["paths"].items():
        for method, operation in operations.items():
            _complete(operation, method, field="/field/" in path)
    return whole


def _complete(operation: dict[str, Any], method: str, *, field: bool) -> None:
    known = {int(status): told for status, told in operation["responses"].items()}
    name = operation["operationId"]
    if name in FILES:
        known[200] = {"description": "OK", "content": {kind: _binary() for kind in FILES[name]}}
    if name in EMPTY:
        known = {204: {"description": "OK"}}
    if method == "post" and not field:
        operation["parameters"] = [*operation.get("parameters", []), ONCE]
    writes = method not in ("get", "head")
    words = ANYWHERE | (WRITING if writes else {}) | (FIELD if field else {})
    for status, told in known.items():
        if status >= 400:
            told["content"] = PROBLEM
    for status, description in words.items():
        known.setdefault(status, {"description": description, "content": PROBLEM})
    operation["responses"] = dict(sorted(known.items()))


def _binary() -> dict[str, Any]:
    return {"schema": {"type": "string", "format": "binary"}}
