"""Whose file it is: by code, by the exact name, by what a person confirmed before; anything less is only a suggestion."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from kycuong.orgs.imports.known import unit_candidates
from kycuong.sheets.cells import Cell, Sheet
from kycuong.sheets.match import Matcher
from kycuong.sheets.names import name_keys
from kycuong.sheets.reading import shown, tidy

LABEL = re.compile(
    r"(?:tên )?(?:cơ quan|đơn vị|địa phương)(?: báo cáo| lập báo cáo| gửi báo cáo)?\s*:\s*(.*)", re.IGNORECASE
)
CODE = re.compile(
    r"mã(?: định danh| số)?(?: cơ quan| đơn vị| địa bàn)?\s*:?\s*([A-Z0-9][A-Z0-9.]{1,20})$", re.IGNORECASE
)
NOISE = re.compile(
    r"\b(?:biểu|bieu|mẫu|mau|báo cáo|bao cao|bc|quý|quy|năm|nam|tháng|thang|gửi|gui|lần|lan)\b|\d+|[_\-.()]+",
    re.IGNORECASE,
)
ADDRESSEE = re.compile(r"[-–\s]*(?:kính gửi|nơi nhận|kinh gui|noi nhan)\s*:?", re.IGNORECASE)
BULLETS = ("-", "–", "+", "•", "*")
LONGEST = 120
LINES = 12
MOST = 5


@dataclass(frozen=True)
class Guess:
    """The agency when it is certain, how that is known, the words of the file that name it, and who may be meant instead."""

    agency: int | None = None
    how: str = ""
    said: str = ""
    near: tuple[int, ...] = ()


class Agencies:
    """All that may have sent a file: the units under a scope on a day, and the names that people confirmed."""

    def __init__(self, keys: Collection[int], day: date, confirmed: Mapping[str, int]) -> None:
        self.keys = set(keys)
        self.matcher = Matcher(one for one in unit_candidates(day) if one.id in self.keys)
        self.confirmed = {name_keys(said): agency for said, agency in confirmed.items() if agency in self.keys}

    def guess(self, sheet: Sheet, above: int, filename: str, named: Sequence[str]) -> Guess:
        """Whose file it is. `above`: how many rows stand over the head; `named`: the names in its rows of data."""
        lines = list(_lines(sheet.rows[: min(above, LINES)]))
        for line in lines:
            if (code := CODE.search(line)) and (found := self._by_code(code.group(1))):
                return Guess(found, "code", line)
        labelled, told = _labelled(lines), list(_names(lines))
        certain = self._certain(told) or (self._certain(named) if len(named) == 1 else {})
        if labelled and not self._certain(labelled):
            certain = {}  # the file says whose it is, in words that are not sure: other names in it are of others
        if len(certain) == 1:
            [(agency, (how, said))] = certain.items()
            return Guess(agency, how, said)
        if certain:
            return Guess(None, "several", "; ".join(said for _how, said in certain.values()), tuple(certain)[:MOST])
        stem = NOISE.sub(" ", PurePosixPath(filename.replace("\\", "/")).stem)
        # Only what is plainly the sender's own name is worth remembering: the first line is often that of the superior.
        own = labelled or (list(named) if len(named) == 1 else [""])
        return Guess(None, "", own[0][:LONGEST], self._near([*told, tidy(stem), *named[:1]]))

    def _by_code(self, code: str) -> int | None:
        match = self.matcher.match("", code=code)
        return self._key(match.found.id) if match.kind == "exact" and match.found else None

    def _certain(self, names: Sequence[str]) -> dict[int, tuple[str, str]]:
        found: dict[int, tuple[str, str]] = {}
        for name in names:
            if agency := self.confirmed.get(name_keys(name)):
                found.setdefault(agency, ("confirmed", name))
                continue
            match = self.matcher.match(name)
            if match.kind == "exact" and match.how == "name" and match.found:
                found.setdefault(self._key(match.found.id), ("name", name))
        return found

    def _near(self, names: Sequence[str]) -> tuple[int, ...]:
        found: dict[int, None] = {}
        for name in names:
            match = self.matcher.match(name)
            for candidate in match.candidates:
                found.setdefault(self._key(candidate.id))
        return tuple(found)[:MOST]

    @staticmethod
    def _key(found: object) -> int:
        assert isinstance(found, int)
        return found


def _lines(rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    """The texts above the head; two cells one under the other, and a label with what stands beside it, are also one text."""
    texts = list(_of_sender([shown(cell.value) if isinstance(cell.value, str) else "" for cell in row] for row in rows))
    for number, row in enumerate(texts):
        distinct = list(dict.fromkeys(text for text in row if text and len(text) <= LONGEST))
        if len(distinct) > 1 and distinct[0].rstrip().endswith(":"):
            yield " ".join(distinct)
        for text in distinct:
            yield text
            place = row.index(text)
            if number + 1 < len(texts) and (below := texts[number + 1][place]) and below != text:
                yield f"{text} {below}"


def _of_sender(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """The rows, blank where they name those to whom the file goes: «Kính gửi», «Nơi nhận», and what is listed under them."""
    open_label = listing = False
    for row in rows:
        said = [text for text in row if text]
        label = next((text for text in said if ADDRESSEE.match(text)), "")
        if label:
            open_label, listing = len(said) == 1 and not ADDRESSEE.sub("", label).strip(), True
        elif said and (open_label or (listing and said[0].startswith(BULLETS))):
            open_label = False
        else:
            listing = listing and not said
            yield row
            continue
        yield [""] * len(row)


def _labelled(lines: Sequence[str]) -> list[str]:
    """What stands after «Đơn vị báo cáo:» and the like."""
    return [found.group(1).strip() for line in lines if (found := LABEL.search(line)) and found.group(1).strip()]


def _names(lines: Sequence[str]) -> Iterator[str]:
    """What may be a name: after its label first, then every text as it stands."""
    yield from dict.fromkeys([*_labelled(lines), *(line for line in lines if not LABEL.search(line))])
