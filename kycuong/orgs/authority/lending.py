"""Who may name a deputy for a role, and who may take it back."""

from __future__ import annotations

from kycuong.core.clock import today
from kycuong.core.problems import NotAllowed
from kycuong.orgs.models import Assignment, Person, StandIn, Unit
from kycuong.orgs.roles import ROLES

from .deciding import authorize as authorize_at
from .deciding import can


def authorize(by: Person | None, principal: Person, *, role: str, at: Unit, taking_back: StandIn | None = None) -> None:
    """Raise NotAllowed unless it is one's own role, or one gives roles there. What was lent either side takes back, and who named.

    Nobody lends what they do not hold: so nobody lends on what was lent.
    """
    if taking_back is not None and by is not None and by.pk in sides_of(taking_back):
        return
    if by is None or by.pk != principal.pk:
        authorize_at(by, "role.grant", at=at)
        return
    if not Assignment.objects.filter(person=principal, role=role, unit=at, valid_to__gt=today()).exists():
        title = ROLES[role].titled if role in ROLES else role[:40]
        raise NotAllowed(
            f"Bạn không giữ vai trò {title} tại {at} nên không giao người làm thay vai trò ấy được.",
            en=f"You do not hold the role {role[:40]} at {at}, so you name nobody who stands in for it.",
        )


def may_take_back(person: Person, stand_in: StandIn) -> bool:
    """Whether a page offers it."""
    if stand_in.recalled_at is not None or stand_in.valid_to <= today():
        return False
    return person.pk in sides_of(stand_in) or can(person, "role.grant", at=stand_in.unit)


def sides_of(stand_in: StandIn) -> set[int | None]:
    """Who is away, who stands in, who named."""
    return {stand_in.principal_id, stand_in.person_id, stand_in.named_by_id}
