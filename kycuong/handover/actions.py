"""That everything left: an act, so that the log tells of it."""

from __future__ import annotations

from kycuong.audit.log import act, record
from kycuong.audit.models import AuditEntry
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Unit


@act
def note_taken_out(unit: Unit, *, by: None, rows: int, files: int, digest: str) -> AuditEntry:
    """Note that what a unit owns was written out, `digest` the SHA-256 of its list of sums. No person may: only who is at the machine."""
    authorize(by, "person.see", at=unit)
    return record("unit.take_out", unit, by=by, op="read", rows=rows, files=files, digest=digest)
