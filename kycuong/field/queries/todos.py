"""What waits for a person because of a phone: two values, something set aside, photos, a key."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.field.authority import answered_for
from kycuong.field.models import FieldDevice, KeyRequest
from kycuong.inspections.queries import has_a_seat
from kycuong.orgs.authority import units_where
from kycuong.orgs.models import Person
from kycuong.ui.todo import Todo

from .received import received_visits


def todos(person: Person, *, today: date) -> Iterator[Todo]:
    """Of visits that the person answers for; sealed drafts are in no list."""
    answering = has_a_seat(person) or units_where(person, "visit.sign")
    lines = received_visits(person) if answering else []
    ours = answered_for(person, [line.visit for line in lines])
    for line in lines:
        said = [
            (line.conflicts, _("Chọn giữa hai giá trị ghi khác nhau (%(n)d)")),
            (line.aside, _("Xem phần để riêng từ điện thoại (%(n)d)")),
            (line.photos if line.waits_for_photos else 0, _("Đã ký tại chỗ, còn chờ ảnh (%(n)d)")),
        ]
        late = [(line.late, _("Xử lý ảnh về sau khi ký biên bản (%(n)d)"))]
        due = said if line.visit.state == "draft" else late
        waiting = [words % {"n": number} for number, words in due if number]
        if waiting and line.visit.pk in ours:
            url = reverse("field:visit", args=[line.visit.uid])
            for words in waiting:
                yield Todo(
                    words,
                    _("%(unit)s, ngày %(day)s") % {"unit": line.unit, "day": f"{line.visit.visited_on:%d/%m/%Y}"},
                    url,
                )
    waiting_keys = KeyRequest.objects.filter(approved_at=None).exclude(asked_by=person).values("device")
    if not waiting_keys.exists():
        return
    asked = FieldDevice.objects.all().answered_for_by(person).in_use()
    for device in asked.filter(pk__in=waiting_keys).select_related("person"):
        yield Todo(_("Duyệt mở khóa máy đi thực địa"), f"{device.person}: {device.name}", reverse("field:devices"))
