"""Which rows of the log belong to a sealed inspection of which somebody may not know."""

from __future__ import annotations

from collections.abc import Collection

from kycuong.audit.hanging import Row, roots
from kycuong.inspections.models import Inspection
from kycuong.orgs.models import Person


def sealed_from(person: Person, rows: Collection[Row]) -> dict[Row, bool | None]:
    """Row → whether it is kept from the person; None when it is gone, and nobody can say. What hangs from no inspection is no key."""
    hang = roots(rows, Inspection)
    sealed = Inspection.objects.filter(
        pk__in={at for at in hang.values() if at}, sealed_at__isnull=False, sealing__unsealed_at=None
    )
    known = Inspection.objects.known_to(person).values("pk")
    kept = set(sealed.exclude(pk__in=known).values_list("pk", flat=True))
    return {row: at in kept if at else None for row, at in hang.items()}
