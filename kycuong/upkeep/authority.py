"""Who sees how the installation stands."""

from __future__ import annotations

from kycuong.orgs.authority import Someone, units_where


def may_look(person: Someone) -> bool:
    """Whoever runs the system."""
    return bool(units_where(person, "tick.see"))
