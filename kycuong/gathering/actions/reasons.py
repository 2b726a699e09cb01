"""Why what an agency declares differs from what is counted: said by a person, kept beside both numbers."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from kycuong.audit.log import act, record_many
from kycuong.core.checks import ensure_values
from kycuong.core.problems import BadInput
from kycuong.gathering.models import DifferenceReason, Gathering
from kycuong.gathering.rules import BY_KEY
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person, Unit

from ._claiming import ensure_under
from .gatherings import GATHER

Numbers = tuple[Decimal | None, Decimal | None]
"""Declared and computed, as they were when the reason was given."""


@act
def give_reasons(
    gathering: Gathering, agency: Unit, *, by: Person | None, reasons: Mapping[str, tuple[str, Numbers]]
) -> list[DifferenceReason]:
    """Column → (text, numbers). What is as it was is not written again; an empty text takes a reason back."""
    authorize(by, GATHER, at=gathering.scope)
    ensure_under(agency, gathering)
    held = {one.column: one for one in gathering.reasons.filter(agency=agency).order_by("pk")}
    written = []
    for column, (text, (declared, computed)) in reasons.items():
        before = held.get(column)
        same = (text.strip(), declared, computed)
        if same == ((before.text, before.declared, before.computed) if before else ("", declared, computed)):
            continue
        if column not in BY_KEY:
            raise BadInput(f"Không có cột «{column[:40]}».", en=f"There is no column “{column[:40]}”.")
        reason = DifferenceReason(gathering=gathering, agency=agency, column=column, text=text.strip(), written_by=by)
        reason.declared, reason.computed = declared, computed
        ensure_values(reason)
        reason.save(force_insert=True)
        written.append(reason)
    if written:
        record_many("declared.explain", written, by=by)
    return written
