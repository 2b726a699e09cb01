"""What self-checks put into a calendar: the terms, one line a campaign for who sent it, one a self-check for who answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from kycuong.orgs.authority import units_where
from kycuong.orgs.models import Person
from kycuong.orgs.queries import full_names
from kycuong.selfchecks.models import SelfCheck, SelfCheckCampaign
from kycuong.selfchecks.rules import CheckState
from kycuong.ui.todo import Dated


def dated(person: Person, first: date, last: date, *, today: date, mine: bool) -> Iterator[Dated]:
    """Terms between two days."""
    sent = SelfCheckCampaign.objects.visible_to(person).sent().filter(due_on__range=(first, last))
    if mine:
        sent = sent.filter(authority__in=units_where(person, "inspection.see"))
    done = Count("pk", filter=Q(state=CheckState.SUBMITTED))
    rows = SelfCheck.objects.filter(campaign__in=sent).values("campaign_id").annotate(done=done, total=Count("pk"))
    counted = {row["campaign_id"]: (row["done"], row["total"]) for row in rows.order_by()}
    for campaign in sent.order_by("due_on", "pk"):
        handed_in, total = counted.get(campaign.pk, (0, 0))
        what = _("Hạn tự kiểm tra: đã nộp %(done)d/%(total)d") % {"done": handed_in, "total": total}
        tone = "good" if handed_in == total else _tone(campaign.due_on, today)
        yield Dated(what, campaign.title, campaign.get_absolute_url(), campaign.due_on, tone)
    own = SelfCheck.objects.of_units_of(person).filter(campaign__due_on__range=(first, last))
    if mine:
        own = own.filter(unit__in=units_where(person, "selfcheck.answer"))
    checks = list(own.select_related("campaign").order_by("campaign__due_on", "pk"))
    names = full_names([one.unit_id for one in checks], today)
    for one in checks:
        tone = "good" if one.is_submitted else _tone(one.campaign.due_on, today)
        yield Dated(_("Hạn tự kiểm tra"), names[one.unit_id], one.get_absolute_url(), one.campaign.due_on, tone)


def _tone(due_on: date | None, today: date) -> str:
    return "late" if due_on and due_on < today else "planned"
