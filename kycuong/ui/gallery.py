"""What the gallery shows: made-up names and numbers for every component in every state."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator

from .charts import Bar, Series
from .states import STATES, Tile, TileGroup
from .widgets import ComboText, DateText

MONTHS = [f"T{month}" for month in range(1, 13)]
VISITS = [18, 9, 31, 42, 38, 25, 19, 22, 30, 27, 44, 61]
UNITS = [15, 9, 27, 35, 30, 22, 17, 20, 24, 22, 33, 40]
LAST_YEAR = [12, 11, 20, 30, 33, 24, 20, 15, 28, 26, 29, 36]

PLACES = [
    ("Xã Mẫu Sơn", "good", "2 lượt"), ("Xã Đồng Bục", "attention", "3 tồn tại"), ("Thị trấn Na Dương", "late", "quá 12 ngày"),
    ("Xã Khuất Xá", "planned", "tháng 11"), ("Xã Lợi Bác", "none", ""), ("Xã Tú Đoạn", "good", "1 lượt"),
    ("Xã Ái Quốc", "none", ""), ("Xã Sàn Viên", "attention", "1 tồn tại"), ("Xã Nam Quan", "good", "1 lượt"),
    ("Xã Xuân Dương", "planned", "tháng 12"), ("Xã Đông Quan", "good", "2 lượt"), ("Xã Yên Khoái", "late", "quá 3 ngày"),
]  # fmt: skip
ROOMS = [
    ("Phòng Nội vụ", "good", "1 lượt"), ("Phòng Tài chính - Kế hoạch", "attention", "2 tồn tại"), ("Phòng Tư pháp", "none", ""),
    ("Phòng Giáo dục và Đào tạo", "planned", "tháng 11"), ("Phòng Y tế", "good", "1 lượt"),
    ("Phòng Nông nghiệp và Phát triển nông thôn", "late", "quá 30 ngày"),
]  # fmt: skip


class SampleForm(forms.Form):
    """One field of each sort."""

    unit = forms.CharField(
        label="Đơn vị được kiểm tra",
        help_text="Gõ vài chữ của tên, không cần dấu: «mau son».",
        widget=ComboText("/ui/units/", label_of=lambda slug: {"xa-mau-son": "Xã Mẫu Sơn"}.get(slug)),
    )
    day = forms.DateField(label="Ngày kiểm tra", help_text="ngày/tháng/năm, ví dụ 08/09/2019", widget=DateText())
    kind = forms.ChoiceField(
        label="Hình thức",
        choices=[("planned", "Theo kế hoạch"), ("surprise", "Đột xuất"), ("combined", "Kết hợp")],
        widget=forms.RadioSelect,
    )
    severity = forms.ChoiceField(
        label="Mức độ", choices=[("", "Chọn mức độ"), ("1", "Nhẹ"), ("2", "Vừa"), ("3", "Nặng")]
    )
    present = forms.IntegerField(label="Số người có mặt", min_value=0)
    sealed = forms.BooleanField(label="Giữ kín đến khi biên bản được ký", required=False)
    topics = forms.MultipleChoiceField(
        label="Nội dung kết hợp",
        required=False,
        choices=[("a", "Công tác nội vụ"), ("b", "Cải cách hành chính"), ("c", "Văn thư, lưu trữ")],
        widget=forms.CheckboxSelectMultiple,
    )
    remark = forms.CharField(
        label="Ghi chú", required=False, widget=forms.Textarea, help_text="Không ghi thông tin thuộc bí mật nhà nước."
    )

    def clean_present(self) -> int:
        present = int(self.cleaned_data["present"])
        if present > 500:
            raise ValidationError("Số người có mặt lớn hơn 500: kiểm tra lại con số.")
        return present


def choices(text: str) -> list[dict[str, str]]:
    """Places whose name contains the text, for the combobox."""
    return [
        {"value": f"{at}", "label": name, "hint": "Đơn vị mẫu"}
        for at, (name, _state, _note) in enumerate(PLACES)
        if text.lower() in name.lower()
    ]


def samples() -> dict[str, Any]:
    """Everything that the gallery's templates need."""
    return {
        "title": "Mẫu giao diện",
        "lead": "Mọi thành phần ở mọi trạng thái. Tên và số trên trang này không có thật.",
        "crumbs": [("Trang chính", "/"), ("Mẫu giao diện", "")],
        "states": list(STATES),
        "rows": [(name, state, note, at * 137.5) for at, (name, state, note) in enumerate(PLACES[:5])],
        "list": Paginator(range(230), 20).page(4),
        **sample_forms(),
        **sample_numbers(),
    }


def sample_forms() -> dict[str, Any]:
    """A fresh form, and one with every kind of fault."""
    typed = {
        "unit": "",
        "day": "30/02/2019",
        "kind": "surprise",
        "severity": "",
        "present": "900",
        "remark": "Đang viết dở",
    }
    wrong = SampleForm({f"wrong-{name}": value for name, value in typed.items()}, prefix="wrong")
    return {"form": SampleForm(), "wrong": wrong}


def sample_numbers() -> dict[str, Any]:
    """Rates, months, bars and tiles."""
    return {
        "months": MONTHS,
        "two": [Series("Lượt kiểm tra", VISITS, "outer"), Series("Đơn vị", UNITS, "inner")],
        "against": [Series("Năm nay", VISITS), Series("Cùng kỳ năm trước", LAST_YEAR, "mark")],
        "nothing": [Series("Lượt kiểm tra", [0] * 12)],
        "shares": [
            Bar("Huyện Đông Sơn", 12, of=12, target=1, url="#shares"),
            Bar("Huyện Tây Hồ Lớn", 11, of=36, target=1, url="#shares"),
            Bar("Sở Đo đạc và Bản đồ địa chính", 0, of=9, target=0.5),
            Bar("Ban Quản lý chưa có đơn vị trực thuộc", 0, of=0),
        ],
        "lengths": [
            Bar("Giờ giấc làm việc", 41),
            Bar("Niêm yết thủ tục", 26),
            Bar("Văn hóa công sở", 7),
            Bar("Khác", 0),
        ],
        "groups": [
            TileGroup("Phòng, ban", [Tile(name, state, "#tiles", note) for name, state, note in ROOMS]),
            TileGroup(
                "Xã, thị trấn", [Tile(name, state, "#tiles", note) for name, state, note in PLACES], note="12 đơn vị"
            ),
        ],
        "rate": {"numerator": 11, "denominator": 36},
        "no_rate": {"numerator": 0, "denominator": 0},
    }
