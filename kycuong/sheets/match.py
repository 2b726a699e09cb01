"""Finds which of many known names a cell means. Spelling and abbreviations are understood; what is left open is asked."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from rapidfuzz import process
from rapidfuzz.fuzz import token_sort_ratio

from .abbreviations import Word, aligned, spoken, words_of
from .cells import Cell, Issue
from .names import name_keys, unaccented_key
from .reading import error, tidy

NEAR = 85
"""How alike, of 100, two names without accents must be to ask whether one is meant."""
MOST_ASKED = 5
Kind = Literal["exact", "ambiguous", "suggested", "none"]
How = Literal["name", "abbreviation", "code", "code_conflict", "context_conflict", "spelling", "nothing"]


@dataclass(frozen=True)
class Candidate:
    """Something that may be meant. `names[0]` is shown; `context` names what it belongs to, the nearest first."""

    id: Hashable
    names: Sequence[str]
    code: str = ""
    context: Sequence[str] = ()

    @property
    def label(self) -> str:
        """The name with what tells it from its namesakes, as it may be typed into the cell."""
        return f"{self.names[0]}, {self.context[0]}" if self.context else self.names[0]


@dataclass(frozen=True)
class Match:
    """The answer: `found` only when nothing is left to ask, else the candidates to choose from."""

    kind: Kind
    found: Candidate | None = None
    candidates: list[Candidate] = field(default_factory=list)
    how: How = "nothing"


class Names:
    """Names by their keys, whole or abbreviated; each stands for the positions of those who bear it."""

    def __init__(self) -> None:
        self.exact: dict[tuple[str, ...], set[int]] = {}
        self.words: dict[tuple[Word, ...], set[int]] = {}
        self.plain: dict[str, set[int]] = {}
        self.ends: set[str] = set()

    def add(self, position: int, name: str, above: str = "") -> None:
        """Know a bearer by a name, or by a name together with what it belongs to."""
        plain = unaccented_key(name)
        if above:
            plain = f"{plain} {unaccented_key(above)}"
        else:
            self.ends.add(plain)
        # Keys of the parts are joined: each part is worked out once, however many pairs it stands in.
        self.exact.setdefault(name_keys(name) + name_keys(above), set()).add(position)
        self.words.setdefault(words_of(name) + words_of(above), set()).add(position)
        self.plain.setdefault(plain, set()).add(position)

    def find(self, text: str) -> tuple[set[int], How]:
        """Those called so: by the whole name, else by an abbreviation that keeps at least one whole word."""
        if found := self.exact.get(name_keys(text)):
            return found, "name"
        tokens = spoken(text)
        if not any(token.initials for token in tokens):
            return set(), "nothing"
        bearers = [places for words, places in self.words.items() if aligned(tokens, words)]
        return set().union(*bearers), "abbreviation"

    def near(self, text: str) -> list[int]:
        """Those with nearly such a name, or with a name that ends so, the likeliest first."""
        plain = unaccented_key(text)
        if not plain:
            return []
        likeness = {name: 99.0 for name in self.ends if name.endswith(f" {plain}")}
        choices = list(self.plain)
        for name, score, _ in process.extract(plain, choices, scorer=token_sort_ratio, score_cutoff=NEAR, limit=20):
            likeness[name] = max(score, likeness.get(name, 0))
        ordered = sorted(likeness, key=lambda name: (-likeness[name], name))
        return list(dict.fromkeys(place for name in ordered for place in sorted(self.plain[name])))


class Matcher:
    """Answers for one list of candidates; the same question is worked out once."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self.candidates = list(candidates)
        self.names, self.contexts, self.codes = Names(), Names(), dict[str, set[int]]()
        for place, candidate in enumerate(self.candidates):
            for name in candidate.names:
                self.names.add(place, name)
                for above in candidate.context:
                    self.names.add(place, name, above)
            for above in candidate.context:
                self.contexts.add(place, above)
            if candidate.code:
                self.codes.setdefault(_code_key(candidate.code), set()).add(place)
        self._answer = lru_cache(maxsize=20_000)(self._work_out)

    def match(self, text: str, *, code: str = "", context: Sequence[str] = ()) -> Match:
        """Who is meant. `context` helps to tell namesakes apart, innermost last; a code decides where the name agrees."""
        return self._answer(tidy(text), tidy(code), tuple(context))

    def _work_out(self, text: str, code: str, context: tuple[str, ...]) -> Match:
        named, how = self.names.find(text) if text else (set[int](), "nothing")
        if code and (answer := self._by_code(text, code, named)):
            return answer
        if not named:
            return self._near(text, context)
        kept = self._narrowed(named, context)
        if not kept:
            return Match("ambiguous", None, self._listed(named), "context_conflict")
        if len(kept) == 1:
            return Match("exact", self.candidates[next(iter(kept))], self._listed(kept), how)
        return Match("ambiguous", None, self._listed(kept), how)

    def _by_code(self, text: str, code: str, named: set[int]) -> Match | None:
        bearers = self.codes.get(_code_key(code), set())
        if not bearers:
            # A code of another scheme says nothing; a wrong code of ours must not be passed over.
            coded = {place for place in named if self.candidates[place].code}
            return Match("ambiguous", None, self._listed(coded), "code_conflict") if coded else None
        agreeing = bearers & named if named else bearers & set(self.names.near(text)) if text else bearers
        if len(agreeing) == 1:
            return Match("exact", self.candidates[next(iter(agreeing))], self._listed(agreeing), "code")
        how: How = "code" if agreeing else "code_conflict"
        return Match("ambiguous", None, self._listed(agreeing or sorted(bearers) + sorted(named - bearers)), how)

    def _narrowed(self, found: set[int], context: tuple[str, ...]) -> set[int]:
        """Those in the innermost context that is known at all; nobody when that one speaks against all of them."""
        for name in reversed(context):
            within = self.contexts.find(name)[0]
            if within:
                return found & within
        return found

    def _near(self, text: str, context: tuple[str, ...]) -> Match:
        near = self.names.near(text)
        within = [place for place in near if place in self._narrowed(set(near), context)]
        asked = self._listed(within or near)[:MOST_ASKED]
        return Match("suggested", None, asked, "spelling") if asked else Match("none")

    def _listed(self, places: Iterable[int]) -> list[Candidate]:
        return [self.candidates[place] for place in (sorted(places) if isinstance(places, set) else places)]


