"""Who is told of a measure: only people who may see it, in words that name neither a person nor a unit."""

from __future__ import annotations

from collections.abc import Iterable

from kycuong.core.clock import today
from kycuong.followup.models import AccountabilityMeasure
from kycuong.notices.telling import tell
from kycuong.orgs.models import Person
from kycuong.orgs.queries import holders


def tell_deciders(measure: AccountabilityMeasure) -> int:
    """The people who record decisions of the managing authority, or of one above it."""
    people = holders(measure.authority, "measure.record", on=today(), or_above=True)
    return _tell(measure, people, "proposed", "Có đề nghị xử lý trách nhiệm chờ quyết định")


def tell_head(measure: AccountabilityMeasure) -> int:
    """The people of the unit who may know."""
    people = holders(measure.unit, "measure.see", on=today())
    return _tell(measure, people, "decided", "Có quyết định xử lý trách nhiệm liên quan đến đơn vị")


def _tell(measure: AccountabilityMeasure, people: Iterable[Person], what: str, subject: str) -> int:
    return tell(
        people,
        key=f"measure.{what}:{measure.uid}",
        subject=subject,
        url=measure.get_absolute_url(),
        visible=lambda person: AccountabilityMeasure.objects.visible_to(person).filter(pk=measure.pk).exists(),
    )
