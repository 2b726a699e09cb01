"""Units as an export knows them: whoever asks it needs no database beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from kycuong.core.problems import BadInput, Missing

if TYPE_CHECKING:
    from .engines import Engine

BY_NAME = "SELECT id, uid, slug FROM orgs_unit WHERE slug = :name OR uid = :digits"
VERSION = """SELECT name, kind FROM orgs_unitversion
WHERE unit_id = :unit AND valid_from <= :on AND valid_to > :on"""


@dataclass(frozen=True)
class Found:
    """A unit of the export, as it was called on a day; without a name it did not exist then."""

    pk: int
    uid: str
    slug: str
    name: str
    kind: str | None


def unit_called(engine: Engine, text: str, on: date) -> Found:
    """The unit of that address or uid."""
    text = text.strip()
    if "@" in text:
        raise BadInput(
            f"Bản xuất không có mã đơn vị («{text}»). Hãy ghi địa chỉ của đơn vị (ví dụ tinh-lang-son) hoặc uid.",
            en=f"An export holds no codes of units (“{text}”). Write the unit's address (such as tinh-lang-son) or uid.",
        )
    rows: list[tuple[Any, ...]] = engine.rows(BY_NAME, {"name": text, "digits": text.replace("-", "").lower()})
    if not rows:
        raise Missing(
            f"Bản xuất không có đơn vị «{text}». Hãy ghi địa chỉ của đơn vị (ví dụ tinh-lang-son) hoặc uid.",
            en=f"The export has no unit “{text}”. Write the unit's address (such as tinh-lang-son) or uid.",
        )
    ((pk, uid, slug), *_) = rows
    versions = engine.rows(VERSION, {"unit": pk, "on": on})
    name, kind = versions[0] if versions else (slug, None)
    return Found(int(pk), uid, slug, name, kind)
