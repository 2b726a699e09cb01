"""The lines of a Word file told apart by what they are, each compared with what the decree wants of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from .deviation import Deviation, number, said
from .profile import Profile, Style

Line = dict[str, Any]
NEAR = 0.3
"""Millimetres within which an indent is what it should be: Word rounds."""
LONGEST = 300
"""Letters of a line that a pattern looks at: the file may come from anybody, and a pattern's work grows faster than the line."""
DAY = re.compile(r"ngày ?(\S{0,30}) ?tháng ?(\S{0,30}) ?năm ?(\d{4})?")
NUMBER = re.compile(r"^Số:? ?(?P<number>\d*) ?(?P<slash>/?) ?(?P<symbol>\S*)$")
SYMBOL = re.compile(r"^[A-ZĐƠƯa-zđ]+(-[A-ZĐÂĂÊÔƠƯ0-9&.]+)*$")
BASIS = ("Căn cứ", "Theo đề nghị", "Xét đề nghị")
TITLES = re.compile(r"\b(GS|PGS|TS|ThS|CN|KS|BS|Tiến sĩ|Thạc sĩ)\.?\s", re.IGNORECASE)


class Elements:
    """The lines of a file, told apart by what they are."""

    def __init__(self, lines: Sequence[Line], form: Profile) -> None:
        self.form = form
        cut = next((at for at, one in enumerate(lines) if re.match(r"^Phụ lục(\s|$)", one["text"])), len(lines))
        self.lines, self.annex = list(lines[:cut]), list(lines[cut:])
        self.kind = next((one for one in self.lines if one["text"].upper() in form.kinds), None)
        self.letter = self.kind is None and any(one["text"].startswith("V/v") for one in self.lines)
        self.head = self.lines[: self.lines.index(self.kind)] if self.kind else self.lines[:12]

    def all(self) -> Iterator[Deviation]:
        yield from self._header()
        yield from self._number()
        yield from self._day()
        yield from self._names()
        yield from self._bases()
        yield from self._body()
        yield from self._signing()
        yield from self._receivers()
        yield from self._fonts()

    def _look(self, line: Line, element: str, name: str) -> Iterator[Deviation]:
        """Size, weight and slant of an element."""
        style = self.form.styles[element]
        yield from self._sized(line, style, name)
        if (line["bold"] == "all") != style.bold:
            wanted = "phải in đậm" if style.bold else "không in đậm"
            yield said(name, wanted, "must be bold" if style.bold else "must not be bold")
        if (line["italic"] == "all") != style.italic:
            wanted = "phải in nghiêng" if style.italic else "không in nghiêng"
            yield said(name, wanted, "must be italic" if style.italic else "must not be italic")

    def _sized(self, line: Line, style: Style, name: str, label: str = "") -> Iterator[Deviation]:
        bad = [size for size in line["sizes"] if not style.least <= size <= style.most]
        if bad:
            wanted = number(style.least) if style.least == style.most else f"{number(style.least)}–{number(style.most)}"
            yield said(name, f"{label}cỡ chữ {number(bad[0])}, phải {wanted}", f"size {bad[0]}, must be {wanted}")

    def _find(self, *wanted: str) -> Line | None:
        return next((one for one in self.head if one["text"] in wanted), None)

    def _header(self) -> Iterator[Deviation]:
        nation = self.form.words["nation"]
        first = self._find(nation, nation.replace("HÒA", "HOÀ"))
        second = self._find(self.form.words["motto"])
        for line, element, name in ((first, "nation", "Quốc hiệu"), (second, "motto", "Tiêu ngữ")):
            if line:
                yield from self._look(line, element, name)
        if first is None:
            yield said("Quốc hiệu", f"thiếu hoặc sai chữ; phải ghi «{nation}»", "missing or misspelt")
        if second is None:
            motto = self.form.words["motto"]
            yield said("Tiêu ngữ", f"thiếu hoặc sai chữ, sai dấu gạch; phải ghi «{motto}»", "missing or misspelt")
        day = self._day_line()
        sizes = [line["sizes"][0] for line in (first, second, day) if line and line["sizes"]]
        if len(sizes) == 3 and sizes not in self.form.together:
            shown = "/".join(map(number, sizes))
            yield said(
                "Cỡ chữ phần đầu",
                f"Quốc hiệu, Tiêu ngữ, địa danh và ngày đang là {shown}; phải đi cùng nhau 12/13/13 hoặc 13/14/14",
                f"sizes {shown} must go together as 12/13/13 or 13/14/14",
            )

    def _number(self) -> Iterator[Deviation]:
        line = next((one for one in self.head if re.match(r"^Số\b", one["text"])), None)
        if line is None:
            yield said("Số, ký hiệu", "thiếu dòng «Số: …/…»", "the line with the number is missing")
            return
        yield from self._look(line, "number", "Số, ký hiệu")
        text = _short(line["text"].split("\n")[0])
        told = NUMBER.match(text)
        if not (told and told["slash"] and SYMBOL.match(told["symbol"])):
            yield said(
                "Số, ký hiệu", f"sai dạng «{text[:60]}»; phải như «Số: 07/KH-SNV», không có dấu cách", "wrong form"
            )
            return
        if len(told["number"]) == 1:
            yield said("Số, ký hiệu", "số nhỏ hơn 10 phải có số 0 phía trước", "a number below 10 needs a leading zero")
        if self.kind:
            wanted = self.form.kinds[self.kind["text"].upper()]
            there = told["symbol"].split("-")[0]
            if there != wanted:
                kind = self.kind["text"].lower()
                yield said(
                    "Số, ký hiệu", f"ký hiệu «{there}», của {kind} phải là «{wanted}»", f"symbol must be {wanted}"
                )

    def _day_line(self) -> Line | None:
        return next((one for one in self.head if DAY.search(_short(one["text"]))), None)

    def _day(self) -> Iterator[Deviation]:
        name, line = "Địa danh, ngày tháng", self._day_line()
        minutes = self.kind is not None and self.kind["text"].upper() == "BIÊN BẢN"
        if line is None:
            if not minutes:
                yield said(name, "thiếu dòng địa danh, ngày … tháng … năm …", "place and day are missing")
            return
        yield from self._look(line, "dated", name)
        told = DAY.search(_short(line["text"]))
        if told and len(told[1]) == 1 and told[1].isdigit():
            yield said(name, "ngày nhỏ hơn 10 phải có số 0 phía trước", "a day below 10 needs a leading zero")
        if told and told[2] in ("1", "2"):
            yield said(name, "tháng 1 và tháng 2 phải có số 0 phía trước", "months 1 and 2 need a leading zero")
        if told and told[2].startswith("0") and told[2] not in ("01", "02"):
            yield said(name, "từ tháng 3 trở đi không thêm số 0", "months from 3 on bear no zero")

    def _names(self) -> Iterator[Deviation]:
        if self.letter:
            line = next(one for one in self.lines if one["text"].startswith("V/v"))
            yield from self._look(line, "letter_about", "Trích yếu")
            return
        if self.kind is None:
            yield said(
                "Tên loại", "không thấy tên loại văn bản, cũng không thấy «V/v» của công văn", "no kind of document"
            )
            return
        if not self.kind["text"].isupper():
            yield said("Tên loại", "phải viết in hoa", "must be in capitals")
        yield from self._look(self.kind, "kind", "Tên loại")
        after = self.lines[self.lines.index(self.kind) + 1 :]
        if after and after[0]["align"] == "center":
            yield from self._look(after[0], "about", "Trích yếu")
        else:
            yield said(
                "Trích yếu", "thiếu trích yếu nội dung dưới tên loại, hoặc chưa đặt giữa dòng", "no subject below"
            )

    def _rest(self) -> list[Line]:
        """What stands outside tables, after the names."""
        after = self.lines[self.lines.index(self.kind) + 1 :] if self.kind else self.lines
        return [one for one in after if not one["cell"]]

    def _bases(self) -> Iterator[Deviation]:
        bases = [one for one in self._rest() if one["text"].startswith(BASIS) and one["italic"] != "none"]
        for place, one in enumerate(bases, 1):
            end = "." if place == len(bases) else ";"
            yield from self._look(one, "basis", "Căn cứ")
            if not one["text"].endswith(end):
                yield said(
                    "Căn cứ", f"căn cứ thứ {place} phải kết thúc bằng «{end}»", f"basis {place} must end with {end}"
                )

    def _body(self) -> Iterator[Deviation]:
        lines = [one for one in self._text() if one["align"] != "center" and not one["text"].startswith("- ")]
        lines = [one for one in lines if not (self.letter and one["text"].startswith(("Kính gửi", "V/v")))]
        for one in lines:
            yield from self._paragraph(one)
        end = self.form.words["end"]
        if lines and not any(one["text"].endswith(end) for one in lines):
            yield said("Nội dung", f"hết nội dung phải có dấu «{end}»", f"the text must end with {end}")

    def _paragraph(self, line: Line) -> Iterator[Deviation]:
        label = f"đoạn «{line['text'][:40]}…»: " if len(line["text"]) > 40 else f"đoạn «{line['text']}»: "
        told, text = "Nội dung", self.form.text
        yield from self._sized(line, self.form.styles["text"], told, label)
        if line["align"] != "justify":
            yield said(told, f"{label}chưa canh đều hai lề", "a paragraph is not justified")
        if not any(abs(line["indent"] - allowed) < NEAR for allowed in text["indents"]):
            yield said(
                told, f"{label}lùi đầu dòng {number(line['indent'] / 10)} cm, phải 1 hoặc 1,27 cm", "wrong indent"
            )
        if max(line["above"], line["below"]) < text["between"]:
            yield said(told, f"{label}cách đoạn trước dưới {text['between']} pt", "too little space between paragraphs")
        spacing = line["spacing"]
        if spacing is not None and not text["line"] <= spacing <= text["line_most"]:
            yield said(told, f"{label}giãn dòng {number(spacing)}, phải từ 1 đến 1,5", "line spacing out of range")

    def _text(self) -> Iterator[Line]:
        """What stands before the signature and the receivers, outside tables."""
        for one in self.lines[self.lines.index(self.kind) + 1 :] if self.kind else self.lines:
            if re.match(r"^((TM|KT|TL|TUQ|Q)\.\s|Nơi nhận)", one["text"]):
                return
            if not one["cell"]:
                yield one

    def _signing(self) -> Iterator[Deviation]:
        for one in self.lines[len(self.head) :]:
            power = re.match(r"^(TM|KT|TL|TUQ|Q)\.?\s+\S", one["text"])
            if power and one["text"].split("\n")[0].isupper():
                yield from self._look(one, "power", "Quyền hạn, chức vụ người ký")
                if not one["text"].startswith(f"{power[1]}."):
                    yield said(
                        "Quyền hạn, chức vụ người ký", f"sau «{power[1]}» phải có dấu chấm", "a full stop is missing"
                    )
            if TITLES.match(one["text"]) and len(one["text"]) < 60 and one["bold"] == "all":
                yield said("Họ tên người ký", f"«{one['text'][:40]}»: không ghi học hàm, học vị", "no academic titles")

    def _receivers(self) -> Iterator[Deviation]:
        lines, name = self.lines, "Nơi nhận"
        head = next((one for one in lines if one["text"].startswith("Nơi nhận")), None)
        if head is None:
            yield said(name, "thiếu «Nơi nhận:»", "the list of receivers is missing")
            return
        yield from self._look(head, "recipients_head", name)
        after = lines[lines.index(head) + 1 :]
        listed = [one for one in after if one["cell"] == head["cell"] and one["text"].startswith(("-", "–", "+"))]
        for place, one in enumerate(listed, 1):
            yield from self._sized(one, self.form.styles["recipient"], name, f"dòng {place}: ")
            end = "." if place == len(listed) else ";"
            if not one["text"].endswith(end):
                yield said(name, f"dòng {place} phải kết thúc bằng «{end}»", f"line {place} must end with {end}")
        if not any("Lưu" in one["text"] for one in listed):
            yield said(name, "thiếu dòng «- Lưu: VT, …»", "the line of what is kept is missing")

    def _fonts(self) -> Iterator[Deviation]:
        wanted = self.form.text["font"]
        strange = sorted({font for one in (*self.lines, *self.annex) for font in one["fonts"]} - {wanted})
        for font in strange:
            shown = f"«{font}»" if font else "theo chủ đề của Word"
            yield said("Phông chữ", f"có chữ dùng phông {shown}, phải là {wanted}", f"face {font or 'of the theme'}")


def _short(text: str) -> str:
    """For a pattern: single spaces, and no more than it may look at."""
    return " ".join(text.split())[:LONGEST]
