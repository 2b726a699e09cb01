"""What is done over all plans: limits set, agencies reminded of plans that are missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kycuong.audit.log import act, record
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import today
from kycuong.core.standing_in import alone
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person, Unit
from kycuong.orgs.queries import full_names
from kycuong.plans import rules
from kycuong.plans.models import BurdenLimit, InspectionPlan, PlanReminder
from kycuong.plans.queries import cut_off, units_that_owe


@act
def set_limits(*, by: Person | None, valid_from: date, span_days: int, visits_a_year: int) -> BurdenLimit:
    """Set what holds from a day on; setting it again for the same day corrects it."""
    authorize(by, "plan.set_limits", at=Unit.objects.top())
    rules.ensure_limits(span_days, visits_a_year, valid_from=valid_from, today=today())
    limit = BurdenLimit.objects.filter(valid_from=valid_from).first() or BurdenLimit(valid_from=valid_from)
    limit.span_days, limit.visits_a_year, limit.set_by = span_days, visits_a_year, by
    ensure_clean(limit)
    limit.save()
    record("plan.set_limits", limit, by=by)
    return limit


@act
def remind_agencies(agencies: Sequence[Unit], *, by: Person, year: int, words: str) -> list[PlanReminder]:
    """Note that these agencies were reminded of their missing plans, all or none. The words are passed on by people."""
    for agency in agencies:
        authorize(by, "plan.remind", at=agency)
    rules.ensure_year_is_near(year, today=today())
    rules.ensure_words(words)
    rules.ensure_somebody(len(agencies))
    day = cut_off(year, today=today())
    owing, names = units_that_owe(by, day), full_names([agency.pk for agency in agencies], day)
    issued = set(InspectionPlan.objects.issued(by_day=today()).filter(year=year).values_list("agency_id", flat=True))
    reminders = []
    for agency in agencies:
        rules.ensure_still_owed(names[agency.pk], owes=agency.pk in owing, issued=agency.pk in issued, year=year)
        reminder = PlanReminder(agency=agency, year=year, words=words.strip(), reminded_on=today(), reminded_by=by)
        ensure_clean(reminder)
        reminder.save(force_insert=True)
        reminders.append(reminder)
    for reminder in reminders:
        with alone():
            authorize(by, "plan.remind", at=reminder.agency)
            record("plan.remind", reminder, by=by)
    return reminders
