"""Accounts, roles, and who stands in for whom."""

from __future__ import annotations

from ._loans import settle_at
from .accounts import (
    change_account,
    create_account,
    deactivate_account,
    end_lent_passwords,
    end_role,
    grant_role,
    reactivate_account,
    set_temporary_password,
    temporary_password,
)
from .standing_in import name_stand_in, take_back

__all__ = [
    "change_account",
    "create_account",
    "deactivate_account",
    "end_lent_passwords",
    "end_role",
    "grant_role",
    "name_stand_in",
    "reactivate_account",
    "set_temporary_password",
    "settle_at",
    "take_back",
    "temporary_password",
]
