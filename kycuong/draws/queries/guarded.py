"""Which rows of the log belong to a draw that is not public yet."""

from __future__ import annotations

from collections.abc import Collection

from kycuong.audit.hanging import Row, roots
from kycuong.draws.models import Draw
from kycuong.draws.rules.states import DrawState
from kycuong.orgs.models import Person


def sealed_from(person: Person, rows: Collection[Row]) -> dict[Row, bool | None]:
    """Row → whether it is kept from the person; None when it is gone. What hangs from no draw is no key."""
    hang = roots(rows, Draw)
    closed = Draw.objects.filter(pk__in={at for at in hang.values() if at}).exclude(
        state__in=[DrawState.REVEALED, DrawState.ABANDONED]
    )
    kept = set(closed.exclude(pk__in=Draw.objects.known_to(person).values("pk")).values_list("pk", flat=True))
    return {row: at in kept if at else None for row, at in hang.items()}
