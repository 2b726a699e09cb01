"""Whether others than this machine reach the server, by its settings."""

from __future__ import annotations

from django.conf import settings

LOOPBACK = {"127.0.0.1", "::1", "[::1]", "localhost"}


def is_public() -> bool:
    """Through the network, or through a proxy that speaks HTTPS."""
    return bool(settings.HTTPS or settings.ADDRESS not in LOOPBACK or set(settings.ALLOWED_HOSTS) - LOOPBACK)
