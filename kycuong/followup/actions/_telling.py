"""Who is told of what happens to a recommendation: short sentences, a page of ours, and only to those who may see it."""

from __future__ import annotations

from collections.abc import Iterable

from kycuong.core.clock import today
from kycuong.followup.models import Recommendation
from kycuong.notices.telling import tell
from kycuong.orgs.models import Person
from kycuong.orgs.queries import full_names, holders

REPORT, CONFIRM = "remedy.report", "remedy.confirm"


def name_of(one: Recommendation) -> str:
    """The unit that owes it, with its parent: «Văn phòng, Xã Cao Lộc»."""
    return full_names([one.unit_id], today())[one.unit_id]


def tell_unit(one: Recommendation, what: str, subject: str, *, due: bool = False, text: str = "") -> int:
    """The people who answer for the unit."""
    return tell_about(one, holders(one.unit, REPORT, on=today()), what, subject, due=due, text=text)


def tell_lead(one: Recommendation, verb: str, what: str, subject: str, *, due: bool = False) -> int:
    """The people of the authority that led the inspection who may `verb`, or those above it where it has none."""
    people = holders(one.visit.inspection.lead, verb, on=today(), or_above=True)
    return tell_about(one, people, what, subject, due=due)


def tell_about(
    one: Recommendation, people: Iterable[Person], what: str, subject: str, *, due: bool = False, text: str = ""
) -> int:
    """`what` names the event, so that each person is told of it once."""
    return tell(
        people,
        key=f"{what}:{one.uid}",
        subject=subject,
        url=one.get_absolute_url(),
        text=text or one.text,
        due=due,
        visible=lambda person: Recommendation.objects.visible_to(person).filter(pk=one.pk).exists(),
    )
