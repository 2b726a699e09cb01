"""Questions about checklists that span nouns: what is asked, and on what law it rests on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch

from .models import Checklist, CriterionGroup, LegalBasis


def groups_on(found: Checklist, day: date) -> list[CriterionGroup]:
    """Groups with criteria with bases, each list read once."""
    valid = LegalBasis.objects.filter(valid_from__lte=day, valid_to__gt=day)
    bases = Prefetch("criteria__legal_bases", queryset=valid, to_attr="bases_then")
    return list(found.groups.prefetch_related("criteria", bases))
