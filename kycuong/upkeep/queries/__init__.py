"""How this installation stands: every check, in the order in which a person would mend things."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

from kycuong.upkeep.rules import Finding, State, fault

from . import beginning, keeping, machine, reach, running

CHECKS: tuple[tuple[str, Callable[[], Iterator[Finding]]], ...] = (
    ("connection", machine.connects),
    ("database", machine.database),
    ("tables", machine.tables),
    ("disk", machine.disk),
    ("keys", machine.keys),
    ("clock", machine.clock),
    ("walls", keeping.walls),
    ("checkpoint", keeping.checkpoint),
    ("cells", keeping.cells),
    ("backup", keeping.backup),
    ("drill", keeping.drill),
    ("tick", running.tick),
    ("mail", running.mail),
    ("days-off", running.days_off),
    ("pdf", running.pdf),
    ("address", reach.address),
    ("proxies", reach.proxies),
    ("sources", reach.sources),
    ("django", reach.django),
    ("demonstration", reach.demonstration),
    ("administrators", reach.administrators),
    ("passwords", reach.passwords),
    ("contact", reach.contact),
    ("beginning", beginning.told),
)
"""Code → what looks: each gives a line or more, and reads only."""
BEFORE = {"connection", "tables"}
"""Without these no other question to the database has an answer."""
ASK_DATABASE = frozenset(
    {
        "database",
        "tables",
        "keys",
        "clock",
        "walls",
        "checkpoint",
        "cells",
        "tick",
        "days-off",
        "demonstration",
        "administrators",
        "passwords",
        "beginning",
    }
)


SLOW = frozenset({"cells"})
"""Counts for minutes where there is much: at the machine only. A page tells of what the tick found."""


def findings(*, slow: bool = False) -> list[Finding]:
    """Every line; those that take long only if told so. A check that cannot even be made is a fault of its own, and stops no other."""
    found: list[Finding] = []
    for code, look in CHECKS:
        if code in SLOW and not slow:
            continue
        if code in ASK_DATABASE and any(one.code in BEFORE and one.state is State.FAULT for one in found):
            continue  # one line about the database, not ten
        try:
            found += look()
        except Exception as error:
            logging.getLogger(__name__).exception("check %s", code)
            found.append(_unreachable(error) if code == "connection" else _broken(code, error))
    return found


def _broken(code: str, error: Exception) -> Finding:
    name = type(error).__name__
    return fault(
        code,
        f"không kiểm tra được ({name})",
        f"cannot be checked ({name})",
        "xem nhật ký máy chủ; sửa các dòng phía trên trước rồi chạy lại",
        "see the server's log; mend the lines above first and run this again",
    )


def _unreachable(error: Exception) -> Finding:
    reason = (str(error).strip().splitlines() or [""])[0].rpartition(": ")[2]
    return fault(
        "connection",
        f"không kết nối được ({reason})",
        f"cannot be reached ({reason})",
        "kiểm tra máy chủ cơ sở dữ liệu đang chạy và KYCUONG_DATABASE_URL",
        "see that the database server runs, and look at KYCUONG_DATABASE_URL",
    )


__all__ = ["CHECKS", "SLOW", "findings"]
