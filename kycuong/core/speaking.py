"""In which language a page is made. What is kept, signed or sent is Vietnamese, whoever presses the button (ADR 0052)."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.utils import translation

VIETNAMESE, ENGLISH = "vi", "en"


def wanted(cookies: Mapping[str, str]) -> str:
    """What this browser has chosen. What it prefers by itself is not asked: most offices' browsers were installed in English."""
    return ENGLISH if cookies.get(settings.LANGUAGE_COOKIE_NAME) == ENGLISH else VIETNAMESE


def told(vi: str, en: str) -> str:
    """Of a sentence that exists in both languages, the one that the page speaks (ADR 0004 has both written where they are raised)."""
    return en if translation.get_language() == ENGLISH and en else vi


def in_vietnamese() -> translation.override:
    """For whatever is written down meanwhile: records, the log, notices."""
    return translation.override(VIETNAMESE)
