"""The visits that everybody may know of: concluded long enough ago, neither sealed nor disputed nor annulled; without a
name, a word or a picture that somebody made of them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet
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
class PublicVisit:
    """One visit as it becomes public. `found`: severity → number, still exact: whoever shows it hides small ones."""

    key: str
    unit_key: int
    unit: str
    kind: Kind
    visited_on: date
    form: Form
    groups: tuple[str, ...]
    found: dict[int, int]
    remedy: Remedy
    public_from: date

    @property
    def month(self) -> str:
        return f"{self.visited_on:%Y-%m}"


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
    told_of: QuerySet[Visit, dict[str, Any]] = rows.filter(unsealed, issued | before).values(
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
    return told_of


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
    return max(day, *(timezone.localtime(moment).date() for moment in moments if moment))


class Terms:
    """The terms of every day, read once."""

    def __init__(self) -> None:
        self.rules = list(PublicationRule.objects.order_by("-valid_from"))

    def on(self, day: date) -> PublicationTerms:
        return next((one.terms for one in self.rules if one.valid_from <= day), USUAL)


def years_of(day: date) -> dict[int, list[PublicVisit]]:
    """What is public on the day: year of the visit → visits, the latest month first, then by name."""
    years: dict[int, list[PublicVisit]] = {}
    for one in _public(lambda from_: from_ <= day, day):
        years.setdefault(one.visited_on.year, []).append(one)
    return dict(sorted(years.items(), reverse=True))


def coming(day: date, *, days: int = 7) -> list[PublicVisit]:
    """What becomes public within so many days after the day, the next one first."""
    last = day + timedelta(days=days)
    return sorted(_public(lambda from_: day < from_ <= last, day), key=lambda one: (one.public_from, one.unit))


def _public(wanted: Callable[[date], bool], day: date) -> list[PublicVisit]:
    terms = Terms()
    counting = concluded().filter(pk__in=Visit.objects.counting().values("pk"))
    rows = [row for row in undisputed(counting, day) if wanted(becomes_public(row, terms))]
    beside = _Beside({row["pk"] for row in rows}, {row["unit_id"] for row in rows}, {_asked(row) for row in rows}, day)
    found = [beside.told(row, becomes_public(row, terms)) for row in rows]
    return sorted(found, key=lambda one: (-one.visited_on.year * 12 - one.visited_on.month, one.unit, one.key))


def _asked(row: dict[str, Any]) -> tuple[int, str]:
    return row["checklist_id"] or 0, row["checklist_form"]


class _Beside:
    """What belongs to the visits of a page, each kind of it asked once."""

    def __init__(
        self, visits: Collection[int], units: Collection[int], asked: Iterable[tuple[int, str]], day: date
    ) -> None:
        standing = Finding.objects.standing().filter(visit__in=visits).select_related("decision")
        self.found: dict[int, Counter[int]] = {}
        for finding in standing:
            self.found.setdefault(finding.visit_id, Counter())[finding.severity_now] += 1
        recommended = Recommendation.objects.filter(visit__in=visits)
        self.owed = Counter(recommended.open().values_list("visit_id", flat=True))
        self.overdue = Counter(recommended.overdue(on=day).values_list("visit_id", flat=True))
        self.versions: dict[int, list[tuple[date, str]]] = {}
        versions = UnitVersion.objects.filter(unit__in=units).order_by("valid_from")
        for unit, from_, kind in versions.values_list("unit_id", "valid_from", "kind"):
            self.versions.setdefault(unit, []).append((from_, kind))
        self.groups = _groups({checklist for checklist, _form in asked})

    def kind_then(self, unit: int, day: date) -> Kind:
        """Of the day of the visit: a unit that becomes another kind later takes no number from one sum to another."""
        versions = self.versions[unit]
        return Kind(next((kind for from_, kind in reversed(versions) if from_ <= day), versions[0][1]))

    def told(self, row: dict[str, Any], day: date) -> PublicVisit:
        pk, found = row["pk"], self.found.get(row["pk"], Counter())
        return PublicVisit(
            key=public_key(row["uid"]),
            unit_key=row["unit_id"],
            unit=row["unit_name_then"],
            kind=self.kind_then(row["unit_id"], row["visited_on"]),
            visited_on=row["visited_on"],
            form=Form(row["form"]),
            groups=self.groups.get(_asked(row), ()),
            found={severity: found[severity] for severity in Severity.values},
            remedy=remedy_of(owed=self.owed[pk], overdue=self.overdue[pk]),
            public_from=day,
        )


def _groups(checklists: Collection[int]) -> dict[tuple[int, str], tuple[str, ...]]:
    """(checklist, its form) → titles of the groups from which it asks."""
    found: dict[tuple[int, str], dict[str, None]] = {}
    criteria = Criterion.objects.filter(checklist__in=checklists).order_by("group__code")
    for checklist, title, short in criteria.values_list("checklist_id", "group__title", "in_short_form"):
        for form in ChecklistForm.values if short else [ChecklistForm.FULL.value]:
            found.setdefault((checklist, form), {})[title] = None
    return {key: tuple(titles) for key, titles in found.items()}
