"""What units declared beside what was found: the page of a campaign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.inspections.models import Visit
from kycuong.orgs.models import Person
from kycuong.orgs.queries import full_names
from kycuong.selfchecks.models import SelfCheckCampaign, SelfCheckRule
from kycuong.selfchecks.queries import UnitGap, gaps_of
from kycuong.selfchecks.rules import Gap

from ._pages import campaign_seen, crumbs

DEFINITION = gettext_noop(
    "So lần tự khai cuối trước ngày kiểm tra với lượt kiểm tra được tính đầu tiên có phiếu sau ngày nộp lần đầu, trong vòng "
    "%d tháng. Tỷ lệ trung thực = số tiêu chí tự khai không tốt hơn phát hiện / số tiêu chí cả hai bên cùng trả lời đạt, đạt một "
    "phần hoặc không đạt. Tồn tại đã rút coi như chưa hỏi."
)


@dataclass(frozen=True)
class Line:
    """One unit of the table."""

    name: str
    gap: UnitGap
    may_open: bool

    @property
    def visited_on(self) -> date | None:
        return self.gap.visit.visited_on if self.gap.visit else None

    @property
    def tallies(self) -> list[int]:
        return [self.gap.counts[kind] for kind in (Gap.AGREES, Gap.BETTER, Gap.WORSE, Gap.ONE_SIDED)]


@require_safe
def gap(request: Request, uid: UUID) -> HttpResponse:
    """A line for each unit that was visited since; it opens to its criteria."""
    found = campaign_seen(request, uid)
    lines = lines_of(request.user, found)
    compared = [line for line in lines if line.gap.visit]
    both = [line.gap.honest for line in compared]
    context = {
        "title": _("Tự khai so với phát hiện"),
        "found": found,
        "definition": definition_of(found),
        "lines": compared,
        "submitted": len(lines),
        "better": sum(line.gap.counts[Gap.BETTER] for line in compared),
        "honest": {name: sum(one[name] for one in both) for name in ("numerator", "denominator")},
        "crumbs": crumbs((found.title, found.get_absolute_url()), (_("Tự khai so với phát hiện"), "")),
    }
    return page(request, "selfchecks/gap.html", context=context)


def definition_of(found: SelfCheckCampaign) -> str:
    return _(DEFINITION) % SelfCheckRule.on(found.opened_on or today()).window_months


def lines_of(person: Person, found: SelfCheckCampaign) -> list[Line]:
    """Of every unit that ever submitted, those who overstated most at the top."""
    checks = list(found.checks.select_related("campaign__checklist", "unit").prefetch_related("reopenings"))
    gaps = gaps_of([one for one in checks if one.is_submitted or one.reopenings.all()])
    names = full_names([one.check.unit_id for one in gaps], today())
    visits = [one.visit.pk for one in gaps if one.visit]
    opened = set(Visit.objects.visible_to(person).filter(pk__in=visits).values_list("pk", flat=True))
    lines = [Line(names[one.check.unit_id], one, bool(one.visit and one.visit.pk in opened)) for one in gaps]
    return sorted(lines, key=lambda line: (-line.gap.counts[Gap.BETTER], line.name))
