"""The shape of what is typed when somebody names who stands in for a role."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kycuong.orgs.models import Person
from kycuong.orgs.rules import day_after

from .units import NEEDED, DayField


class StandInForm(forms.Form):
    """Who stands in, from a day to a day, and why."""

    person = forms.ChoiceField(
        label=_("Người làm thay"),
        help_text=_("Người đang có vai trò riêng ở đơn vị ấy. Mỗi việc người ấy làm thay đều ghi tên cả hai."),
        error_messages={"required": NEEDED},
    )
    first = DayField(label=_("Từ ngày"), required=False, help_text=_("Để trống là từ hôm nay; xa nhất một năm."))
    last = DayField(label=_("Đến hết ngày"), help_text=_("Dài nhất 60 ngày; thu lại lúc nào cũng được."))
    reason = forms.CharField(
        label=_("Lý do"),
        max_length=300,
        help_text=_("Nghỉ phép, đi công tác, nghỉ ốm…; người làm thay đọc được."),
        error_messages={"required": NEEDED},
    )

    def __init__(self, *args: Any, people: Iterable[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self._people = {str(one.uid): one for one in people}
        choices = [("", _("Chọn người")), *((uid, _label(one)) for uid, one in self._people.items())]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]

    def wish(self) -> dict[str, Any]:
        """What `name_stand_in` takes beside the role."""
        given = self.cleaned_data
        return {
            "person": self._people[given["person"]],
            "valid_from": given["first"],
            "valid_to": day_after(given["last"]),
            "reason": given["reason"],
        }


def _label(person: Person) -> str:
    return f"{person.full_name}, {person.position}" if person.position else person.full_name
