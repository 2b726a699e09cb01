"""Lists of this capability as files: campaigns, one's own self-checks, what was declared beside what was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from kycuong.core.clock import today
from kycuong.core.ids import uid_in
from kycuong.core.problems import Missing
from kycuong.orgs.models import Person
from kycuong.orgs.queries import full_names
from kycuong.selfchecks.models import SelfCheck, SelfCheckCampaign
from kycuong.selfchecks.queries import campaigns_counted, progress_of
from kycuong.selfchecks.queries.gaps import CriterionGap
from kycuong.selfchecks.views.gaps import Line, definition_of, lines_of
from kycuong.sheets.listing import Column, Listed, of_lines, of_rows
from kycuong.ui.formats import percent, vn_date


class CampaignLine(NamedTuple):
    """A campaign with its counts, and who sent it."""

    one: Any
    authority: str


class CheckLine(NamedTuple):
    """A self-check, its unit, who asked for it."""

    one: SelfCheck
    unit: str
    authority: str


class GapLine(NamedTuple):
    """A criterion of a unit, with what is counted over the unit."""

    unit: Line
    one: CriterionGap


CAMPAIGNS: tuple[Column[CampaignLine], ...] = (
    Column(_lazy("Đợt"), lambda line: line.one.title, 44),
    Column(_lazy("Cơ quan gửi"), lambda line: line.authority, 34),
    Column(_lazy("Hạn nộp"), lambda line: line.one.due_on, 13),
    Column(_lazy("Số đơn vị"), lambda line: line.one.total, 10),
    Column(_lazy("Đã nộp"), lambda line: line.one.done, 10),
    Column(_lazy("Quá hạn"), lambda line: line.one.late, 10),
    Column(_lazy("Tình trạng"), lambda line: line.one.get_state_display(), 18),
)
OWN: tuple[Column[CheckLine], ...] = (
    Column(_lazy("Đợt"), lambda line: line.one.campaign.title, 44),
    Column(_lazy("Đơn vị"), lambda line: line.unit, 34),
    Column(_lazy("Cơ quan gửi"), lambda line: line.authority, 34),
    Column(_lazy("Hạn nộp"), lambda line: line.one.campaign.due_on, 13),
    Column(_lazy("Tình trạng"), lambda line: line.one.get_state_display(), 18),
)
GAPS: tuple[Column[GapLine], ...] = (
    Column(_lazy("Đơn vị"), lambda line: line.unit.name, 34),
    Column(_lazy("Ngày nộp"), lambda line: line.unit.gap.declared_on, 13),
    Column(_lazy("Ngày kiểm tra"), lambda line: line.unit.visited_on, 13),
    Column(_lazy("Tiêu chí"), lambda line: line.one.code, 10),
    Column(_lazy("Nội dung"), lambda line: line.one.text, 44),
    Column(_lazy("Tự khai"), lambda line: line.one.declared_label, 16),
    Column(_lazy("Phát hiện"), lambda line: _("Đã rút") if line.one.withdrawn else line.one.found_label, 16),
    Column(_lazy("Đối chiếu"), lambda line: str(line.one.gap.label), 20),
    Column(_lazy("Đơn vị: khớp"), lambda line: line.unit.tallies[0], 10),
    Column(_lazy("Đơn vị: tự khai tốt hơn"), lambda line: line.unit.tallies[1], 10),
    Column(_lazy("Đơn vị: tự khai nặng hơn"), lambda line: line.unit.tallies[2], 10),
    Column(_lazy("Đơn vị: tỷ lệ trung thực"), lambda line: _honesty(line.unit), 12),
)
PROGRESS: tuple[Column[Any], ...] = (
    Column(_lazy("Đơn vị"), lambda line: line.name, 40),
    Column(_lazy("Tình trạng"), lambda line: line.words, 20),
    Column(_lazy("Ngày nộp"), lambda line: line.check.submitted_on, 13),
    Column(_lazy("Có tài khoản trả lời"), lambda line: _("có") if line.has_reader else _("chưa"), 12),
)


def campaigns(person: Person, asked: Mapping[str, str]) -> Listed[Any]:
    """Campaigns of the authorities whose inspections the person may see."""
    seen = SelfCheckCampaign.objects.visible_to(person)
    return of_rows(
        campaigns_counted(person, today=today()),
        seen,
        title=_("Các đợt tự kiểm tra"),
        columns=CAMPAIGNS,
        lines=_named_campaigns,
    )


def own(person: Person, asked: Mapping[str, str]) -> Listed[Any]:
    """What the person's own units were asked."""
    seen = SelfCheck.objects.visible_to(person)
    found = seen.of_units_of(person).select_related("campaign__authority").order_by("-campaign__due_on", "pk")
    return of_rows(found, seen, title=_("Phiếu tự kiểm tra của đơn vị tôi"), columns=OWN, lines=_named_checks)


def gaps(person: Person, asked: Mapping[str, str]) -> Listed[Any]:
    """`campaign=…`: a row for each unit and criterion of a campaign."""
    found = _campaign(person, asked)
    lines = [GapLine(line, one) for line in lines_of(person, found) if line.gap.visit for one in line.gap.criteria]
    title = _("Tự khai so với phát hiện: %s") % found.title
    return of_lines(title, GAPS, lines, notes=[definition_of(found)])


def progress(person: Person, asked: Mapping[str, str]) -> Listed[Any]:
    """`campaign=…`: who has submitted and who has not."""
    found = _campaign(person, asked)
    made = progress_of(found, today=today())
    done = _("Đã nộp %(done)d/%(total)d đơn vị.") % {"done": made.submitted, "total": made.total}
    title = _("Tiến độ tự kiểm tra: %s") % found.title
    due = found.due_on and [_("Hạn nộp: %s.") % vn_date(found.due_on)]
    return of_lines(title, PROGRESS, made.lines, notes=[done, *(due or [])])


def _campaign(person: Person, asked: Mapping[str, str]) -> SelfCheckCampaign:
    uid = uid_in(asked.get("campaign", ""))
    found = SelfCheckCampaign.objects.visible_to(person).filter(uid=uid).first() if uid else None
    if found is None:
        raise Missing(
            "Không tìm thấy đợt tự kiểm tra này. Hãy mở lại từ danh sách các đợt.", en="There is no such campaign."
        )
    return found


def _named_campaigns(rows: Sequence[Any]) -> Iterable[CampaignLine]:
    names = full_names({one.authority_id for one in rows}, today())
    return [CampaignLine(one, names[one.authority_id]) for one in rows]


def _named_checks(rows: Sequence[SelfCheck]) -> Iterable[CheckLine]:
    keys = {one.unit_id for one in rows} | {one.campaign.authority_id for one in rows}
    names = full_names(keys, today())
    return [CheckLine(one, names[one.unit_id], names[one.campaign.authority_id]) for one in rows]


def _honesty(line: Line) -> str:
    honest = line.gap.honest
    return percent(honest["numerator"] / honest["denominator"]) if honest["denominator"] else ""
