"""Who must issue a plan: put in place once, a setting afterwards."""

from __future__ import annotations

from kycuong.audit.log import act, record_many
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person, Unit
from kycuong.plans import rules
from kycuong.plans.models import PlanDuty


@act
def install_plan_duties(*, by: Person | None) -> list[PlanDuty]:
    """Put in place who must issue a plan; what is there already stays as it is."""
    authorize(by, "plan.set_duties", at=Unit.objects.top())
    known = set(PlanDuty.objects.values_list("kind", flat=True))
    new = [
        PlanDuty.objects.create(kind=kind, valid_from=begins, valid_to=ends)
        for kind, begins, ends in rules.DUTIES
        if kind not in known
    ]
    record_many("plan.set_duties", new, by=by)
    return new
