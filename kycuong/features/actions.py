"""What is done to optional parts: they are switched on, off, or left to the unit above. Nothing else writes a switch."""

from __future__ import annotations

from kycuong.audit.log import act, record
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import today
from kycuong.core.vietnamese import clean
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person, Unit
from kycuong.orgs.queries import full_names

from . import queries, rules
from .authority import SWITCH, ensure_may_switch
from .models import FeatureSwitch


@act
def switch_feature(
    feature: str, *, by: Person | None, unit: Unit, setting: str, reason: str, version: int | None = None
) -> FeatureSwitch:
    """From now on the part is on or off at the unit and at all below that say nothing else; or the unit says nothing any more.

    `version`: how often the unit had switched it when the page was opened. What is open stays so and can be finished.
    """
    authorize(by, SWITCH, at=unit)
    rules.ensure_feature(feature)
    begins, goes_on = queries.life_of(unit)
    rules.ensure_goes_on(full_names([unit.pk], today())[unit.pk], begins=begins, goes_on=goes_on)
    ensure_may_switch(by, feature, setting, at=unit)
    before = queries.history(unit, feature)
    rules.ensure_as_read(version, len(before))
    said = clean(reason)
    rules.ensure_change(setting, before=queries.said_before(unit, feature, before), reason=said)
    row = FeatureSwitch(unit=unit, feature=feature, setting=setting, reason=said, set_by=by)
    ensure_clean(row)
    row.save(force_insert=True)
    record("feature.switch", row, by=by)
    return row
