"""Makes the draft that was read and found right."""

from __future__ import annotations

from kycuong.audit.log import act
from kycuong.catalog.actions import start_filled_draft
from kycuong.orgs.models import Person
from kycuong.sheets.importing import Line as Sentence
from kycuong.sheets.importing import Preview

from .reading import Plan


@act
def apply(preview: Preview, *, by: Person | None) -> list[Sentence]:
    """Begin a draft with what the file says; nothing when anything is wrong."""
    preview.ensure_ready()
    plan: Plan = preview.plan
    draft = start_filled_draft(plan.filling, by=by, authority=plan.authority)
    count = len(plan.lines)
    return [
        Sentence(
            f"Đã lập dự thảo {draft.version} với {count} tiêu chí.", f"Made draft {draft.version}, {count} criteria."
        )
    ]
