"""Choosing case files at random at a visit: the server draws the seed, the result stays."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from uuid import UUID

from kycuong.audit.log import act, record
from kycuong.core.checks import ensure_clean
from kycuong.core.ids import uuid7
from kycuong.inspections.authority import authorize
from kycuong.inspections.models import CaseFilePick, Visit
from kycuong.inspections.rules import picks
from kycuong.orgs.models import Person

from ._steps import ensure_open_draft


@act
def pick_case_files(
    visit: Visit,
    *,
    by: Person,
    subject: str,
    number: int,
    size: int | None = None,
    codes: Sequence[str] = (),
    reason: str = "",
    uid: UUID | None = None,
) -> CaseFilePick:
    """Choose `number` among the codes, or among `size` files by their place. Repeating the call with the same uid returns
    the first choice. The version of the visit stays, as with files."""
    authorize(by, "visit.record", at=visit)
    if uid and (already := CaseFilePick.objects.filter(uid=uid, visit=visit).first()):
        return already
    ensure_open_draft(visit)
    frame = picks.listed(codes, size)
    picks.ensure_number(number, of=len(frame))
    earlier = visit.picks.count()
    picks.ensure_reason_to_pick_again(earlier, reason)
    seed = secrets.token_hex(32)
    chosen = CaseFilePick(
        uid=uid or uuid7(),
        visit=visit,
        position=earlier + 1,
        subject=subject.strip(),
        size=len(frame),
        number=number,
        codes=frame if any(code.strip() for code in codes) else [],
        list_sha256=picks.list_hash(frame),
        seed=seed,
        picked=picks.pick(frame, number, seed),
        reason=reason.strip() if earlier else "",
        picked_by=by,
    )
    ensure_clean(chosen)
    chosen.save(force_insert=True)
    record("visit.pick", chosen, by=by)
    return chosen
