"""The shape of what is typed to open an inspection, with its team and first visits, or to record one visit at once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from kycuong.catalog.models import Topic
from kycuong.catalog.rules import ChecklistForm
from kycuong.core.vietnamese import fold
from kycuong.inspections.rules import Form, InspectionState, TeamRole
from kycuong.orgs.models import Person
from kycuong.orgs.rules import INSPECTABLE
from kycuong.plans.forms import UnitField
from kycuong.plans.models import InspectionPlan
from kycuong.ui.widgets import DateText

from .clock import ClockField

WITHOUT = [("", _("Không dùng phiếu"))]
BY_FORM = [("by_form", _("Theo hình thức: đột xuất – rút gọn, còn lại – đầy đủ"))]
SHORT_FORMS = frozenset({Form.SURPRISE, Form.RECHECK, Form.REMOTE})


class DayOfMoment(forms.DateField):
    """The day of an hour to come: at the ends of the calendar another time zone has no such moment."""

    def __init__(self, **options: Any) -> None:
        far = _("Hãy chọn một ngày trong các năm 2000–2100.")
        first, last = date(2000, 1, 1), date(2100, 12, 31)
        super().__init__(validators=[MinValueValidator(first, far), MaxValueValidator(last, far)], **options)


def checklist_form_for(chosen: str, form: str) -> str:
    """The form of the checklist that a visit uses."""
    if chosen != "by_form":
        return chosen
    return ChecklistForm.SHORT if form in SHORT_FORMS else ChecklistForm.FULL


class ListForm(forms.Form):
    """Which inspections to list."""

    q = forms.CharField(label=_("Đơn vị, số quyết định"), required=False, max_length=100)
    year = forms.IntegerField(label=_("Năm"), required=False, min_value=2000, max_value=2100, widget=forms.TextInput())
    form = forms.ChoiceField(label=_("Hình thức"), required=False, choices=[("", _("Tất cả")), *Form.choices])
    state = forms.ChoiceField(
        label=_("Trạng thái"), required=False, choices=[("", _("Tất cả")), *InspectionState.choices]
    )
    lead = UnitField(label=_("Cơ quan chủ trì"), required=False)


class PreviewForm(forms.Form):
    """Which form of a checklist is tried out, and at which kind of unit."""

    checklist_form = forms.ChoiceField(label=_("Phiếu"), choices=ChecklistForm.choices)
    kind = forms.ChoiceField(
        label=_("Loại đơn vị"),
        required=False,
        choices=[("", _("Mọi loại")), *((kind.value, kind.label) for kind in INSPECTABLE)],
    )


class OpenForm(forms.Form):
    """An inspection: who leads it, how, on what basis, with whom."""

    lead = UnitField(label=_("Cơ quan chủ trì"))
    form = forms.ChoiceField(label=_("Hình thức"), choices=Form.choices, initial=Form.SURPRISE)
    topics = forms.ModelMultipleChoiceField(
        label=_("Nội dung"),
        queryset=Topic.objects.none(),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple(),
        help_text=_("Kiểm tra kết hợp cần ít nhất hai nội dung."),
    )
    title = forms.CharField(label=_("Tên cuộc kiểm tra"), max_length=300, required=False)
    plan = forms.ModelChoiceField(
        label=_("Theo kế hoạch"),
        queryset=InspectionPlan.objects.none(),
        to_field_name="uid",
        required=False,
        empty_label=_("Không theo kế hoạch nào"),
    )
    decision_number = forms.CharField(label=_("Số quyết định"), max_length=80, required=False)
    decision_on = forms.DateField(label=_("Ngày quyết định"), required=False, widget=DateText())
    checklist_form = forms.ChoiceField(
        label=_("Phiếu kiểm tra"),
        choices=[*BY_FORM, *ChecklistForm.choices, *WITHOUT],
        required=False,
        initial="by_form",
    )
    head = forms.ModelChoiceField(
        label=_("Trưởng đoàn"),
        queryset=Person.objects.none(),
        to_field_name="uid",
        required=False,
        empty_label=_("Chưa chọn"),
    )
    deputies = forms.ModelMultipleChoiceField(
        label=_("Phó trưởng đoàn"),
        queryset=Person.objects.none(),
        to_field_name="uid",
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )
    secretary = forms.ModelChoiceField(
        label=_("Thư ký"),
        queryset=Person.objects.none(),
        to_field_name="uid",
        required=False,
        empty_label=_("Chưa chọn"),
    )
    members = forms.ModelMultipleChoiceField(
        label=_("Thành viên có tài khoản"),
        queryset=Person.objects.none(),
        to_field_name="uid",
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )
    others = forms.CharField(
        label=_("Thành viên khác"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Mỗi dòng một chức vụ, đơn vị; không ghi tên người. Vai trò khác ghi trước: «Thư ký: Chuyên viên …»."
        ),
    )
    sealed = forms.BooleanField(
        label=_("Niêm phong: chỉ danh sách dưới đây biết cho đến khi ký biên bản (chỉ kiểm tra đột xuất)"),
        required=False,
        help_text=_("Tên cuộc, nơi sẽ đi, kế hoạch và nội dung được mã hóa; số quyết định ghi sau khi ký biên bản."),
    )
    short_list = forms.ModelMultipleChoiceField(
        label=_("Những người được biết, ngoài bạn và trưởng đoàn"),
        queryset=Person.objects.none(),
        to_field_name="uid",
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )
    members_on = DayOfMoment(
        label=_("Thành viên đoàn được biết từ ngày"),
        required=False,
        widget=DateText(),
        help_text=_("Để trống: chỉ danh sách trên biết; đặt sau cũng được."),
    )
    members_at = ClockField(label=_("Lúc"))
    notes = forms.CharField(
        label=_("Dặn dò"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self,
        *args: Any,
        topics: QuerySet[Topic],
        plans: QuerySet[InspectionPlan],
        people: QuerySet[Person],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.choose("topics", topics)
        self.choose("plan", plans)
        chosen = ("head", "deputies", "secretary", "members", "short_list")
        for name in chosen:
            self.choose(name, people)
        for name in chosen:
            self.fields[name].label_from_instance = person_label  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The moment from which members are told; it only means something for a sealed inspection."""
        given = super().clean() or {}
        day, clock = given.get("members_on"), given.get("members_at")
        if bool(day) != bool(clock) and not {"members_on", "members_at"} & self.errors.keys():
            self.add_error("members_at" if day else "members_on", _("Hãy điền cả ngày và giờ, hoặc để trống cả hai."))
        given["members_from"] = timezone.make_aware(datetime.combine(day, clock)) if day and clock else None
        return given

    def choose(self, name: str, rows: QuerySet[Any]) -> None:
        """What may be chosen; a field with nothing to choose is not shown."""
        self.fields[name].queryset = rows  # type: ignore[attr-defined]
        if not rows.exists():
            del self.fields[name]
            self.fields[name] = forms.CharField(required=False, widget=forms.HiddenInput(), max_length=0)


