"""What the narrative of the report can say by itself: sentences from the figures. Where a person must write, it says nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from kycuong.reports.rules.words import CLOSED, number, part_label
from kycuong.ui.formats import percent

from .content import GroupLine, Summary

NAMED_MOST = 10
WEAK, GOOD = 3, 3
NOT_YET = gettext_noop("cơ quan chưa hoạt động, không có số để so sánh")


def directing(summary: Summary) -> list[str]:
    """I: plans that were issued, and who has none."""
    told = summary.figures["agencies_with_plan"]
    if not told["denominator"]:
        return []
    day = f"{summary.period.last:%d/%m/%Y}"
    said = [
        _(
            "Đến hết ngày %(day)s, %(done)s/%(all)s cơ quan phải lập kế hoạch đã ban hành kế hoạch kiểm tra năm %(year)s."
        )
        % {
            "day": day,
            "done": number(told["numerator"]),
            "all": number(told["denominator"]),
            "year": summary.period.last.year,
        }
    ]
    missing = summary.without_plan
    if missing:
        rest = len(missing) - NAMED_MOST
        names = ", ".join(missing[:NAMED_MOST])
        if rest > 0:
            names = _("%(names)s và %(n)s cơ quan khác") % {"names": names, "n": number(rest)}
        said.append(_("Chưa ban hành: %s.") % names)
    return said


def inspected(summary: Summary) -> list[str]:
    """II.1: how many inspections, visits and units, beside last year, and the year so far."""
    now, then, total = summary.figures, summary.before, summary.total
    said = held(summary)
    said.append(_("Cùng kỳ năm trước: %s.") % (last_year(then) if summary.existed_before else _(NOT_YET)))
    if summary.period.first != summary.year.first or not now["visits"]:
        said.append(
            _("Lũy kế từ 01/01/%(year)s: %(inspections)s cuộc, %(units)s đơn vị.")
            % {
                "year": summary.year.first.year,
                "inspections": number(total.inspections_of_year),
                "units": number(total.units_inspected_of_year),
            }
        )
    cover = total.coverage_of_year
    if cover and cover.rate is not None:
        told = parts(cover.numerator, cover.denominator)
        said.append(_("Đã kiểm tra %s đơn vị thuộc phạm vi tính từ đầu năm.") % told)
    progress = total.plan.progress if total.plan else None
    if progress and progress.denominator:
        said.append(_("So với chỉ tiêu kế hoạch năm: %s.") % parts(progress.numerator, progress.denominator))
    return said


def held(summary: Summary) -> list[str]:
    """The period alone."""
    now = summary.figures
    if not now["visits"]:
        return [
            _("Trong kỳ (từ %(days)s), %(office)s và các cơ quan thuộc phạm vi không có lượt kiểm tra nào được tính.")
            % {"days": days(summary), "office": summary.office.name}
        ]
    said = [
        _(
            "Trong kỳ (từ %(days)s), %(office)s và các cơ quan thuộc phạm vi đã tổ chức %(inspections)s cuộc kiểm tra (%(forms)s), %(visits)s lượt, tại %(units)s đơn vị."
        )
        % {
            "days": days(summary),
            "office": summary.office.name,
            "inspections": number(now["inspections"]),
            "forms": forms(now["inspections_by_form"]),
            "visits": number(now["visits"]),
            "units": number(now["units_inspected"]),
        }
    ]
    if now["double_counted"]:
        by_leads = _("Cộng theo từng cơ quan chủ trì là %s; đơn vị do nhiều nơi kiểm tra chỉ tính một lần.")
        said.append(by_leads % number(now["sum_of_leads"]))
    return said


def last_year(then: Mapping[str, Any]) -> str:
    return _("%(inspections)s cuộc, %(visits)s lượt, %(units)s đơn vị") % {
        "inspections": number(then["inspections"]),
        "visits": number(then["visits"]),
        "units": number(then["units_inspected"]),
    }


def strong(summary: Summary) -> list[str]:
    """II.2: groups that most often passed."""
    asked = [one for one in summary.groups if one.share.denominator]
    best = sorted(asked, key=lambda one: (-(one.share.rate or 0), one.code))[:GOOD]
    if not best:
        return []
    return [_("Nhóm nội dung có tỷ lệ đạt cao nhất: %s.") % "; ".join(map(share_of, best))]


def weak(summary: Summary) -> list[str]:
    """II.3: findings, where they lie, and what repeats."""
    now, then = summary.figures, summary.before
    if not now["findings"]:
        return [_("Không ghi nhận tồn tại, hạn chế tại các lượt được tính trong kỳ.")]
    found = {"n": number(now["findings"]), "repeats": number(now["repeat_findings"])}
    if summary.existed_before:
        beside = _(
            "Ghi nhận %(n)s tồn tại, hạn chế (cùng kỳ năm trước %(last)s); %(repeats)s tồn tại lặp lại trong 24 tháng."
        )
        said = [beside % {**found, "last": number(then["findings"])}]
    else:
        said = [_("Ghi nhận %(n)s tồn tại, hạn chế; %(repeats)s tồn tại lặp lại trong 24 tháng.") % found]
    most = sorted((one for one in summary.groups if one.findings), key=lambda one: (-one.findings, one.code))[:WEAK]
    said.append(_("Nhiều nhất ở: %s.") % "; ".join(f"{lowered(one.title)} ({number(one.findings)})" for one in most))
    failing = sorted((one for one in summary.groups if one.failed), key=lambda one: (one.share.rate or 0, one.code))[
        :WEAK
    ]
    if failing:
        said.append(_("Nhóm nội dung có tỷ lệ đạt thấp nhất: %s.") % "; ".join(map(share_of, failing)))
    said.append(_("Tình trạng vào ngày chốt: %s.") % states(now["findings_by_state"]))
    return said


def followed(summary: Summary) -> list[str]:
    """III: conclusions, recommendations, measures."""
    now, said = summary.figures, []
    if now["inspections"]:
        told = parts(now["inspections_concluded"], now["inspections"])
        said.append(_("%s cuộc đã có thông báo kết quả, kết luận kiểm tra.") % told)
    if now["recommendations"]:
        rate, in_time = now["handling_rate"], now["remedied_in_time"]
        said.append(
            _("Đã ban hành %(n)s kiến nghị; vào ngày chốt: %(states)s. Đã xử lý %(handled)s.")
            % {
                "n": number(now["recommendations"]),
                "states": states(now["recommendations_by_state"]),
                "handled": parts(rate["numerator"], rate["denominator"]),
            }
        )
        if in_time["denominator"]:
            punctual = parts(in_time["numerator"], in_time["denominator"])
            said.append(_("Trong số đã xác nhận khắc phục, %s đúng hạn.") % punctual)
    else:
        said.append(_("Không có kiến nghị nào được ban hành trong kỳ."))
    carried = sum(one.forwarded for one in summary.advice)
    if carried:
        said.append(_("Còn %s kiến nghị ban hành trước kỳ chưa thực hiện xong (Biểu 4).") % number(carried))
    said.append(responsible(summary))
    return said


def responsible(summary: Summary) -> str:
    """What is told of measures: numbers where they may be known, else where they stand."""
    if summary.measures is None:
        return _("Việc xử lý trách nhiệm nêu tại Biểu 5 (hạn chế xem).")
    if not summary.measures:
        return _("Trong kỳ không có quyết định xử lý trách nhiệm nào.")
    units, people = (sum(getattr(one, name) for one in summary.measures) for name in ("collectives", "people"))
    told = _("Đã có quyết định xử lý trách nhiệm %(units)s tập thể, %(people)s cá nhân (Biểu 5).")
    return told % {"units": number(units), "people": number(people)}


def days(summary: Summary) -> str:
    period = summary.period
    return _("%(first)s đến hết %(last)s") % {"first": f"{period.first:%d/%m/%Y}", "last": f"{period.last:%d/%m/%Y}"}


def forms(counted: Mapping[str, int]) -> str:
    """«theo kế hoạch 3, đột xuất 2»."""
    return ", ".join(
        f"{part_label(form)[:1].lower()}{part_label(form)[1:]} {number(n)}" for form, n in in_order(counted) if n
    )


def states(counted: Mapping[str, Any]) -> str:
    return "; ".join(f"{part_label(state)}: {number(n)}" for state, n in in_order(counted) if n)


def in_order(counted: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Parts in the order in which people read them, however they were kept: what was signed reads as what was read before."""
    known = next((parts for parts in CLOSED.values() if counted.keys() <= set(parts)), tuple(counted))
    return [(part, counted[part]) for part in known if part in counted]


def parts(numerator: int, denominator: int) -> str:
    """«3/10 (30 %)»."""
    return f"{number(numerator)}/{number(denominator)} ({percent(numerator / denominator)})"


def share_of(group: GroupLine) -> str:
    return f"{lowered(group.title)} ({percent(group.share.rate)})"


def lowered(title: str) -> str:
    """A title inside a sentence; abbreviations stay."""
    return title if title[1:2].isupper() else f"{title[:1].lower()}{title[1:]}"


def joined(said: Sequence[str]) -> str:
    """Sentences as one paragraph."""
    return " ".join(said)
