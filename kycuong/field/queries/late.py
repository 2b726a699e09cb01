"""Photos that came when the minutes were signed already: kept whole, and to be decided about by a person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kycuong.catalog.models import Criterion
from kycuong.field.models import FieldMedia, FieldOp
from kycuong.field.rules.ops import is_uid, key_of
from kycuong.field.rules.values import moment_of
from kycuong.inspections.models import Visit
from kycuong.inspections.queries import criteria_at
from kycuong.ui.formats import vn_datetime

from .log import said_of


@dataclass(frozen=True, slots=True)
class LatePhoto:
    """One of them, with what was said of it on the phone."""

    media: FieldMedia
    criterion: str
    caption: str
    taken: datetime | None

    @property
    def is_decided(self) -> bool:
        """Joined by an addendum, or noted as no part of the minutes."""
        return self.media.addendum_id is not None or self.media.beside_at is not None

    @property
    def about(self) -> str:
        """In one line: the question, the caption, the hour by the phone."""
        hour = _("chụp %s (giờ của máy)") % vn_datetime(self.taken) if self.taken else ""
        return "; ".join(part for part in (self.criterion, self.caption, hour) if part) or _("Ảnh chung")


def late_photos(visit: Visit, *, only: Collection[UUID] | None = None) -> list[LatePhoto]:
    """Those of a visit, decided about or not; `only` some of them."""
    rows = (
        FieldMedia.objects.all()
        .came_late()
        .filter(visit=visit)
        .select_related("device__person", "lost_by", "beside_by", "addendum")
    )
    said, back = _said(visit), taken_back([visit.pk])
    criteria = criteria_at(visit)
    kept = [one for one in rows if one.uid not in back and (only is None or one.uid in only)]
    return [_told(one, said.get(one.uid) or {}, criteria) for one in kept]


def undecided_at(visits: Collection[int]) -> dict[int, int]:
    """How many wait for a decision, by visit."""
    rows, back = FieldMedia.objects.all().came_late().undecided().filter(visit__in=visits), taken_back(visits)
    found: dict[int, int] = {}
    for visit, uid in rows.values_list("visit_id", "uid"):
        if uid not in back:
            found[visit] = found.get(visit, 0) + 1
    return found


def taken_back(visits: Collection[int]) -> set[UUID]:
    """Photos that the team itself took away again."""
    held = FieldOp.objects.filter(head__visit__in=visits, field__startswith="m/").values_list("field", "deleted")
    kept = {field for field, deleted in held if not deleted}
    return {UUID(key_of(field)) for field, deleted in held if deleted and field not in kept and is_uid(key_of(field))}


def _said(visit: Visit) -> dict[UUID, Any]:
    """Photo → what was said of it last and stands."""
    held = FieldOp.objects.filter(head__visit=visit, field__startswith="m/", deleted=False).order_by("uid")
    return {UUID(key_of(op.field)): said_of(op).value for op in held if is_uid(key_of(op.field))}


def _told(media: FieldMedia, value: Any, criteria: dict[str, Criterion]) -> LatePhoto:
    value = value if isinstance(value, dict) else {}
    code, caption, wall = (value.get(name) for name in ("criterion_code", "caption", "taken_wall"))
    known = criteria.get(code) if isinstance(code, str) else None
    taken = moment_of(wall) if isinstance(wall, int) and not isinstance(wall, bool) else None
    return LatePhoto(
        media, f"Câu {known.code}" if known else "", caption[:300] if isinstance(caption, str) else "", taken
    )
