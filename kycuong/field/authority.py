"""Who may send from a phone, and who may write to the visit that an op is about."""

from __future__ import annotations

from collections.abc import Collection
from types import MappingProxyType
from uuid import UUID

from kycuong.core.presence import by_key
from kycuong.core.problems import NotAllowed, Problem
from kycuong.field.models import FieldDevice, FieldOp
from kycuong.inspections import authority
from kycuong.inspections.models import ShortListEntry, TeamMember, Visit
from kycuong.orgs.authority import Someone, can
from kycuong.orgs.models import Assignment, Closure, Person, StandIn
from kycuong.orgs.roles import roles_with


class Revoked(Problem):
    """The phone was taken out of use: it sends nothing more, and gets nothing."""

    code = "revoked"
    status = 403
    title = "Máy đã bị thu hồi"
    members = MappingProxyType({"code": "revoked"})


def authorize(
    by: Person,
    device: FieldDevice,
    *,
    handing_in: Collection[UUID] | None = None,
    answering: bool = False,
    owner: bool = False,
) -> None:
    """Raise NotAllowed or Revoked unless this is the person's own phone, in use.

    `handing_in`: a rescue bundle with ops of these visits. Whoever reads the log of one of them may hand it in, and so may the
    owner and who answers for the owner; the phone may have been revoked or lost. `answering`: who keeps the owner's account, or heads a team
    with the owner; with `owner`, the owner too.
    """
    if handing_in is not None:
        if not readable(by, handing_in):
            authorize(by, device, answering=True, owner=True)
    elif answering:
        _ensure_answering(by, device, owner=owner)
    elif device.person_id != by.pk:
        raise NotAllowed(
            "Máy này đã ghi danh cho người khác. Hãy đăng nhập bằng tài khoản của người ấy, hoặc ghi danh lại máy.",
            en="This phone is enrolled for somebody else. Sign in as that person, or enrol the phone anew.",
        )
    elif device.revoked_at is not None:
        raise Revoked(
            "Máy này đã bị thu hồi nên không gửi được nữa. Hãy xuất gói dự phòng rồi đưa trưởng đoàn nạp giúp.",
            en="This phone was revoked and sends nothing more. Export the rescue bundle and hand it to the head of the team.",
        )


def _ensure_answering(by: Person, device: FieldDevice, *, owner: bool) -> None:
    if owner and device.person_id == by.pk:
        return
    if not FieldDevice.objects.all().answered_for_by(by).filter(pk=device.pk).exists():
        raise NotAllowed(
            "Chỉ trưởng đoàn của người này hoặc quản trị hệ thống làm được việc này; không ai tự duyệt cho mình.",
            en="Only the head of this person's team or the administrator may do this; nobody approves for oneself.",
        )


def may_write(person: Someone, visit: Visit) -> bool:
    """Whether the person may write to the visit now."""
    return bool(writable(person, [visit]))


def writable(person: Someone, visits: Collection[Visit]) -> set[int]:
    """Those of the visits to which the person may write now: sees them, and records there by a role or a seat, free of conflicts."""
    return _allowed(person, "visit.record", visits)


def may_accept(person: Someone, visit: Visit) -> bool:
    """Whether the person answers for what enters the record of the visit."""
    return bool(answered_for(person, [visit]))


def answered_for(person: Someone, visits: Collection[Visit]) -> set[int]:
    """Those of the visits of which the person answers for what enters the record."""
    return _allowed(person, "visit.sign", visits)


def _allowed(person: Someone, verb: str, visits: Collection[Visit]) -> set[int]:
    seen = Visit.objects.visible_to(person).filter(pk__in=[one.pk for one in visits])
    pks = set(seen.values_list("pk", flat=True)) if visits else set()
    return {one.pk for one in visits if one.pk in pks and authority.can(person, verb, at=one)}


def may_read_log(person: Someone, visit: Visit) -> bool:
    """Whether the person sees what came from phones: the side that inspects, never the unit that was visited."""
    return authority.can(person, "visit.record", at=visit.inspection) or can(
        person, "inspection.see", at=visit.inspection.lead
    )


def readable(person: Someone, visits: Collection[UUID]) -> set[UUID]:
    """Those of the visits that the person sees, log and all."""
    seen = Visit.objects.visible_to(person).filter(uid__in=visits).select_related("inspection__lead")
    return {one.uid for one in seen if may_read_log(person, one)}


def belongs(person: Someone, visit: Visit) -> bool:
    """Whether what the person sends may be laid beside the visit although it cannot enter the log: the person reads that log, or
    once worked there. Of others nothing is laid there, and they do not learn that there is such a visit."""
    if readable(person, [visit.uid]) or FieldOp.objects.filter(visit=visit, device__person_id=person.pk or 0).exists():
        return True
    if visit.is_sealed_draft:
        listed = ShortListEntry.objects.filter(inspection=visit.inspection_id, person_id=person.pk or 0)
        return not by_key() and listed.exists()
    if TeamMember.objects.of(person).filter(inspection=visit.inspection_id).exists():
        return True
    above = Closure.objects.filter(descendant=visit.inspection.lead_id).values("ancestor")
    asked = {"person_id": person.pk or 0, "role__in": roles_with("visit.record"), "unit__in": above}
    return Assignment.objects.filter(**asked).exists() or StandIn.objects.filter(**asked).once_in_force().exists()
