"""That everything left: an act, so that the log tells of it."""

from __future__ import annotations

from kycuong.audit.log import act, record
from kycuong.audit.models import AuditEntry
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Unit


@act
def note_taken_out(top: Unit, *, by: None, files: int, digest: str, placed: bool = True) -> AuditEntry:
    """Note that everything was written out, at the topmost unit; `digest`: the SHA-256 of the list of sums; `placed`: whether it
    got its name. No person may: only who is at the machine."""
    authorize(by, "person.see", at=top)
    return record("unit.take_out", top, by=by, op="read", files=files, digest=digest, placed=placed)
