"""Accounts and roles: opened, changed, closed; a temporary password is told once and kept nowhere."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.module_loading import import_string

from kycuong.audit.log import act, record, record_many
from kycuong.core.checks import ensure_clean, refresh
from kycuong.core.clock import now, today
from kycuong.core.problems import BadInput, RuleBroken
from kycuong.core.vietnamese import clean
from kycuong.orgs import rules
from kycuong.orgs.authority import authorize, places_over
from kycuong.orgs.models import Assignment, Person, Unit
from kycuong.orgs.roles import ROLES
from kycuong.orgs.rules import FOREVER

from ._loans import let_go, settle, take_back_all
from ._sessions import end_sessions

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters that look alike on paper."""


@act
def create_account(
    *,
    by: Person | None,
    at: Unit,
    username: str,
    full_name: str,
    position: str = "",
    email: str = "",
    password: str | None = None,
) -> tuple[Person, str]:
    """Open an account, still without any role. Returns it with its temporary password, told here and never again.

    Only the demonstration gives a password, which everybody knows: there is nothing to judge. What people choose is judged where they do.
    """
    authorize(by, "person.create", at=at)
    ends = now() + rules.TEMPORARY if password is None else None
    told = temporary_password() if password is None else password
    person = get_user_model()(
        username=rules.checked_username(username), full_name=clean(full_name), position=clean(position), email=email
    )
    person.password_ends_at = ends
    _ensure_clean(person)
    person.set_password(told)
    person.save(force_insert=True)
    record("person.create", person, by=by, at=at.slug)
    return person, told


@act
def change_account(person: Person, *, by: Person | None, full_name: str, position: str = "", email: str = "") -> Person:
    """Change what is written about a person."""
    for place in places_over(person, by, "person.change"):
        authorize(by, "person.change", at=place)
    before = Person.objects.values_list("email", flat=True).get(pk=person.pk)
    person.full_name, person.position, person.email = clean(full_name), clean(position), email
    _ensure_clean(person)
    person.save(update_fields=["full_name", "position", "email"])
    record("person.change", person, by=by)
    if person.email != before:
        for path in settings.ACCOUNTS_READDRESSED:
            import_string(path)(person, by=by, before=before)
    return person


@act
def set_temporary_password(person: Person, *, by: Person | None) -> str:
    """Give a new temporary password, told here and never again. Open sessions of the person end."""
    for place in places_over(person, by, "person.change"):
        authorize(by, "person.change", at=place)
    _ensure_somebody_else(person, by, "đặt lại mật khẩu", "reset the password")
    told = temporary_password()
    person.set_password(told)
    person.password_ends_at = now() + rules.TEMPORARY
    person.save(update_fields=["password", "password_ends_at"])
    end_sessions(person)
    _shake(person, by, "person.reset_password")
    record("person.reset_password", person, by=by)
    return told


@act
def end_lent_passwords(people: Sequence[Person], *, by: Person | None) -> datetime:
    """Give passwords that somebody else chose long ago the end that such passwords have today. Returns until when they open.

    Nobody is put out: whoever signs in with one is led to the page that replaces it.
    """
    for person in people:
        for place in places_over(person, by, "person.change"):
            authorize(by, "person.change", at=place)
    ends = now() + rules.TEMPORARY
    for person in people:
        person.password_ends_at = ends
        person.save(update_fields=["password_ends_at"])
    record_many("person.end_password", people, by=by)
    return ends


@act
def deactivate_account(person: Person, *, by: Person | None) -> Person:
    """Close the account. What the person wrote stays; the roles are kept to be read, and give no right."""
    for place in places_over(person, by, "person.change"):
        authorize(by, "person.change", at=place)
    _ensure_somebody_else(person, by, "ngừng tài khoản", "close the account")
    return _set_active(person, False, by)


@act
def reactivate_account(person: Person, *, by: Person | None) -> Person:
    """Open a closed account again."""
    for place in places_over(person, by, "person.change"):
        authorize(by, "person.change", at=place)
    return _set_active(person, True, by)


