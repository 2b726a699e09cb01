"""How long phones may keep what is set."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from kycuong.audit.log import act, record
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import now, today
from kycuong.field.models import FieldPolicy
from kycuong.field.rules import Policy, ensure_policy
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person, Unit


@act
def set_policy(*, by: Person, valid_from: date, policy: Policy, basis: str = "") -> FieldPolicy:
    """Set what holds from a day on. Nothing set before is changed; of two for one day the later one holds."""
    authorize(by, "field.set_policy", at=Unit.objects.top())
    ensure_policy(policy, valid_from=valid_from, today=today())
    row = FieldPolicy(valid_from=valid_from, basis=basis.strip(), set_by=by, set_at=now(), **asdict(policy))
    ensure_clean(row)
    row.save(force_insert=True)
    record("field.set_policy", row, by=by)
    return row
