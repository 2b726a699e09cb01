"""Opening the period of a scope for which agencies send their tables."""

from __future__ import annotations

from kycuong.audit.log import act, record
from kycuong.core.checks import ensure_clean
from kycuong.gathering.models import Gathering
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person, Unit
from kycuong.reports.rules.periods import Period

GATHER = "declared.gather"


@act
def open_gathering(*, by: Person | None, scope: Unit, period: Period) -> Gathering:
    """The gathering of that scope and period: the one that is there, or a new one."""
    authorize(by, GATHER, at=scope)
    there = Gathering.objects.filter(scope=scope, first=period.first, last=period.last).first()
    if there is not None:
        return there
    gathering = Gathering(scope=scope, first=period.first, last=period.last, name=period.name, created_by=by)
    ensure_clean(gathering)
    gathering.save(force_insert=True)
    record("declared.open", gathering, by=by)
    return gathering
