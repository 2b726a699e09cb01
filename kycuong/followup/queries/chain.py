"""Remedies as a link in the chain of papers of an inspection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from kycuong.followup.models import Recommendation
from kycuong.followup.rules import OPEN, RecommendationState
from kycuong.inspections.models import Conclusion, Finding, Inspection, Visit
from kycuong.inspections.rules.conclusions import ConclusionState
from kycuong.orgs.models import Person
from kycuong.ui.todo import Link


def chain_links(person: Person, signed: Sequence[Visit], inspection: Inspection, *, today: date) -> Iterator[Link]:
    """Whether what was found is being remedied: asked for, answered, settled."""
    name = _("Khắc phục")
    if not signed:
        yield Link(name, "later", _("Sau kết luận"))
        return
    asked = list(Recommendation.objects.visible_to(person).filter(visit__in=signed).order_by("due_on", "pk"))
    live = [one for one in asked if one.state != RecommendationState.DRAFT]
    still = [one for one in live if one.state in OPEN]
    if still:
        told = {"open": len(still), "all": len(live)}
        about = _("%(open)d/%(all)d kiến nghị chưa xong") % told
        first = still[0]
        state = "missing" if first.due_on and first.due_on < today else "draft"
        yield Link(name, state, about, first.get_absolute_url(), _("đơn vị được kiểm tra"), first.due_on)
    else:
        yield _settled(person, signed, answered=bool(live))


def _settled(person: Person, signed: Sequence[Visit], *, answered: bool) -> Link:
    """Nothing is open: because nothing was found, all is remedied, or nothing was asked for yet. What a draft will ask for is told to
    nobody."""
    name = _("Khắc phục")
    standing = Finding.objects.standing().filter(visit__in=signed)
    out = Conclusion.objects.visible_to(person).filter(visit__in=signed).exclude(state=ConclusionState.DRAFT)
    left = standing.filter(remedied_on=None)
    bare = left.filter(visit__in=out.values("visit"), recommendations=None).count()
    gone = out.order_by("pk").first()
    if not standing.exists():
        return Link(name, "unneeded", _("Không có tồn tại"))
    if bare and gone:
        about = _("%d tồn tại chưa có kiến nghị") % bare
        return Link(name, "missing", about, gone.get_absolute_url(), _("người soạn kết luận"))
    if left.exclude(visit__in=out.values("visit")).exists() or (left.exists() and not answered):
        return Link(name, "later", _("Sau kết luận"))
    return Link(name, "there", _("Không còn tồn tại chờ khắc phục"))
