"""What a draw keeps sealed until it is revealed: the basis it was committed to, and the outcome."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from .algorithm import Won, commitment, draw, proof, seed_of


@dataclass(frozen=True, slots=True)
class Basis:
    """Nonce, frame and spec; and what people read beside the frame: names, and the parts of each weight."""

    nonce: str
    frame: dict[str, Any]
    spec: dict[str, Any]
    names: dict[str, str]
    parts: dict[str, dict[str, int]] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> Self:
        return cls(**json.loads(text))

    def written(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @property
    def secret(self) -> bytes:
        return bytes.fromhex(self.nonce)

    @property
    def commitment(self) -> str:
        return commitment(self.secret, self.frame, self.spec)

    def drawn_with(self, beacon: str) -> list[Won]:
        return draw(self.frame, self.spec["sizes"], seed_of(self.secret, beacon))

    def proof(self, beacon: str) -> dict[str, Any]:
        won = self.drawn_with(beacon)
        return proof(nonce=self.secret, frame=self.frame, spec=self.spec, beacon=beacon, winners=won)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who was drawn, who was added by hand with which reason, and the inspection that came of it."""

    winners: list[Won]
    designated: list[tuple[str, str, str]] = field(default_factory=list)
    """(uid, name, reason)."""
    inspection: str = ""

    @classmethod
    def read(cls, text: str) -> Self:
        kept = json.loads(text)
        winners = [Won(*one) for one in kept["winners"]]
        return cls(winners, [(uid, name, why) for uid, name, why in kept["designated"]], kept["inspection"])

    def written(self) -> str:
        winners = [(one.id, one.stratum, one.key) for one in self.winners]
        return json.dumps(
            {"winners": winners, "designated": self.designated, "inspection": self.inspection}, ensure_ascii=False
        )

    def opened_as(self, inspection: str, designated: list[tuple[str, str, str]]) -> Outcome:
        return replace(self, inspection=inspection, designated=designated)
