"""What an importer is: it reads a file into a preview, writes nothing, and applies the preview when nothing is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from kycuong.core.problems import BadInput, RuleBroken
from kycuong.core.speaking import in_vietnamese, told

from .cells import Issue, Sheet, Value, has_errors
from .writer import OutSheet, template_workbook


class Line(NamedTuple):
    """A sentence of the summary in both languages."""

    vi: str
    en: str

    def __str__(self) -> str:
        return f"{self.vi} / {self.en}"

    @property
    def told(self) -> str:
        """In the language of the page."""
        return told(self.vi, self.en)


@dataclass(frozen=True)
class PreviewRow:
    """What one row of the file would do: `what` is “new”, “same”, “change” or “fault”, `cells` what a person checks."""

    number: int
    what: str
    cells: Sequence[str]


@dataclass
class Preview:
    """What a file would do, and everything wrong with it. `plan` is the importer's own; nobody else looks into it."""

    sheet: Sheet
    titles: Sequence[str]
    rows: list[PreviewRow] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    summary: list[Line] = field(default_factory=list)
    plan: Any = None

    @property
    def is_ready(self) -> bool:
        """Nothing is wrong, so it may be applied."""
        return not has_errors(self.issues)

    @property
    def errors(self) -> list[Issue]:
        return [issue for issue in self.issues if issue.level == "error"]

    @property
    def changes(self) -> int:
        """Rows that would write something."""
        return sum(row.what in {"new", "change"} for row in self.rows)

    def ensure_ready(self) -> None:
        """RuleBroken with every fault by its cell: a file is taken whole or not at all."""
        if not self.is_ready:
            count = len(self.errors)
            raise RuleBroken(
                f"Chưa nhập gì: tệp có {count} lỗi. Hãy sửa các ô sau rồi nhập lại.",
                en=f"Nothing was imported: the file has {count} faults. Mend these cells and import it again.",
                errors=[issue.as_error() for issue in self.errors],
            )


@dataclass(frozen=True)
class Option:
    """A word that an importer takes beside the file: `--on 2019-01-01`."""

    name: str
    title: str
    help: str


@dataclass(frozen=True)
class Importer:
    """One kind of file. `read` never writes; `apply` writes all or nothing and says what it did.

    `read(data, filename, *, by, options)` and `apply(preview, *, by)`; `by` is a person, or None at the machine.
    """

    name: str
    title: Line
    template: Callable[[], OutSheet]
    reader: Callable[..., Preview]
    apply: Callable[..., list[Line]]
    options: Sequence[Option] = ()
    catalogue: Callable[[str], Sequence[Sequence[Value]]] | None = None
    beside: Callable[[], Sequence[OutSheet]] = tuple
    """More sheets of the template, to copy from."""

    def read(self, data: bytes, filename: str, *, by: Any, options: Mapping[str, str]) -> Preview:
        """What the file would do. Titles and words of a file are Vietnamese, whatever the page speaks."""
        with in_vietnamese():
            return self.reader(data, filename, by=by, options=options)

    def template_file(self, of: str = "") -> bytes:
        """A form to fill in, as .xlsx: empty, or begun with what the catalogue knows of that place."""
        sheet = self.template()
        if of and self.catalogue is None:
            raise BadInput(
                f"Tệp mẫu «{self.name}» không có danh mục để điền sẵn; hãy bỏ --of.",
                en=f"The form {self.name!r} has no catalogue to begin with; leave --of out.",
            )
        begun = replace(sheet, rows=self.catalogue(of)) if of and self.catalogue else sheet
        return template_workbook(begun, beside=self.beside())

    def known_options(self, given: Mapping[str, str | None]) -> dict[str, str]:
        """Of what was given, the options of this importer that hold something."""
        return {option.name: value for option in self.options if (value := given.get(option.name))}
