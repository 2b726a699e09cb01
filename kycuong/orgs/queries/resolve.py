"""Which unit a text means: an address, a uid, or a code on a day. Never a guess."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

from kycuong.core.problems import BadInput
from kycuong.core.vietnamese import slug as slug_of
from kycuong.orgs.authority import Someone, units_visible_to
from kycuong.orgs.models import Unit, UnitCode

from .search import search_units
from .topmost import telling_topmost

CODE_ON_A_DAY = re.compile(r"(?P<code>[^@\s]+)@(?P<day>.*)")
WAYS = "địa chỉ (so-noi-vu), mã định danh (uid), hoặc mã@ngày (05986@2019-04-30)"
WAYS_EN = "an address (so-noi-vu), a uid, or code@day (05986@2019-04-30)"


def resolve_unit(text: str, *, person: Someone | None = None) -> Unit:
    """The unit that is meant, or BadInput that names what comes near. `person` restricts to what that person sees."""
    text = text.replace("\0", "").strip()
    units = Unit.objects.all() if person is None else units_visible_to(person)
    if match := CODE_ON_A_DAY.fullmatch(text):
        return _by_code(match["code"], match["day"])
    try:
        found = telling_topmost(units.filter(uid=UUID(text))).first()
    except ValueError:
        found = telling_topmost(units.filter(slug=text)).first()
    if found is None:
        raise _unknown(text)
    return found


def _by_code(code: str, written: str) -> Unit:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise BadInput(
            f"“{written}” không phải ngày; sau @ hãy viết năm-tháng-ngày, ví dụ {code}@2019-04-30.",
            en=f"“{written}” is not a day; after @ write year-month-day, such as {code}@2019-04-30.",
        ) from None
    rows = list(UnitCode.objects.filter(value=code).select_related("unit").order_by("valid_from"))
    bearers = {row.unit_id: row.unit for row in rows if row.valid_from <= day < row.valid_to}
    if len(bearers) == 1:
        return next(iter(bearers.values()))
    if bearers:
        slugs = ", ".join(sorted(unit.slug for unit in bearers.values()))
        raise BadInput(
            f"Mã {code} ngày {day} thuộc nhiều đơn vị theo các hệ mã khác nhau; hãy ghi địa chỉ: {slugs}.",
            en=f"On {day} the code {code} belongs to several units in different schemes; write an address: {slugs}.",
        )
    others = ", ".join(f"{row.unit.slug} ({code}@{row.valid_from})" for row in rows)
    raise BadInput(
        f"Không đơn vị nào mang mã {code} ngày {day}. "
        + (f"Mã này từng thuộc: {others}." if others else f"Hãy ghi {WAYS}."),
        en=f"No unit bears the code {code} on {day}. "
        + (f"It has belonged to: {others}." if others else f"Write {WAYS_EN}."),
    )


def _unknown(text: str) -> BadInput:
    shown = text if len(text) <= 80 else f"{text[:80]}…"
    near = _near(text)
    return BadInput(
        f"Không tìm thấy đơn vị “{shown}”. " + (f"Có phải: {near}?" if near else f"Hãy ghi {WAYS}."),
        en=f"There is no unit “{shown}”. " + (f"Did you mean: {near}?" if near else f"Write {WAYS_EN}."),
    )


def _near(text: str) -> str:
    """Addresses that come near, best first: by search, a bare code, then a shorter and shorter search."""
    codes = UnitCode.objects.filter(value=text).select_related("unit").order_by("-valid_from")[:5]
    if codes:
        return ", ".join(f"{row.unit.slug} ({row.value}@{row.valid_from})" for row in codes)
    words = slug_of(text).split("-")
    while words and words[0]:
        slugs = dict.fromkeys(hit.slug for hit in search_units(" ".join(words), limit=12))
        if slugs:
            return ", ".join(list(slugs)[:5])
        words = words[1:] if len(words) > 2 else words[:-1]
    return ""
