"""The rows of a checklist's spreadsheet: what each says as a criterion, and everything that speaks against it, at its cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kycuong.catalog import rules
from kycuong.catalog.models import Criterion, LegalBasis
from kycuong.core.checks import ensure_values
from kycuong.core.problems import BadInput, Problem
from kycuong.core.vietnamese import fold
from kycuong.sheets.cells import Issue
from kycuong.sheets.table import Row
from kycuong.sheets.values import error

from .columns import KINDS, TITLES

GROUP = re.compile(r"([A-Z]{1,4})\s*[.:\-–]\s*(\S.*)")
KEYS_OF_KINDS = {fold(label): kind for kind, label in KINDS.items()} | {fold(kind): kind for kind in KINDS}


@dataclass(eq=False)
class Line:
    """One row as a criterion."""

    row: Row
    code: str = ""
    group: str = ""
    heading: str = ""
    content: dict[str, Any] = field(default_factory=dict)
    bases: list[LegalBasis] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def blame(self, key: str, vi: str, en: str) -> None:
        """A fault at the cell of a column."""
        cell = self.row.cell(key)
        self.issues.append(error(cell, TITLES.get(key, "Dòng"), vi, en))


def line_of(row: Row, bases: Mapping[str, LegalBasis]) -> Line:
    """What a row says; words that name nothing are told at once."""
    told = row.values
    line = Line(row, code=str(told.get("code") or "").upper())
    _read_group(line)
    severity = int(told.get("severity") or 1)
    for_kinds = _named(line, "for_kinds", KEYS_OF_KINDS, "loại đơn vị", "kind of unit")
    line.bases = _named(line, "legal_bases", bases, "văn bản ở trang Căn cứ pháp lý", "legal document known here")
    counted = told.get("counted")
    line.content = {
        "text": told.get("text") or "",
        "answer_type": told.get("answer_type") or "",
        "evidence": told.get("evidence") or "",
        "severity": severity,
        "severity_to": int(told.get("severity_to") or severity),
        "setting": told.get("setting") or "",
        "in_short_form": bool(told.get("in_short_form")),
        "counted": not rules.is_local(line.group) if counted is None else counted,
        "only_with_procedures": bool(told.get("only_with_procedures")),
        "for_kinds": for_kinds,
        "asked_after": str(told.get("asked_after") or "").upper(),
        "asked_on": told.get("asked_on") or "",
        "pass_from": 100 if told.get("pass_from") is None else told["pass_from"],
        "partial_from": 70 if told.get("partial_from") is None else told["partial_from"],
    }
    if told.get("partial_from") is None:
        line.content["partial_from"] = min(70, line.content["pass_from"])
    return line


def judge(lines: Sequence[Line], wrong: Container[int], *, local: bool) -> dict[str, str]:
    """Check each row by the same rules as the builder; returns the groups by their letters.

    Rows whose cells could not be read are told already, but others may wait for them.
    """
    groups: dict[str, tuple[str, int]] = {}
    rows_of_codes: dict[str, int] = {}
    above: list[Criterion] = []
    for line in (line for line in lines if line.group):
        number = line.row.number
        heading, first = groups.setdefault(line.group, (line.heading, number))
        if heading != line.heading:
            line.blame("group", f"Nhóm {line.group} mang tên khác ở dòng {first}. Hãy ghi giống nhau.",
                       f"Group {line.group} bears another title in row {first}. Write the same.")  # fmt: skip
        earlier = rows_of_codes.setdefault(line.code, number)
        if earlier != number:
            line.blame("code", f"Mã {line.code} đã có ở dòng {earlier}. Hãy đổi mã.",
                       f"The code {line.code} stands in row {earlier} already.")  # fmt: skip
        criterion = Criterion(code=line.code, position=len(above) + 1, **line.content)
        if number not in wrong:
            _check(line, criterion, above, local=local)
        above.append(criterion)
    return {code: heading for code, (heading, _row) in groups.items()}


def _check(line: Line, criterion: Criterion, above: Sequence[Criterion], *, local: bool) -> None:
    _try(line, "group", lambda: rules.ensure_group_code(line.group, local=local))
    _try(line, "", lambda: rules.ensure_criterion_in_order(criterion, group_code=line.group))
    _try(line, "", lambda: ensure_values(criterion))
    _try(line, "", lambda: rules.ensure_condition_in_order(criterion, _above(line, above)))


def _above(line: Line, above: Sequence[Criterion]) -> list[Criterion]:
    """The criteria that will stand above this one: groups stand in the order of their letters."""
    return [one for one in above if one.code.rstrip("0123456789") <= line.group]


def _read_group(line: Line) -> None:
    told = str(line.row.values.get("group") or "")
    found = GROUP.fullmatch(told)
    if found:
        line.group, line.heading = found.group(1), found.group(2)
    elif told:
        line.blame("group", "Hãy ghi mã nhóm, dấu chấm, tên nhóm; ví dụ: A. Chỉ đạo, triển khai.",
                   "Write the letters of the group, a dot and its title, such as: A. Direction.")  # fmt: skip


def _named(line: Line, key: str, known: Mapping[str, Any], vi: str, en: str) -> list[Any]:
    """What the words of a cell, set apart by semicolons, name."""
    found = []
    for word in (part.strip() for part in str(line.row.values.get(key) or "").split(";")):
        if word and fold(word) in known:
            found.append(known[fold(word)])
        elif word:
            line.blame(key, f"«{word[:80]}» không phải {vi}. Hãy sửa hoặc thêm trước khi nhập.",
                       f"“{word[:80]}” is no {en}. Mend it, or add it before the import.")  # fmt: skip
    return found


def _try(line: Line, usual: str, check: Callable[[], object]) -> None:
    """A refusal of the rules, told at the cell it is about."""
    try:
        check()
    except BadInput as problem:
        for fault in problem.errors or [{"field": usual, "vi": problem.vi, "en": problem.en}]:
            key = fault["field"] if fault["field"] in TITLES else usual or "code"
            line.blame("group" if usual == "group" else key, fault["vi"], fault["en"])
    except Problem as problem:
        line.blame(usual or "code", problem.vi, problem.en)
