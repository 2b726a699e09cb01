"""The shape of what is typed about draws."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kycuong.core.clock import today
from kycuong.core.vietnamese import fold
from kycuong.inspections.forms.opening import person_label
from kycuong.inspections.models import Inspection
from kycuong.orgs.models import Person, Unit
from kycuong.orgs.rules import INSPECTABLE
from kycuong.plans.forms import UnitField
from kycuong.ui.widgets import DateText

from .actions import Announced, Complaints
from .models import Draw
from .queries import candidates

DEFAULT_SOURCE = "Giải đặc biệt xổ số kiến thiết miền Bắc (5 chữ số)"
MOST_LINES = 200


class PeopleField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Accounts, ticked in a list."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Person.objects.none(), to_field_name="uid", required=False, **options)

    def label_from_instance(self, person: Any) -> str:
        return person_label(person)


class ReasonedField(forms.CharField):
    """Lines of «who: why»; the words are kept as they were typed, a line that lacks its reason is named."""

    def __init__(self, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 3})
        super().__init__(required=False, max_length=20_000, widget=widget, **options)

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in (super().clean(value) or "").splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(
                _("Có %(n)s dòng; nhiều nhất %(most)s dòng.") % {"n": len(lines), "most": MOST_LINES}
            )
        pairs = [tuple(part.strip() for part in line.split(":", 1)) for line in lines]
        for line, pair in zip(lines, pairs, strict=False):
            if len(pair) != 2 or not all(pair):
                raise forms.ValidationError(_("Dòng «%s» thiếu dấu hai chấm và lý do.") % line[:80])
        return pairs


class ReasonedUnitsField(ReasonedField):
    """Units, each with the reason."""

    def clean(self, value: Any) -> dict[Unit, str]:
        field = UnitField()
        meant = [(field.clean(name), reason) for name, reason in super().clean(value)]
        return {unit: reason for unit, reason in meant if unit is not None}


class ComplaintsField(ReasonedField):
    """Units, each with a number and where it is recorded: «Xã A: 2, sổ tiếp dân quý III»."""

    def clean(self, value: Any) -> dict[Unit, Complaints]:
        field, found = UnitField(), {}
        for name, text in super().clean(value):
            number, _comma, source = (part.strip() for part in text.partition(","))
            if not (number.isascii() and number.isdigit() and len(number) < 4 and source):
                raise forms.ValidationError(_("Dòng «%s» cần dạng: tên đơn vị: số đơn, nguồn.") % name[:80])
            if unit := field.clean(name):
                found[unit] = Complaints(int(number), source)
        return found


class AnnouncementForm(forms.Form):
    """What every commitment says: whose draw, which public source, until when it is revealed, who may know."""

    lead = UnitField(label=_("Cơ quan chủ trì"))
    title = forms.CharField(
        label=_("Tên lần bốc thăm"),
        max_length=200,
        required=False,
        help_text=_("Ai xem được kế hoạch cũng thấy tên này: không ghi tên đơn vị nào."),
    )
    source = forms.CharField(label=_("Nguồn công khai"), max_length=200, initial=DEFAULT_SOURCE)
    source_on = forms.DateField(
        label=_("Ngày của nguồn"), widget=DateText(), help_text=_("Từ ngày mai: lúc cam kết chưa ai biết kết quả.")
    )
    reveal_by = forms.DateField(
        label=_("Hạn công bố"), widget=DateText(), help_text=_("Quá hạn mà chưa công bố thì mọi người thấy là quá hạn.")
    )
    readers = PeopleField(label=_("Những người được biết kết quả trước khi công bố, ngoài bạn"))

    def __init__(self, *args: Any, people: QuerySet[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["source_on"].initial = today() + timedelta(days=1)
        self.fields["reveal_by"].initial = today() + timedelta(days=30)
        self.fields["readers"].queryset = people  # type: ignore[attr-defined]

    @property
    def announced(self) -> Announced:
        given = self.cleaned_data
        return Announced(given["source"], given["source_on"], given["reveal_by"], given["title"])


class TargetsForm(AnnouncementForm):
    """A draw of units."""

    area = UnitField(
        label=_("Bốc trong phạm vi"),
        required=False,
        help_text=_("Để trống: các đơn vị dưới cơ quan chủ trì. Sở, phòng chuyên môn ghi tỉnh, huyện của mình."),
    )
    excluded = ReasonedUnitsField(
        label=_("Loại trừ"), help_text=_("Mỗi dòng: tên đơn vị: lý do. Lý do được công bố cùng danh sách.")
    )
    complaints = ComplaintsField(
        label=_("Đơn thư, phản ánh"),
        help_text=_(
            "Mỗi dòng: tên đơn vị: số đơn, nguồn. Ví dụ: Xã Hoàng Đồng: 2, sổ tiếp dân quý III. Công bố cùng danh sách. "
            "Dòng ghi sẵn mà đơn vị không thuộc phạm vi bốc thì tự bỏ."
        ),
    )
    field_order = ("lead", "area", "title")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for kind in INSPECTABLE:
            box = forms.IntegerField(label=kind.label, required=False, min_value=0, widget=forms.TextInput())
            self.fields[f"size_{kind.value}"] = box

    @property
    def size_boxes(self) -> list[forms.BoundField]:
        return [self[f"size_{kind.value}"] for kind in INSPECTABLE]

    @property
    def sizes(self) -> dict[str, int]:
        given = {kind.value: self.cleaned_data.get(f"size_{kind.value}") for kind in INSPECTABLE}
        return {kind: size for kind, size in given.items() if size}


class InspectorsForm(AnnouncementForm):
    """A draw of people."""

    number = forms.IntegerField(label=_("Số người cần bốc"), min_value=1, max_value=100, widget=forms.TextInput())
    for_draw = forms.ModelChoiceField(
        label=_("Để kiểm tra các đơn vị đã bốc"),
        queryset=Draw.objects.none(),
        to_field_name="uid",
        empty_label=_("Không theo lần bốc nào"),
        required=False,
        help_text=_("Chỉ có những lần bốc mà bạn được biết kết quả."),
    )
    rest_months = forms.IntegerField(
        label=_("Thời gian nghỉ (tháng)"),
        min_value=0,
        max_value=120,
        initial=12,
        widget=forms.TextInput(),
        help_text=_("Ai đã trong đoàn kiểm tra một đơn vị ấy trong chừng này tháng thì không bốc."),
    )
    recused = ReasonedField(
        label=_("Hồi tị"), help_text=_("Mỗi dòng: họ tên: lý do (quan hệ thân thuộc, đơn vị cũ…). Lý do được công bố.")
    )
    field_order = ("lead", "number", "for_draw", "rest_months", "recused", "title")

    def __init__(self, *args: Any, draws: QuerySet[Draw], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["for_draw"].queryset = draws  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        lead, recused = given.get("lead"), given.get("recused")
        if lead and recused:
            known: dict[str, list[Person]] = {}
            for person in candidates(lead, today()):
                known.setdefault(fold(person.full_name), []).append(person)
            unclear = [name for name, _reason in recused if len(known.get(fold(name), [])) != 1]
            if unclear:
                self.add_error("recused", _("Không có đúng một người tên «%s» trong danh sách bốc.") % unclear[0][:80])
            else:
                given["recused"] = {known[fold(name)][0]: reason for name, reason in recused}
        return given


class BeaconForm(forms.Form):
    """What the public source said."""

    beacon = forms.CharField(
        label=_("Kết quả của nguồn"), max_length=200, help_text=_("Đúng như đã đăng, ví dụ 48213.")
    )
    again = forms.CharField(label=_("Gõ lại kết quả"), max_length=200, help_text=_("Ghi rồi thì không sửa được."))


class InspectionForm(forms.Form):
    """The sealed inspection of what was drawn."""

    visited_on = forms.DateField(
        label=_("Ngày kiểm tra"),
        widget=DateText(),
        help_text=_("Niêm phong cùng tên đơn vị. Số quyết định ghi sau khi đã ký biên bản."),
    )
    head = forms.ModelChoiceField(
        label=_("Trưởng đoàn"),
        queryset=Person.objects.none(),
        to_field_name="uid",
        empty_label=_("Chưa chọn"),
        required=False,
    )
    members = PeopleField(label=_("Thành viên"))
    added = UnitField(label=_("Chỉ định thêm đơn vị"), required=False)
    why_added = forms.CharField(
        label=_("Lý do chỉ định"),
        max_length=500,
        required=False,
        help_text=_("Được công bố là «chỉ định», kèm lý do này."),
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("head", "members"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]
            self.fields[name].label_from_instance = person_label  # type: ignore[attr-defined]

    @property
    def designated(self) -> list[tuple[Unit, str]]:
        given = self.cleaned_data
        return [(given["added"], given["why_added"])] if given["added"] else []


class SeatingForm(forms.Form):
    """The team that takes whoever was drawn."""

    inspection = forms.ModelChoiceField(
        label=_("Cuộc kiểm tra"),
        queryset=Inspection.objects.none(),
        to_field_name="uid",
        empty_label=_("Chọn cuộc"),
    )

    def __init__(self, *args: Any, inspections: QuerySet[Inspection], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["inspection"].queryset = inspections  # type: ignore[attr-defined]
        self.fields["inspection"].label_from_instance = (  # type: ignore[attr-defined]
            lambda one: f"{one}, {one.opened_on:%d/%m/%Y}"
        )


class RevealForm(forms.Form):
    """That everything is to be published."""

    sure = forms.BooleanField(label=_("Tôi hiểu: công bố rồi thì không thu lại được"))


class AbandonForm(forms.Form):
    """Why a draw is thrown away."""

    reason = forms.CharField(
        label=_("Lý do"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Được công bố.")
    )
