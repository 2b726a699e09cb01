"""In whose stead a record was made, for pages that name who made it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Model

from kycuong.audit.canonical import key_of
from kycuong.orgs.models import Person, StandInAct, Unit

Instead = dict[tuple[str, int, str], list[Person]]
"""(key of the row, who acted, verb) → in whose stead."""


def instead_in(rows: Iterable[Model]) -> Instead:
    """Of all these rows at once: a question for each model among them."""
    keys: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        keys[row._meta.label].add(key_of(row))
    found: Instead = defaultdict(list)
    for label, wanted in keys.items():
        acts = StandInAct.objects.filter(model=label, key__in=wanted).select_related("stand_in__principal")
        for act in acts.order_by("seq"):
            people = found[act.key, act.stand_in.person_id, act.verb]
            if act.stand_in.principal not in people:
                people.append(act.stand_in.principal)
    return dict(found)


def spoken_for(row: Model, verb: str) -> Unit | None:
    """The unit whose role was needed when the row was made, for good; None when it was an own role."""
    acts = StandInAct.objects.filter(model=row._meta.label, key=key_of(row), verb=verb)
    act = acts.select_related("stand_in__unit").order_by("seq").first()
    return act.stand_in.unit if act else None
