"""Numbers as the page shows them: each with its definition, its list and the same period of last year beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.reports.figures import FIGURES
from kycuong.reports.forms import Asked
from kycuong.reports.rules.words import is_rate
from kycuong.ui.formats import SPACE, percent, vn_number

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Card:
    """One big number. `bar` is a share for a bar under it; `tone` one of the five states or nothing."""

    name: str
    label: str
    value: str
    definition: str
    sub: str = ""
    url: str = ""
    more: str = ""
    more_url: str = ""
    before: str = ""
    bar: Any = None
    target: float | None = None
    tone: str = ""


def list_url(asked: Asked, name: str, key: str = "") -> str:
    """The page of the list behind a number."""
    query = asked.query(key=key) if key else asked.query()
    return f"{reverse('reports:list', args=[name])}?{query}"


def shown(value: Any) -> str:
    """A number or a share in words of the page."""
    return percent(value["rate"]) if is_rate(value) else vn_number(value)


def parts(value: Any) -> str:
    """«11/36»: the two numbers that a share is made of; nothing where there is nothing to divide by."""
    top, bottom = value["numerator"], value["denominator"]
    return f"{vn_number(top)}/{vn_number(bottom)}" if bottom else _("không có mẫu số")


def comparison(figures: Values, name: str, *path: str) -> str:
    """«Cùng kỳ năm trước 180, tăng 17»."""
    last = figures["same_period_last_year"]
    before, change = last["figures"].get(name), last["change"].get(name)
    for step in path:
        before, change = (before or {}).get(step), (change or {}).get(step)
    if before is None:
        return _("Cùng kỳ năm trước: không có")
    told = _("Cùng kỳ năm trước %s") % shown(before)
    difference = (change or {}).get("difference")
    if difference is None:
        return told
    return f"{told}, {moved(difference, points=is_rate(before))}"


def moved(difference: float, *, points: bool) -> str:
    """«tăng 17», «giảm 3,2 điểm %»."""
    if not difference:
        return _("không đổi")
    size = (
        vn_number(abs(difference) * 100, 1) + SPACE + _("điểm") + SPACE + "%" if points else vn_number(abs(difference))
    )
    return (_("tăng") if difference > 0 else _("giảm")) + SPACE + size


def card(asked: Asked, figures: Values, name: str, **more: Any) -> Card:
    """The card of a figure whose value is a number or a share."""
    figure, value = FIGURES[name], figures[name]
    share = {"sub": parts(value), "bar": value} if is_rate(value) else {}
    return Card(
        **{
            "name": name,
            "label": figure.title,
            "value": shown(value),
            "definition": figure.definition,
            "url": list_url(asked, name),
            "before": comparison(figures, name),
            **share,
            **more,
        }
    )


def head_cards(asked: Asked, figures: Values) -> list[Card]:
    """What a leader asks first."""
    by_visit = figures["surprise_share_visits"]
    surprise = f"{parts(figures['surprise_share'])} {_('cuộc')}; {_('tính theo lượt')}: {percent(by_visit['rate'])}"
    return [
        card(asked, figures, "coverage", sub=_("%s đơn vị thuộc phạm vi") % parts(figures["coverage"])),
        card(asked, figures, "visits", sub=_("trong %s cuộc kiểm tra") % vn_number(figures["inspections"])),
        card(asked, figures, "surprise_share", sub=surprise),
        plans_card(asked, figures),
    ]


def existing_words(figures: Values) -> str:
    """What a total of distinct units holds besides the units of today."""
    ceased, outside = figures["units_inspected_ceased"], figures["units_inspected_outside"]
    parts = [_("mỗi đơn vị tính một lần")]
    parts += [_("%s đã chấm dứt trước ngày chốt") % vn_number(ceased)] if ceased else []
    parts += [_("%s ngoài phạm vi quản lý") % vn_number(outside)] if outside else []
    return "; ".join(parts)


def second_cards(asked: Asked, figures: Values) -> list[Card]:
    """What stands behind the shares, the plan, and what was found."""
    inspected = card(asked, figures, "units_inspected", sub=existing_words(figures))
    cards = [inspected, card(asked, figures, "units"), card(asked, figures, "inspections")]
    progress = figures["plan_progress"]
    if progress is not None:
        number = (
            _("Kế hoạch số %s") % progress["number"] if progress["number"] else _("Kế hoạch năm %s") % progress["year"]
        )
        cards.append(card(asked, figures, "plan_progress", sub=f"{parts(progress)} {_('đơn vị')} · {number}"))
    return [*cards, findings_card(asked, figures), recommendations_card(asked, figures)]


def plans_card(asked: Asked, figures: Values) -> Card:
    missing = figures["agencies_without_plan"]
    more = _("còn thiếu %s, xem tên") % vn_number(missing) if missing else ""
    return card(
        asked, figures, "agencies_with_plan", sub=_("%s cơ quan phải có kế hoạch") % parts(figures["agencies_with_plan"]),
        more=more, more_url=list_url(asked, "agencies_without_plan"), tone="attention" if missing else "",
    )  # fmt: skip


def findings_card(asked: Asked, figures: Values) -> Card:
    states = figures["findings_by_state"]
    waiting = states["in_term"] + states["no_term"]
    overdue = states["overdue"]
    sub = _("%(overdue)s quá hạn, %(open)s còn phải khắc phục, %(done)s đã xong") % {
        "overdue": vn_number(overdue), "open": vn_number(waiting), "done": vn_number(states["remedied"]),
    }  # fmt: skip
    return card(asked, figures, "findings", sub=sub, tone="late" if overdue else "attention" if waiting else "")


def recommendations_card(asked: Asked, figures: Values) -> Card:
    """What was asked for, and what is overdue: by name, one step away."""
    states = figures["recommendations_by_state"]
    overdue, waiting = states["overdue"], states["waiting"]
    sub = _("%(done)s đã xử lý, %(open)s còn trong hạn, %(waiting)s chờ bên kiểm tra trả lời") % {
        "done": vn_number(figures["handling_rate"]["numerator"]),
        "open": vn_number(states["in_term"]), "waiting": vn_number(waiting),
    }  # fmt: skip
    more = _("%s quá hạn, xem tên đơn vị") % vn_number(overdue) if overdue else ""
    return card(
        asked, figures, "recommendations", sub=sub, more=more,
        more_url=list_url(asked, "recommendations_by_state", "overdue"), tone="late" if overdue else "",
    )  # fmt: skip
