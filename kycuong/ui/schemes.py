"""Light, dark or as the system says: the choice stands in a cookie of the browser, so that the first paint is right already.

It belongs to the screen, not to the person: who works in a dark car with a phone has a bright desk.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Scheme:
    """One choice. `media` says when the dark sheet counts, never on paper; `meta` what the browser draws by itself."""

    code: str
    name: str | Promise
    icon: str
    media: str
    meta: str


SYSTEM = Scheme("system", _("Theo máy"), "computer-desktop", "screen and (prefers-color-scheme: dark)", "light dark")
SCHEMES = {
    one.code: one
    for one in (
        SYSTEM,
        Scheme("light", _("Sáng"), "sun", "not all", "light"),
        Scheme("dark", _("Tối"), "moon", "screen", "dark"),
    )
}


def scheme_in(cookies: Mapping[str, str]) -> Scheme:
    """What this browser has chosen. A cookie that nobody understands is none."""
    return SCHEMES.get(cookies.get(settings.SCHEME_COOKIE_NAME, ""), SYSTEM)
