"""Kinds of papers: what they are called, how their numbers are lettered, as which files they leave. Pure."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kycuong.core.problems import Missing, RuleBroken


class Paper(TextChoices):
    """What leaves the system as a document."""

    PLAN = "plan", _("Kế hoạch kiểm tra")
    DECISION = "decision", _("Quyết định thành lập đoàn")
    NOTICE = "notice", _("Thông báo, lịch kiểm tra")
    MINUTES = "minutes", _("Biên bản kiểm tra")
    ADDENDUM = "addendum", _("Biên bản bổ sung")
    REPORT = "report", _("Báo cáo kết quả kiểm tra")
    CONCLUSION = "conclusion", _("Thông báo kết luận kiểm tra")
    URGE = "urge", _("Công văn đôn đốc")
    REMEDY = "remedy", _("Báo cáo khắc phục")
    SUMMARY = "summary", _("Báo cáo tổng hợp")


class Named(NamedTuple):
    """The name of the kind on the paper, and its letters in the number; a letter (công văn) has neither."""

    name: str
    letters: str


NAMED: dict[str, Named] = {
    Paper.PLAN: Named("KẾ HOẠCH", "KH"),
    Paper.DECISION: Named("QUYẾT ĐỊNH", "QĐ"),
    Paper.NOTICE: Named("THÔNG BÁO", "TB"),
    Paper.MINUTES: Named("BIÊN BẢN", "BB"),
    Paper.ADDENDUM: Named("BIÊN BẢN", "BB"),
    Paper.REPORT: Named("BÁO CÁO", "BC"),
    Paper.CONCLUSION: Named("THÔNG BÁO", "TB"),
    Paper.URGE: Named("", ""),
    Paper.REMEDY: Named("BÁO CÁO", "BC"),
    Paper.SUMMARY: Named("BÁO CÁO", "BC"),
}
PLAN_URGE = "plan-urge"
OTHERS = {PLAN_URGE: (Paper.URGE, "Công văn đôn đốc ban hành kế hoạch")}
"""Papers that are written as another kind is: signed, received and worded by its settings, told apart by their own name."""
OF_THE_TEAM = (Paper.MINUTES, Paper.ADDENDUM, Paper.REPORT)
"""Headed by the team, signed by its people."""
FROZEN = (Paper.SUMMARY,)
"""Made from what was kept when it was signed, tables and all: always in the standard form."""
FORMS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def label_of(paper: str) -> str:
    """What a paper is called in lists and in the names of files."""
    return OTHERS[paper][1] if paper in OTHERS else str(Paper(paper).label)


def ensure_form(form: str) -> None:
    if form not in FORMS:
        raise Missing(
            f"Không có tệp kiểu «{form[:20]}»; hãy chọn docx hoặc pdf.", en="No file of this type; docx or pdf."
        )


def ensure_own_form(paper: str) -> None:
    """Kinds that may be made from an office's own Word file."""
    if paper not in Paper.values:
        raise Missing("Không có loại văn bản này.", en="There is no such kind of paper.")
    if paper in FROZEN:
        raise RuleBroken(
            "Báo cáo tổng hợp luôn theo thể thức chuẩn: bản ký được giữ nguyên cùng các biểu, không lập theo mẫu riêng.",
            en="The summary report is always in the standard form: what was signed is kept with its tables.",
        )
