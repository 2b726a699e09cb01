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
    standing = Finding.objects.standing().filter(visit__in=signed)
    if still:
        told = {"open": len(still), "all": len(live)}
        about = _("%(open)d/%(all)d kiến nghị chưa xong") % told
        first = still[0]
        state = "missing" if first.due_on and first.due_on < today else "draft"
        yield Link(name, state, about, first.get_absolute_url(), _("đơn vị được kiểm tra"), first.due_on)
    elif not standing.exists():
        yield Link(name, "unneeded", _("Không có tồn tại"))
    elif bare := standing.filter(recommendations=None, remedied_on=None).count():
        yield _unasked(person, signed, bare)
    else:
        yield Link(
            name, "there" if live or not asked else "later", _("Không còn tồn tại chờ khắc phục") if live else ""
        )


def _unasked(person: Person, signed: Sequence[Visit], bare: int) -> Link:
    """Findings that no recommendation answers: a gap once the conclusion is out, before that still to be written."""
    known = Conclusion.objects.visible_to(person).filter(visit__in=signed)
    about = _("%d tồn tại chưa có kiến nghị") % bare
    gone = known.exclude(state=ConclusionState.DRAFT).order_by("pk").first()
    if gone is None:
        return Link(_("Khắc phục"), "later", about)
    return Link(_("Khắc phục"), "missing", about, gone.get_absolute_url(), _("người soạn kết luận"))
