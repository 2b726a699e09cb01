"""Questions about draws that span nouns."""

from __future__ import annotations

from .frames import Frame, candidates, inspectors_frame, units_frame
from .listing import DrawLine, draw_lines, open_under, overdue_and_abandoned
from .proofs import proof_of, public_part
from .records import records_of
from .sealed import basis_of, outcome_of, sealed

__all__ = [
    "DrawLine",
    "Frame",
    "basis_of",
    "candidates",
    "draw_lines",
    "inspectors_frame",
    "open_under",
    "outcome_of",
    "overdue_and_abandoned",
    "proof_of",
    "public_part",
    "records_of",
    "sealed",
    "units_frame",
]
