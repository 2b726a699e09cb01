"""The guides of docs/guide and the glossary as pages of the product, made from Markdown by `just docs`; nothing is asked of the database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from html import unescape
from pathlib import Path

from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

MADE = Path(__file__).parent / "made"
"""One piece of HTML for each guide, without its frame. Its own suffix: these are no templates, and nobody writes in them."""
SUFFIX = ".htm"
INDEX = "README"
"""The guide that lists the others, at /help/guide/."""
FOR_EVERYBODY = "account"
"""Whoever cannot sign in, or may open nothing else yet, reads this one; the others are for people who have signed in."""
BETWEEN = " · "
"""In headings, between Vietnamese and English."""
HEADING = re.compile(r'<h([123])(?: id="([^"]+)")?>(.*?)</h\1>\n?', re.DOTALL)
PICTURE = re.compile(r'"static:([^"]+)"')


@dataclass(frozen=True)
class Section:
    """A heading, to which one can link: how deep it stands (2 or 3), its anchor, its words in Vietnamese and, where it has them, in English."""

    depth: int
    anchor: str
    vi: str
    en: str

    @property
    def language(self) -> str:
        """Of the words that are shown on a page of the present language."""
        return "en" if self.en and get_language() == "en" else "vi"

    @property
    def title(self) -> str:
        return self.en if self.language == "en" else self.vi


@dataclass(frozen=True)
class Guide:
    """A guide: its name in the address, its heading, what stands below it as `writing.py` made it, and the sections of that."""

    name: str
    heading: Section
    text: str
    sections: tuple[Section, ...]

    @cached_property
    def body(self) -> SafeString:
        """With the addresses of its pictures: asked where they are shown alone, for one that is missing would break every page with help."""
        # Made by `writing.py`, which lets no HTML of an author through, and shipped with the code.
        return mark_safe(PICTURE.sub(lambda found: f'"{static(found[1])}"', self.text))  # noqa: S308

    @property
    def title(self) -> str:
        return self.heading.title

    def section(self, anchor: str) -> Section:
        """KeyError when there is none."""
        return {one.anchor: one for one in self.sections}[anchor]


@cache
def names() -> frozenset[str]:
    """Of all guides, the index included."""
    return frozenset(path.stem for path in MADE.glob(f"*{SUFFIX}"))


@cache
def guide(name: str) -> Guide:
    """A guide of `names()`, read once for each process. KeyError when there is none."""
    if name not in names():
        raise KeyError(name)
    text = (MADE / f"{name}{SUFFIX}").read_text(encoding="utf-8")
    heading, *sections = (_section(*found) for found in HEADING.findall(text))
    return Guide(name, heading, HEADING.sub("", text, count=1), tuple(sections))


def _section(depth: str, anchor: str, words: str) -> Section:
    vi, _between, en = unescape(re.sub(r"<[^>]+>", "", words)).partition(BETWEEN)
    return Section(int(depth), anchor, vi, en)
