"""The words that pages are written in: components, formats and icons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kycuong.ui import charts, formats
from kycuong.ui.icons import drawn
from kycuong.ui.states import STATES, TileGroup, tone_of

register = template.Library()

# ------------------------------------------------------------------ formats


@register.filter
def vn_date(value: date | datetime | None) -> str:
    return formats.vn_date(value)


@register.filter
def vn_datetime(value: datetime | None) -> str:
    return formats.vn_datetime(value)


@register.filter
def vn_number(value: formats.Number | None, decimals: int | None = None) -> str:
    return formats.vn_number(value, decimals)


def or_dash(text: str) -> str:
    """A rate that cannot be formed says why, to the eye by its title and to a reader by its words."""
    if text != formats.NO_VALUE:
        return text
    why = _("không có mẫu số")
    return format_html('<abbr class="no-value" title="{}">—<span class="visually-hidden"> ({})</span></abbr>', why, why)


@register.filter
def percent(value: Any) -> str:
    """A share (0.306) or a rate ({numerator, denominator}) as «30,6 %»."""
    top, bottom = formats.parts_of_rate(value)
    is_share = value is None or isinstance(value, formats.Number)
    return or_dash(formats.percent(value if is_share else formats.share_of(top, bottom)))


@register.filter
def rate(value: Any, denominator: int | None = None) -> str:
    return or_dash(formats.rate(value, denominator))


# ------------------------------------------------------------------ small things

WATERMARKS = 60
"""Enough to cover the largest window and a sheet of paper; what is too many lies outside."""


@register.simple_tag
def icon(name: str, size: int = 20, label: str = "") -> str:
    """An inline heroicon. With a label it speaks, without one it is an ornament."""
    drawing = drawn(str(name), size)
    if not label:
        return drawing
    return format_html('{}<span class="visually-hidden">{}</span>', drawing, label)


@register.inclusion_tag("ui/badge.html")
def badge(tone: str, text: str = "") -> dict[str, Any]:
    known = tone_of(tone)
    return {"tone": known, "text": text or STATES[known].word, "icon": STATES[known].icon}


@register.inclusion_tag("ui/watermark.html", takes_context=True)
def watermark(context: RequestContext, person: Any, read_at: datetime) -> dict[str, Any]:
    """The reader's name over a sealed page. Pages that are given `sealed_for` and `read_at` bear it by themselves."""
    request = context.get("request")
    return {"person": person, "read_at": read_at, "page_id": getattr(request, "id", ""), "places": range(WATERMARKS)}


@register.inclusion_tag("ui/link_button.html")
def link_button(text: str, url: str, kind: str = "secondary", icon: str = "") -> dict[str, Any]:
    return {"text": text, "url": url, "kind": kind, "icon": icon}


@register.inclusion_tag("ui/button.html")
def button(
    text: str,
    kind: str = "primary",
    icon: str = "",
    name: str = "",
    value: str = "",
    opens: str = "",
    closes: bool = False,
) -> dict[str, Any]:
    """A submit button, or with `opens` one that opens the dialog of that id, or with `closes` one that closes its own."""
    return {"text": text, "kind": kind, "icon": icon, "name": name, "value": value, "opens": opens, "closes": closes}


@register.inclusion_tag("ui/progress.html")
def progress(value: Any, label: str = "", target: formats.Number | None = None, tone: str = "") -> dict[str, Any]:
    """A bar for a share (0…1) or a rate; `target` (0…1) is a mark on it."""
    return {"bar": charts.share_bar(share_from(value), target=target), "label": label, "value": value, "tone": tone}


@register.simple_tag
def share(value: Any, target: formats.Number | None = None) -> SafeString:
    """Only the bar, where the number stands beside it already."""
    return charts.share_bar(share_from(value), target=target)


def share_from(value: Any) -> formats.Number | None:
    """The share in a number or a rate."""
    if value is None or isinstance(value, formats.Number):
        return value
    return formats.share_of(*formats.parts_of_rate(value))


@register.inclusion_tag("ui/stat.html")
def stat(
    label: str,
    value: Any,
    sub: str = "",
    url: str = "",
    bar: Any = None,
    target: formats.Number | None = None,
    tone: str = "",
    note: str = "",
) -> dict[str, Any]:
    """A big number: what it counts, a line under it, the list behind it, and a bar where it is a share."""
    shown = formats.vn_number(value) if isinstance(value, formats.Number) else value
    drawing = charts.share_bar(share_from(bar), target=target) if bar is not None else ""
    return {
        "label": label,
        "value": shown,
        "sub": sub,
        "url": url,
        "bar": drawing,
        "tone": tone and tone_of(tone),
        "note": note,
    }


@register.inclusion_tag("ui/empty.html")
def empty(title: str, text: str = "", url: str = "", action: str = "", icon: str = "inbox") -> dict[str, Any]:
    """What a list says when it has nothing: what that means and what to do."""
    return {"title": title, "text": text, "url": url, "action": action, "icon": icon}


# ------------------------------------------------------------------ boxes


