"""One planner for each kind of reorganisation: checks everything, writes nothing, and says all that will change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kycuong.core.problems import BadInput, RuleBroken
from kycuong.orgs.models import Unit
from kycuong.orgs.rules import FOREVER, Change, Scheme

from . import checks
from .fates import end_units
from .records import histories
from .shape import Draft, Fate, Heir, Move, NewCode, NewName, Party, Plan, listed


def plan_create(drafts: Sequence[Draft], *, on: date) -> Plan:
    """New units, whose parents are units of that day or drafts before them in the list."""
    checks.ensure_day(on)
    if not drafts:
        raise BadInput("Chưa có đơn vị nào để thành lập.", en="There is no unit to create.")
    plan = Plan(Change.CREATE, on, f"Thành lập {listed(draft.name for draft in drafts)}")
    made: dict[Draft, Draft] = {}
    _ensure_parents(drafts, on=on)
    for draft in drafts:
        made[draft] = new = checks.checked_draft(_below(draft, made))
        plan.begins.append(new)
        plan.heirs.append(Heir(None, new))
    _ensure_codes(plan)
    return plan


def plan_rename(unit: Unit, *, on: date, name: str = "", kind: str = "") -> Plan:
    """The unit goes on under another name, as another kind, or both."""
    checks.ensure_day(on)
    history = histories([unit])[unit.pk]
    checks.ensure_lasting(history, on=on)
    version = history.versions[-1]
    checks.ensure_in_order(history, on=on, since=[version.valid_from])
    new = NewName(unit, checks.checked_name(name or version.name), checks.checked_kind(kind or version.kind))
    if new.kind != version.kind:
        checks.ensure_not_above(new.kind, under=unit)
    if (new.name, new.kind) == (version.name, version.kind):
        raise BadInput(
            f"{version.name} đã có tên và loại này; hãy ghi tên mới hoặc loại mới.",
            en=f"{version.name} already has this name and kind; write a new name or kind.",
            errors=[{"field": "name", "vi": "tên và loại không đổi", "en": "nothing changes"}],
        )
    title = f"Đổi tên {version.name} thành {new.name}" if new.name != version.name else f"Đổi loại {version.name}"
    return Plan(Change.RENAME, on, title, names=[new], heirs=[Heir(unit, unit)])


def plan_recode(unit: Unit, *, on: date, code: str, scheme: str = Scheme.AREA) -> Plan:
    """The unit goes on with another code; an empty one ends the code it has."""
    checks.ensure_day(on)
    history = histories([unit])[unit.pk]
    checks.ensure_lasting(history, on=on)
    value = checks.checked_code(code, scheme)
    present = history.open_code(scheme)
    checks.ensure_in_order(history, on=on, since=[present.valid_from] if present else [])
    if value == (present.value if present else ""):
        raise BadInput(
            f"{history.name} đang mang đúng mã này; hãy ghi mã mới.",
            en=f"{history.name} already bears this code; write a new one.",
            errors=[{"field": "code", "vi": "mã không đổi", "en": "nothing changes"}],
        )
    plan = Plan(Change.RECODE, on, f"Đổi mã {history.name} thành {value or '(không có)'}", heirs=[Heir(unit, unit)])
    plan.codes.append(NewCode(unit, scheme, value))
    _ensure_codes(plan)
    return plan


def plan_move(unit: Unit, *, on: date, to: Unit) -> Plan:
    """The unit, with everything under it, goes on under another parent."""
    checks.ensure_day(on)
    both = histories([unit, to])
    history = both[unit.pk]
    checks.ensure_lasting(history, on=on)
    checks.ensure_lasting(both[to.pk], on=on)
    edge = next((edge for edge in history.edges if edge.valid_to == FOREVER), None)
    if edge and edge.parent_id == to.pk:
        raise BadInput(
            f"{history.name} đang trực thuộc {both[to.pk].name}; hãy chọn đơn vị quản lý khác.",
            en=f"{history.name} is already under {both[to.pk].name}; choose another parent.",
            errors=[{"field": "to", "vi": "đơn vị quản lý không đổi", "en": "nothing changes"}],
        )
    checks.ensure_in_order(history, on=on, since=[edge.valid_from] if edge else [])
    checks.ensure_no_cycle(unit, to, on=on)
    title = f"Chuyển {history.name} về {both[to.pk].name}"
    return Plan(Change.MOVE, on, title, moves=[Move(unit, to)], heirs=[Heir(unit, unit)])


def plan_merge(units: Sequence[Unit], *, on: date, into: Draft, children: Fate | None = None) -> Plan:
    """Several units end, one new begins and carries them on."""
    checks.ensure_day(on)
    # One is enough: real reforms make a new commune of one whole unit and parts of others (Bắc Hùng, 2020).
    ensure_several(units, least=1)
    new = checks.checked_draft(into)
    plan = Plan(Change.MERGE, on, f"Hợp nhất {listed(units)} thành {new.name}", begins=[new])
    plan.heirs += [Heir(unit, new) for unit in units]
    end_units(plan, units, children=children, to=lambda edge: new)
    _ensure_parents([new], on=on, ending=plan.ends)
    _ensure_codes(plan)
    return plan


def plan_absorb(units: Sequence[Unit], *, on: date, into: Unit, children: Fate | None = None) -> Plan:
    """Units end, and one that goes on carries them on."""
    checks.ensure_day(on)
    ensure_several(units, least=1)
    checks.ensure_lasting(histories([into])[into.pk], on=on)
    plan = Plan(Change.ABSORB, on, f"Sáp nhập {listed(units)} vào {into}")
    plan.heirs += [Heir(unit, into) for unit in units]
    checks.ensure_not_below(into, units, on=on)
    end_units(plan, units, children=children, to=lambda edge: into)
    return plan


def plan_split(
    unit: Unit,
    *,
    on: date,
    into: Sequence[Party],
    keep: bool = False,
    children: Fate | None = None,
    children_to: Mapping[Unit, int] | None = None,
) -> Plan:
    """The unit is divided among new and existing ones; with `keep` it goes on as what is left of it."""
    checks.ensure_day(on)
    _ensure_parts(unit, into, least=1 if keep else 2)
    parts: list[Party] = [checks.checked_draft(part) if isinstance(part, Draft) else part for part in into]
    plan = Plan(Change.SPLIT, on, f"Chia {unit} thành {listed(parts)}")
    plan.begins += [part for part in parts if isinstance(part, Draft)]
    plan.heirs += [Heir(unit, part, whole=False) for part in parts]
    standing = [part for part in parts if isinstance(part, Unit)]
    for history in histories(standing).values():
        checks.ensure_lasting(history, on=on)
    shares = _shares(children_to or {}, parts)
    if keep:
        _keep(plan, unit, shares)
    else:
        for part in standing:
            checks.ensure_not_below(part, [unit], on=on)
        chosen = Fate.PASS_ON if shares else children
        end_units(plan, [unit], children=chosen, to=lambda edge: shares.get(edge.child_id))
    _ensure_parents(plan.begins, on=on, ending=plan.ends)
    _ensure_codes(plan)
    return plan


def plan_dissolve(unit: Unit, *, on: date, children: Fate | None = None) -> Plan:
    """The unit ends and nobody carries it on. Its children go to its parent, or end with it."""
    checks.ensure_day(on)
    plan = Plan(Change.DISSOLVE, on, f"Giải thể {unit}", heirs=[Heir(unit, None)])
    edges = histories([unit])[unit.pk].edges
    parent = edges[-1].parent if edges else None
    end_units(plan, [unit], children=children, to=lambda edge: parent)
    return plan


def ensure_several(units: Sequence[Unit], *, least: int) -> None:
    """Enough different units."""
    if len({unit.pk for unit in units}) != len(units):
        raise BadInput("Một đơn vị được chọn hai lần; hãy bỏ bớt.", en="A unit is named twice; drop one of them.")
    if len(units) < least:
        raise BadInput(
            f"Cần chọn ít nhất {least} đơn vị.",
            en=f"Choose at least {least} unit(s).",
            errors=[{"field": "units", "vi": "chọn chưa đủ đơn vị", "en": "not enough units"}],
        )


def _keep(plan: Plan, unit: Unit, shares: Mapping[int, Party]) -> None:
    """The divided unit goes on; children that were given to a part move there."""
    history = histories([unit])[unit.pk]
    checks.ensure_lasting(history, on=plan.on)
    checks.ensure_in_order(history, on=plan.on)
    children = {child.pk: child for child in Unit.objects.filter(pk__in=shares)}
    for pk, lives in histories(list(children.values())).items():
        checks.ensure_lasting(lives, on=plan.on)
        checks.ensure_in_order(lives, on=plan.on, since=[lives.edges[-1].valid_from] if lives.edges else [])
        if not lives.edges or lives.edges[-1].parent_id != unit.pk:
            raise BadInput(
                f"{lives.name} không trực thuộc {unit}; chỉ chuyển được đơn vị trực thuộc.",
                en=f"{lives.name} is not under {unit}; only units under it can be given away.",
            )
        to = shares[pk]
        if isinstance(to, Unit):
            checks.ensure_no_cycle(children[pk], to, on=plan.on)
        plan.moves.append(Move(children[pk], to))
        plan.heirs.append(Heir(children[pk], children[pk]))
    checks.ensure_no_ring(plan.moves, on=plan.on)


def _shares(children_to: Mapping[Unit, int], parts: Sequence[Party]) -> dict[int, Party]:
    """The part that each child goes to."""
    for child, place in children_to.items():
        if not 0 <= place < len(parts):
            raise BadInput(
                f"Không có đơn vị nhận thứ {place + 1} cho {child}; hãy chọn trong {len(parts)} đơn vị nhận.",
                en=f"There is no receiving unit {place + 1} for {child}; choose one of the {len(parts)}.",
                errors=[{"field": "children_to", "vi": "không có đơn vị nhận này", "en": "no such part"}],
            )
    return {child.pk: parts[place] for child, place in children_to.items()}


def _ensure_parts(unit: Unit, into: Sequence[Party], *, least: int) -> None:
    if len(into) < least:
        raise BadInput(
            f"Chia tách cần ít nhất {least} đơn vị nhận; hãy ghi thêm.",
            en=f"A division needs at least {least} receiving unit(s); add more.",
            errors=[{"field": "into", "vi": "chưa đủ đơn vị nhận", "en": "not enough parts"}],
        )
    if unit in into or len(set(into)) != len(into):
        raise BadInput(
            "Đơn vị nhận phải khác nhau và khác đơn vị bị chia; hãy chọn lại.",
            en="The receiving units must differ from each other and from the divided unit; choose again.",
        )


def _ensure_parents(drafts: Sequence[Draft], *, on: date, ending: Sequence[Unit] = ()) -> None:
    """Parents of new units exist on the day and go on. Parents that are drafts come before their children."""
    parents = {draft.parent.pk: draft.parent for draft in drafts if isinstance(draft.parent, Unit)}
    for history in histories(list(parents.values())).values():
        checks.ensure_lasting(history, on=on)
    if ending:
        for parent in parents.values():
            checks.ensure_not_below(parent, ending, on=on)


def _below(draft: Draft, made: Mapping[Draft, Draft]) -> Draft:
    """The draft with its parent replaced by the checked one."""
    if not isinstance(draft.parent, Draft):
        return draft
    if draft.parent not in made:
        raise RuleBroken(
            f"Đơn vị quản lý của {draft.name} chưa có ở trên nó trong danh sách; hãy đưa đơn vị quản lý lên trước.",
            en=f"The parent of {draft.name} does not stand before it in the list; put the parent first.",
        )
    return Draft(draft.name, draft.kind, made[draft.parent], draft.code, draft.scheme, draft.slug)


def _ensure_codes(plan: Plan) -> None:
    wanted = [(draft.scheme, draft.code) for draft in plan.begins if draft.code]
    wanted += [(code.scheme, code.value) for code in plan.codes if code.value]
    checks.ensure_codes_free(wanted, plan.ends, on=plan.on)
