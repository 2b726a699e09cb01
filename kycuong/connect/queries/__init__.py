"""Questions about what other programs are told."""

from __future__ import annotations

from .feeds import all_feeds as all_feeds
from .feeds import digest_of as digest_of
from .feeds import feed_at as feed_at
from .feeds import feed_of as feed_of
from .feeds import text_of as text_of
