"""How long a phone may keep what: told to each phone when it starts."""

from __future__ import annotations

POLICY = {"offline_hours": 72, "autolock_minutes": 5, "purge_days": 7}
"""Hours without a word from the server before the app asks to be synced; minutes until it locks; days until what is safely
here is taken off the phone."""
