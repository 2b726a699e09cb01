"""Draws for tests: committed to some days ago, so that their source has spoken by now."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import patch

from kycuong.core.clock import today
from kycuong.draws import actions
from kycuong.draws.actions import Announced
from kycuong.draws.models import Draw
from kycuong.orgs.models import Person, Unit

SOURCE = "Giải đặc biệt xổ số miền Bắc"
BEACON = "48213"


def announced(*, ago: int = 0, open_for: int = 20) -> Announced:
    """The source speaks on the day after the commitment; the reveal is due `open_for` days after it."""
    day = today() - timedelta(days=ago)
    return Announced(SOURCE, day + timedelta(days=1), day + timedelta(days=open_for), "Đột xuất quý này")


def committed(*, by: Person, lead: Unit, area: Unit, ago: int = 5, open_for: int = 20, **given: Any) -> Draw:
    """A draw of one commune of the area, committed to `ago` days ago."""
    options: dict[str, Any] = {"sizes": {"commune_pc": 1}, **given}
    with patch("kycuong.draws.actions.committing.today", return_value=today() - timedelta(days=ago)):
        return actions.commit_draw(
            by=by, lead=lead, area=area, announced=announced(ago=ago, open_for=open_for), **options
        )


def drawn(**given: Any) -> Draw:
    """The same, drawn with BEACON."""
    draw = committed(**given)
    return actions.enter_beacon(draw, by=given["by"], beacon=BEACON, again=BEACON)


def people_drawn(*, by: Person, lead: Unit, number: int = 1, ago: int = 5, **given: Any) -> Draw:
    """People of the lead authority, drawn with BEACON and not revealed yet."""
    with patch("kycuong.draws.actions.committing.today", return_value=today() - timedelta(days=ago)):
        draw = actions.commit_inspectors(
            by=by, lead=lead, announced=announced(ago=ago), number=number, rest_months=0, **given
        )
    return actions.enter_beacon(draw, by=by, beacon=BEACON, again=BEACON)
