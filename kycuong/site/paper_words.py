"""The words that the program itself writes on official papers, read out of the sources: for a practitioner to read over."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

CODE = Path(__file__).resolve().parent.parent
LEAST_WORDS = 3
VIETNAMESE = re.compile(r"[^\x00-\x7f]")
GAP = "…"


def sources() -> list[Path]:
    """Where documents are put together, and the standard wordings."""
    rooms = sorted({*CODE.glob("*/documents.py"), *CODE.glob("*/documents/*.py")})
    return [*rooms, CODE / "letterheads" / "rules" / "wordings.py"]


def by_source() -> Iterator[tuple[str, list[str]]]:
    """Path → its sentences in the order in which they stand there."""
    for path in sources():
        found = sentences(path.read_text(encoding="utf-8"))
        if found:
            yield named(path), found


def named(path: Path) -> str:
    return str(path.relative_to(CODE.parent))


def sentences(source: str) -> list[str]:
    """Vietnamese texts of three words or more; «…» where a name, a number or a day goes. No docstring, and nothing that refuses somebody."""
    found = (plain(text) for text in _texts(ast.parse(source)))
    return list(
        dict.fromkeys(
            one for one in found if VIETNAMESE.search(one.replace(GAP, "")) and len(one.split()) >= LEAST_WORDS
        )
    )


def plain(text: str) -> str:
    return " ".join(text.split())


def _texts(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Raise() | ast.Expr(value=ast.Constant()):
            return
        case ast.JoinedStr():
            yield "".join(str(one.value) if isinstance(one, ast.Constant) else GAP for one in node.values)
            inner = (one for one in node.values if isinstance(one, ast.FormattedValue))
            for one in inner:
                yield from _texts(one.value)
        case ast.Constant(value=str(text)):
            yield text
        case _:
            for child in ast.iter_child_nodes(node):
                yield from _texts(child)
