"""Recommendations as lists show them: narrowed, and each with where it stands on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from django.db.models import Q
from django.utils.translation import gettext as _

from kycuong.core.vietnamese import fold
from kycuong.followup.models import Extension, Recommendation, RecommendationQuerySet, RemedyReport
from kycuong.followup.rules import OPEN, RecommendationState
from kycuong.inspections.queries import lives_of
from kycuong.inspections.rules import VisitState
from kycuong.orgs.authority import Someone
from kycuong.orgs.models import Unit

STANDINGS = ("overdue", "in_term", "waiting", "verified", "closed", "draft")
"""What a list may be narrowed to."""


class Wanted(TypedDict, total=False):
    """What a list is narrowed to; empty values narrow nothing."""

    q: str
    standing: str
    unit: Unit | None
    year: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a recommendation stands on a day: a tone and words for people, the name for machines, days over its term."""

    name: str
    tone: str
    words: str
    days_over: int = 0


def recommendations_wanted(person: Someone, wanted: Wanted, *, today: date) -> RecommendationQuerySet:
    """The recommendations a person may see, narrowed; what is due first stands first, settled ones last."""
    found = Recommendation.objects.visible_to(person).select_related("visit__inspection__lead", "unit")
    if standing := wanted.get("standing"):
        found = _standing_in(found, standing, today)
    if unit := wanted.get("unit"):
        found = found.filter(Q(unit=unit) | Q(issued_to=unit))
    if year := wanted.get("year"):
        found = found.filter(issued_on__year=year)
    if words := wanted.get("q", "").strip():
        named = Q(unit__versions__search_key__contains=fold(words))
        found = found.filter(
            Q(text__icontains=words) | named | Q(visit__conclusion__number__icontains=words)
        ).distinct()
    return found.order_by("settled_on", "due_on", "pk")


def _standing_in(found: RecommendationQuerySet, name: str, today: date) -> RecommendationQuerySet:
    if name == "overdue":
        return found.overdue(on=today)
    if name == "waiting":
        return found.waiting()
    if name == "in_term":
        return found.in_term(on=today)
    if name == RecommendationState.DRAFT:
        return found.filter(state=name)
    return found.issued().filter(state=name) if name in RecommendationState.values else found.none()


def standing_of(recommendation: Recommendation, *, today: date, waiting: str = "") -> Standing:
    """`waiting`: "report" or "extension" when the inspecting side owes an answer."""
    one = recommendation
    if one.visit.state == VisitState.ANNULLED:
        return Standing("annulled", "none", _("Lượt kiểm tra đã hủy"))
    if one.state == RecommendationState.DRAFT:
        return Standing("draft", "planned", _("Dự thảo"))
    if one.state == RecommendationState.CLOSED:
        return Standing("closed", "none", _("Kết thúc có lý do"))
    if one.state == RecommendationState.VERIFIED:
        late = one.days_late or 0
        words = _("Khắc phục trễ %d ngày") % late if late else _("Đã khắc phục đúng hạn")
        return Standing("verified", "attention" if late else "good", words)
    assert one.due_on is not None, "issued with a term, says the database"
    if waiting == "report":
        return Standing("waiting", "planned", _("Chờ kiểm chứng"))
    if waiting == "extension":
        return Standing("waiting", "planned", _("Chờ trả lời gia hạn"))
    over = (today - one.due_on).days
    if over > 0:
        return Standing("overdue", "late", _("Quá hạn %d ngày") % over, over)
    if over == 0:
        return Standing("in_term", "attention", _("Hết hạn hôm nay"))
    return Standing("in_term", "planned", _("Còn %d ngày") % -over)


def standings_of(recommendations: Sequence[Recommendation], *, today: date) -> dict[int, Standing]:
    """Where each of them stands. Two queries, however many there are."""
    pks = [one.pk for one in recommendations if one.state in OPEN]
    waiting = dict.fromkeys(_of(Extension, pks), "extension") | dict.fromkeys(_of(RemedyReport, pks), "report")
    return {one.pk: standing_of(one, today=today, waiting=waiting.get(one.pk, "")) for one in recommendations}


def _of(model: type[RemedyReport] | type[Extension], pks: Iterable[int]) -> list[int]:
    found = model.objects.filter(recommendation_id__in=list(pks), decided_at=None)
    return list(found.values_list("recommendation_id", flat=True))


def unit_names(recommendations: Sequence[Recommendation], *, today: date) -> dict[int, str]:
    """Names of the units that owe them: of today, or the last they had."""
    lives = lives_of({one.unit_id for one in recommendations})
    return {pk: life.full_name_on(today) for pk, life in lives.items()}
