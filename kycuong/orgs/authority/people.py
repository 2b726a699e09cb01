"""Whose accounts, units and absences a person may see, and where somebody must hold a verb to act on an account."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kycuong.core.clock import today
from kycuong.orgs.models import Assignment, Closure, Person, StandIn, Unit
from kycuong.orgs.roles import APART

from .deciding import Someone, scope, units_where


def units_visible_to(person: Someone) -> QuerySet[Unit]:
    """The organisation is public knowledge inside the system: whoever is signed in sees every unit, past and present."""
    if not person.is_authenticated or not person.is_active:
        return Unit.objects.none()
    return Unit.objects.all()


def people_visible_to(person: Someone) -> QuerySet[Person]:
    """Accounts with a role, at any time, at a unit where the person administers accounts; and those without any role."""
    holders = units_where(person, "person.see")
    if not holders:
        return Person.objects.none()
    under = Closure.objects.filter(descendant=OuterRef("unit_id"), ancestor_id__in=holders)
    assigned = Assignment.objects.filter(Exists(under)).values("person_id")
    return Person.objects.filter(Q(pk__in=assigned) | Q(assignments__isnull=True))


def places_over(person: Person, by: Person | None, verb: str) -> list[Unit | None]:
    """Where `by` must hold the verb to act on the person's account: at every unit where the person holds a role now.

    Who holds none is in the care of whoever holds the verb anywhere. Somebody with a role higher up is out of reach.
    """
    held = Unit.objects.filter(assignments__in=assignments_of_anybody().filter(person=person)).distinct()
    units: list[Unit | None] = list(held)
    if units:
        return units
    own = units_where(by, verb) if by else []
    return [Unit.objects.filter(pk__in=own).first()]


def assignments_of_anybody() -> QuerySet[Assignment]:
    """Assignments valid today or later, also those of closed accounts."""
    return Assignment.objects.filter(valid_to__gt=today())


def scopes_of(person: Someone, verb: str = "figures.see") -> QuerySet[Unit]:
    """The units for which the person holds the verb, largest first: the natural starting points of pages."""
    day = today()
    below = Count(
        "closure_down", filter=Q(closure_down__valid_from__lte=day, closure_down__valid_to__gt=day), distinct=True
    )
    return Unit.objects.filter(pk__in=units_where(person, verb)).annotate(below=below).order_by("-below", "pk")


def stand_ins_visible_to(person: Someone) -> QuerySet[StandIn]:
    """Those that one gave or was given, and those at the units where one gave roles when they began."""
    key = person.pk or 0
    return StandIn.objects.filter(
        Q(principal=key) | Q(person=key) | scope(person, "role.grant", unit="unit", day="valid_from")
    )


def candidates_at(unit: Unit, *, by: Person | None, own: bool) -> QuerySet[Person]:
    """Who may stand in at the unit for a role there: people with an own role at that very unit (`own`: the choice of who is away), or at
    one above it, as far as `by` keeps their accounts. Never those who only watch or keep accounts.

    Nobody below is among them: whoever keeps a deputy's account gets at no role above that was lent.
    """
    day = today()
    above = Closure.objects.filter(descendant=unit, ancestor=OuterRef("unit"), valid_from__lte=day, valid_to__gt=day)
    near = above.filter(depth=0) if own else above
    held = Assignment.objects.filter(Exists(near), valid_from__lte=day, valid_to__gt=day).exclude(role__in=APART)
    found = Person.objects.filter(pk__in=held.values("person_id"), is_active=True)
    if not own and by is not None:
        found = found.filter(pk__in=people_visible_to(by).values("pk"))
        keeps = above.model.objects.filter(
            descendant=OuterRef("unit"), ancestor_id__in=units_where(by, "person.change")
        )
        kept = Exists(keeps.filter(valid_from__lte=day, valid_to__gt=day))
        found = found.exclude(pk__in=assignments_of_anybody().exclude(kept).values("person_id"))
    return found.exclude(pk=by.pk if by else 0).order_by("full_name", "pk")
