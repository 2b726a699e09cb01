"""What is published of a draw: before it is revealed the commitment, afterwards all that is needed to repeat it."""

from __future__ import annotations

from typing import Any

from kycuong.draws.models import Draw
from kycuong.draws.rules import Basis, DrawState, Purpose


def public_part(draw: Draw) -> dict[str, Any]:
    """What whoever may see the plans of the lead may know at any time. It says nothing of who can be or was drawn."""
    return {
        "uid": str(draw.uid),
        "lead": draw.lead.slug,
        "area": draw.area.slug,
        "purpose": draw.purpose,
        "title": draw.title,
        "state": draw.state,
        "commitment": draw.commitment,
        "committed_at": draw.committed_at.isoformat(),
        "source": draw.source,
        "source_on": draw.source_on.isoformat(),
        "sizes": draw.sizes,
        "reveal_by": draw.reveal_by.isoformat(),
        "beacon": draw.beacon,
        "abandon_reason": draw.abandon_reason,
    }


def proof_of(draw: Draw) -> dict[str, Any]:
    """The published proof of a revealed draw; of another one, its public part."""
    if draw.state != DrawState.REVEALED:
        return public_part(draw)
    rows, winners = (
        list(draw.frame_rows.select_related("unit", "person")),
        list(draw.winners.select_related("unit", "person")),
    )
    frame = {
        "eligible": [[_uid(row), row.stratum, row.weight] for row in rows if not row.excluded],
        "excluded": [[_uid(row), row.excluded] for row in rows if row.excluded],
    }
    basis = Basis(nonce=draw.nonce, frame=frame, spec=draw.spec or {}, names={})
    names = {_uid(row): _told(draw, row) for row in [*rows, *winners]}
    return {
        **public_part(draw),
        **basis.proof(draw.beacon),
        "winners": [[_uid(one), one.stratum, one.key] for one in winners if not one.designated],
        "designated": [[_uid(one), one.designated] for one in winners if one.designated],
        "names": names,
    }


def _uid(row: Any) -> str:
    return str((row.unit or row.person).uid)


def _told(draw: Draw, row: Any) -> str:
    """Names of units are public; of people, a file that is handed on tells the position only."""
    return row.name_then if draw.purpose == Purpose.TARGETS else (row.person.position or "—")