@register.simple_block_tag
def card(content: str, title: str = "", level: int = 2, sub: str = "", id: str = "", flush: bool = False) -> str:
    """A surface with a heading. `flush` lets a table reach its edges."""
    return render_to_string(
        "ui/card.html",
        {"content": content, "title": title, "tag": f"h{level}", "sub": sub, "id": id, "flush": flush},
    )


@register.simple_block_tag
def notice(content: str, tone: str = "info", title: str = "") -> str:
    known = tone_of(tone)
    return render_to_string(
        "ui/notice.html", {"content": content, "tone": known, "title": title, "icon": NOTICE_ICONS[known]}
    )


@register.simple_block_tag
def dialog(content: str, id: str, title: str) -> str:
    """A modal dialog, opened by a `{% button … opens=id %}`."""
    return render_to_string("ui/dialog.html", {"content": content, "id": id, "title": title})


@register.simple_block_tag
def datatable(
    content: str, caption: str, cards: bool = False, show_caption: bool = False, id: str = "", total: bool = False
) -> str:
    """A table that scrolls inside itself; with `cards` its rows become cards on phones (give each cell data-label)."""
    return render_to_string(
        "ui/datatable.html",
        {
            "content": content,
            "caption": caption,
            "cards": cards,
            "show_caption": show_caption,
            "id": id,
            "total": total,
        },
    )


# ------------------------------------------------------------------ forms


@register.simple_tag
def field(bound: forms.BoundField) -> SafeString:
    """Label, help, faults and control of one field of a form (django/forms/field.html)."""
    return bound.as_field_group()


@register.inclusion_tag("ui/error_summary.html")
def error_summary(*parts: forms.BaseForm | forms.BaseFormSet[Any] | None) -> dict[str, Any]:
    """All faults of forms and formsets in one list, each a link to its field."""
    faults: list[tuple[str, str, str]] = []
    for part in parts:
        if isinstance(part, forms.BaseFormSet):
            faults += [("", "", str(fault)) for fault in part.non_form_errors()] if part.is_bound else []
            faults += [fault for form in part.forms for fault in faults_of(form)]
        elif part is not None:
            faults += faults_of(part)
    return {"faults": faults}


def faults_of(form: forms.BaseForm) -> Iterable[tuple[str, str, str]]:
    """(id to jump to, label, sentence) of every fault."""
    if not form.is_bound:
        return []
    whole = [("", "", str(fault)) for fault in form.non_field_errors()]
    return whole + [
        (bound.id_for_label or f"{bound.auto_id}_0", str(bound.label), str(fault))
        for bound in form
        for fault in bound.errors
    ]


# ------------------------------------------------------------------ lists and pictures


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(context: RequestContext, page: Page[Any]) -> dict[str, Any]:
    """Links to the other pages of a list (?page=n); the rest of the address stays."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": list(numbers), "request": context.get("request"), "gap": page.paginator.ELLIPSIS}


@register.inclusion_tag("ui/tiles.html")
def tiles(groups: Sequence[TileGroup], legend: bool = True, level: int = 3) -> dict[str, Any]:
    """The province at a glance."""
    present = {tile.state for group in groups for tile in group.tiles}
    shown = [(name, state) for name, state in STATES.items() if name in present]
    return {"groups": groups, "legend": shown if legend else [], "tag": f"h{level}"}


@register.inclusion_tag("ui/month_chart.html")
def month_chart(
    title: str, labels: Sequence[str], series: Sequence[charts.Series], id: str = "month-chart", bare: bool = False
) -> dict[str, Any]:
    """Columns by month with the same numbers in a table under them. `bare` where a card above bears the title already."""
    rows = [(name, [one.values[at] for one in series]) for at, name in enumerate(labels)]
    drawing = charts.month_chart(title, labels, series, id=id)
    return {"title": title, "drawing": drawing, "series": series, "rows": rows, "id": id, "bare": bare}


@register.inclusion_tag("ui/bars.html")
def bars(rows: Sequence[charts.Bar], caption: str = "") -> dict[str, Any]:
    """Comparison of units: name, number and a bar from zero, in one list."""
    top = max((float(row.value) for row in rows), default=0)
    return {"rows": [(row, charts.length_bar(row, top)) for row in rows], "caption": caption}


# ------------------------------------------------------------------ messages

NOTICE_ICONS = {
    "good": "check-circle",
    "attention": "exclamation-triangle",
    "late": "exclamation-circle",
    "planned": "information-circle",
    "none": "information-circle",
}


@register.filter
def message_tone(message: Message) -> str:
    return tone_of(message.level_tag or "info")


@register.filter
def message_icon(message: Message) -> str:
    return NOTICE_ICONS[message_tone(message)]


@register.filter
def kept_key(message: Message) -> str:
    """The key of the form that was saved, from a message sent with extra_tags=«kept:<key>»."""
    found = [tag for tag in (message.extra_tags or "").split() if tag.startswith("kept:")]
    return found[0].removeprefix("kept:") if found else ""
