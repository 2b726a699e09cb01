"""Photos that were announced, and what is still missing of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from kycuong.field.models import FieldDevice, FieldMedia
from kycuong.field.rules.ops import is_uid
from kycuong.inspections.models import Visit
from kycuong.orgs.models import Person


def announced(uid: UUID, person: Person) -> FieldMedia | None:
    """A photo that this person's phone announced, or one at a visit that the person may see."""
    there = FieldMedia.objects.filter(uid=uid).select_related("visit__inspection__lead", "device")
    own = there.filter(device__person=person).first()  # nearly always: what one may see besides costs half the request
    return own or there.filter(visit__in=Visit.objects.visible_to(person)).first()


def announced_by(device: FieldDevice, uid: UUID) -> FieldMedia | None:
    """A photo that this phone announced, whoever asks."""
    return FieldMedia.objects.filter(device=device, uid=uid).select_related("visit__inspection__lead", "device").first()


def media_of(visit: Visit) -> dict[str, dict[str, Any]]:
    """By media id: whether it is here, whether it was looked at, and its hash."""
    rows = FieldMedia.objects.filter(visit=visit).order_by("pk")
    return {
        str(one.uid): {
            "complete": one.complete_at is not None,
            "checked": one.checked_at is not None,
            "sha256": one.sha256,
            "lost": one.lost_at is not None,
        }
        for one in rows
    }


def phone_of_bundle(uid: Any) -> FieldDevice | None:
    """The phone that a bundle names, revoked or not; who may hand the bundle in is asked by the act."""
    return FieldDevice.objects.filter(uid=uid).select_related("person").first() if is_uid(uid) else None


def phone_seen_by(person: Person, uid: Any) -> FieldDevice | None:
    """One's own phone, or another that one may see: whose it is, and whether it is in use, is asked by `authorize`."""
    if not is_uid(uid):
        return None
    there = FieldDevice.objects.filter(uid=uid).select_related("person")
    return there.filter(person=person).first() or there.visible_to(person).first()