def _code_key(code: str) -> str:
    """Spreadsheets eat zeros at the front of codes."""
    return code.casefold().lstrip("0")


def match_issue(match: Match, cell: Cell, title: str) -> Issue | None:
    """What to ask about a cell; None when it is certain who is meant."""
    if match.kind == "exact":
        return None
    told = tidy(str(cell.value or ""))[:80]
    shown = "; ".join(candidate.label for candidate in match.candidates[: 2 * MOST_ASKED])
    vi, en = _QUESTIONS[match.how if match.how in _QUESTIONS else match.kind]
    if match.how == "code":
        shown = "; ".join(f"{candidate.label} ({candidate.code})" for candidate in match.candidates)
    return error(cell, title, vi.format(told=told, shown=shown), en.format(told=told, shown=shown))


_QUESTIONS: dict[str, tuple[str, str]] = {
    "ambiguous": (
        "«{told}» có thể là: {shown}. Hãy ghi rõ tên kèm đơn vị cấp trên như trong danh sách này.",
        "“{told}” may be: {shown}. Write the name with what it belongs to, as in this list.",
    ),
    "suggested": (
        "Không có «{told}». Có phải: {shown}? Hãy ghi đúng một tên trong danh sách này.",
        "There is no “{told}”. Did you mean: {shown}? Write exactly one of these names.",
    ),
    "none": (
        "Không tìm thấy «{told}». Hãy kiểm tra lại tên, ghi tên đầy đủ như trong hệ thống.",
        "“{told}” was not found. Check the name and write it in full, as the system has it.",
    ),
    "code": (
        "Mã này có ở nhiều nơi: {shown}. Hãy ghi thêm tên đầy đủ.",
        "Several bear this code: {shown}. Write the full name, too.",
    ),
    "code_conflict": (
        "Tên «{told}» và mã không cùng một nơi ({shown}). Hãy sửa tên hoặc mã cho khớp.",
        "The name “{told}” and the code do not belong together ({shown}). Mend the name or the code.",
    ),
    "context_conflict": (
        "«{told}» không thuộc nơi ghi cùng dòng; hiện có: {shown}. Hãy sửa tên hoặc đơn vị cấp trên.",
        "“{told}” does not belong where its row says; there is: {shown}. Mend the name or what it belongs to.",
    ),
}
