"""Passwords that an administrator gave and their owners never replaced: those of today end by themselves, older ones are told by the log."""

from __future__ import annotations

import json
from collections.abc import Collection

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from kycuong.audit.models import AuditEntry
from kycuong.orgs.models import Person

GIVEN = frozenset({"person.create", "person.reset_password"})
OWN = "person.change_password"
AT_ONCE = 400


def lent_without_end(pks: Collection[int] | None = None) -> list[Person]:
    """Of these accounts, or of all: active accounts that still open with a password which somebody else chose, and which has no end, by user name.

    Such passwords were given before they were given an end. Whoever has no line in the log about a password was loaded, not opened by a person.
    """
    found = Person.objects.filter(is_active=True, password_ends_at=None).exclude(password="")
    if pks is not None:
        found = found.filter(pk__in=pks)
    candidates = found.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).order_by("username", "pk")
    people = list(candidates)
    return [person for start in range(0, len(people), AT_ONCE) for person in _lent(people[start : start + AT_ONCE])]


def _lent(people: Collection[Person]) -> list[Person]:
    last: dict[str, str] = {}
    entries = AuditEntry.objects.filter(model=Person._meta.label, key__in=[str(person.uid) for person in people])
    for key, meta in entries.order_by("seq").values_list("key", "meta"):
        verb = json.loads(bytes(meta))["verb"]
        if verb in GIVEN or verb == OWN:
            last[key] = verb
    return [person for person in people if last.get(str(person.uid)) in GIVEN]
