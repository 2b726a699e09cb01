"""Who may do what to proofs: oneself to one's own; an administrator takes away another's, in whose care the account is."""

from __future__ import annotations

from collections.abc import Callable

from kycuong.core.problems import NotAllowed, RuleBroken
from kycuong.orgs.authority import authorize as authorize_at
from kycuong.orgs.authority import places_over, roles_held
from kycuong.orgs.models import Person
from kycuong.orgs.roles import ROLES

from .rules import must_have_factor, own_factors


def authorize(
    by: Person | None, person: Person, *, over: bool = False, own: Callable[[], RuleBroken] = own_factors
) -> None:
    """Raise NotAllowed unless the proof is one's own; with `over`, unless `by` administers the account of somebody else, and
    what `own` says where it is one's own."""
    if over:
        _authorize_over(by, person, own)
    elif by is None or by.pk != person.pk:
        raise NotAllowed(
            "Mỗi người chỉ quản lý cách đăng nhập của chính mình.",
            en="Everybody manages only the own ways of signing in.",
        )


def must_prove_twice(person: Person) -> bool:
    """Whether the roles that the person holds today ask for a second factor."""
    return any(must_have_factor(ROLES[role].verbs) for role, _unit in roles_held(person) if role in ROLES)


def _authorize_over(by: Person | None, person: Person, own: Callable[[], RuleBroken]) -> None:
    """At every unit where the person holds a role; nobody over himself."""
    for place in places_over(person, by, "person.change"):
        authorize_at(by, "person.change", at=place)
    if by is not None and by.pk == person.pk:
        raise own()
