"""What is open at units that are about to end: told by the capabilities above, which the settings name, and by roles."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.conf import settings
from django.db.models import Count
from django.utils.module_loading import import_string

from kycuong.orgs.models import Assignment, Person
from kycuong.orgs.rules import Duty


def open_duties(person: Person, unit_ids: Collection[int], *, on: date) -> list[Duty]:
    """Duties of the units as far as the person may know of them, unit by unit."""
    if not unit_ids:
        return []
    told = [duty for path in settings.ORGS_DUTIES for duty in import_string(path)(person, unit_ids, on=on)]
    held = Assignment.objects.filter(unit_id__in=unit_ids, valid_to__gt=on)
    for unit, count in held.order_by().values_list("unit_id").annotate(count=Count("pk")):
        told.append(Duty(unit, "vai trò đang giao (không tự chuyển: hãy cấp lại ở đơn vị kế thừa)", count))
    return sorted(told, key=lambda duty: (duty.unit_id, duty.text))
