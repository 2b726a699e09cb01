"""What stands in the log, in words: the name of a field, a value, who said it where and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kycuong.catalog.models import Criterion
from kycuong.catalog.rules import Outcome
from kycuong.field.models import FieldOp
from kycuong.field.rules.ops import key_of, kind_of
from kycuong.inspections.rules import REASONS
from kycuong.inspections.rules.concerned import MASK, Category

from .log import said_of

SHEET = {
    "quota": gettext_lazy("biên chế"),
    "present": gettext_lazy("có mặt"),
    "absent_excused": gettext_lazy("vắng có lý do"),
    "absent_unexcused": gettext_lazy("vắng không lý do"),
    "late": gettext_lazy("đi muộn"),
    "roll_call_at": gettext_lazy("giờ điểm danh"),
}


@dataclass(frozen=True, slots=True)
class Worded:
    """One op as a page shows it."""

    op: FieldOp
    field: str
    value: str
    who: str
    where: str
    received_at: datetime
    problem: str

    @property
    def uid(self) -> str:
        return str(self.op.uid)


def worded(op: FieldOp, criteria: Mapping[str, Criterion], *, names: bool) -> Worded:
    """An op; names of people only where the reader may know them."""
    said = said_of(op)
    value = _("(bỏ)") if said.deleted else value_in_words(op.field, said.value, names=names)
    who = str(op.author) if op.author else _("không rõ")
    where = op.device.name if op.device else _("bàn làm việc")
    return Worded(op, field_in_words(op.field, criteria), value, who, where, op.received_at, op.problem_vi)


def field_in_words(field: str, criteria: Mapping[str, Criterion]) -> str:
    """«A3 Có sổ theo dõi», «Quân số», «Ưu điểm»."""
    kind, key = kind_of(field), key_of(field)
    plain = {"h": _("Quân số"), "f": _("Tồn tại ghi thêm"), "v": _("Người liên quan"), "m": _("Ảnh"), "s": _("Chữ ký")}
    plain |= {"d": _("Biên bản bổ sung"), "e": _("Ý kiến của đơn vị về một tồn tại")}
    whole = {"t/strengths": _("Ưu điểm"), "t/explanation": _("Ý kiến giải trình của đơn vị")}
    whole |= {"st/start": _("Bắt đầu"), "st/finish": _("Kết thúc")}
    if kind == "a":
        return f"{key} {criteria[key].text}" if key in criteria else _("Tiêu chí %(code)s") % {"code": key}
    if kind == "e" and key in criteria:
        return _("Ý kiến của đơn vị về %(code)s") % {"code": key}
    return whole.get(field) or plain.get(kind) or field


def value_in_words(field: str, value: Any, *, names: bool) -> str:
    """One line."""
    if not isinstance(value, dict):
        return str(value) if value not in (None, "") else _("(trống)")
    match kind_of(field):
        case "a":
            return _answer(value)
        case "h":
            return ", ".join(
                f"{SHEET.get(name, name)} {number}" for name, number in value.items() if number is not None
            )
        case "f":
            return str(value.get("description", ""))
        case "v":
            name = str(value.get("name") or "")
            told = [
                _category(value.get("category")),
                str(value.get("position") or ""),
                name if names else name and MASK,
            ]
            return ", ".join(part for part in told if part)
        case "m":
            return str(value.get("caption") or "") or _("ảnh %(sha)s…") % {"sha": str(value.get("sha256"))[:12]}
        case "s":
            return _("mã %(sha)s…") % {"sha": str(value.get("sha256"))[:16]}
        case "d":
            return str(value.get("text", ""))
        case _:
            return str(value.get("note") or "") or _("đã bấm")


def _sheet(value: Mapping[str, Any]) -> str:
    """In the order of the sheet."""
    labels = {**SHEET, **REASONS}
    return ", ".join(f"{labels[name]} {value[name]}" for name in labels if value.get(name) is not None)


def _answer(value: Mapping[str, Any]) -> str:
    outcome = value.get("outcome")
    said = str(Outcome(outcome).label) if outcome in Outcome.values else ""
    numbers = f"{value.get('part')}/{value.get('whole')}" if "whole" in value else str(value.get("count", ""))
    document = " ".join(str(value.get(name) or "") for name in ("number", "dated")).strip()
    parts = [said, numbers, document, str(value.get("note") or ""), str(value.get("finding") or "")]
    return "; ".join(part for part in parts if part) or _("(chưa đủ)")


def _category(value: Any) -> str:
    return str(Category(value).label) if value in Category.values else ""
