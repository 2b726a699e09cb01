"""What the sign-in page of a demonstration offers: its accounts, each signed in by one button."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.conf import settings

from kycuong.demo.accounts import ACCOUNTS, DEMO_PASSWORD, DemoAccount
from kycuong.orgs.roles import ROLES

register = template.Library()


@dataclass(frozen=True)
class Offer:
    """One account as the sign-in page shows it."""

    account: DemoAccount
    role: str
    sentence: str
    password: str = DEMO_PASSWORD


@register.simple_tag
def demo_accounts() -> list[Offer]:
    """The accounts of the demonstration; none where the setting KYCUONG_DEMO is off."""
    if not settings.DEMO:
        return []
    return [Offer(account, ROLES[account.role].title, ROLES[account.role].sentence) for account in ACCOUNTS]
