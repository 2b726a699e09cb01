"""What waits: reports of citizens that nobody has begun to look at, and those that the person has begun with."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from itertools import chain

from django.db.models import Count, Exists, Min, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.inspections.authority import ties_between
from kycuong.openness.models import CitizenReport
from kycuong.orgs.authority import units_where
from kycuong.orgs.models import Assignment, Closure, Person, StandIn
from kycuong.orgs.queries import holders_by_unit
from kycuong.ui.formats import vn_date
from kycuong.ui.todo import Todo

from .reports import heirs_of, reports_seen

HANDLE = "citizen_report.handle"


def todos(person: Person, *, today: date) -> Iterator[Todo]:
    """A line for each of the two, however many there are: a flood of reports buries nothing else."""
    if not units_where(person, HANDLE) or not CitizenReport.objects.visible_to(person).filter(outcome="").exists():
        return
    waiting = reports_seen(person).filter(outcome="").order_by().values_list("unit_id", "taken_by_id")
    rows = list(waiting.annotate(n=Count("pk"), first=Min("received_on")))
    told, free = _told({unit for unit, *_rest in rows}, today)
    fresh = [
        (n, first) for unit, by, n, first in rows if by not in free[unit] and person.pk in told.get(unit, {person.pk})
    ]
    own = [(n, first) for _unit, by, n, first in rows if by == person.pk]
    for what, lines in ((_("Xem phản ánh của người dân"), fresh), (_("Trả lời phản ánh đang xem"), own)):
        if lines:
            about = _("%(n)d phản ánh, nhận sớm nhất ngày %(day)s") % {
                "n": sum(n for n, _first in lines),
                "day": vn_date(min(first for _n, first in lines)),
            }
            yield Todo(what, about, reverse("openness:reports"))


def _told(units: Collection[int], day: date) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """Unit → who is told of reports about it, as `handlers_of` says for one; and unit → all who may handle them. So many questions for
    one unit as for hundreds. A unit above which nobody is left, or that has ended, is no key of the first: then whoever sees it is asked."""
    heirs = heirs_of(units)
    places = {unit: {unit, *heirs[unit]} for unit in units}
    everywhere = set(chain.from_iterable(places.values()))
    ladders = _ladders(everywhere, day)
    lost = {unit for unit in units if not heirs[unit] and unit not in ladders}
    last = _last_ladders(lost, day) if lost else {}
    at = holders_by_unit(set(chain.from_iterable([*ladders.values(), *last.values()])), HANDLE, on=day)
    people = {one.pk for of_one in at.values() for one in of_one}
    barred = _inside(people, everywhere, day) | {
        (tie.person, tie.visited) for tie in ties_between(sorted(people), [(unit, day) for unit in everywhere])
    }
    told, free = dict[int, set[int]](), dict[int, set[int]]()
    for unit in units:
        steps = last.get(unit, []) + [step for place in sorted(places[unit]) for step in ladders.get(place, [])]
        apart = {person for person, place in barred if place in places[unit]}
        of_steps = [{one.pk for one in at[step]} - apart for step in steps]
        free[unit] = set().union(*of_steps)
        if unit in ladders and (nearest := next((found for found in of_steps if found), None)):
            told[unit] = nearest
    return told, free


def _ladders(units: Collection[int], day: date) -> dict[int, list[int]]:
    """Unit → those above it on the day, the nearest first."""
    return _in_order(Closure.objects.filter(descendant__in=units, valid_from__lte=day, valid_to__gt=day))


def _last_ladders(units: Collection[int], day: date) -> dict[int, list[int]]:
    """Of units that are no more: unit → those above it on its last day."""
    later = Closure.objects.filter(descendant=OuterRef("descendant"), depth=0, valid_to__gt=OuterRef("valid_to"))
    return _in_order(Closure.objects.filter(~Exists(later), descendant__in=units, valid_to__lte=day))


def _in_order(rows: QuerySet[Closure]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    steps = rows.filter(depth__gt=0).order_by("depth", "pk")
    for unit, above in steps.values_list("descendant_id", "ancestor_id"):
        found.setdefault(unit, []).append(above)
    return found


def _inside(people: Collection[int], units: Collection[int], day: date) -> set[tuple[int, int]]:
    """(person, unit) for who holds a role at the unit or below it, or stands in for who does: they read nothing of it."""
    held = Assignment.objects.filter(person__in=people, valid_from__lte=day, valid_to__gt=day)
    at: dict[int, set[int]] = {}
    lent = StandIn.objects.filter(person__in=people).in_force(on=day)
    for rows in (held, lent):
        for person, unit in rows.values_list("person_id", "unit_id"):
            at.setdefault(unit, set()).add(person)
    below = Closure.objects.filter(ancestor__in=units, descendant__in=list(at), valid_from__lte=day, valid_to__gt=day)
    pairs = below.values_list("ancestor_id", "descendant_id")
    return {(person, unit) for unit, inner in pairs for person in at[inner]}
