"""Receipts as files: text for any verifier, JSON for programs, a square code to print."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from kycuong.audit.receipts import Receipt
from kycuong.core.problems import Missing, RuleBroken
from kycuong.papers.square import square_svg

FORMS = ("txt", "json", "svg")


class File(NamedTuple):
    """A file to be sent."""

    data: bytes
    type: str


def receipt_file(receipt: Receipt, form: str) -> File:
    """In one of its forms; RuleBroken before there is a checkpoint."""
    if form not in FORMS:
        raise Missing(
            f"Không có tệp kiểu «{form[:20]}»; hãy chọn txt, json hoặc svg.", en="No such file: txt, json or svg."
        )
    if receipt.checkpoint is None:
        raise RuleBroken(
            "Chưa có mốc kiểm chứng nào ký sau việc này. Hãy đợi lần chạy việc nền tới rồi mở lại trang biên nhận.",
            en="No checkpoint was signed after this act yet. Wait for the next run of background work, then open the receipt again.",
        )
    match form:
        case "txt":
            return File(receipt.text.encode(), "text/plain; charset=utf-8")
        case "json":
            return File((json.dumps(told(receipt), ensure_ascii=False, indent=1) + "\n").encode(), "application/json")
        case _:
            return File(square_svg(receipt.scanned.strip()).encode(), "image/svg+xml")


def told(receipt: Receipt) -> dict[str, Any]:
    """The members of the JSON form; the last five are null or empty before there is a checkpoint."""
    checkpoint = receipt.checkpoint
    return {
        "entry": receipt.number,
        "recorded_at": receipt.told["ts"],
        "verb": receipt.told["verb"],
        "leaf": receipt.leaf.hex(),
        "meta": receipt.meta.decode(),
        "path": [one.hex() for one in receipt.path],
        "size": checkpoint and checkpoint.size,
        "checkpoint": checkpoint and checkpoint.note,
        "text": receipt.text,
        "scanned": receipt.scanned,
    }
