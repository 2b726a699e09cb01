"""Tables of self-checks."""

from __future__ import annotations

from .campaigns import SelfCheckCampaign, SelfCheckCampaignQuerySet
from .checks import SelfCheck, SelfCheckQuerySet, SelfCheckReopening
from .settings import SelfCheckReminder, SelfCheckRule

__all__ = [
    "SelfCheck",
    "SelfCheckCampaign",
    "SelfCheckCampaignQuerySet",
    "SelfCheckQuerySet",
    "SelfCheckReminder",
    "SelfCheckReopening",
    "SelfCheckRule",
]
