"""Draws as lists show them, the loud ones counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from kycuong.draws import rules
from kycuong.draws.models import Draw, DrawQuerySet
from kycuong.draws.rules import UNREVEALED, DrawState
from kycuong.features.authority import under
from kycuong.orgs.models import Person, Unit
from kycuong.orgs.queries import full_names
from kycuong.orgs.rules import Kind

STRATUM_TITLES = {
    **{str(kind.value): kind.label for kind in Kind},
    rules.INSPECTORS_STRATUM: _("Người tham gia đoàn"),
}
TONES = {
    DrawState.COMMITTED: "planned",
    DrawState.DRAWN: "attention",
    DrawState.REVEALED: "good",
    DrawState.ABANDONED: "late",
}


@dataclass(frozen=True, slots=True)
class DrawLine:
    """A draw in a list, with the name of its lead and of its area, and how it stands."""

    draw: Draw
    lead: str
    area: str
    sizes: list[tuple[str, int]]
    tone: str
    is_overdue: bool


def draw_lines(draws: Sequence[Draw], *, today: date) -> list[DrawLine]:
    """Lines for a page of draws."""
    names = full_names({pk for draw in draws for pk in (draw.lead_id, draw.area_id)}, today)
    return [
        DrawLine(
            draw,
            names[draw.lead_id],
            names[draw.area_id],
            [(STRATUM_TITLES.get(stratum, stratum), size) for stratum, size in sorted(draw.sizes.items())],
            TONES[DrawState(draw.state)],
            rules.is_overdue(draw.state, draw.reveal_by, today=today),
        )
        for draw in draws
    ]


def overdue_and_abandoned(draws: DrawQuerySet, *, today: date) -> tuple[int, int]:
    """What nobody may overlook: commitments past their deadline, and draws that were thrown away."""
    overdue = draws.filter(state__in=UNREVEALED, reveal_by__lt=today).count()
    return overdue, draws.filter(state=DrawState.ABANDONED).count()


def open_under(person: Person, unit: Unit) -> int:
    """Draws of the unit and of those below it that are not revealed yet, as far as the person may know of them."""
    return Draw.objects.visible_to(person).filter(lead__in=under(unit), state__in=UNREVEALED).count()
