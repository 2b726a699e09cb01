"""What becomes of the units under a unit that ends: passed on, or ended with it, and never by silence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kycuong.core.problems import BadInput, RuleBroken
from kycuong.orgs.models import Edge, Unit

from . import checks
from .records import children_from, histories
from .shape import Fate, Heir, Move, Party, Plan, listed

Receiver = Callable[[Edge], Party | None]
"""Who takes the child of an edge; None when nobody was named."""


def end_units(plan: Plan, units: Sequence[Unit], *, children: Fate | None, to: Receiver) -> None:
    """Add the ends of the units, and what becomes of the units under them, to the plan."""
    for history in histories(units).values():
        checks.ensure_may_end(history, on=plan.on)
    plan.ends += units
    ending = {unit.pk for unit in units}
    edges = [edge for edge in children_from(ending, plan.on) if edge.child_id not in ending]
    if not edges:
        return
    if children is None:
        raise RuleBroken(
            f"{listed(units)} còn {len(edges)} đơn vị trực thuộc ({listed(edge.child for edge in edges)}); "
            "hãy chọn chuyển các đơn vị đó đi hay cho chấm dứt cùng.",
            en=f"{listed(units)} still has {len(edges)} unit(s) under it ({listed(edge.child for edge in edges)}); "
            "choose whether they are passed on or end with it.",
        )
    if children == Fate.END:
        _end_with(plan, edges)
    else:
        _pass_on(plan, edges, to)


def _end_with(plan: Plan, edges: Sequence[Edge]) -> None:
    """Everything below ends, too, and nobody carries it on."""
    while edges:
        units = [edge.child for edge in edges]
        for history in histories(units).values():
            checks.ensure_may_end(history, on=plan.on)
        plan.ends += units
        plan.heirs += [Heir(unit, None) for unit in units]
        ended = {unit.pk for unit in plan.ends}
        edges = [edge for edge in children_from({unit.pk for unit in units}, plan.on) if edge.child_id not in ended]


def _pass_on(plan: Plan, edges: Sequence[Edge], to: Receiver) -> None:
    """The children go on under whoever receives them."""
    lives = histories([edge.child for edge in edges])
    for edge in edges:
        history, receiver = lives[edge.child_id], to(edge)
        if receiver is None:
            raise BadInput(
                f"Chưa chọn đơn vị nhận {history.name}; hãy chọn cho từng đơn vị trực thuộc.",
                en=f"No unit was chosen to receive {history.name}; choose one for each unit below.",
                errors=[{"field": "children_to", "vi": f"chưa chọn đơn vị nhận {history.name}", "en": "no receiver"}],
            )
        checks.ensure_lasting(history, on=plan.on)
        checks.ensure_in_order(history, on=plan.on, since=[edge.valid_from])
        plan.moves.append(Move(edge.child, receiver))
        plan.heirs.append(Heir(edge.child, edge.child))
