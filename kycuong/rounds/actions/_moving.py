"""How a round moves: one statement that takes its next version."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from kycuong.core.checks import refresh
from kycuong.core.problems import Stale
from kycuong.rounds import rules
from kycuong.rounds.models import ReportingRound
from kycuong.rounds.rules import RoundState


def move_round(found: ReportingRound, version: int | None, stands: RoundState, /, **to: Any) -> None:
    """Take the next version of a round that `stands` so, in one statement: of two who hold the same one, one wins."""
    if version is None:
        refresh(found)
    read = found.version if version is None else version
    there = ReportingRound.objects.filter(pk=found.pk, version=read, state=stands)
    taken = there.update(version=F("version") + 1, **to)
    refresh(found)
    if not taken:
        rules.ensure_round(found.state, stands)
        raise Stale(
            "Đợt báo cáo này vừa được người khác sửa. Những gì bạn nhập còn nguyên: hãy xem bản mới rồi làm lại.",
            en="Somebody else has just changed this round. What you typed is kept: look at it, then try again.",
        )
