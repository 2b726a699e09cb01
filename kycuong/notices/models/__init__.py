"""Notices, announcements, how people want to hear of them, and what the running of ticks leaves behind."""

from __future__ import annotations

from .announcements import Announcement, PutAway
from .mail import DigestSent, MailWish
from .notices import Notice
from .ticks import TickRun, TickTurn

__all__ = ["Announcement", "DigestSent", "MailWish", "Notice", "PutAway", "TickRun", "TickTurn"]
