"""Who sees the checkpoints that were signed."""

from __future__ import annotations

from kycuong.orgs.authority import Someone, units_where


def may_list(person: Someone) -> bool:
    """Whoever reads the history of changes, and whoever runs the system: the sizes tell how much is being recorded."""
    return bool(units_where(person, "audit.see") or units_where(person, "tick.see"))