def person_label(person: Person) -> str:
    """A person in a list of choices."""
    return f"{person.full_name}, {person.position}" if person.position else person.full_name


class PlannedForm(forms.Form):
    """One visit to come."""

    unit = UnitField(label=_("Đơn vị được kiểm tra"), required=False)
    visited_on = forms.DateField(label=_("Ngày kiểm tra"), required=False, widget=DateText())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("unit")) != bool(given.get("visited_on")) and not self.errors:
            missing = "visited_on" if given.get("unit") else "unit"
            self.add_error(missing, _("Hãy điền cả đơn vị và ngày, hoặc để trống cả dòng."))
        return given


PlannedFormSet = forms.formset_factory(PlannedForm, extra=0, max_num=200, absolute_max=200)


class VisitForm(forms.Form):
    """A visit added to an inspection."""

    unit = UnitField(label=_("Đơn vị được kiểm tra"))
    visited_on = forms.DateField(label=_("Ngày kiểm tra"), widget=DateText())
    checklist_form = forms.ChoiceField(
        label=_("Phiếu kiểm tra"), choices=[*ChecklistForm.choices, *WITHOUT], required=False
    )


class QuickForm(forms.Form):
    """One visit, now: the inspection around it is opened by the way."""

    lead = UnitField(label=_("Cơ quan chủ trì"))
    unit = UnitField(label=_("Đơn vị được kiểm tra"), help_text=_("Gõ vài chữ, không cần dấu: «hoang dong»."))
    visited_on = forms.DateField(label=_("Ngày kiểm tra"), widget=DateText())
    form = forms.ChoiceField(label=_("Hình thức"), choices=[(f.value, f.label) for f in Form if f != Form.COMBINED])
    checklist_form = forms.ChoiceField(
        label=_("Phiếu kiểm tra"), choices=[*ChecklistForm.choices, *WITHOUT], required=False
    )


class ReasonForm(forms.Form):
    """Why something is annulled or cancelled."""

    reason = forms.CharField(
        label=_("Lý do"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ít nhất 10 ký tự; lý do được giữ cùng hồ sơ."),
    )


def seats_of(given: dict[str, Any]) -> list[tuple[Person | None, str, TeamRole]]:
    """The team as it was chosen, everybody in the highest role that was ticked; and positions without an account."""
    chosen = [(given.get("head") or None, TeamRole.HEAD)]
    chosen += [(person, TeamRole.DEPUTY) for person in given.get("deputies") or ()]
    chosen += [(given.get("secretary") or None, TeamRole.SECRETARY)]
    chosen += [(person, TeamRole.MEMBER) for person in given.get("members") or ()]
    seats: dict[int, tuple[Person | None, str, TeamRole]] = {}
    for person, role in chosen:
        if person is not None:
            seats.setdefault(person.pk, (person, "", role))
    lines = [line.strip()[:200] for line in (given.get("others") or "").splitlines()]
    return [*seats.values(), *((None, *position_of(line)) for line in lines if line)]


def position_of(line: str) -> tuple[str, TeamRole]:
    """«Thư ký: Chuyên viên Sở Nội vụ» → the position and the role; a line that names no role is a member's.

    The role is known by its name in either language, whichever the page has.
    """
    before, colon, after = line.partition(":")
    named: TeamRole | None = None
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            named = named or {fold(str(role.label)): role for role in TeamRole}.get(fold(before))
    return (after.strip(), named) if colon and named and after.strip() else (line, TeamRole.MEMBER)
