"""The public algorithm of a draw: whole numbers and bytes only, so that every language computes the same.

1. The frame (who may be drawn, with stratum and weight) and the spec (sizes, the public source and its day) are written down.
2. commitment = SHA-256(TAG ‖ nonce ‖ SHA-256(frame) ‖ spec) is published before the source has spoken.
3. seed = HMAC-SHA-256(nonce, what the source said).
4. A line of weight w holds the tickets 1…w; its key is the least HMAC-SHA-256(seed, [id, ticket]).
5. In each stratum the lines with the n least keys win: sampling without replacement, in proportion to the weights.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

TAG = b"kycuong-draw-1"
NONCE_SIZE = 32


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the frame: an id, the stratum that it is drawn in, and its weight in tickets."""

    id: str
    stratum: str
    weight: int


@dataclass(frozen=True, slots=True)
class Won:
    """A line that was drawn, with the key that won."""

    id: str
    stratum: str
    key: str


def canonical(value: Any) -> bytes:
    """JSON with sorted keys, without spaces, in UTF-8: one spelling for one value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def frame_of(lines: Iterable[Line], excluded: Mapping[str, str]) -> dict[str, Any]:
    """What is committed to: the lines that may be drawn, and whoever may not with the reason. Ordered by id."""
    eligible = sorted([line.id, line.stratum, line.weight] for line in lines)
    return {"eligible": eligible, "excluded": sorted([ident, reason] for ident, reason in excluded.items())}


def commitment(nonce: bytes, frame: Mapping[str, Any], spec: Mapping[str, Any]) -> str:
    """What is published first. It binds the organiser to nonce, frame and spec, and tells nothing of them."""
    return sha256(TAG + nonce + sha256(canonical(frame)).digest() + canonical(spec)).hexdigest()


def seed_of(nonce: bytes, beacon: str) -> bytes:
    """Neither the organiser (who cannot know the beacon) nor the public (who does not know the nonce) had a choice."""
    return hmac.digest(nonce, beacon.encode(), "sha256")


def key_of(seed: bytes, ident: str, weight: int) -> bytes:
    """The best of the line's tickets."""
    return min(hmac.digest(seed, canonical([ident, ticket]), "sha256") for ticket in range(1, weight + 1))


def draw(frame: Mapping[str, Any], sizes: Mapping[str, int], seed: bytes) -> list[Won]:
    """The winners, by stratum and then by key."""
    won: list[Won] = []
    for stratum in sorted(sizes):
        keys = sorted(
            (key_of(seed, one, weight).hex(), one) for one, where, weight in frame["eligible"] if where == stratum
        )
        won += [Won(ident, stratum, key) for key, ident in keys[: sizes[stratum]]]
    return won


def proof(
    *, nonce: bytes, frame: Mapping[str, Any], spec: Mapping[str, Any], beacon: str, winners: Iterable[Won]
) -> dict[str, Any]:
    """What is published at the end: everything that anybody needs to repeat the draw."""
    return {
        "algorithm": TAG.decode(),
        "commitment": commitment(nonce, frame, spec),
        "nonce": nonce.hex(),
        "frame": frame,
        "spec": spec,
        "beacon": beacon,
        "seed": seed_of(nonce, beacon).hex(),
        "winners": [[one.id, one.stratum, one.key] for one in winners],
    }
