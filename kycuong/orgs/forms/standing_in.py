"""The shape of what is typed when somebody names who stands in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kycuong.orgs.models import Assignment, Person

from .units import NEEDED, DayField


class StandInForm(forms.Form):
    """Which role, who stands in, from a day to a day, and why."""

    held = forms.ChoiceField(label=_("Vai trò"), error_messages={"required": NEEDED})
    person = forms.ChoiceField(
        label=_("Người làm thay"),
        help_text=_("Người đang có vai trò riêng ở đơn vị ấy. Mỗi việc người ấy làm thay đều ghi tên cả hai."),
        error_messages={"required": NEEDED},
    )
    first = DayField(label=_("Từ ngày"), required=False, help_text=_("Để trống là từ hôm nay."))
    last = DayField(label=_("Đến hết ngày"), help_text=_("Dài nhất 60 ngày; thu lại lúc nào cũng được."))
    reason = forms.CharField(
        label=_("Lý do"),
        max_length=300,
        help_text=_("Nghỉ phép, đi công tác, nghỉ ốm…; người làm thay đọc được."),
        error_messages={"required": NEEDED},
    )

    def __init__(
        self,
        *args: Any,
        held: Sequence[tuple[Assignment, str]],
        people: Sequence[tuple[str, Sequence[Person]]],
        **options: Any,
    ) -> None:
        """`people`: for each place those who may stand in there."""
        super().__init__(*args, **options)
        self._held = {str(row.uid): row for row, _title in held}
        self._people = {str(one.uid): one for _place, some in people for one in some}
        field = self.fields["held"]
        field.choices = [(str(row.uid), title) for row, title in held]  # type: ignore[attr-defined]
        groups = [(place, [(str(one.uid), _label(one)) for one in some]) for place, some in people if some]
        self.fields["person"].choices = [("", _("Chọn người")), *groups]  # type: ignore[attr-defined]

    def wish(self) -> dict[str, Any]:
        """What `name_stand_in` takes."""
        held, given = self._held[self.cleaned_data["held"]], self.cleaned_data
        return {
            "role": held.role,
            "unit": held.unit,
            "person": self._people[given["person"]],
            "valid_from": given["first"],
            "valid_to": given["last"] + timedelta(days=1),
            "reason": given["reason"],
        }


def _label(person: Person) -> str:
    return f"{person.full_name}, {person.position}" if person.position else person.full_name
