"""Checks many rows and tells everything that is wrong with them at once."""

from __future__ import annotations

from collections.abc import Sequence

from kycuong.core.problems import BadInput
from kycuong.orgs.models import Person

from ._rows import Checked, RowChecker, VisitRow


def faults_of(rows: Sequence[VisitRow], *, by: Person | None, source: str) -> list[dict[str, str]]:
    """Everything for which record_signed_visits would refuse these rows, by row and field. Writes nothing."""
    try:
        checked_rows(rows, by, source)
    except BadInput as problem:
        return problem.errors
    return []


def checked_rows(rows: Sequence[VisitRow], by: Person | None, source: str) -> list[Checked]:
    """What would be written for these rows, not yet saved; BadInput with every fault of every row."""
    checker = RowChecker(rows, by=by, source=source)
    checked, faults = [], []
    for place, row in enumerate(rows):
        try:
            checked.append(checker.check(place, row))
        except BadInput as problem:
            faults += problem.errors
    if faults:
        raise BadInput(
            f"Có {len(faults)} chỗ chưa đúng nên chưa ghi gì. Hãy sửa rồi nạp lại.",
            en=f"{len(faults)} things are wrong, so nothing was written. Correct them and load again.",
            errors=faults,
        )
    return checked
