"""What a reform makes of a structure: pure, and loud about a step that names a unit it cannot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .facts import Reform, Step, UnitFact

GOING_ON = ("move", "rename", "recode")


class WrongFact(ValueError):
    """The tables contradict themselves."""


def indexed(units: Iterable[UnitFact]) -> dict[str, UnitFact]:
    """Units by key, each key once."""
    found: dict[str, UnitFact] = {}
    for unit in units:
        if unit.key in found:
            raise WrongFact(f"Hai đơn vị cùng khóa / two units with one key: {unit.key}")
        found[unit.key] = unit
    return found


def take_step(units: dict[str, UnitFact], step: Step) -> None:
    """Ends what ends and begins what begins."""
    for key in step.predecessors:
        if key not in units:
            raise WrongFact(f"Đơn vị không tồn tại / no such unit on {step.on}: {key}")
    if step.kind in GOING_ON:
        (unit,) = step.successors
        if not isinstance(unit, UnitFact) or (unit.key,) != step.predecessors or unit == units[unit.key]:
            raise WrongFact(f"Bước không đổi gì / a step that changes nothing: {step}")
        units[unit.key] = unit
        return
    for key in step.predecessors:
        del units[key]
    for successor in step.successors:
        begin(units, step, successor)


def begin(units: dict[str, UnitFact], step: Step, successor: UnitFact | str) -> None:
    """A new unit must be new, one that goes on must be there."""
    if isinstance(successor, str):
        if successor not in units:
            raise WrongFact(f"Đơn vị tiếp nhận không tồn tại / no such heir on {step.on}: {successor}")
    elif successor.key in units:
        raise WrongFact(f"Đơn vị đã có / the unit exists already: {successor.key}")
    else:
        units[successor.key] = successor


def ensure_sound(units: Mapping[str, UnitFact]) -> None:
    """Every parent exists and no code is borne twice."""
    bearers: dict[str, str] = {}
    for unit in units.values():
        if unit.parent is not None and unit.parent not in units:
            raise WrongFact(f"Thiếu đơn vị cấp trên / missing parent of {unit.key}: {unit.parent}")
        if unit.code is not None and bearers.setdefault(unit.code, unit.key) != unit.key:
            raise WrongFact(f"Mã dùng hai lần / code borne twice: {unit.code}")


def after(units: Mapping[str, UnitFact], reform: Reform) -> dict[str, UnitFact]:
    """The structure when all steps of the reform are done."""
    changed = dict(units)
    for step in reform.steps:
        take_step(changed, step)
    ensure_sound(changed)
    return changed
