"""Drawings of the icons, each drawn once: a page shows some sixty, of some forty that there are."""

from __future__ import annotations

from functools import cache

from heroicons.templatetags.heroicons import heroicon_mini


@cache
def drawn(name: str, size: int) -> str:
    """SVG, `size` pixels wide and high, in the colour of the words beside it."""
    return heroicon_mini(name, size=size, **{"class": "icon", "focusable": "false"})
