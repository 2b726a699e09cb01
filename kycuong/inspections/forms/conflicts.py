"""The shape of what is typed about conflicts of interest: a declaration, a waiver, an entry of the standing register."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kycuong.core.clock import today
from kycuong.inspections.actions import Declared
from kycuong.inspections.models import ConflictDeclaration
from kycuong.inspections.queries import ConflictShown
from kycuong.inspections.rules.conflicts import TIES, ConflictKind
from kycuong.orgs.models import Person
from kycuong.plans.forms import UnitField
from kycuong.ui.widgets import DateText

from .opening import person_label

MORE = 2
"""Empty rows beside what was declared."""
KINDS = [("", _("Không chọn")), *((kind.value, kind.label) for kind in TIES)]


class DeclarationForm(forms.Form):
    """Nothing, or rows of kind, unit and note."""

    nothing = forms.BooleanField(label=_("Tôi không có xung đột lợi ích với đơn vị nào của cuộc này"), required=False)

    def __init__(self, *args: Any, said: Sequence[ConflictDeclaration], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["nothing"].initial = any(one.kind == ConflictKind.NONE for one in said)
        ties = [one for one in said if one.unit is not None]
        self.places = range(len(ties) + MORE)
        for place in self.places:
            there = ties[place] if place < len(ties) else None
            self.fields[f"kind-{place}"] = forms.ChoiceField(
                label=_("Loại quan hệ"), choices=KINDS, required=False, initial=there.kind if there else ""
            )
            self.fields[f"unit-{place}"] = UnitField(
                label=_("Đơn vị"), required=False, initial=there.unit.slug if there and there.unit else ""
            )
            self.fields[f"note-{place}"] = forms.CharField(
                label=_("Ghi chú"), max_length=300, required=False, initial=there.note if there else "",
                help_text=_("Không ghi tên người thân."),
            )  # fmt: skip

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        return [[self[f"{name}-{place}"] for name in ("kind", "unit", "note")] for place in self.places]

    def given(self) -> dict[str, Any]:
        """What `declare_conflicts` takes."""
        said = self.cleaned_data
        rows = [(said[f"kind-{place}"], said[f"unit-{place}"], said[f"note-{place}"]) for place in self.places]
        return {"nothing": said["nothing"], "ties": [Declared(*row) for row in rows if any(row)]}


class WaiverForm(forms.Form):
    """Which conflict is accepted, and why."""

    which = forms.ChoiceField(label=_("Xung đột được chấp nhận"), widget=forms.RadioSelect())
    reason = forms.CharField(
        label=_("Lý do chấp nhận"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ít nhất 10 ký tự; lý do được giữ cùng hồ sơ."),
    )  # fmt: skip

    def __init__(self, *args: Any, open_ones: Sequence[ConflictShown], **options: Any) -> None:
        super().__init__(*args, **options)
        self.open_ones = {one.key: one for one in open_ones}
        choices = [
            (key, f"{one.person} – {one.unit_name}: {one.conflict.words}") for key, one in self.open_ones.items()
        ]
        self.fields["which"].choices = choices  # type: ignore[attr-defined]
        self.fields["which"].initial = choices[0][0] if len(choices) == 1 else None

    def given(self) -> dict[str, Any]:
        """What `waive_conflict` takes."""
        chosen = self.open_ones[self.cleaned_data["which"]]
        return {"person": chosen.person, "unit": chosen.unit, "reason": self.cleaned_data["reason"]}


class RecusalForm(forms.Form):
    """Who stays away from which unit, why and how long."""

    authority = UnitField(label=_("Danh sách của cơ quan"))
    person = forms.ModelChoiceField(
        label=_("Người hồi tị"), queryset=Person.objects.none(), to_field_name="uid", required=False,
        empty_label=_("Chính tôi"),
    )  # fmt: skip
    unit = UnitField(label=_("Đối với đơn vị"))
    kind = forms.ChoiceField(label=_("Loại quan hệ"), choices=[(kind.value, kind.label) for kind in TIES])
    note = forms.CharField(label=_("Ghi chú"), max_length=300, required=False, help_text=_("Không ghi tên người thân."))
    valid_from = forms.DateField(label=_("Từ ngày"), widget=DateText())
    valid_to = forms.DateField(
        label=_("Đến trước ngày"), required=False, widget=DateText(), help_text=_("Để trống: cho đến khi chấm dứt.")
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["person"].label_from_instance = person_label  # type: ignore[attr-defined]
        self.fields["valid_from"].initial = today()
        if not people.exists():
            self.fields["person"].widget = forms.HiddenInput()
