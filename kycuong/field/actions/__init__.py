"""What is done with phones and what comes from them. Every act is a function here; nothing else writes these tables."""

from __future__ import annotations

from ._checking import check_or_tell, examined_late, look_at
from ._checking import start as start_checking
from ._holding import ensure_not_signed_on_glass
from ._turns import mirror
from .deciding import accept, declare_lost, discard_signature, let_go, resolve
from .devices import approve_key, ask_key, enrol, read_key, read_unplaced, revoke
from .forgetting import forget_names
from .late import join_late, put_beside
from .opening import Bundle, open_bundle
from .photos import keep_photo
from .policy import set_policy
from .pulling import note_looks
from .receiving import Heartbeat, Result, receive, rescue

__all__ = [
    "Bundle",
    "Heartbeat",
    "Result",
    "accept",
    "approve_key",
    "ask_key",
    "check_or_tell",
    "declare_lost",
    "discard_signature",
    "enrol",
    "ensure_not_signed_on_glass",
    "examined_late",
    "join_late",
    "keep_photo",
    "forget_names",
    "let_go",
    "look_at",
    "mirror",
    "note_looks",
    "open_bundle",
    "put_beside",
    "read_key",
    "read_unplaced",
    "receive",
    "rescue",
    "resolve",
    "revoke",
    "set_policy",
    "start_checking",
]
