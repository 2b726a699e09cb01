"""Which self-checks a person may read whole: the unit always; whoever inspects only beside what a visit has found."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from kycuong.orgs.authority import Someone, units_where
from kycuong.selfchecks.authority import inspects
from kycuong.selfchecks.models import SelfCheck, SelfCheckRule
from kycuong.selfchecks.rules import last_day_of_window

from .gaps import UnitGap, gaps_of


def readable_by(person: Someone, checks: Collection[SelfCheck], *, today: date) -> set[int]:
    """Keys of those whose answers the person may read; the person may see all of `checks` (`visible_to`).

    An unsubmitted one is the unit's alone.
    """
    own = set(
        SelfCheck.objects.of_units_of(person).filter(pk__in=[one.pk for one in checks]).values_list("pk", flat=True)
    )
    others = [one for one in checks if one.pk not in own and one.is_submitted]
    if inspects(person):  # of a unit below one's own an inspector reads nothing before its visit, head or not
        at = set(units_where(person, "selfcheck.answer"))
        own = {one.pk for one in checks if one.pk in own and one.unit_id in at}
        others = [one for one in checks if one.pk not in own and one.is_submitted]
    if not inspects(person):
        return own | {one.pk for one in others}
    return own | {gap.check.pk for gap in gaps_of(others) if gap.visit or is_over(gap, today)}


def is_over(gap: UnitGap, today: date) -> bool:
    """Nothing that a visit finds from now on will be compared with it."""
    first = gap.check.reopenings.first()
    submitted = first.submitted_on if first else gap.check.submitted_on
    sent = gap.check.campaign.opened_on
    return bool(submitted and sent and today > last_day_of_window(submitted, SelfCheckRule.on(sent).window_months))
