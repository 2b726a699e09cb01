"""What is recorded of the spreading of a theme, and who is reminded of a plan."""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kycuong.core.problems import BadInput, RuleBroken

LEAST_WORDS = 10


class SpreadKind(TextChoices):
    """How an agency passes the theme on."""

    DOCUMENT = "document", _("Văn bản triển khai")
    BRIEFING = "briefing", _("Hội nghị quán triệt")
    PROMOTION = "promotion", _("Tuyên truyền")


def ensure_spread(
    kind: str, *, held_on: date, year: int, document_number: str, people: int | None, today: date
) -> None:
    """What happened has a day of its year; a document has a number, a session reaches people."""
    if held_on > today:
        raise _fault("held_on", f"Ngày {held_on:%d/%m/%Y} chưa tới. Hãy ghi khi đã thực hiện.", "not yet")
    if not date(year - 1, 10, 1) <= held_on <= date(year, 12, 31):
        raise _fault(
            "held_on",
            f"Ngày {held_on:%d/%m/%Y} không thuộc đợt triển khai chủ đề năm {year} (từ 01/10/{year - 1} đến 31/12/{year}).",
            f"outside the theme's year {year}",
        )
    if kind == SpreadKind.DOCUMENT and not document_number.strip():
        raise _fault(
            "document_number", "Hãy ghi số, ký hiệu của văn bản triển khai.", "the document's number is missing"
        )
    if kind != SpreadKind.DOCUMENT and not people:
        raise _fault(
            "people", "Hãy ghi số người được quán triệt, tuyên truyền (ít nhất 1).", "how many people, at least 1"
        )


def ensure_standing(withdrawn: bool) -> None:
    if withdrawn:
        raise RuleBroken("Mục này đã được rút.", en="This entry has been withdrawn.")


def ensure_words(words: str) -> None:
    """A reminder says something."""
    if len(words.strip()) < LEAST_WORDS:
        raise _fault("words", f"Hãy viết nội dung nhắc, ít nhất {LEAST_WORDS} ký tự.", "too short")


def ensure_somebody(agencies: int) -> None:
    if not agencies:
        raise _fault("agencies", "Hãy chọn ít nhất một cơ quan để nhắc.", "choose at least one agency")


def ensure_still_owed(name: str, *, owes: bool, issued: bool, year: int) -> None:
    """Only who must issue a plan, and has not, is reminded of it."""
    if issued:
        raise RuleBroken(
            f"{name} đã ban hành kế hoạch năm {year}. Hãy bỏ chọn cơ quan này.",
            en=f"An agency chosen has issued its plan for {year} already. Take it out of the list.",
        )
    if not owes:
        raise RuleBroken(
            f"{name} không thuộc diện phải ban hành kế hoạch năm {year}. Hãy bỏ chọn cơ quan này.",
            en=f"An agency chosen does not have to issue a plan for {year}. Take it out of the list.",
        )


def ensure_still_missing(agencies: int, year: int) -> None:
    """Nobody is written to about a plan that is there."""
    if not agencies:
        raise RuleBroken(
            f"Các cơ quan được nhắc lần này đều đã ban hành kế hoạch năm {year}, nên không có công văn đôn đốc.",
            en=f"Every agency that was reminded has issued its plan for {year} since: there is nobody to write to.",
        )


def _fault(field: str, vi: str, en: str) -> BadInput:
    return BadInput(vi, en=en, errors=[{"field": field, "vi": vi, "en": en}])
