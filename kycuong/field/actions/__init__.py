"""What is done with phones and what comes from them. Every act is a function here; nothing else writes these tables."""

from __future__ import annotations

from .devices import approve_key, ask_key, enrol, read_key, revoke
from .opening import Bundle, open_bundle
from .photos import examined, keep_photo
from .pulling import mirror, note_looks
from .receiving import Heartbeat, Result, receive, rescue

__all__ = [
    "Bundle",
    "Heartbeat",
    "Result",
    "approve_key",
    "ask_key",
    "enrol",
    "examined",
    "keep_photo",
    "mirror",
    "note_looks",
    "open_bundle",
    "read_key",
    "receive",
    "rescue",
    "revoke",
]
