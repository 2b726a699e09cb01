"""From the Markdown of docs/guide to what the product shows. Part of `just docs`: whoever runs the product reads no Markdown, and needs no package for it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from PIL import Image

from kycuong.core.problems import RuleBroken
from kycuong.facts.store.optional import needed
from kycuong.site.home import CODE

from . import BETWEEN, INDEX, MADE, SUFFIX
from .languages import is_english, marked, quoting, raw

if TYPE_CHECKING:
    from markdown_it.token import Token

ROOT = CODE.parent
GUIDES = "docs/guide"
GLOSSARY = "docs/glossary.md"
PICTURES = "kycuong/site/static/"


def sources() -> dict[str, Path]:
    """Name of each guide → its Markdown."""
    return {path.stem: path for path in [*sorted((ROOT / GUIDES).glob("*.md")), ROOT / GLOSSARY]}


def pieces() -> dict[Path, str]:
    """What belongs into the folder `made`: file → text."""
    return {
        MADE / f"{name}{SUFFIX}": html_of(path.read_text(encoding="utf-8"), path) for name, path in sources().items()
    }


def html_of(text: str, path: Path) -> str:
    """The guide at `path` as HTML: of its author's Markdown only, no HTML, no address of a script. RuleBroken for a link or picture that leads nowhere."""
    markdown = needed("markdown_it", "dev").MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(text)
    Writing(path, tokens).mend()
    return str(markdown.renderer.render(tokens, markdown.options, {}))


class Writing:
    """One guide while it is made: anchors, languages, tables that scroll, links and pictures as the product has them."""

    def __init__(self, path: Path, tokens: list[Token]) -> None:
        self.name = path.stem
        self.place = path.parent.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else GUIDES
        self.tokens = tokens
        self.anchors: dict[str, int] = {}
        self.heading, self.tables = "", 0

    def mend(self) -> None:
        for before, token in zip(self.tokens, self.tokens[1:], strict=False):
            if token.type == "inline":
                self.of_words(before, token)
        for token in self.tokens:
            if token.type in {"heading_open", "table_open", "table_close", "th_open"}:
                getattr(self, token.type)(token)

    def of_words(self, before: Token, token: Token) -> None:
        """A heading, a paragraph, a cell: its anchor or its language, then its links and pictures."""
        if before.type == "heading_open":
            before.meta["words"] = token.content
            if before.tag != "h1":
                before.attrSet("id", self.anchor(token.content))
            token.children = in_two_languages(token)
        elif not is_english(token.content):
            token.children = marked(token.children or [])
        else:
            token.children = [*quoting(token.children or [])]
            before.attrSet("lang", "en")
            if before.hidden:  # a line of a list: its paragraph is not written
                token.children = [raw('<span lang="en">'), *token.children, raw("</span>")]
        token.children = [*self.mended(token.children or [])]

    def anchor(self, words: str) -> str:
        """As code hosts make them, so that one link works in both places."""
        plain = re.sub(r"[^\w\- ]", "", words.lower().replace("`", "")).replace(" ", "-")
        again = self.anchors[plain] = self.anchors.get(plain, -1) + 1
        return f"{plain}-{again}" if again else plain

    def heading_open(self, token: Token) -> None:
        self.heading, self.tables = token.meta["words"].partition(BETWEEN)[0], 0

    def table_open(self, token: Token) -> None:
        """A frame that scrolls by itself, with a name of its own, also for the second table below one heading."""
        self.tables += 1
        label = self.heading + (f" ({self.tables})" if self.tables > 1 else "")
        token.type, token.nesting = "html_block", 0
        token.content = (
            f'<div class="table-wrap" tabindex="0" role="region" aria-label="{escape(label)}">\n<table class="table">\n'
        )

    def table_close(self, token: Token) -> None:
        token.type, token.nesting, token.content = "html_block", 0, "</table>\n</div>\n"

    def th_open(self, token: Token) -> None:
        token.attrSet("scope", "col")

    def mended(self, children: list[Token]) -> Iterator[Token]:
        outside: list[str] = []
        for before, token in zip([None, *children], children, strict=False):
            if token.type == "image":
                yield raw(self.picture(token))
            elif token.type == "link_open":
                address = self.address(str(token.attrGet("href")))
                outside.append("" if address else self.file(str(token.attrGet("href"))))
                if address:
                    token.attrSet("href", address)
                    yield token
            elif token.type == "link_close":
                yield self.closed(outside.pop(), before, token)
            else:
                yield token

    def closed(self, file: str, before: Token | None, token: Token) -> Token:
        """The end of a link; of one that leads into the sources, the name of the file, unless that has just been said."""
        if not file:
            return token
        return raw("" if before and before.content == file else f" (<code>{escape(file)}</code>)")

    def picture(self, token: Token) -> str:
        """With its size, so that the page stands still while it comes, and not before it is scrolled to; it opens whole."""
        file = self.file(str(token.attrGet("src")))
        with Image.open(ROOT / file) as image:
            width, height = image.size
        source = escape(f"static:{file.removeprefix(PICTURES)}")
        size = f'width="{width}" height="{height}" loading="lazy" decoding="async"'
        return f'<a class="guide-picture" href="{source}"><img src="{source}" alt="{escape(token.content)}" {size}></a>'

    def address(self, href: str) -> str:
        """In the product; empty for a file that only the sources have."""
        if href.startswith(("#", "https://")):
            return href
        file, mark, anchor = self.file(href).partition("#")
        if file not in {GLOSSARY, *(f"{GUIDES}/{name}.md" for name in sources())}:
            return ""
        name, up = Path(file).stem, "" if self.name == INDEX else "../"
        return ((up or "./") if name == INDEX else f"{up}{name}/") + mark + anchor

    def file(self, href: str) -> str:
        """The file that a relative link means, from the root of the sources."""
        name, mark, anchor = unquote(href).partition("#")
        file = posixpath.normpath(posixpath.join(self.place, name))
        if file.startswith(("..", "/")) or not (ROOT / file).exists():
            raise RuleBroken(
                f"{self.name}.md: không có tệp {href}.", en=f"{self.name}.md links to {href}, which is not there."
            )
        return file + mark + anchor


def in_two_languages(token: Token) -> list[Token]:
    """«Thông báo chung · Announcements»: what follows the dot is English."""
    children = token.children or []
    vi, between, en = token.content.rpartition(BETWEEN)
    if not between or len(children) != 1:
        return children
    return [raw(f'{escape(vi)}<span lang="en">{BETWEEN}{escape(en)}</span>')]


def drifted() -> list[Path]:
    """The pieces that are not what the Markdown says, and those of no guide."""
    wanted = pieces()
    return [
        path for path in {*wanted, *MADE.iterdir()} if not path.exists() or wanted.get(path) != path.read_text("utf-8")
    ]


def write_all() -> None:
    for path in drifted():
        path.unlink(missing_ok=True)
    for path, text in pieces().items():
        path.write_text(text, encoding="utf-8")
