"""The acts on what other programs are told by themselves."""

from __future__ import annotations

from ._noting import note_events as note_events
from ._withdrawing import after_account as after_account
from .feeds import make_feed as make_feed
from .feeds import revoke_feed as revoke_feed
from .feeds import revoke_feed_of as revoke_feed_of
from .webhooks import make_webhook as make_webhook
from .webhooks import remove_webhook as remove_webhook
from .webhooks import remove_webhook_of as remove_webhook_of
from .webhooks import resume_webhook as resume_webhook
from .webhooks import send_again as send_again
from .webhooks import try_webhook as try_webhook
