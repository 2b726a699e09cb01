"""What a plan will change, in sentences, with the duties that pass on; and a fingerprint of it all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from kycuong.core.problems import Stale
from kycuong.orgs.models import Edge, Person, Unit, UnitCode, UnitVersion
from kycuong.orgs.queries import codes_on, full_names, names_on, open_duties, parents_on
from kycuong.orgs.rules import Duty, Kind

from .records import histories
from .shape import Draft, Party, Plan


@dataclass(frozen=True)
class Part:
    """One kind of change, and a sentence for each unit that it touches."""

    title: str
    lines: list[str]


@dataclass(frozen=True)
class Passing:
    """A duty that is open at a unit that ends, and who takes it over."""

    unit: str
    duty: Duty
    heirs: str


@dataclass(frozen=True)
class Preview:
    """Everything a person reads before saying yes. The fingerprint changes when any of it does."""

    plan: Plan
    parts: list[Part]
    passing: list[Passing]
    fingerprint: str


def preview_of(plan: Plan, *, person: Person) -> Preview:
    """The plan in words, as things stand now."""
    ending = {unit.pk for unit in plan.ends}
    names = full_names([unit.pk for unit in involved(plan)], plan.on - timedelta(days=1))
    parts = [part for part in _parts(plan, names) if part.lines]
    passing = [
        Passing(names[duty.unit_id], duty, _heirs(plan, duty, names))
        for duty in open_duties(person, ending, on=plan.on)
    ]
    return Preview(plan, parts, passing, _fingerprint(plan, parts, passing))


def ensure_same(preview: Preview, fingerprint: str) -> None:
    """What was agreed to is still what will happen."""
    if preview.fingerprint != fingerprint:
        raise Stale(
            "Dữ liệu đã thay đổi từ lúc xem trước, nên chưa thực hiện gì. "
            "Dưới đây là bản xem trước mới; hãy đọc lại rồi bấm Thực hiện.",
            en="Things have changed since the preview, so nothing was done. Read the new preview and confirm again.",
        )


def involved(plan: Plan) -> list[Unit]:
    """Every unit of today that the plan names."""
    parties: list[Party | None] = [*plan.ends, *(draft.parent for draft in plan.begins)]
    parties += [new.unit for new in plan.names] + [new.unit for new in plan.codes]
    parties += [party for move in plan.moves for party in (move.unit, move.to)]
    parties += [party for heir in plan.heirs for party in (heir.predecessor, heir.successor)]
    return list({party.pk: party for party in parties if isinstance(party, Unit)}.values())


def _parts(plan: Plan, names: dict[int, str]) -> Iterable[Part]:
    before = plan.on - timedelta(days=1)
    codes = codes_on([unit.pk for unit in involved(plan)], before)
    above = parents_on([move.unit.pk for move in plan.moves], before)
    plain = names_on([move.unit.pk for move in plan.moves], before)
    old = names | full_names(set(above.values()), before)
    yield Part("Chấm dứt", [_with_code(names[unit.pk], codes.get(unit.pk)) for unit in plan.ends])
    yield Part("Thành lập", [_newborn(draft, names) for draft in plan.begins])
    yield Part(
        "Đổi tên, đổi loại", [f"{names[new.unit.pk]} → {new.name} ({Kind(new.kind).label})" for new in plan.names]
    )
    yield Part(
        "Đổi mã",
        [f"{names[new.unit.pk]}: {codes.get(new.unit.pk, '—')} → {new.value or 'không còn mã'}" for new in plan.codes],
    )
    yield Part(
        "Chuyển đơn vị quản lý",
        [
            f"{plain[move.unit.pk]}: {old.get(above.get(move.unit.pk, 0), '—')} → {_called(move.to, names)}"
            for move in plan.moves
        ],
    )
    yield Part("Kế thừa", list(_successions(plan, names)))


def _successions(plan: Plan, names: dict[int, str]) -> Iterable[str]:
    for heir in plan.heirs:
        if heir.predecessor is None or heir.predecessor == heir.successor:
            continue
        if heir.successor is None:
            yield f"{names[heir.predecessor.pk]}: không có đơn vị kế thừa"
            continue
        share = "toàn bộ" if heir.whole else "một phần"
        yield f"{names[heir.predecessor.pk]} → {_called(heir.successor, names)} ({share})"


def _newborn(draft: Draft, names: dict[int, str]) -> str:
    place = f", trực thuộc {_called(draft.parent, names)}" if draft.parent else ""
    return _with_code(f"{draft.name} ({Kind(draft.kind).label}){place}", draft.code)


def _with_code(text: str, code: str | None) -> str:
    return f"{text}, mã {code}" if code else text


def _called(party: Party, names: dict[int, str]) -> str:
    return names[party.pk] if isinstance(party, Unit) else party.name


def _heirs(plan: Plan, duty: Duty, names: dict[int, str]) -> str:
    heirs = [
        _called(heir.successor, names)
        for heir in plan.heirs
        if heir.predecessor and heir.predecessor.pk == duty.unit_id and heir.successor
    ]
    nobody = duty.without_heir or "không có đơn vị kế thừa; hãy xử lý xong trước ngày chấm dứt"
    return ", ".join(heirs) or nobody


def _fingerprint(plan: Plan, parts: Iterable[Part], passing: Iterable[Passing]) -> str:
    """Of what is shown, and of every stored row of the units concerned."""
    stored: list[UnitVersion | Edge | UnitCode] = []
    for history in histories(involved(plan)).values():
        stored += [*history.versions, *history.edges, *history.codes]
    rows = [(type(row).__name__, row.pk, row.valid_to.isoformat()) for row in stored]
    text = repr((plan.kind, plan.on, list(parts), list(passing), sorted(rows)))
    return hashlib.sha256(text.encode()).hexdigest()
