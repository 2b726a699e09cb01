"""Who is told of a self-check: the people who answer for the unit, in words that say nothing of any visit."""

from __future__ import annotations

from kycuong.core.clock import today
from kycuong.notices.telling import tell
from kycuong.orgs.models import Person
from kycuong.orgs.queries import holders
from kycuong.selfchecks.models import SelfCheck

ANSWER = "selfcheck.answer"


def tell_unit(check: SelfCheck, what: str, subject: str, *, text: str = "", due: bool = False) -> int:
    """`what` names the event, so that each person is told of it once."""

    def may_see(person: Person) -> bool:
        return SelfCheck.objects.visible_to(person).filter(pk=check.pk).exists()

    return tell(
        holders(check.unit, ANSWER, on=today()),
        key=f"selfcheck.{what}:{check.uid}",
        subject=subject,
        url=check.get_absolute_url(),
        text=text or check.campaign.title,
        due=due,
        visible=may_see,
    )
