"""The visits that everybody may know of: concluded long enough ago, neither sealed nor disputed nor annulled; without a
name, a word or a picture that somebody made of them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from kycuong.catalog.models import Criterion
from kycuong.catalog.rules import ChecklistForm, Severity
from kycuong.followup.models import Recommendation
from kycuong.followup.rules import RecommendationState
from kycuong.inspections.models import Conclusion, Finding, Visit
from kycuong.inspections.rules import Form, Source
from kycuong.inspections.rules.conclusions import ConclusionState
from kycuong.openness.models import USUAL, PublicationRule
from kycuong.openness.rules import PublicationTerms, Remedy, public_from, remedy_of
from kycuong.orgs.models import UnitVersion
from kycuong.orgs.rules import Kind

FIELDS = ("pk", "uid", "unit_id", "visited_on", "unit_name_then", "checklist_id", "checklist_form")


@dataclass(frozen=True, slots=True)
class Listed:
    """One visit as it stands in the list, before anybody asks what was found there."""

    pk: int
    key: str
    unit_key: int
    unit: str
    kind: Kind
    visited_on: date
    form: Form
    asked: tuple[int, str]
    public_from: date

    @property
    def month(self) -> str:
        return f"{self.visited_on:%Y-%m}"


@dataclass(frozen=True, slots=True)
class PublicVisit(Listed):
    """One visit as it becomes public. `found`: severity → number, still exact: whoever shows it hides small ones."""

    groups: tuple[str, ...]
    found: dict[int, int]
    remedy: Remedy


def public_key(uid: object) -> str:
    """A name for a row that stays the same and says nothing: our own identifiers carry the moment in which they were made."""
    return hashlib.sha256(f"kycuong public visit {uid}".encode()).hexdigest()[:16]


def concluded() -> QuerySet[Visit, dict[str, Any]]:
    """Every visit that has been concluded and is no secret, annulled ones included, with the day of its conclusion.

    A visit that came from a table of before has no conclusion here, but the document that its recommendations name.
    """
    unsealed = Q(inspection__sealed_at=None) | Q(inspection__sealing__unsealed_at__isnull=False)
    issued = Q(conclusion__state=ConclusionState.ISSUED)
    told = Recommendation.objects.exclude(state=RecommendationState.DRAFT).exclude(document="")
    before = Q(Exists(told.filter(visit=OuterRef("pk")))) & ~Q(Exists(Conclusion.objects.filter(visit=OuterRef("pk"))))
    rows = Visit.objects.exclude(signed_at=None).exclude(inspection__form=Form.SELF_CHECK)
    documented = ~Q(recommendations__state=RecommendationState.DRAFT) & ~Q(recommendations__document="")
    found: QuerySet[Visit, dict[str, Any]] = rows.filter(unsealed, issued | before).values(
        *FIELDS,
        "annulled_at",
        "source",
        form=F("inspection__form"),
        issued_on=F("conclusion__issued_on"),
        issue_recorded_at=Coalesce("conclusion__issue_recorded_at", "conclusion__approved_at"),
        unsealed_at=F("inspection__sealing__unsealed_at"),
        told_on=Min("recommendations__issued_on", filter=documented),
        told_recorded_at=Min("recommendations__created_at", filter=documented),
    )
    return found


def undisputed(rows: QuerySet[Visit, dict[str, Any]], day: date) -> QuerySet[Visit, dict[str, Any]]:
    """Without those of which the unit disputes a finding on which nobody has decided."""
    return rows.filter(~Exists(Finding.objects.contested(day).filter(visit=OuterRef("pk"))))


def becomes_public(row: dict[str, Any], terms: Terms) -> date:
    """The first day on which everybody may know of it: its term begins when it was concluded, that is known here, and no secret."""
    day = known_on(row)
    return public_from(day, terms.on(day))


def known_on(row: dict[str, Any]) -> date:
    """The day of the document as it is typed; never before that was recorded or imported, nor before the seal was opened.

    What the demonstration brings was all recorded today: there the typed day stands for the day of recording.
    """
    day: date = row["issued_on"] or row["told_on"]
    recorded = row["issue_recorded_at"] if row["issued_on"] else row["told_recorded_at"]
    moments = [row["unsealed_at"], None if row["source"] == Source.DEMONSTRATION else recorded]
    return max([day, *(timezone.localtime(moment).date() for moment in moments if moment)])


class Terms:
    """The terms of every day, read once."""

    def __init__(self) -> None:
        self.rules = list(PublicationRule.objects.order_by("-valid_from"))

    def on(self, day: date) -> PublicationTerms:
        return next((one.terms for one in self.rules if one.valid_from <= day), USUAL)


def years_of(day: date) -> dict[int, list[Listed]]:
    """What is public on the day: year of the visit → visits, the latest month first, then by name."""
    years: dict[int, list[Listed]] = {}
    for one in _public(lambda from_: from_ <= day, day):
        years.setdefault(one.visited_on.year, []).append(one)
    return dict(sorted(years.items(), reverse=True))


def coming(day: date, *, days: int = 7) -> list[PublicVisit]:
    """What becomes public within so many days after the day, the next one first."""
    last = day + timedelta(days=days)
    found = _public(lambda from_: day < from_ <= last, day)
    return told_of(sorted(found, key=lambda one: (one.public_from, one.unit)), day)


def told_of(visits: Sequence[Listed], day: date) -> list[PublicVisit]:
    """What everybody may know of these: asked for a page of them, not for all."""
    pks = [one.pk for one in visits]
    found, groups = found_at(pks), _groups({one.asked[0] for one in visits})
    recommended = Recommendation.objects.filter(visit__in=pks)
    owed = Counter(recommended.open().values_list("visit_id", flat=True))
    overdue = Counter(recommended.overdue(on=day).values_list("visit_id", flat=True))
    return [
        PublicVisit(
            **{one.name: getattr(visit, one.name) for one in fields(Listed)},
            groups=groups.get(visit.asked, ()),
            found={severity: found.get((visit.pk, severity), 0) for severity in Severity.values},
            remedy=remedy_of(owed=owed[visit.pk], overdue=overdue[visit.pk]),
        )
        for visit in visits
    ]


def found_at(visits: Collection[int]) -> dict[tuple[int, int], int]:
    """(visit, severity that holds) → how many findings stand, counted in the database."""
    standing = Finding.objects.standing().filter(visit__in=visits).order_by()
    rows = standing.values_list("visit_id", Coalesce("decision__severity", "severity")).annotate(n=Count("pk"))
    return {(visit, severity): number for visit, severity, number in rows}


def _public(wanted: Callable[[date], bool], day: date) -> list[Listed]:
    terms = Terms()
    counting = concluded().filter(pk__in=Visit.objects.counting().values("pk"))
    rows = [(row, from_) for row in undisputed(counting, day) if wanted(from_ := becomes_public(row, terms))]
    kinds = _kinds({row["unit_id"] for row, _from in rows})
    found = [
        Listed(
            pk=row["pk"],
            key=public_key(row["uid"]),
            unit_key=row["unit_id"],
            unit=row["unit_name_then"],
            kind=_kind_then(kinds[row["unit_id"]], row["visited_on"]),
            visited_on=row["visited_on"],
            form=Form(row["form"]),
            asked=(row["checklist_id"] or 0, row["checklist_form"]),
            public_from=from_,
        )
        for row, from_ in rows
    ]
    return sorted(found, key=lambda one: (-one.visited_on.year * 12 - one.visited_on.month, one.unit, one.key))


def _kinds(units: Collection[int]) -> dict[int, list[tuple[date, str]]]:
    """Unit → from when on it was of which kind, the first one first."""
    found: dict[int, list[tuple[date, str]]] = {}
    versions = UnitVersion.objects.filter(unit__in=units).order_by("valid_from")
    for unit, from_, kind in versions.values_list("unit_id", "valid_from", "kind"):
        found.setdefault(unit, []).append((from_, kind))
    return found


def _kind_then(versions: list[tuple[date, str]], day: date) -> Kind:
    """Of the day of the visit: a unit that becomes another kind later takes no number from one sum to another."""
    return Kind(next((kind for from_, kind in reversed(versions) if from_ <= day), versions[0][1]))


def _groups(checklists: Collection[int]) -> dict[tuple[int, str], tuple[str, ...]]:
    """(checklist, its form) → titles of the groups from which it asks."""
    found: dict[tuple[int, str], dict[str, None]] = {}
    criteria = Criterion.objects.filter(checklist__in=checklists).order_by("group__code")
    for checklist, title, short in criteria.values_list("checklist_id", "group__title", "in_short_form"):
        for form in ChecklistForm.values if short else [ChecklistForm.FULL.value]:
            found.setdefault((checklist, form), {})[title] = None
    return {key: tuple(titles) for key, titles in found.items()}
