"""The shape of what is decided at the desk about what came from phones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from kycuong.core.problems import BadInput
from kycuong.field.queries import fields_of
from kycuong.field.queries.late import LatePhoto
from kycuong.field.queries.log import said_of
from kycuong.field.rules import LIMITS, Policy
from kycuong.field.rules.ops import is_uid
from kycuong.inspections.forms.conduct import AddendumForm
from kycuong.inspections.models import Visit
from kycuong.ui.widgets import DateText

OTHER = "other"
WRITTEN = ("t/strengths", "t/explanation")
"""Fields for which another value can be written here; the others are written on the visit's own page."""


class ResolutionForm(forms.Form):
    """The field, the values that were shown, and which of them holds; or another text."""

    field = forms.CharField(max_length=60)
    shown = forms.CharField(max_length=4000)
    choice = forms.CharField(max_length=40)
    other = forms.CharField(max_length=5000, required=False)

    def chosen(self, visit: Visit) -> dict[str, Any]:
        """What `resolve` takes."""
        said = self.cleaned_data
        plain = {"field": said["field"], "shown": said["shown"].split()}
        if said["choice"] == OTHER:
            if said["field"] not in WRITTEN or not said["other"].strip():
                raise BadInput("Hãy ghi giá trị khác.", en="Write the other value.")
            return {**plain, "value": said["other"].strip()}
        ops = {str(op.uid): said_of(op) for op in fields_of(visit, [said["field"]]).get(said["field"], ())}
        if said["choice"] not in ops:
            raise BadInput("Giá trị này không còn đó. Hãy xem lại.", en="This value is no longer there. Look again.")
        held = ops[said["choice"]]
        return {**plain, "value": held.value, "deleted": held.deleted}


class SeveralForm(forms.Form):
    """Some of what is listed, with a reason. Which ones stands beside the form: ids that were ticked."""

    reason = forms.CharField(max_length=300, required=False)

    def __init__(self, data: Any, *, ticked: Sequence[str]) -> None:
        super().__init__(data)
        self.ticked = [UUID(one) for one in ticked if is_uid(one)]

    @property
    def why(self) -> str:
        return self.cleaned_data.get("reason", "") if self.is_valid() else ""


class LateForm(AddendumForm):
    """An addendum, and which photos that came after the signing it takes in."""

    chosen = forms.MultipleChoiceField(label=_("Ảnh đưa vào"), widget=forms.CheckboxSelectMultiple())

    def __init__(self, *args: Any, photos: Sequence[LatePhoto], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [
            (str(one.media.uid), _("%(about)s. Mã %(code)s…") % {"about": one.about, "code": one.media.sha256[:12]})
            for one in photos
        ]
        cast(forms.MultipleChoiceField, self.fields["chosen"]).choices = choices
        self.order_fields(("chosen", "reason", "text"))
        self.fields["text"].help_text = _("Danh sách ảnh kèm mã SHA-256 được ghi vào sau nội dung này.")

    @property
    def given(self) -> dict[str, Any]:
        """What `join_late` takes."""
        said = dict(self.cleaned_data)
        return {"media": [UUID(one) for one in said.pop("chosen")], **said}


class PolicyForm(forms.Form):
    """How long phones may keep what. The limits are told by the rule, in the same words to programs."""

    valid_from = forms.DateField(label=_("Áp dụng từ ngày"), widget=DateText())
    offline_hours = forms.IntegerField(
        label=_("Làm việc không có mạng (giờ)"),
        help_text=_("Quá số giờ này thì ứng dụng nhắc chuẩn bị lại. Từ 1 đến 720."),
    )
    autolock_minutes = forms.IntegerField(
        label=_("Tự khóa sau (phút)"), help_text=_("Không ai chạm vào máy thì khóa. Từ 1 đến 60.")
    )
    purge_days = forms.IntegerField(
        label=_("Dọn khỏi máy sau khi gửi (ngày)"), help_text=_("Chỉ dọn phần máy chủ đã nhận đủ. Từ 1 đến 365.")
    )
    tell_hours = forms.IntegerField(label=_("Báo trưởng đoàn khi chưa gửi quá (giờ)"), help_text=_("Từ 1 đến 720."))
    basis = forms.CharField(
        label=_("Căn cứ"),
        max_length=300,
        required=False,
        help_text=_("Văn bản hoặc người đã rà soát. Để trống thì trang ghi là đề xuất, chưa rà soát."),
    )

    def said(self) -> dict[str, Any]:
        """What `set_policy` takes."""
        said = self.cleaned_data
        policy = Policy(**{name: said[name] for name in LIMITS})
        return {"valid_from": said["valid_from"], "basis": said["basis"], "policy": policy}