@act
def grant_role(
    person: Person,
    *,
    by: Person | None,
    role: str,
    unit: Unit,
    valid_from: date | None = None,
    valid_to: date = FOREVER,
) -> Assignment:
    """Give a role at a unit, and so at everything under it. Nobody gives a role to himself."""
    authorize(by, "role.grant", at=unit)
    rules.ensure_role(role, ROLES)
    _ensure_somebody_else(person, by, "cấp vai trò", "grant a role")
    start = valid_from or today()
    rules.ensure_interval(start, valid_to)
    overlapping = Assignment.objects.filter(
        person=person, role=role, unit=unit, valid_from__lt=valid_to, valid_to__gt=start
    )
    if overlapping.exists():
        raise RuleBroken(
            f"{person} đã có vai trò {ROLES[role].titled} tại {unit} trong thời gian này; không cần cấp lại.",
            en=f"{person} already holds the role {role} at {unit} in that time.",
        )
    assignment = Assignment(person=person, role=role, unit=unit, valid_from=start, valid_to=valid_to)
    ensure_clean(assignment)
    assignment.save(force_insert=True)
    end_sessions(person)
    record("role.grant", assignment, by=by, role=role)
    return assignment


@act
def end_role(assignment: Assignment, *, by: Person | None, on: date | None = None) -> Assignment:
    """End a role: from the day on it gives no right. One that has not begun by then is as if never given.

    From today on: who held a role on days that are over stays on record, for conflicts of interest are read from it. What was lent
    of it, or rests on it as the deputy's own role, ends with it.
    """
    authorize(by, "role.grant", at=assignment.unit)
    refresh(assignment)
    end = on or today()
    rules.ensure_not_over(end, today())
    end_sessions(assignment.person)
    if assignment.valid_to <= end:
        raise RuleBroken(
            f"Vai trò này đã hết hạn từ {assignment.valid_to:%d/%m/%Y}.",
            en=f"This role already ended on {assignment.valid_to}.",
        )
    person = assignment.person
    if end <= assignment.valid_from:
        let_go(assignment, by=by)
        record("role.end", assignment, by=by, op="delete")
        assignment.delete()
    else:
        assignment.valid_to = end
        ensure_clean(assignment)
        assignment.save(update_fields=["valid_to"])
        record("role.end", assignment, by=by)
    settle(Q(principal=person) | Q(person=person), by=by)
    return assignment


def temporary_password() -> str:
    """Sixteen letters in groups of four: about 79 bits, easy to read out."""
    letters = [secrets.choice(LETTERS) for _ in range(16)]
    return "-".join("".join(letters[start : start + 4]) for start in range(0, 16, 4))


def _set_active(person: Person, active: bool, by: Person | None) -> Person:
    refresh(person)
    if person.is_active == active:
        raise RuleBroken(
            "Tài khoản này đang hoạt động." if active else "Tài khoản này đã ngừng hoạt động.",
            en="This account is already active." if active else "This account is already closed.",
        )
    person.is_active = active
    person.save(update_fields=["is_active"])
    end_sessions(person)
    if not active:
        _shake(person, by, "person.deactivate")
        take_back_all(Q(principal=person) | Q(person=person), by=by)
    record("person.reactivate" if active else "person.deactivate", person, by=by)
    return person


def _shake(person: Person, by: Person | None, verb: str) -> None:
    """What else opens the account is another capability's to take back."""
    for path in settings.ACCOUNTS_SHAKEN:
        import_string(path)(person, by=by, verb=verb)


def _ensure_somebody_else(person: Person, by: Person | None, what: str, what_en: str) -> None:
    if by is not None and by.pk == person.pk:
        raise RuleBroken(
            f"Không ai tự {what} cho chính mình; hãy nhờ một quản trị khác.",
            en=f"Nobody may {what_en} for himself; ask another administrator.",
        )


def _ensure_clean(person: Person) -> None:
    """The fields' own rules, in our words."""
    try:
        person.full_clean(exclude=["password"])
    except ValidationError as error:
        faults = [
            {"field": name, "vi": " ".join(texts), "en": "cannot be used"} for name, texts in error.message_dict.items()
        ]
        words = "; ".join(f"{fault['field']}: {fault['vi']}" for fault in faults)
        raise BadInput(
            f"Thông tin tài khoản chưa đúng: {words}",
            en=f"The account cannot be saved so; mend: {', '.join(fault['field'] for fault in faults)}.",
            errors=faults,
        ) from None
