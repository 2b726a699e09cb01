"""Steps that several acts share: one conditional change of a draw, and the short list asked."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from kycuong.core.checks import ensure_clean
from kycuong.core.problems import Missing, Stale
from kycuong.draws import rules
from kycuong.draws.models import Draw, DrawReader
from kycuong.draws.rules import DrawState
from kycuong.orgs.models import Person


def change(draw: Draw, *, version: int | None, wanted: DrawState, **values: Any) -> None:
    """Write the values in one statement, if the draw is still in the state, and as it was read: of two, one wins."""
    draw.refresh_from_db()
    rules.ensure_state(draw.state, wanted)
    held = draw.version if version is None else version
    for name, value in values.items():
        setattr(draw, name, value)
    ensure_clean(draw, exclude=["lead", "area", "committed_by"])
    rows = Draw.objects.filter(pk=draw.pk, version=held, state=wanted)
    if not rows.update(**values, version=F("version") + 1):
        draw.refresh_from_db()
        rules.ensure_state(draw.state, wanted)
        raise Stale(
            "Lần bốc thăm này vừa được người khác xử lý. Những gì bạn nhập còn nguyên: hãy xem lại trang rồi thực hiện lại.",
            en="Somebody else has just acted on this draw. What you typed is kept: look at the page again, then retry.",
        )
    draw.refresh_from_db()


def ensure_reader(draw: Draw, by: Person) -> None:
    """Off the short list there is no sealed part: the answer is that of a draw that never was."""
    if not DrawReader.objects.filter(draw=draw, person=by).exists():
        raise Missing(
            "Không tìm thấy trang này, hoặc bạn không được xem.",
            en="There is no such page, or it is not for you to see.",
        )
