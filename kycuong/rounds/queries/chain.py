"""The periodic report as the last link in the chain of papers of an inspection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _

from kycuong.inspections.models import Inspection, Visit
from kycuong.orgs.models import Closure, Person
from kycuong.rounds.models import SignedReport
from kycuong.ui.todo import Link


def chain_links(person: Person, signed: Sequence[Visit], inspection: Inspection, *, today: date) -> Iterator[Link]:
    """Which signed report of the lead, or of an authority above it, counts the last of the visits. For whoever may read it."""
    name = _("Báo cáo tổng hợp")
    moments = [visit.signed_at for visit in signed if visit.signed_at]
    if not moments:
        yield Link(name, "later", _("Kỳ báo cáo sau khi ký biên bản"))
        return
    days = [visit.visited_on for visit in signed]
    above = Closure.objects.filter(descendant=inspection.lead_id, valid_from__lte=today, valid_to__gt=today)
    counting = SignedReport.objects.visible_to(person).filter(
        authority__in=above.values("ancestor"),
        round__first__lte=min(days),
        round__last__gte=max(days),
        signed_at__gte=max(moments),
    )
    if report := counting.order_by("signed_at").first():
        yield Link(name, "there", report.title, report.get_absolute_url())
    else:
        yield Link(name, "later", _("Chưa có báo cáo nào đã ký của kỳ này"))
