"""The shape of what is decided at the desk about what came from phones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from kycuong.core.problems import BadInput
from kycuong.field.queries import fields_of
from kycuong.field.queries.log import said_of
from kycuong.field.rules.ops import is_uid
from kycuong.inspections.models import Visit

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
