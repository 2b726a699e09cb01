"""What is done to themes and plans. Every act is a function here; nothing else writes these tables."""

from __future__ import annotations

from ._items import Item
from .bulk import PlanRow, record_issued_plans
from .copying import copy_plan
from .drafting import change_plan, draft_plan
from .duties import install_plan_duties
from .items import add_item, change_item, remove_item
from .steps import (
    amend_plan,
    approve_plan,
    close_plan,
    issue_plan,
    number_plan,
    return_plan,
    submit_plan,
    withdraw_plan,
)
from .themes import announce_theme, record_dissemination, withdraw_dissemination
from .watch import remind_agencies, set_limits

__all__ = [
    "Item",
    "PlanRow",
    "add_item",
    "amend_plan",
    "announce_theme",
    "approve_plan",
    "change_item",
    "change_plan",
    "close_plan",
    "copy_plan",
    "draft_plan",
    "install_plan_duties",
    "issue_plan",
    "number_plan",
    "record_dissemination",
    "record_issued_plans",
    "remind_agencies",
    "remove_item",
    "return_plan",
    "set_limits",
    "submit_plan",
    "withdraw_dissemination",
    "withdraw_plan",
]
