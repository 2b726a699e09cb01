"""A document laid out for both renderers: every text as it will stand, names broken into lines, lengths of lines under names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

from .model import (
    Block,
    Document,
    Figure,
    Heading,
    Note,
    Paragraph,
    Table,
    composed,
    day_line,
    ended,
    number_line,
)
from .profile import Profile
from .widths import lines_of, width

POINTS = 72 / 25.4
ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
SHORTEST = 28.0
WITNESSED = (
    "Mốc kiểm chứng của nhật ký: {} mục, gồm cả việc ký (ban hành) văn bản này. Bản in giữ một bằng chứng: quét mã vuông rồi dán vào trang “Mốc kiểm chứng” "
    "thì biết nhật ký đến lúc ấy có bị sửa, bị bỏ hay không."
)
"""Beside the square code of a checkpoint."""
"""Points: a line under a name that is a single short word is still seen."""
Laid = dict[str, Any]


def laid_out(document: Document, form: Profile) -> Laid:
    """What both renderers write, in plain values."""
    letter = not document.kind
    about = _about(document, form)
    return {
        "title": composed(document.title),
        **_head(document, form),
        "kind": composed(document.kind),
        "subject": composed(document.about),
        "letter_about": composed(f"V/v {document.about}") if letter else "",
        "about": [] if letter else about,
        "about_rule": 0 if letter else _short(about, form.styles["about"].size, form),
        "authority": composed(document.authority),
        "to_word": form.words["to"],
        "to": [composed(one) for one in _to(document.to)],
        "bases": [composed(one) for one in ended(document.bases)],
        "enacts": composed(document.enacts),
        "blocks": _blocks(document.blocks),
        "signatures": [
            {"power": [composed(line) for line in one.power], "note": composed(one.note), "name": composed(one.name)}
            for one in document.signatures
        ],
        "beside": len(document.signatures) == 1,
        "recipients_word": form.words["recipients"],
        "recipients": [composed(f"- {one}") for one in ended(document.recipients)],
        "annexes": _annexes(document),
        **_proved(document),
        "reader": composed(document.reader),
    }


def _proved(document: Document) -> Laid:
    """What can be checked of it: the hash of what was signed, and the checkpoint that first covers the signature."""
    proof, witness = document.proof, document.witness
    return {
        "proof": composed(f"Mã kiểm tra nội dung (SHA-256): {proof.sha256}") if proof else "",
        "code": proof.code if proof else "",
        "witness": composed(WITNESSED.format(f"{witness.size:,}".replace(",", "."))) if witness else "",
        "mark": witness.code if witness else "",
    }


def _head(document: Document, form: Profile) -> Laid:
    header, room = document.header, form.header["left"] * POINTS - 4
    superior = lines_of(composed(header.superior), form.styles["superior"].size, room) if header.superior else []
    issuer = lines_of(composed(header.issuer), form.styles["issuer"].size, room)
    motto, style = form.words["motto"], form.styles["motto"]
    return {
        "superior": superior,
        "issuer": issuer,
        "issuer_rule": _short(issuer, form.styles["issuer"].size, form),
        "nation": form.words["nation"],
        "motto": motto,
        "motto_rule": width(motto, style.size),
        "number": composed(number_line(header)),
        "dated": composed(day_line(header)) if header.dated else "",
    }


def _about(document: Document, form: Profile) -> list[str]:
    if not document.about:
        return []
    return lines_of(composed(document.about), form.styles["about"].size, form.header["about_width"] * POINTS)


def _short(lines: Sequence[str], size: float, form: Profile) -> float:
    if not lines:
        return 0
    return max(SHORTEST, form.header["short_line"] * width(lines[-1], size))


def _to(receivers: Sequence[str]) -> list[str]:
    """One stands on the line of the word; several below each other, with dashes."""
    if len(receivers) < 2:
        return list(receivers)
    return [f"- {one}" for one in ended(receivers)]


def _blocks(blocks: Sequence[Block]) -> list[Laid]:
    laid = [_block(one) for one in blocks]
    outer = 2
    for one in laid:  # a tagged PDF skips no level: a clause outside any «mục» stands as high as one
        if one["is"] == "heading":
            outer = 3 if one["level"] == 1 else outer
            one["rank"] = 2 if one["level"] == 1 else outer
    return laid


def _block(block: Block) -> Laid:
    match block:
        case Paragraph():
            return {"is": "text", "text": composed(block.text), "lead": composed(block.lead)}
        case Heading():
            return {"is": "heading", "text": composed(block.text), "level": block.level}
        case Table():
            return {
                "is": "table",
                "description": composed(block.description),
                "heads": head_rows(block.columns),
                "shares": [column.share for column in block.columns],
                "aligns": [column.align for column in block.columns],
                "rows": [[composed(cell) for cell in row] for row in block.rows],
                "dense": block.dense,
                "total": block.total,
            }
        case Note():
            return {"is": "note", "text": composed(block.text)}
        case Figure():
            return {
                "is": "figure",
                "svg": block.svg,
                "description": composed(block.description),
                "width": block.width,
            }


class Titled(Protocol):
    """What has a title, perhaps one above it and a number."""

    @property
    def title(self) -> str: ...
    @property
    def group(self) -> str: ...
    @property
    def mark(self) -> str: ...


def head_rows(columns: Sequence[Titled]) -> list[list[Laid]]:
    """The rows of a head: titles that stand over several columns, those of single ones, the numbers of columns."""
    grouped, marked = any(one.group for one in columns), any(one.mark for one in columns)
    first: list[Laid] = []
    for at, one in enumerate(columns):
        if not grouped or not one.group:
            first.append(_head_cell(one.title, at, down=2 if grouped else 1))
        elif at and columns[at - 1].group == one.group:
            first[-1]["across"] += 1
        else:
            first.append(_head_cell(one.group, at))
    rows = [first]
    if grouped:
        rows.append([_head_cell(one.title, at) for at, one in enumerate(columns) if one.group])
    if marked:
        rows.append([_head_cell(f"({one.mark})" if one.mark else "", at) for at, one in enumerate(columns)])
    return rows


def _head_cell(text: str, at: int, *, down: int = 1) -> Laid:
    return {"text": composed(text), "at": at, "across": 1, "down": down}


def _annexes(document: Document) -> list[Laid]:
    several = len(document.annexes) > 1
    whole = f"{document.kind.capitalize()} số " if document.kind else "Công văn số "
    number = number_line(document.header).removeprefix("Số: ")
    day = f" {day_line(replace(document.header, place=''))}" if document.header.dated else ""
    return [
        {
            "number": f"Phụ lục {ROMAN[place]}" if several else "Phụ lục",
            "title": composed(annex.title.upper()),
            "with": composed(f"(Kèm theo {whole}{number}{day})"),
            "blocks": _blocks(annex.blocks),
            "landscape": annex.landscape,
        }
        for place, annex in enumerate(document.annexes, 1)
    ]


def letters_of(laid: Any) -> set[str]:
    """Every letter that will stand on the paper."""
    match laid:
        case str():
            return set(laid)
        case dict():
            return set().union(
                *(letters_of(value) for key, value in laid.items() if key not in ("svg", "code", "mark", "is"))
            )
        case list():
            return set().union(*map(letters_of, laid))
    return set()
