"""Of what a person may take a receipt here: what was signed or answered, as far as that person may see it."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.audit.receipts import Kept
from kycuong.inspections.models import Addendum, Conclusion, FindingReply, Visit
from kycuong.inspections.rules.conclusions import ConclusionState
from kycuong.orgs.authority import Someone

from .lists import name_at

SIGNED = "visit.sign visit.import"
"""How minutes come into the log: signed here, or brought in from what was kept on paper."""


def minutes(person: Someone, uid: UUID) -> Kept | None:
    """Signed minutes, by the uid of their visit."""
    visit = Visit.objects.visible_to(person).filter(uid=uid, minutes__isnull=False).select_related("minutes").first()
    if visit is None:
        return None
    title = _("Biên bản kiểm tra %(unit)s, %(day)s") % {"unit": name_at(visit), "day": f"{visit.visited_on:%d/%m/%Y}"}
    return Kept(visit.minutes, SIGNED, title, reverse("inspections:minutes", args=[visit.uid]))


def addendum(person: Someone, uid: UUID) -> Kept | None:
    """What was put right in minutes."""
    known = Addendum.objects.filter(minutes__visit__in=Visit.objects.visible_to(person))
    found = known.filter(uid=uid).select_related("minutes__visit").first()
    if found is None:
        return None
    visit = found.minutes.visit
    title = f"Biên bản bổ sung lần {found.position}, {name_at(visit)}, {visit.visited_on:%d/%m/%Y}"
    return Kept(found, "visit.add_addendum", title, reverse("inspections:minutes", args=[visit.uid]))


def conclusion(person: Someone, uid: UUID) -> Kept | None:
    """An issued conclusion."""
    known = Conclusion.objects.visible_to(person).filter(uid=uid, state=ConclusionState.ISSUED)
    return _of_conclusion(known.select_related("visit").first(), "issue", "Kết luận kiểm tra")


def answer(person: Someone, uid: UUID) -> Kept | None:
    """What the unit says to a conclusion as a whole, by the uid of the conclusion; its own in any state, as whoever said it."""
    seen, own = Conclusion.objects.visible_to(person), Conclusion.objects.answered_by(person)
    mine = Q(pk__in=seen.values("pk")) | Q(pk__in=own.values("pk")) | Q(replied_by_id=person.pk)
    known = Conclusion.objects.filter(mine, uid=uid, replied_at__isnull=False)
    found = known.select_related("visit").first()
    kept = _of_conclusion(found, "reply", "Ý kiến của đơn vị về dự thảo kết luận kiểm tra")
    return kept and replace(kept, address=_page_for(seen, found.visit)) if found else None


def reply(person: Someone, uid: UUID) -> Kept | None:
    """What the unit answers to one finding; its own in any state, as whoever said it."""
    told, own = Conclusion.objects.visible_to(person), Conclusion.objects.answered_by(person)
    visits = Q(finding__visit__in=told.values("visit_id")) & Q(finding__visit__in=Visit.objects.visible_to(person))
    mine = visits | Q(finding__visit__in=own.values("visit_id")) | Q(replied_by_id=person.pk)
    known = FindingReply.objects.filter(mine, uid=uid)
    found = known.select_related("finding__visit__conclusion").first()
    if found is None:
        return None
    visit = found.finding.visit
    title = (
        f"Ý kiến về tồn tại, hạn chế {found.finding.criterion_code} tại {name_at(visit)}, {visit.visited_on:%d/%m/%Y}"
    )
    return Kept(found, "finding.reply", " ".join(title.split()), _page_for(told, visit))


def said_to_a_draft(person: Someone, visit: Visit) -> list[tuple[str, UUID, str]]:
    """Kind, uid and name of each receipt of what the person's unit said to a conclusion that is a draft again: its page, where they
    stand otherwise, is not the unit's to read then."""
    told = Conclusion.objects.visible_to(person)
    own = Conclusion.objects.answered_by(person).filter(visit=visit).exclude(pk__in=told.values("pk"))
    found = own.first()
    if found is None:
        return []
    whole = [("answer", found.uid, "dự thảo kết luận")] if found.replied_at else []
    replies = FindingReply.objects.filter(finding__visit=visit).select_related("finding").order_by("pk")
    return whole + [("reply", one.uid, f"nội dung {one.finding.criterion_code}".strip()) for one in replies]


def _page_for(told: QuerySet[Conclusion], visit: Visit) -> str:
    """The conclusion, else what the person can open."""
    found = told.filter(visit=visit).first()
    return found.get_absolute_url() if found else visit.get_absolute_url()


def _of_conclusion(found: Conclusion | None, verb: str, what: str) -> Kept | None:
    if found is None:
        return None
    title = f"{what} {name_at(found.visit)}, {found.visit.visited_on:%d/%m/%Y}"
    return Kept(found, f"conclusion.{verb}", title, found.get_absolute_url())
