"""What a page in English still says in Vietnamese: words with letters that only Vietnamese has, unless they are data."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.apps import apps

from tests.page_words import Words

LETTER = re.compile(r"[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.IGNORECASE)


class Data:
    """Every text that stands in the database: names of units and people, what people wrote, checklists, laws.

    What is a word of pages, too, is no data: it could hide that the page did not say it in English.
    """

    def __init__(self, words: Collection[str]) -> None:
        texts = {one for model in apps.get_models() for row in rows_of(model) for one in strings(row)}
        lines = {line for text in texts for part in (text, *text.splitlines()) if LETTER.search(line := plain(part))}
        known = {plain(word) for word in words}
        self.texts = sorted((line for line in lines - known if " " in line or len(line) > 6), key=len, reverse=True)

    def left_in(self, text: str) -> str:
        left = plain(text).replace("Kỷ Cương", "·")
        for one in self.texts:
            if not LETTER.search(left):
                return ""
            left = left.replace(one, "·").replace(one[0].lower() + one[1:], "·")
        return left if LETTER.search(left) and not self.is_cut(left) else ""

    def is_cut(self, left: str) -> bool:
        """Whether it is the beginning of a text, cut off where a list has no room for more."""
        words = re.sub(r"^[A-Z]\d+\. ", "", left.rstrip("…"))
        return len(words) > 40 and any(one.startswith(words) for one in self.texts)


def plain(text: str) -> str:
    return " ".join(text.split())


def rows_of(model: Any) -> Iterable[Any]:
    return model._base_manager.values_list() if model._meta.managed and not model._meta.abstract else ()


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for part in value.values() for text in strings(part))
    elif isinstance(value, list | tuple):
        yield from (text for part in value for text in strings(part))


def vietnamese(text: str, data: Data) -> list[str]:
    reader = Words("en")
    reader.feed(text)
    return [left for words in reader.found if LETTER.search(words) and (left := data.left_in(words))]
