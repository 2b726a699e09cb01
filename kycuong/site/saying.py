"""What a page says once, after a redirect: a signed cookie of this host alone; what is too long for one, the session.

The sentence may name what is sealed to others, so it belongs on the reader's own machine rather than in a table.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage
from django.utils.functional import Promise
from django.utils.translation import get_language


class OwnCookie(CookieStorage):
    """Behind HTTPS its name begins with `__Host-`, so that no neighbour under the same domain can set or read it."""

    cookie_name = settings.MESSAGE_COOKIE_NAME


class Storage(FallbackStorage):
    """As the framework does it by default, under our name of the cookie. A sentence remembers its language: the next page may have another."""

    storage_classes = (OwnCookie, SessionStorage)

    def add(self, level: int, message: str | Promise, extra_tags: str | None = "") -> None:
        spoken = get_language()
        tags = f"{extra_tags or ''} in:{spoken}".strip() if spoken != settings.LANGUAGE_CODE else extra_tags
        super().add(level, str(message), tags)
