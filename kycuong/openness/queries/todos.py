"""What waits: reports of citizens that nobody has begun to look at, and those that the person has begun with."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from itertools import chain

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.inspections.authority import ties_between
from kycuong.openness.models import CitizenReport
from kycuong.orgs.authority import units_where
from kycuong.orgs.models import Assignment, Closure, Person
from kycuong.orgs.queries import holders_by_unit
from kycuong.ui.formats import vn_date
from kycuong.ui.todo import Todo

from .reports import reports_seen

HANDLE = "citizen_report.handle"


def todos(person: Person, *, today: date) -> Iterator[Todo]:
    """A line for each of the two, however many there are: a flood of reports buries nothing else."""
    if not units_where(person, HANDLE) or not CitizenReport.objects.visible_to(person).filter(outcome="").exists():
        return
    waiting = reports_seen(person).filter(outcome="").order_by().values_list("unit_id", "taken_by_id")
    rows = list(waiting.annotate(n=Count("pk"), first=Min("received_on")))
    told, known = _told({unit for unit, *_rest in rows}, today)
    fresh = [(n, first) for unit, by, n, first in rows if by not in known and person.pk in told.get(unit, {person.pk})]
    own = [(n, first) for _unit, by, n, first in rows if by == person.pk]
    for what, lines in ((_("Xem phản ánh của người dân"), fresh), (_("Trả lời phản ánh đang xem"), own)):
        if lines:
            about = _("%(n)d phản ánh, nhận sớm nhất ngày %(day)s") % {
                "n": sum(n for n, _first in lines),
                "day": vn_date(min(first for _n, first in lines)),
            }
            yield Todo(what, about, reverse("openness:reports"))


def _told(units: Collection[int], day: date) -> tuple[dict[int, set[int]], set[int]]:
    """Unit → who is told of reports about it, as `handlers_of` says for one; and all who handle any. So many questions for one unit
    as for hundreds. A unit above which nobody is left, or that has ended, is no key: then whoever sees it is asked."""
    rows = Closure.objects.filter(descendant__in=units, depth__gt=0, valid_from__lte=day, valid_to__gt=day)
    ladders: dict[int, list[int]] = {}
    for unit, above in rows.order_by("depth", "pk").values_list("descendant_id", "ancestor_id"):
        ladders.setdefault(unit, []).append(above)
    at = holders_by_unit(set(chain.from_iterable(ladders.values())), HANDLE, on=day)
    people = {one.pk for of_one in at.values() for one in of_one}
    barred = _inside(people, units, day) | {
        (tie.person, tie.visited) for tie in ties_between(sorted(people), [(unit, day) for unit in units])
    }
    told: dict[int, set[int]] = {}
    for unit, ladder in ladders.items():
        free = ({one.pk for one in at[above] if (one.pk, unit) not in barred} for above in ladder)
        if nearest := next((found for found in free if found), None):
            told[unit] = nearest
    return told, people


def _inside(people: Collection[int], units: Collection[int], day: date) -> set[tuple[int, int]]:
    """(person, unit) for who holds a role at the unit or below it: they read nothing of it."""
    held = Assignment.objects.filter(person__in=people, valid_from__lte=day, valid_to__gt=day)
    at: dict[int, set[int]] = {}
    for person, unit in held.values_list("person_id", "unit_id"):
        at.setdefault(unit, set()).add(person)
    rows = Closure.objects.filter(ancestor__in=units, descendant__in=list(at), valid_from__lte=day, valid_to__gt=day)
    pairs = rows.values_list("ancestor_id", "descendant_id")
    return {(person, unit) for unit, below in pairs for person in at[below]}
