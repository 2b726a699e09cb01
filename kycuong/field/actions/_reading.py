"""What was read out on the phone is what was signed there, as far as the server can know."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from kycuong.core.problems import RuleBroken
from kycuong.field.models import FieldOp
from kycuong.field.queries import body_of
from kycuong.field.rules.ops import kind_of
from kycuong.inspections.models import Visit


def ensure_read(visit: Visit, signature: FieldOp, value: dict[str, Any], kinds: Collection[str]) -> None:
    """Raise when the phone says that another content was read out, or when it said something before it signed of which the
    snapshot knows nothing."""
    read = value.get("read")
    if not isinstance(read, dict) or read.get("sha256") != value["sha256"]:
        raise RuleBroken(
            "Bản đã ký khác với bản đã đọc lại trên máy. Chữ ký được giữ, chưa dùng; hãy đọc lại rồi ký lại.",
            en="What was signed is not what was read back on the phone. The signature is kept and not used; read and sign again.",
        )
    if unread := _unread(visit, signature, value["snapshot"].get("heads"), kinds):
        raise RuleBroken(
            f"Trước khi ký, máy này đã ghi thêm {len(unread)} mục không có trong bản đã đọc lại. Chữ ký được giữ, chưa dùng; "
            "hãy đọc lại rồi ký lại.",
            en=f"Before signing, this phone said {len(unread)} things that were not in what was read back. The signature is "
            "kept and not used; read and sign again.",
        )


def _unread(visit: Visit, signature: FieldOp, heads: Any, kinds: Collection[str]) -> list[str]:
    """Fields whose last value from the same phone, said before it signed, neither was read out nor had been replaced."""
    if signature.device_id is None or not isinstance(heads, list):
        return []
    earlier = FieldOp.objects.filter(visit=visit, device=signature.device_id, seq__lt=signature.seq).order_by("seq")
    last = {op.field: op for op in earlier if kind_of(op.field) in kinds}
    read = set(map(str, heads))
    open_ones = [op for op in last.values() if str(op.uid) not in read]
    fields = {op.field for op in open_ones}
    there = FieldOp.objects.filter(visit=visit, field__in=fields)
    replaced = _replaced_by(there, read)
    return sorted(op.field for op in open_ones if str(op.uid) not in replaced)


def _replaced_by(ops: Iterable[FieldOp], read: set[str]) -> set[str]:
    """What stands, at any distance, behind the values that were read out."""
    bases = {str(op.uid): body_of(op)["base"] for op in ops}
    todo, found = [uid for uid in bases if uid in read], set[str]()
    while todo:
        new = set(bases.get(todo.pop(), ())) - found
        found |= new
        todo += new
    return found
