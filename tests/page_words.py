"""The words of a page in one language: what is read, and what is read out of attributes."""

from __future__ import annotations

from html.parser import HTMLParser

APART = ("script", "style", "code", "pre", "kbd", "textarea")
SAID = ("title", "aria-label", "placeholder", "alt", "data-label", "aria-description", "aria-roledescription")
ALONE = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Words(HTMLParser):
    """Texts of a page, save code and what says that it is in another language."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.found: list[str] = []
        self.open: list[tuple[str, bool]] = []

    @property
    def apart(self) -> bool:
        return bool(self.open) and self.open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        said = given.get("lang")
        apart = tag in APART or (self.apart if said is None or tag == "html" else said != self.language)
        if not apart:
            self.found += [words for name in SAID if (words := given.get(name))]
        if tag not in ALONE:
            self.open.append((tag, apart))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and not self.apart:
            self.found.append(" ".join(data.split()))
