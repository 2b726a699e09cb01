"""The shape of what is typed about a reorganisation of each kind."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kycuong.orgs.history import Document, Draft, Fate
from kycuong.orgs.rules import GIVEN, Change, Scheme
from kycuong.ui.widgets import DateText

from .units import NEEDED, DayField, UnitField, UnitsField

LINES = _("Mỗi dòng một đơn vị: tên, hoặc tên kèm đơn vị cấp trên («Xã Hòa Bình, Huyện Bình Gia»), hoặc địa chỉ.")
SAME = ("", _("Giữ nguyên"))


def text(label: Any, most: int, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, error_messages={"required": NEEDED}, **options)


def kind_of_unit(**options: Any) -> forms.ChoiceField:
    choices = [("", _("Chọn loại")), *GIVEN]
    return forms.ChoiceField(label=_("Loại"), choices=choices, error_messages={"required": NEEDED}, **options)


def fate() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Các đơn vị trực thuộc"),
        choices=[("", _("Không có đơn vị trực thuộc")), *Fate.choices],
        required=False,
        help_text=_("Chỉ cần khi đơn vị chấm dứt còn đơn vị trực thuộc."),
    )


class ChangeForm(forms.Form):
    """What every reorganisation has: the day of effect and the document."""

    on = DayField(label=_("Ngày có hiệu lực"))
    document_number = text(_("Số, ký hiệu văn bản"), 80, required=False)
    document_on = DayField(label=_("Ngày văn bản"), required=False, widget=DateText)
    title = text(_("Trích yếu"), 300, required=False, help_text=_("Để trống thì ghi theo nội dung thay đổi."))

    field_order: list[str] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        own = [name for name in self.fields if name not in ChangeForm.base_fields]
        self.order_fields([*own, *ChangeForm.base_fields])

    @property
    def document(self) -> Document:
        given = self.cleaned_data
        wish = {name: given.get(name, "") for name in ("duties_to", "duties_reason")}
        return Document(number=given["document_number"], on=given["document_on"], title=given["title"], **wish)


class Newborn(ChangeForm):
    """A change that makes one new unit."""

    name = text(_("Tên đơn vị mới"), 200)
    kind = kind_of_unit()
    parent = UnitField(label=_("Trực thuộc"))
    code = text(_("Mã đơn vị hành chính"), 35, required=False)

    @property
    def draft(self) -> Draft:
        given = self.cleaned_data
        return Draft(given["name"], given["kind"], given["parent"], given["code"])


class CreateForm(Newborn):
    """A new unit."""


class RenameForm(ChangeForm):
    """Another name, another kind, or both."""

    unit = UnitField(label=_("Đơn vị"))
    name = text(_("Tên mới"), 200, required=False, help_text=_("Để trống nếu chỉ đổi loại."))
    kind = forms.ChoiceField(label=_("Loại mới"), choices=[SAME, *GIVEN], required=False)


class RecodeForm(ChangeForm):
    """Another code."""

    unit = UnitField(label=_("Đơn vị"))
    scheme = forms.ChoiceField(label=_("Hệ mã"), choices=Scheme.choices)
    code = text(_("Mã mới"), 35, required=False, help_text=_("Để trống nếu đơn vị không còn mang mã."))


class MoveForm(ChangeForm):
    """Another parent."""

    unit = UnitField(label=_("Đơn vị"))
    to = UnitField(label=_("Đơn vị quản lý mới"))


class MergeForm(Newborn):
    """Units that end, and a new one that carries them on."""

    units = UnitsField(label=_("Các đơn vị hợp nhất"), help_text=LINES)
    children = fate()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.order_fields(["units", "name", "kind", "parent", "code", "children"])


class AbsorbForm(ChangeForm):
    """Units that end, and one that goes on with them."""

    units = UnitsField(label=_("Các đơn vị chấm dứt"), help_text=LINES)
    into = UnitField(label=_("Sáp nhập vào"))
    children = fate()


class SplitForm(ChangeForm):
    """A unit that is divided among new and existing ones."""

    unit = UnitField(label=_("Đơn vị được chia"))
    new = text(
        _("Các đơn vị mới"),
        5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Mỗi dòng một tên; có mã thì ghi sau dấu chấm phẩy: «Xã Bình Minh; 06250». Cùng loại, cùng cấp trên."
        ),
    )
    standing = UnitsField(label=_("Các đơn vị đang có nhận một phần"), required=False, help_text=LINES)
    keep = forms.BooleanField(label=_("Đơn vị được chia còn tồn tại với phần còn lại"), required=False)
    children = forms.ChoiceField(
        label=_("Các đơn vị trực thuộc"),
        choices=[("", _("Không có, hoặc đã chuyển đi trước")), (Fate.END, Fate.END.label)],
        required=False,
    )
    duties_to = text(
        _("Đơn vị nhận các kiến nghị còn mở"),
        200,
        required=False,
        help_text=_("Tên một trong các đơn vị nhận. Để trống: đơn vị đầu tiên; giao lại được từng kiến nghị sau đó."),
    )


class DissolveForm(ChangeForm):
    """A unit that ends, carried on by nobody."""

    unit = UnitField(label=_("Đơn vị giải thể"))
    children = fate()
    duties_reason = text(
        _("Kết thúc các kiến nghị còn mở với lý do"),
        500,
        required=False,
        help_text=_("Để trống: kiến nghị còn mở chuyển về cơ quan quản lý trực tiếp."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


FORMS: dict[str, type[ChangeForm]] = {
    Change.CREATE: CreateForm,
    Change.RENAME: RenameForm,
    Change.RECODE: RecodeForm,
    Change.MOVE: MoveForm,
    Change.MERGE: MergeForm,
    Change.ABSORB: AbsorbForm,
    Change.SPLIT: SplitForm,
    Change.DISSOLVE: DissolveForm,
}
