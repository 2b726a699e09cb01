"""Terms of recommendations in the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import ngettext

from kycuong.followup.models import Recommendation
from kycuong.orgs.authority import units_where
from kycuong.orgs.models import Person
from kycuong.orgs.queries import full_names
from kycuong.ui.todo import Dated


def dated(person: Person, first: date, last: date, *, today: date, mine: bool) -> Iterator[Dated]:
    """One line a unit and day, whatever the number of recommendations; late when one of them is overdue."""
    found = Recommendation.objects.visible_to(person).open().filter(due_on__range=(first, last))
    if mine:
        owed = Q(unit__in=units_where(person, "remedy.report"))
        found = found.filter(owed | Q(visit__inspection__lead__in=units_where(person, "remedy.confirm")))
    late = set(found.overdue(on=today).values_list("unit_id", "due_on"))
    rows = found.order_by("due_on", "unit_id").values_list("unit_id", "unit__slug", "due_on")
    lines = list(rows.annotate(n=Count("pk", distinct=True)))
    names = full_names({unit for unit, _slug, _day, _n in lines}, today)
    for unit, slug, day, count in lines:
        what = ngettext("Hạn %d kiến nghị", "Hạn %d kiến nghị", count) % count
        address = f"{reverse('followup:recommendations')}?unit={slug}"
        yield Dated(what, names[unit], address, day, "late" if (unit, day) in late else "attention")
