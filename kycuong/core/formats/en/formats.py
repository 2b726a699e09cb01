"""The same as in Vietnamese: 08/09/2026 is 8 September on every page, and 1.234 typed on an English page is no other number (ADR 0052)."""

from __future__ import annotations

from kycuong.core.formats.vi.formats import *  # noqa: F403 - each is a format, by name
