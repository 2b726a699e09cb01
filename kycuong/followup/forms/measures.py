"""The shape of what is typed about measures, their kinds, and the keeping of names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kycuong.followup.models import MeasureKind
from kycuong.followup.queries.measures import issued_advice, sound_findings
from kycuong.followup.rules.accountability import About, MeasureState, Rank, Subject
from kycuong.followup.rules.kinds import Kind
from kycuong.inspections.models import Visit
from kycuong.inspections.rules.concerned import Category
from kycuong.orgs.models import Unit
from kycuong.orgs.rules import FOREVER
from kycuong.plans.forms import UnitField
from kycuong.ui.widgets import DateText

UNNAMED = _("Không ghi họ tên ở ô này.")
GROUPS = [("", _("Tất cả")), *MeasureState.choices]
NUMERIC = {"inputmode": "numeric"}


class MeasureListForm(forms.Form):
    """Which measures to list."""

    state = forms.ChoiceField(label=_("Kết quả"), required=False, choices=GROUPS)
    kind = forms.ModelChoiceField(
        label=_("Hình thức"),
        required=False,
        queryset=MeasureKind.objects.none(),
        to_field_name="code",
        empty_label=_("Tất cả"),
    )
    unit = UnitField(label=_("Đơn vị"), required=False)
    year = forms.IntegerField(label=_("Năm"), required=False, min_value=2000, max_value=2100, widget=forms.TextInput())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["kind"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = MeasureKind.objects.all()


def kind_choices(kinds: Sequence[MeasureKind]) -> list[tuple[str, str]]:
    """Kinds by their titles; one that ended says until when it applied."""
    choices = [("", str(_("Chọn hình thức")))]
    for kind in kinds:
        ended = f" ({_('đến hết')} {kind.last_day:%d/%m/%Y})" if kind.last_day else ""
        choices.append((kind.code, f"{kind.title}{ended}"))
    return choices


class KindField(forms.TypedChoiceField):
    """One of the kinds, by its code."""

    def offer(self, kinds: Sequence[MeasureKind]) -> None:
        known = {kind.code: kind for kind in kinds}
        self.choices = kind_choices(kinds)
        self.coerce = known.__getitem__
        self.empty_value = None


class DecisionForm(forms.Form):
    """What the authority decided."""

    kind = KindField(label=_("Hình thức"))
    number = forms.CharField(label=_("Số, ký hiệu quyết định, văn bản"), max_length=80)
    decided_on = forms.DateField(label=_("Ngày quyết định"), widget=DateText())

    def __init__(self, kinds: Sequence[MeasureKind], data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        field = self.fields["kind"]
        assert isinstance(field, KindField)
        field.offer(kinds)


class SubjectForm(forms.Form):
    """Whom a measure is about, on what ground, and which authority judges."""

    kind = KindField(label=_("Hình thức"))
    about = forms.ChoiceField(
        label=_("Xử lý"), choices=About.choices, initial=About.COLLECTIVE, widget=forms.RadioSelect()
    )
    category = forms.ChoiceField(
        label=_("Đối tượng (nếu là cá nhân)"), required=False, choices=[("", "—"), *Category.choices]
    )
    rank = forms.ChoiceField(
        label=_("Nhóm chức vụ (nếu là cá nhân)"), required=False, choices=[("", "—"), *Rank.choices]
    )
    position = forms.CharField(label=_("Chức vụ, vị trí (nếu là cá nhân)"), required=False, max_length=200)
    name = forms.CharField(
        label=_("Họ tên (nếu là cá nhân; có thể để trống)"),
        required=False,
        max_length=100,
        help_text=_("Được niêm phong, chỉ ít người mở được và mỗi lần mở đều ghi lại; xóa khi hết thời hạn giữ."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    authority = forms.TypedChoiceField(label=_("Cơ quan có thẩm quyền xử lý"))
    findings = forms.TypedMultipleChoiceField(
        label=_("Căn cứ: tồn tại"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple()
    )
    recommendations = forms.TypedMultipleChoiceField(
        label=_("Căn cứ: kiến nghị"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple()
    )
    is_complex = forms.BooleanField(label=_("Vụ việc có tình tiết phức tạp"), required=False)
    field_order = ("about", "category", "rank", "position", "name", "kind", "authority", "findings", "recommendations")

    def __init__(
        self, visit: Visit, kinds: Sequence[MeasureKind], units: Sequence[Unit], data: Any = None, **options: Any
    ) -> None:
        super().__init__(data, **options)
        kind = self.fields["kind"]
        assert isinstance(kind, KindField)
        kind.offer(kinds)
        self.found = {one.pk: one for one in sound_findings(visit)}
        self.asked = {one.pk: one for one in issued_advice(visit)}
        known = {unit.slug: unit for unit in units}
        authority, findings, advice = (self.fields[name] for name in ("authority", "findings", "recommendations"))
        assert isinstance(authority, forms.TypedChoiceField)
        assert isinstance(findings, forms.TypedMultipleChoiceField)
        assert isinstance(advice, forms.TypedMultipleChoiceField)
        authority.choices = [("", _("Chọn cơ quan")), *((slug, str(unit)) for slug, unit in known.items())]
        authority.coerce = known.__getitem__
        findings.choices = [(pk, f"{one.criterion_code} {one.words_now}".strip()) for pk, one in self.found.items()]
        advice.choices = [(pk, one.text) for pk, one in self.asked.items()]
        for name, known_ones in (("findings", self.found), ("recommendations", self.asked)):
            if not known_ones:
                del self.fields[name]

    def given(self) -> dict[str, Any]:
        """What `propose_measure` and `record_measure` take."""
        typed = dict(self.cleaned_data)
        whom = {name: typed.pop(name) for name in ("about", "category", "rank", "position", "name")}
        typed["findings"] = [self.found[pk] for pk in typed.get("findings", [])]
        typed["recommendations"] = [self.asked[pk] for pk in typed.get("recommendations", [])]
        return {**typed, "subject": Subject(**whom)}


class ProposalForm(SubjectForm):
    """A proposal: nothing is decided yet."""

    grounds = forms.CharField(
        label=_("Lý do đề nghị"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}), help_text=UNNAMED
    )


class RecordForm(SubjectForm):
    """A decision that nobody proposed here."""

    number = forms.CharField(label=_("Số, ký hiệu quyết định, văn bản"), max_length=80)
    decided_on = forms.DateField(label=_("Ngày quyết định"), widget=DateText())


class DeclineForm(forms.Form):
    """Why no measure is taken."""

    reason = forms.CharField(
        label=_("Lý do không xử lý"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}), help_text=UNNAMED
    )


class KindForm(forms.Form):
    """A kind of measure."""

    title = forms.CharField(label=_("Hình thức"), max_length=120)
    for_collective = forms.BooleanField(label=_("Áp dụng cho tập thể"), required=False)
    for_person = forms.BooleanField(label=_("Áp dụng cho cá nhân"), required=False)
    categories = forms.MultipleChoiceField(
        label=_("Đối tượng"),
        required=False,
        choices=Category.choices,
        widget=forms.CheckboxSelectMultiple(),
        help_text=_("Không chọn: mọi đối tượng."),
    )
    disciplinary = forms.BooleanField(label=_("Là hình thức kỷ luật"), required=False)
    days = forms.IntegerField(
        label=_("Thời hạn xử lý (ngày)"), required=False, min_value=1, max_value=999, widget=forms.TextInput(NUMERIC)
    )
    complex_days = forms.IntegerField(
        label=_("Thời hạn vụ phức tạp (ngày)"),
        required=False,
        min_value=1,
        max_value=999,
        widget=forms.TextInput(NUMERIC),
    )
    legal_basis = forms.CharField(label=_("Căn cứ (số, ký hiệu)"), required=False, max_length=120)
    valid_from = forms.DateField(label=_("Áp dụng từ ngày"), widget=DateText())
    last_day = forms.DateField(
        label=_("Đến hết ngày"), required=False, widget=DateText(), help_text=_("Để trống: còn áp dụng.")
    )
    for_review = forms.BooleanField(label=_("Còn chờ người làm nghề rà soát"), required=False)

    def kind(self, code: str, position: int) -> Kind:
        typed = dict(self.cleaned_data)
        typed.pop("for_review")
        last = typed.pop("last_day")
        typed["categories"] = tuple(typed["categories"])
        valid_to = last + timedelta(days=1) if last and last < FOREVER - timedelta(days=1) else FOREVER
        return Kind(code, position=position, valid_to=valid_to, **typed)


class NewKindForm(KindForm):
    """The same with a code for machines."""

    code = forms.SlugField(label=_("Mã (chữ không dấu, gạch dưới)"), max_length=40)
    field_order = ("code",)


class RetentionForm(forms.Form):
    """For how long names are kept."""

    valid_from = forms.DateField(label=_("Áp dụng từ ngày"), widget=DateText())
    years = forms.IntegerField(
        label=_("Giữ họ tên bao nhiêu năm"), min_value=1, max_value=70, widget=forms.TextInput(NUMERIC)
    )
