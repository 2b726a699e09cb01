"""What people fill in: scope and period, many files, whose file one is and which column is which, reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kycuong.gathering.models import SentFile
from kycuong.gathering.queries import Comparison
from kycuong.gathering.rules import COLUMNS, MOST_FILES
from kycuong.orgs.authority import Someone
from kycuong.orgs.forms.units import UnitField
from kycuong.orgs.models import Unit
from kycuong.reports.forms import FiguresForm
from kycuong.sheets.cells import letter_of

MOST_BYTES = 60 * 1024 * 1024
"""One upload: an archive, or all files of a choice."""
COLUMN = "column-"
REASON = "reason-"


class PeriodForm(FiguresForm):
    """The scope and the period, as everywhere where figures are asked for."""

    def __init__(self, data: Mapping[str, Any], *, person: Someone, default: Unit) -> None:
        super().__init__(data, person=person, default=default)
        for name in ("view", "restated"):
            del self.fields[name]


class Several(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Each of several files, as one would be."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        return [super(FilesField, self).clean(one, initial) for one in data or [None]]


class FilesForm(forms.Form):
    """The workbooks of agencies, or one zip of them."""

    sent = FilesField(
        label=gettext_lazy("Tệp của các cơ quan"),
        help_text=gettext_lazy(
            "Chọn nhiều tệp .xlsx, .xls, .ods, .csv cùng lúc, hoặc một tệp .zip; mỗi lần tối đa 300 tệp, 60 MB."
        ),
        widget=Several(attrs={"accept": ".xlsx,.xls,.ods,.csv,.zip", "multiple": True}),
        allow_empty_file=True,  # the reader says what is wrong with an empty file
    )

    def clean_sent(self) -> list[UploadedFile[Any]]:
        files: list[UploadedFile[Any]] = self.cleaned_data["sent"]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(
                _("Bạn chọn %(n)d tệp, mỗi lần tối đa %(most)d. Hãy chia thành nhiều lần.")
                % {"n": len(files), "most": MOST_FILES}
            )
        if sum(file.size or 0 for file in files) > MOST_BYTES:
            raise forms.ValidationError(_("Các tệp cộng lại quá 60 MB. Hãy chia thành nhiều lần."))
        return files


class MappingForm(forms.Form):
    """Whose file it is, where its head is, and what each column holds."""

    def __init__(self, file: SentFile, data: Any = None) -> None:
        self.reading: dict[str, Any] = file.reading or {}
        self.layout: dict[str, Any] = self.reading.get("layout") or {}
        super().__init__(
            data, initial={**self._now(), "agency": (file.agency or file.guessed or "") and self._slug(file)}
        )
        self.fields["agency"] = UnitField(label=_("Cơ quan gửi tệp"), required=False)
        sheets = self.reading.get("sheets") or []
        if sheets:
            self.fields["sheet"] = forms.ChoiceField(label=_("Trang tính"), choices=[(name, name) for name in sheets])
            for name, label in (("first_row", _("Dòng đầu của tiêu đề")), ("last_row", _("Dòng cuối của tiêu đề"))):
                self.fields[name] = forms.IntegerField(label=label, min_value=1, max_value=100)
        choices = [("", _("— không lấy —")), *((one.key, f"{one.number}. {one.called}") for one in COLUMNS)]
        for letter, title in self.titled():
            label = format_html('{} · <span lang="vi">{}</span>', letter, title[:120])  # as the agency wrote it
            self.fields[COLUMN + letter] = forms.ChoiceField(label=label, choices=choices, required=False)

    @staticmethod
    def _slug(file: SentFile) -> str:
        unit = file.agency or file.guessed
        return unit.slug if unit else ""

    def _now(self) -> dict[str, Any]:
        columns = {COLUMN + letter: key for letter, key in (self.layout.get("columns") or {}).items()}
        places = {name: self.layout.get(name, "") for name in ("sheet", "first_row", "last_row")}
        return {**places, **columns}

    def titled(self) -> list[tuple[str, str]]:
        """Letter and title of each column that the head names."""
        titles: Sequence[str] = self.reading.get("titles") or []
        return [(letter_of(place), title) for place, title in enumerate(titles) if title]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_row"), cleaned.get("last_row")
        if first and last and not 0 <= last - first <= 2:
            self.add_error("last_row", _("Tiêu đề có từ một đến ba dòng, dòng cuối không ở trên dòng đầu."))
        taken: dict[str, str] = {}
        for letter, _title in self.titled():
            key = cleaned.get(COLUMN + letter)
            if key and key in taken:
                self.add_error(COLUMN + letter, _("Cột %s đã được ghép với mục này.") % taken[key])
            elif key:
                taken[key] = letter
        return cleaned

    def moved(self) -> bool:
        """Whether the person pointed at another head: its columns are then found anew."""
        names = ("sheet", "first_row", "last_row")
        return any(self.cleaned_data.get(name) != self.layout.get(name) for name in names)

    def columns(self) -> dict[str, str]:
        given = {letter: self.cleaned_data.get(COLUMN + letter) for letter, _title in self.titled()}
        return {letter: key for letter, key in given.items() if key}

    def mapping_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(COLUMN)]

    def place_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if not name.startswith(COLUMN)]


class SetAsideForm(forms.Form):
    """Why a file is not used."""

    reason = forms.CharField(label=gettext_lazy("Lý do bỏ qua"), max_length=300)


class TakeBackForm(forms.Form):
    """Why what was confirmed holds no more."""

    reason = forms.CharField(label=gettext_lazy("Lý do rút lại"), max_length=300)


class ReasonsForm(forms.Form):
    """A reason for each difference of one agency."""

    def __init__(self, compared: Comparison, data: Any = None) -> None:
        self.compared = compared
        super().__init__(data)
        for pair in compared.differing:
            self.fields[REASON + pair.column.key] = forms.CharField(
                label=_("Lý do: %s") % pair.column.called, required=False, max_length=500,
                initial=pair.reason.text if pair.reason else "",
            )  # fmt: skip

    def given(self) -> dict[str, tuple[str, tuple[Decimal | None, Decimal | None]]]:
        """Column → (text, declared and computed), as `give_reasons` takes it."""
        return {
            pair.column.key: (self.cleaned_data[REASON + pair.column.key], (pair.declared, pair.computed))
            for pair in self.compared.differing
        }

    def rows(self) -> list[tuple[Any, forms.BoundField | None]]:
        """Each pair with its field, where the two differ."""
        names = {pair.column.key for pair in self.compared.differing}
        return [(p, self[REASON + p.column.key] if p.column.key in names else None) for p in self.compared.pairs]
