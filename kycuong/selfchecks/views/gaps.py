"""What units declared beside what was found: the page of a campaign and its file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.inspections.models import Visit
from kycuong.orgs.queries import full_names
from kycuong.plans.views.files import file_of
from kycuong.selfchecks.models import SelfCheckCampaign, SelfCheckRule
from kycuong.selfchecks.queries import UnitGap, gaps_of
from kycuong.selfchecks.rules import Gap
from kycuong.ui.formats import percent, vn_date

from ._pages import campaign_seen, crumbs

TITLES = (
    "Đơn vị", "Ngày nộp", "Ngày kiểm tra", "Tiêu chí", "Nội dung", "Tự khai", "Phát hiện", "Đối chiếu",
    "Đơn vị: khớp", "Đơn vị: tự khai tốt hơn", "Đơn vị: tự khai nặng hơn", "Đơn vị: tỷ lệ trung thực",
)  # fmt: skip
DEFINITION = (
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
    def tallies(self) -> list[int]:
        return [self.gap.counts[kind] for kind in (Gap.AGREES, Gap.BETTER, Gap.WORSE, Gap.ONE_SIDED)]


@require_safe
def gap(request: Request, uid: UUID) -> HttpResponse:
    """A line for each unit that was visited since; it opens to its criteria."""
    found = campaign_seen(request, uid)
    lines = _lines(request, found)
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


@require_safe
def gap_file(request: Request, uid: UUID, form: str) -> HttpResponse:
    """A row for each unit and criterion."""
    found = campaign_seen(request, uid)
    rows = [row for line in _lines(request, found) if line.gap.visit for row in _rows(line)]
    heading = [_("Tự khai so với phát hiện: %s") % found.title, definition_of(found)]
    heading.append(_("%(n)d dòng, tính ngày %(day)s.") % {"n": len(rows), "day": vn_date(today())})
    return file_of("tu-khai-so-voi-phat-hien", form, heading, TITLES, rows)


def definition_of(found: SelfCheckCampaign) -> str:
    return _(DEFINITION) % SelfCheckRule.on(found.opened_on or today()).window_months


def _lines(request: Request, found: SelfCheckCampaign) -> list[Line]:
    """Of every unit that ever submitted, those who overstated most at the top."""
    checks = list(found.checks.select_related("campaign__checklist", "unit").prefetch_related("reopenings"))
    gaps = gaps_of([one for one in checks if one.is_submitted or one.reopenings.all()])
    names = full_names([one.check.unit_id for one in gaps], today())
    visits = [one.visit.pk for one in gaps if one.visit]
    opened = set(Visit.objects.visible_to(request.user).filter(pk__in=visits).values_list("pk", flat=True))
    lines = [Line(names[one.check.unit_id], one, bool(one.visit and one.visit.pk in opened)) for one in gaps]
    return sorted(lines, key=lambda line: (-line.gap.counts[Gap.BETTER], line.name))


def _rows(line: Line) -> list[list[Any]]:
    agrees, better, worse, _one_sided = line.tallies
    assert line.gap.visit is not None
    honest = line.gap.honest
    share = percent(honest["numerator"] / honest["denominator"]) if honest["denominator"] else ""
    return [
        [line.name, line.gap.declared_on, line.gap.visit.visited_on, one.code, one.text, one.declared_label,
         one.found_label, str(one.gap.label), agrees, better, worse, share]
        for one in line.gap.criteria
    ]  # fmt: skip
