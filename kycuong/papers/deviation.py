"""One place where a file is not as the decree wants it, in a sentence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Deviation:
    """One place where the file is not as the decree wants it."""

    element: str
    vi: str
    en: str


def said(element: str, vi: str, en: str) -> Deviation:
    """With the full stop."""
    return Deviation(element, f"{vi}.", f"{en[:1].upper()}{en[1:]}.")


def number(value: float) -> str:
    """As it is written in Vietnamese."""
    return f"{value:g}".replace(".", ",")
