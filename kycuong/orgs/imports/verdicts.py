"""What must hold of each row of a list of units before it may be applied; every breach is told at its cell."""

from __future__ import annotations

from collections.abc import Iterable

from kycuong.core.problems import Problem
from kycuong.orgs.authority import can
from kycuong.orgs.history import plans
from kycuong.orgs.models import Person, Unit
from kycuong.orgs.rules import FOREVER, Kind
from kycuong.sheets.values import warning

from .known import Known, Organisation
from .lines import NO_DAY, Line

ADVICE = "Tệp chỉ lập đơn vị mới và đổi tên; hãy sửa ô này, hoặc dùng trang Sắp xếp tổ chức."
ADVICE_EN = "A file only makes new units and renames; mend this cell, or use the reorganisation page."
VERB = "unit.reorganise"


def judge(
    organisation: Organisation, lines: list[Line], twins: Iterable[tuple[Line, Line]], *, by: Person | None
) -> None:
    """Blame every line that cannot be applied as it stands."""
    for first, second in twins:
        second.blame("name", "Tên đơn vị", f"Trùng với dòng {first.row.number}. Hãy xóa một dòng.",
                     f"The same unit as row {first.row.number}. Delete one of them.")  # fmt: skip
    rights = Rights(by)
    codes: dict[tuple[str, str], Line] = {}
    for line in lines:
        if line.on == NO_DAY:
            continue
        _judge_place(line)
        if line.existing:
            _judge_existing(line, line.existing)
            continue
        _judge_code(organisation, line, codes)
        rights.judge(line)
        if line.renames:
            _judge_rename(line, line.renames)
        else:
            _judge_new(organisation, line)


class Rights:
    """Whether the person may do what the file asks; each place is looked up once."""

    def __init__(self, by: Person | None) -> None:
        self.by = by
        self._may: dict[int, bool] = {}

    def judge(self, line: Line) -> None:
        if self.by is None:
            return
        place = line.renames or line.parent
        if isinstance(place, Line):
            return
        if place is None:
            if line.kind == Kind.PROVINCE:
                line.blame("parent", "Đơn vị cấp trên", "Đơn vị cao nhất chỉ được lập bằng dòng lệnh trên máy chủ.",
                           "A unit without a parent is made on the server's command line only.")  # fmt: skip
        elif not self._holds(place.unit):
            line.blame("parent", "Đơn vị cấp trên", f"Bạn không có quyền lập hoặc đổi đơn vị tại {place.latest.name}.",
                       f"You may not make or change units at {place.latest.name}.")  # fmt: skip

    def _holds(self, unit: Unit) -> bool:
        if unit.pk not in self._may:
            self._may[unit.pk] = self.by is not None and can(self.by, VERB, at=unit)
        return self._may[unit.pk]


def _judge_place(line: Line) -> None:
    parent = line.parent
    if parent is None:
        if line.kind not in {"", Kind.PROVINCE} and not line.parents_told:
            line.blame("parent", "Đơn vị cấp trên", f"Hãy ghi đơn vị cấp trên của «{line.name}»; chỉ tỉnh được để trống.",
                       f"Write what “{line.name}” is under; only a province has no parent.")  # fmt: skip
    elif isinstance(parent, Line):
        if parent.on > line.on:
            line.blame("on", "Từ ngày", f"«{parent.name}» chỉ có từ ngày {parent.on:%d/%m/%Y}. Hãy ghi ngày đó hoặc muộn hơn.",
                       f"“{parent.name}” begins on {parent.on} only. Write that day or a later one.")  # fmt: skip
    elif not line.existing and parent.latest.valid_to != FOREVER:
        end = parent.latest.valid_to
        line.blame("parent", "Đơn vị cấp trên", f"«{parent.latest.name}» chấm dứt từ ngày {end:%d/%m/%Y}. Hãy ghi đơn vị kế thừa.",
                   f"“{parent.latest.name}” ends on {end}. Write its successor.")  # fmt: skip


def _judge_existing(line: Line, known: Known) -> None:
    """Already there: it must be there as the row says."""
    version = known.version(line.on) or known.latest
    if line.kind and version.kind != line.kind:
        label = Kind(version.kind).label
        line.blame(
            "kind", "Loại", f"«{version.name}» đang là: {label}. {ADVICE}", f"“{version.name}” is: {label}. {ADVICE_EN}"
        )
    held = known.code(line.on, line.scheme)
    if line.code and held != line.code:
        line.blame("code", "Mã", f"«{version.name}» đang có mã {held or '(không có)'}. {ADVICE}",
                   f"“{version.name}” bears the code {held or '(none)'}. {ADVICE_EN}")  # fmt: skip


def _judge_code(organisation: Organisation, line: Line, codes: dict[tuple[str, str], Line]) -> None:
    if not line.code:
        return
    first = codes.setdefault((line.scheme, line.code), line)
    if first is not line:
        line.blame("code", "Mã", f"Mã {line.code} đã ghi cho «{first.name}» ở dòng {first.row.number}. Hãy sửa một trong hai.",
                   f"The code {line.code} is already given to “{first.name}” in row {first.row.number}. Mend one.")  # fmt: skip
    if line.renames and line.renames.code(line.on, line.scheme) != line.code:
        held = line.renames.code(line.on, line.scheme) or "(không có)"
        line.blame(
            "code", "Mã", f"Đơn vị đổi tên đang có mã {held}. {ADVICE}", f"The unit bears the code {held}. {ADVICE_EN}"
        )
    for bearer in organisation.bearers(line.scheme, line.code, on=line.on):
        if bearer is not line.renames:
            label = organisation.label(bearer, line.on)
            line.blame("code", "Mã", f"Mã {line.code} đang thuộc «{label}». {ADVICE}",
                       f"The code {line.code} belongs to “{label}”. {ADVICE_EN}")  # fmt: skip


def _judge_rename(line: Line, known: Known) -> None:
    """What the act itself would refuse."""
    try:
        plans.plan_rename(known.unit, on=line.on, name=line.name, kind=line.kind)
    except Problem as problem:
        line.blame("former", "Tên cũ", problem.vi, problem.en)


def _judge_new(organisation: Organisation, line: Line) -> None:
    """A new unit: not one that begins later, and worth a look when one elsewhere is called so."""
    parent = line.parent
    above = parent.unit.pk if isinstance(parent, Known) else None
    for known in organisation.called(line.name):
        under = {edge.parent_id for edge in known.edges}
        begins = min(version.valid_from for version in known.versions)
        if (above in under or (above is None and not under and not isinstance(parent, Line))) and begins > line.on:
            line.blame("on", "Từ ngày", f"«{known.latest.name}» đã có trong hệ thống, từ ngày {begins:%d/%m/%Y}. "
                       "Hãy ghi ngày đó hoặc muộn hơn.",
                       f"“{known.latest.name}” is in the system already, from {begins} on. Write that day or a later one.")  # fmt: skip
        elif line.kind == Kind.COMMUNE_PC and known.version(line.on):
            label = organisation.label(known, line.on)
            _warn(line, f"Đã có «{label}»; dòng này sẽ lập một đơn vị khác cùng tên. Hãy kiểm tra.",
                  f"There is “{label}”; this row makes another unit of that name. Please check.")  # fmt: skip
    if line.name.isupper():
        _warn(
            line,
            "Tên viết hoa toàn bộ sẽ được giữ như vậy. Hãy kiểm tra.",
            "The name is all in capitals and is kept so.",
        )


def _warn(line: Line, vi: str, en: str) -> None:
    line.issues.append(warning(line.row.cell("name"), "Tên đơn vị", vi, en))
