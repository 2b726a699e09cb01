"""Whose an export is: the installation by the key of its log, the program, and how much of it never happened."""

from __future__ import annotations

from contextlib import suppress

from kycuong.audit.queries import log_keys
from kycuong.core.version import product_version
from kycuong.facts.rules import Origin
from kycuong.inspections.rules.states import Source as Kind

from .snapshot import Source

SHOWN = "SELECT COUNT(*) FROM inspections_inspection t WHERE EXISTS (SELECT 1 FROM inspections_visit v WHERE v.inspection_id = t.id AND v.state = 'signed')"
INVENTED = f"{SHOWN} AND t.source = '{Kind.DEMONSTRATION.value}'"


def origin_of(source: Source) -> Origin:
    """What the manifest says of the database at that moment."""
    shown, invented = (next(iter(next(source(sql))))[0] for sql in (SHOWN, INVENTED))
    names = installation()
    return Origin(names[0] if names else "?", product_version(), int(shown), int(invented))


def installation() -> list[str]:
    """Names of this installation as the checkpoints of its log bear them, the present one first: «name+hash of the key»."""
    with suppress(ValueError):
        return [f"{key.name}+{key.key_hash.hex()}" for key in log_keys()]
    return []
