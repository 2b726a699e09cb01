"""Which visits of a sheet are known already, and what stays open at units that are about to end."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Protocol

from django.db.models import Count

from kycuong.inspections.models import Finding, Visit
from kycuong.inspections.rules import VisitState
from kycuong.orgs.models import Person, Unit
from kycuong.orgs.rules import Duty

from .units import AT_ONCE


class VisitLike(Protocol):
    """What is needed of a row to know it again."""

    @property
    def lead(self) -> Unit: ...
    @property
    def unit(self) -> Unit: ...
    @property
    def visited_on(self) -> date: ...
    @property
    def form(self) -> str: ...


def already_recorded(rows: Iterable[VisitLike]) -> set[int]:
    """Places (from 0) of rows whose visit is signed here already: same lead, unit, day and form."""
    keys = [(row.lead.pk, row.unit.pk, row.visited_on, row.form) for row in rows]
    units, known = list({unit for _, unit, _, _ in keys}), set[tuple[int, int, date, str]]()
    for start in range(0, len(units), AT_ONCE):
        signed = Visit.objects.filter(state=VisitState.SIGNED, unit_id__in=units[start : start + AT_ONCE])
        known.update(signed.values_list("inspection__lead_id", "unit_id", "visited_on", "inspection__form"))
    return {place for place, key in enumerate(keys) if key in known}


def open_duties(person: Person, unit_ids: Collection[int], *, on: date) -> Iterable[Duty]:
    """Drafts and unremedied findings of units that are about to end, as far as the person may know of them; sealed drafts
    are told to nobody."""
    visible = Visit.objects.listed_to(person)
    drafts = visible.filter(unit_id__in=unit_ids, state=VisitState.DRAFT)
    for unit, count in drafts.order_by().values_list("unit_id").annotate(count=Count("pk")):
        yield Duty(unit, "lượt kiểm tra đang ghi", count)
    findings = Finding.objects.standing().filter(
        visit__in=visible.filter(unit_id__in=unit_ids, state=VisitState.SIGNED), remedied_on__isnull=True
    )
    for unit, count in findings.order_by().values_list("unit_id").annotate(count=Count("pk")):
        yield Duty(unit, "tồn tại chưa khắc phục", count)
