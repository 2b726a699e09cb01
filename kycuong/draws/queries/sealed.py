"""Opening the sealed parts of a draw. Whoever asks has been found on its short list, or is revealing it."""

from __future__ import annotations

from kycuong.core.sealing import keyring
from kycuong.draws.models import Draw
from kycuong.draws.rules import Basis, Outcome


def basis_of(draw: Draw) -> Basis:
    """Nonce, frame and spec."""
    return Basis.read(keyring().unseal(draw.sealed_basis, about=about(draw, "sealed_basis")))


def outcome_of(draw: Draw) -> Outcome | None:
    """Who was drawn; None before the source has spoken."""
    if not draw.sealed_outcome:
        return None
    return Outcome.read(keyring().unseal(draw.sealed_outcome, about=about(draw, "sealed_outcome")))


def sealed(draw: Draw, column: str, part: Basis | Outcome) -> str:
    """The part as the column holds it."""
    return keyring().seal(part.written(), about=about(draw, column))


def about(draw: Draw, column: str) -> str:
    return f"draws.Draw.{draw.uid}.{column}"
