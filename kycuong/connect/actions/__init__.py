"""The acts on what other programs are told by themselves."""

from __future__ import annotations

from ._withdrawing import after_account as after_account
from .feeds import make_feed as make_feed
from .feeds import revoke_feed as revoke_feed
from .feeds import revoke_feed_of as revoke_feed_of
