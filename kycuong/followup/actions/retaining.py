"""Names of people are kept for a term, then erased: from the rows and from the log, so that statistics stay as they were."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils.module_loading import import_string

from kycuong.audit.log import act, erase_before, record
from kycuong.catalog.models import province
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import now, today
from kycuong.followup.models import AccountabilityMeasure, NameHold, NameRetention
from kycuong.followup.queries.retention import hold_of, kept_until_of, people_kept
from kycuong.followup.rules import ensure_reason
from kycuong.followup.rules import retention as rules
from kycuong.followup.rules.accountability import MeasureState
from kycuong.inspections.models import ConcernedPerson, Visit
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person

HOLD = "retention.hold"
ERASED = "(đã xóa)"


@act
def set_retention(*, by: Person | None, valid_from: date, years: int) -> NameRetention:
    """Set for how many years names are kept, from a day on; setting it again for the same day corrects it."""
    authorize(by, "retention.set", at=province())
    rules.ensure_years(years, valid_from=valid_from, today=today())
    row = NameRetention.objects.filter(valid_from=valid_from).first() or NameRetention(valid_from=valid_from)
    row.years, row.set_at, row.set_by = years, now(), by
    ensure_clean(row)
    row.save()
    record("retention.set", row, by=by)
    return row


@act
def hold_names(visit: Visit, *, by: Person, reason: str) -> NameHold:
    """From here on no name of the visit is erased, whatever its term: for a complaint, a court, an archive."""
    authorize(by, HOLD, at=visit.unit)
    rules.ensure_hold(there=hold_of(visit) is not None, wanted=True)
    ensure_reason(reason)
    hold = NameHold(visit=visit, reason=reason.strip(), held_by=by)
    ensure_clean(hold)
    hold.save(force_insert=True)
    record("retention.hold", hold, by=by)
    return hold


@act
def end_hold(visit: Visit, *, by: Person, reason: str) -> NameHold:
    """The hold is over; names whose term is over go with the next run."""
    authorize(by, HOLD, at=visit.unit)
    hold = hold_of(visit)
    rules.ensure_hold(there=hold is not None, wanted=False)
    assert hold is not None, "ensured above"
    ensure_reason(reason)
    hold.end_reason, hold.ended_at, hold.ended_by = reason.strip(), now(), by
    ensure_clean(hold)
    hold.save()
    record("retention.end_hold", hold, by=by)
    return hold


@act
def erase_names(visit: Visit, *, by: Person | None, today: date) -> int:
    """Erase what tells of one person at a visit whose term is over. Returns of how many people.

    Category, group of positions, measure and days stay. The position at a finding stays too: the signed minutes carry it.
    """
    authorize(by, "retention.set", at=None)
    rules.ensure_not_held(hold_of(visit) is not None)
    rules.ensure_term_over(kept_until_of(visit, today=today), today=today)
    named, measures = people_kept(visit)
    for person in named:
        ConcernedPerson.objects.filter(pk=person.pk).update(sealed_name="")
        _forget(person, by)
    for measure in measures:
        _erase_measure(measure, today)
        _forget(measure, by)
    for path in settings.NAMES_ERASED:
        import_string(path)(visit, by=by)
    return len(named) + len(measures)


def _erase_measure(measure: AccountabilityMeasure, today: date) -> None:
    gone: dict[str, Any] = {"sealed_name": "", "position": "", "grounds": "", "erased_on": today}
    if measure.state == MeasureState.DECLINED:
        gone["decline_reason"] = ERASED
    AccountabilityMeasure.objects.filter(pk=measure.pk).update(version=F("version") + 1, **gone)


def _forget(row: ConcernedPerson | AccountabilityMeasure, by: Person | None) -> None:
    """Note the erasure with the row as it now is, and erase what the log held of it before."""
    row.refresh_from_db()
    erase_before(record("retention.erase", row, by=by, op="erase"))
