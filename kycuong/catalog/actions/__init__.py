"""What is done to the catalogue. Every act is a function here; nothing else writes these tables."""

from __future__ import annotations

from .bases import ALWAYS, add_basis, change_basis
from .content import (
    CONTENT,
    add_criterion,
    add_group,
    change_criterion,
    change_group,
    move_criterion,
    remove_criterion,
    remove_group,
)
from .drafts import OWN, change_draft, delete_draft, publish_draft, start_draft
from .filling import FilledCriterion, Filling, start_filled_draft
from .standard import install_standard_checklist

__all__ = [
    "OWN",
    "ALWAYS",
    "CONTENT",
    "FilledCriterion",
    "Filling",
    "add_basis",
    "add_criterion",
    "add_group",
    "change_basis",
    "change_criterion",
    "change_draft",
    "change_group",
    "delete_draft",
    "install_standard_checklist",
    "move_criterion",
    "publish_draft",
    "remove_criterion",
    "remove_group",
    "start_draft",
    "start_filled_draft",
]
