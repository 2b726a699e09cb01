"""What the narrative of the report can say by itself: sentences from the figures. Where a person must write, it says nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kycuong.reports.rules.words import CLOSED, number, part_label
from kycuong.ui.formats import percent

from .content import GroupLine, Summary

NAMED_MOST = 10
WEAK, GOOD = 3, 3
NOT_YET = "cơ quan chưa hoạt động, không có số để so sánh"


def directing(summary: Summary) -> list[str]:
    """I: plans that were issued, and who has none."""
    told = summary.figures["agencies_with_plan"]
    if not told["denominator"]:
        return []
    day = f"{summary.period.last:%d/%m/%Y}"
    said = [
        f"Đến hết ngày {day}, {number(told['numerator'])}/{number(told['denominator'])} cơ quan phải lập kế hoạch đã ban hành kế hoạch kiểm "
        f"tra năm {summary.period.last.year}."
    ]
    missing = summary.without_plan
    if missing:
        rest = len(missing) - NAMED_MOST
        more = f" và {number(rest)} cơ quan khác" if rest > 0 else ""
        said.append(f"Chưa ban hành: {', '.join(missing[:NAMED_MOST])}{more}.")
    return said


def inspected(summary: Summary) -> list[str]:
    """II.1: how many inspections, visits and units, beside last year, and the year so far."""
    now, then, total = summary.figures, summary.before, summary.total
    if not now["visits"]:
        said = [
            f"Trong kỳ (từ {days(summary)}), {summary.office.name} và các cơ quan thuộc phạm vi không có lượt kiểm tra nào được tính."
        ]
    else:
        said = [
            f"Trong kỳ (từ {days(summary)}), {summary.office.name} và các cơ quan thuộc phạm vi đã tổ chức {number(now['inspections'])} cuộc "
            f"kiểm tra ({forms(now['inspections_by_form'])}), {number(now['visits'])} lượt, tại {number(now['units_inspected'])} đơn vị."
        ]
        if now["double_counted"]:
            said.append(
                f"Cộng theo từng cơ quan chủ trì là {number(now['sum_of_leads'])}; đơn vị do nhiều nơi kiểm tra chỉ tính một lần."
            )
    said.append(f"Cùng kỳ năm trước: {last_year(then) if summary.existed_before else NOT_YET}.")
    if summary.period.first != summary.year.first or not now["visits"]:
        said.append(
            f"Lũy kế từ 01/01/{summary.year.first.year}: {number(total.inspections_of_year)} cuộc, "
            f"{number(total.units_inspected_of_year)} đơn vị."
        )
    cover = total.coverage_of_year
    if cover and cover.rate is not None:
        said.append(f"Đã kiểm tra {parts(cover.numerator, cover.denominator)} đơn vị thuộc phạm vi tính từ đầu năm.")
    progress = total.plan.progress if total.plan else None
    if progress and progress.denominator:
        said.append(f"So với chỉ tiêu kế hoạch năm: {parts(progress.numerator, progress.denominator)}.")
    return said


def last_year(then: Mapping[str, Any]) -> str:
    return (
        f"{number(then['inspections'])} cuộc, {number(then['visits'])} lượt, {number(then['units_inspected'])} đơn vị"
    )


def strong(summary: Summary) -> list[str]:
    """II.2: groups that most often passed."""
    asked = [one for one in summary.groups if one.share.denominator]
    best = sorted(asked, key=lambda one: (-(one.share.rate or 0), one.code))[:GOOD]
    if not best:
        return []
    return [f"Nhóm nội dung có tỷ lệ đạt cao nhất: {'; '.join(map(share_of, best))}."]


def weak(summary: Summary) -> list[str]:
    """II.3: findings, where they lie, and what repeats."""
    now, then = summary.figures, summary.before
    if not now["findings"]:
        return ["Không ghi nhận tồn tại, hạn chế tại các lượt được tính trong kỳ."]
    last = f" (cùng kỳ năm trước {number(then['findings'])})" if summary.existed_before else ""
    said = [
        f"Ghi nhận {number(now['findings'])} tồn tại, hạn chế{last}; "
        f"{number(now['repeat_findings'])} tồn tại lặp lại trong 24 tháng."
    ]
    most = sorted((one for one in summary.groups if one.findings), key=lambda one: (-one.findings, one.code))[:WEAK]
    said.append(f"Nhiều nhất ở: {'; '.join(f'{lowered(one.title)} ({number(one.findings)})' for one in most)}.")
    failing = sorted((one for one in summary.groups if one.failed), key=lambda one: (one.share.rate or 0, one.code))[
        :WEAK
    ]
    if failing:
        said.append(f"Nhóm nội dung có tỷ lệ đạt thấp nhất: {'; '.join(map(share_of, failing))}.")
    said.append(f"Tình trạng vào ngày chốt: {states(now['findings_by_state'])}.")
    return said


def followed(summary: Summary) -> list[str]:
    """III: conclusions, recommendations, measures."""
    now, said = summary.figures, []
    if now["inspections"]:
        told = parts(now["inspections_concluded"], now["inspections"])
        said.append(f"{told} cuộc đã có thông báo kết quả, kết luận kiểm tra.")
    if now["recommendations"]:
        rate, in_time = now["handling_rate"], now["remedied_in_time"]
        said.append(
            f"Đã ban hành {number(now['recommendations'])} kiến nghị; vào ngày chốt: {states(now['recommendations_by_state'])}. Đã xử lý "
            f"{parts(rate['numerator'], rate['denominator'])}."
        )
        if in_time["denominator"]:
            said.append(
                f"Trong số đã xác nhận khắc phục, {parts(in_time['numerator'], in_time['denominator'])} đúng hạn."
            )
    else:
        said.append("Không có kiến nghị nào được ban hành trong kỳ.")
    carried = sum(one.forwarded for one in summary.advice)
    if carried:
        said.append(f"Còn {number(carried)} kiến nghị ban hành trước kỳ chưa thực hiện xong (Biểu 4).")
    said.append(responsible(summary))
    return said


def responsible(summary: Summary) -> str:
    """What is told of measures: numbers where they may be known, else where they stand."""
    if summary.measures is None:
        return "Việc xử lý trách nhiệm nêu tại Biểu 5 (hạn chế xem)."
    if not summary.measures:
        return "Trong kỳ không có quyết định xử lý trách nhiệm nào."
    units, people = (sum(getattr(one, name) for one in summary.measures) for name in ("collectives", "people"))
    return f"Đã có quyết định xử lý trách nhiệm {number(units)} tập thể, {number(people)} cá nhân (Biểu 5)."


def days(summary: Summary) -> str:
    return f"{summary.period.first:%d/%m/%Y} đến hết {summary.period.last:%d/%m/%Y}"


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
