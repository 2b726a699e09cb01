"""What a reorganisation may not do, each refusal in a sentence that says what to write instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from kycuong.core.problems import BadInput, RuleBroken
from kycuong.core.vietnamese import clean, fold
from kycuong.orgs.models import Edge, Unit, UnitCode
from kycuong.orgs.rules import FOREVER, Kind, Scheme

from .records import History, ancestors_from
from .shape import Draft, Move, Party

EARLIEST_YEAR, LATEST_YEAR = 1945, 2100
NAME_LENGTH, CODE_LENGTH = 200, 35


def shown(day: date) -> str:
    """A day as people read it. (strftime drops zeros of early years.)"""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def ensure_day(on: date) -> None:
    if not EARLIEST_YEAR <= on.year <= LATEST_YEAR:
        raise BadInput(
            f"Ngày hiệu lực {shown(on)} không hợp lý; hãy viết năm từ {EARLIEST_YEAR} đến {LATEST_YEAR}.",
            en=f"The day of effect {on} cannot be right; write a year from {EARLIEST_YEAR} to {LATEST_YEAR}.",
            errors=[{"field": "on", "vi": "năm không hợp lý", "en": "year out of range"}],
        )


def checked_name(name: str) -> str:
    """The name, cleaned."""
    name = clean(name)
    if not fold(name):
        raise BadInput(
            "Tên đơn vị đang trống; hãy viết tên đầy đủ như trong văn bản.",
            en="The unit's name is empty; write its full name as in the document.",
            errors=[{"field": "name", "vi": "tên đang trống", "en": "the name is empty"}],
        )
    if len(name) > NAME_LENGTH:
        raise BadInput(
            f"Tên “{name[:40]}…” dài quá {NAME_LENGTH} chữ; hãy rút gọn.",
            en=f"The name “{name[:40]}…” is longer than {NAME_LENGTH} characters; shorten it.",
            errors=[{"field": "name", "vi": "tên quá dài", "en": "the name is too long"}],
        )
    return name


def checked_kind(kind: str) -> str:
    if kind not in Kind.values:
        raise BadInput(
            f"Không có loại đơn vị “{kind}”; hãy chọn một trong: {', '.join(Kind.values)}.",
            en=f"There is no kind of unit “{kind}”; choose one of: {', '.join(Kind.values)}.",
            errors=[{"field": "kind", "vi": "loại không có", "en": "unknown kind"}],
        )
    return kind


def ensure_not_above(kind: str, *, under: object) -> None:
    """A nation stands above all provinces: it is under nothing, and nothing becomes one."""
    if kind == Kind.NATION and under is not None:
        raise RuleBroken(
            "«Cả nước» đứng trên mọi tỉnh nên không thể trực thuộc đơn vị khác, và không đơn vị nào đổi thành «Cả nước»; hãy chọn loại khác.",
            en="A nation stands above all provinces: it is under no unit, and no unit becomes one; choose another kind.",
        )


def checked_code(code: str, scheme: str) -> str:
    """The code without spaces around it."""
    code = code.strip()
    if scheme not in Scheme.values:
        raise BadInput(
            f"Không có hệ mã “{scheme}”; hãy chọn một trong: {', '.join(Scheme.values)}.",
            en=f"There is no code scheme “{scheme}”; choose one of: {', '.join(Scheme.values)}.",
            errors=[{"field": "scheme", "vi": "hệ mã không có", "en": "unknown scheme"}],
        )
    if len(code) > CODE_LENGTH or "@" in code or len(code.split()) > 1:
        raise BadInput(
            f"Mã “{code[:40]}” không dùng được; mã dài tối đa {CODE_LENGTH} chữ, không có dấu cách và ký tự @.",
            en=f"The code “{code[:40]}” cannot be used; at most {CODE_LENGTH} characters, no space and no @.",
            errors=[{"field": "code", "vi": "mã không dùng được", "en": "unusable code"}],
        )
    return code


def ensure_lasting(history: History, *, on: date) -> None:
    """The unit exists on the day, and nothing says yet that it will end."""
    if history.began > on:
        raise RuleBroken(
            f"{history.name} mới có từ ngày {shown(history.began)}, chưa có vào ngày {shown(on)}; "
            "hãy chọn đơn vị khác hoặc ngày muộn hơn.",
            en=f"{history.name} begins on {history.began}, after {on}; choose another unit or a later day.",
        )
    if history.ends <= on:
        raise RuleBroken(
            f"{history.name} đã chấm dứt từ ngày {shown(history.ends)}; hãy chọn đơn vị đang có vào ngày {shown(on)}.",
            en=f"{history.name} ended on {history.ends}; choose a unit that exists on {on}.",
        )
    if history.ends != FOREVER:
        raise RuleBroken(
            f"{history.name} đã được ghi là chấm dứt từ ngày {shown(history.ends)}, nên không nhận thay đổi trước ngày đó; "
            "hãy chọn đơn vị kế thừa.",
            en=f"{history.name} is recorded to end on {history.ends} and takes no change before; choose its successor.",
        )


def ensure_in_order(history: History, *, on: date, since: Iterable[date] = (), whole_day: bool = False) -> None:
    """History is only continued: never before the last change, and never on the day of a change of the same thing."""
    if on < history.last_change:
        raise RuleBroken(
            f"{history.name} đã có thay đổi từ ngày {shown(history.last_change)}; ngày hiệu lực {shown(on)} sớm hơn. "
            "Hãy ghi ngày muộn hơn.",
            en=f"{history.name} already changed on {history.last_change}, after {on}. Write a later day of effect.",
        )
    taken = {history.began, *since, *([history.last_change] if whole_day else [])}
    if on in taken:
        raise RuleBroken(
            f"{history.name} đã có thay đổi vào đúng ngày {shown(on)}; hãy ghi ngày sau đó.",
            en=f"{history.name} already changes on {on}; write a later day of effect.",
        )


def ensure_may_end(history: History, *, on: date) -> None:
    ensure_lasting(history, on=on)
    ensure_in_order(history, on=on, whole_day=True)


def ensure_no_cycle(unit: Unit, to: Unit, *, on: date) -> None:
    if unit.pk in ancestors_from(to, on):
        raise RuleBroken(
            f"{to} nằm dưới {unit} (hoặc là chính đơn vị đó), nên không thể quản lý {unit}; hãy chọn đơn vị khác.",
            en=f"{to} is {unit} itself or lies under it, so it cannot be its parent; choose another unit.",
        )


def ensure_not_below(parent: Unit, ending: Collection[Unit], *, on: date) -> None:
    """A unit that goes on may not depend on one that ends in the same act."""
    below = ancestors_from(parent, on) & {unit.pk for unit in ending}
    if below:
        ended = next(unit for unit in ending if unit.pk in below)
        raise RuleBroken(
            f"{parent} nằm dưới {ended} (hoặc là chính đơn vị đó) mà {ended} chấm dứt; "
            "hãy chọn đơn vị khác, hoặc chuyển đơn vị đó đi trước.",
            en=f"{parent} is {ended}, which ends, or lies under it; choose another unit, or move that one away first.",
        )


def ensure_no_ring(moves: Sequence[Move], *, on: date) -> None:
    """Moves that are each in order may together put units under each other."""
    new = {move.unit: move.to for move in moves}
    for start in new:
        front, seen = [new[start]], set[Party]()
        while front:
            at = front.pop()
            if at == start:
                raise RuleBroken(
                    f"{start} sẽ nằm dưới chính mình qua một vòng các đơn vị; hãy chọn đơn vị nhận khác.",
                    en=f"{start} would come under itself through a ring of units; choose another receiver.",
                )
            if at not in seen:
                seen.add(at)
                front += _above(at, new, on=on)


def _above(at: Party, new: Mapping[Unit, Party], *, on: date) -> list[Party]:
    """What is over the party once the moves are made."""
    if isinstance(at, Draft):
        return [at.parent] if at.parent else []
    if at in new:
        return [new[at]]
    edges = Edge.objects.filter(child=at, valid_to__gt=on).select_related("parent")
    return [edge.parent for edge in edges]


def ensure_codes_free(wanted: Sequence[tuple[str, str]], ending: Collection[Unit], *, on: date) -> None:
    """No code of the plan is borne on the day, or later, by a unit that keeps it."""
    twice = [code for (_, code), times in Counter(wanted).items() if times > 1]
    if twice:
        raise _code_taken(twice[0], "một đơn vị khác trong cùng lần sắp xếp", "another unit of this reorganisation", on)
    keeping = UnitCode.objects.exclude(unit__in=ending) if len(ending) < 100 else UnitCode.objects.all()
    for start in range(0, len(wanted), 200):
        part = dict.fromkeys(wanted[start : start + 200])
        rows = keeping.filter(value__in=[code for _, code in part], valid_to__gt=on).select_related("unit")
        for row in rows:
            if (row.scheme, row.value) in part and row.unit not in ending:
                raise _code_taken(row.value, str(row.unit), str(row.unit), on)


def _code_taken(code: str, bearer: str, bearer_en: str, on: date) -> RuleBroken:
    return RuleBroken(
        f"Mã {code} vào ngày {shown(on)} đang thuộc {bearer}; hãy ghi mã khác, hoặc đổi mã đơn vị đó trước.",
        en=f"On {on} the code {code} belongs to {bearer_en}; use another code, or recode that unit first.",
    )


def checked_draft(draft: Draft) -> Draft:
    """The draft with cleaned words; its parent is checked by the planner."""
    ensure_not_above(draft.kind, under=draft.parent)
    return Draft(
        name=checked_name(draft.name),
        kind=checked_kind(draft.kind),
        parent=draft.parent,
        code=checked_code(draft.code, draft.scheme),
        scheme=draft.scheme,
        slug=draft.slug,
    )
