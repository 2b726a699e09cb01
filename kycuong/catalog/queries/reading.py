"""What is asked, since when and by whom, and on what law it rests on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from kycuong.catalog.models import Checklist, CriterionGroup, LegalBasis
from kycuong.features.authority import under
from kycuong.orgs.models import Closure, Person, Unit


def groups_on(found: Checklist, day: date) -> list[CriterionGroup]:
    """Groups with criteria with bases, each list read once."""
    valid = LegalBasis.objects.filter(valid_from__lte=day, valid_to__gt=day)
    bases = Prefetch("criteria__legal_bases", queryset=valid, to_attr="bases_then")
    return list(found.groups.prefetch_related("criteria", bases))


def checklist_for(day: date) -> Checklist | None:
    """The standard checklist that a new visit of that day uses."""
    return Checklist.objects.all().standard().newest_on(day)


def local_checklist_for(lead: Unit, day: date) -> Checklist | None:
    """What the lead authority, or the nearest one above it, asks in addition on that day."""
    above = Closure.objects.filter(descendant=lead, valid_from__lte=day, valid_to__gt=day).order_by("depth")
    for authority in above.values_list("ancestor_id", flat=True):
        found = Checklist.objects.filter(authority_id=authority).newest_on(day)
        if found is not None:
            return found
    return None


def next_code(group: CriterionGroup) -> str:
    """A code of the group that no version has used: a number once given keeps its meaning."""
    used = CriterionGroup.objects.filter(code=group.code).values_list("criteria__code", flat=True)
    numbers = [int(code.removeprefix(group.code)) for code in used if code and code.removeprefix(group.code).isdigit()]
    return f"{group.code}{max(numbers, default=0) + 1}"


def bases_with_use(bases: QuerySet[LegalBasis]) -> QuerySet[LegalBasis]:
    """Legal documents, with the number of criteria of published versions that rest on each."""
    published = Count("criteria__code", filter=Q(criteria__checklist__published_on__isnull=False), distinct=True)
    return bases.select_related("replaced_by").annotate(used=published)


def open_under(person: Person, unit: Unit) -> int:
    """Drafts of own content of the unit and of those below it, as far as the person may see them."""
    drafts = Checklist.objects.visible_to(person).filter(published_on__isnull=True)
    return drafts.filter(authority__in=under(unit)).count()
