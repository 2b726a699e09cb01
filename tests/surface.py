"""Every address of the product, read from the URLconf itself: what a test walks cannot be forgotten there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

HOLE = re.compile(r"<(?:\w+:)?(\w+)>")


def addresses(resolver: URLResolver | None = None, before: str = "/") -> Iterator[str]:
    """«/visits/<uuid:uid>/signing/»: each pattern, whole, once."""
    seen = set()
    for entry in (resolver or get_resolver()).url_patterns:
        whole = before + str(entry.pattern).lstrip("^").rstrip("$")
        found = [whole] if isinstance(entry, URLPattern) else addresses(entry, whole)
        for address in found:
            if address not in seen:
                seen.add(address)
                yield address


def holes(address: str) -> list[str]:
    """The names of the parameters."""
    return HOLE.findall(address)


def filled(address: str, values: dict[str, str]) -> str:
    """The address with its parameters filled in."""
    return HOLE.sub(lambda hole: values[hole.group(1)], address)
