"""Records the visits of a table that was read and found right."""

from __future__ import annotations

from kycuong.audit.log import act
from kycuong.inspections.actions import record_signed_visits
from kycuong.inspections.rules import Source
from kycuong.orgs.models import Person
from kycuong.sheets.importing import Line as Sentence
from kycuong.sheets.importing import Preview

from .existing import ensure_fresh
from .lines import Line


@act
def apply(preview: Preview, *, by: Person | None) -> list[Sentence]:
    """Record what is new; nothing when anything is wrong."""
    preview.ensure_ready()
    lines: list[Line] = preview.plan
    ensure_fresh(lines)
    rows = [line.visit for line in lines if line.visit]
    visits = record_signed_visits(rows, by=by, source=Source.IMPORT)
    count = len({visit.inspection_id for visit in visits})
    return [
        Sentence(
            f"Đã ghi {len(visits)} lượt của {count} cuộc kiểm tra.",
            f"Recorded {len(visits)} visits of {count} inspections.",
        )
    ]
