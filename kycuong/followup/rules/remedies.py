"""What the unit reports of a remedy and what is decided on it; extensions; when something is late, and by how much."""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kycuong.core.problems import BadInput, NotAllowed, RuleBroken


class Extent(TextChoices):
    """How much the unit says it has remedied."""

    FULL = "full", _("Khắc phục xong")
    PARTIAL = "partial", _("Khắc phục một phần")


class Decision(TextChoices):
    """What the side that inspected decides on a report of remedy, or on an extension that was asked for."""

    ACCEPTED = "accepted", _("Chấp nhận")
    PARTLY = "partly", _("Chấp nhận một phần")
    RETURNED = "returned", _("Trả lại")
    SILENT = "silent", _("Chấp nhận do hết hạn kiểm chứng")
    ENDED = "ended", _("Không cần nữa: kiến nghị đã kết thúc")


def days_late(settled_on: date, due_on: date) -> int:
    """Calendar days after the term; its last day is in time."""
    return max(0, (settled_on - due_on).days)


def ensure_remedy_told(text: str) -> None:
    if not text.strip():
        raise BadInput(
            "Hãy ghi đơn vị đã làm gì để khắc phục.",
            en="Say what the unit did.",
            errors=[{"field": "text", "vi": "Hãy ghi kết quả khắc phục.", "en": "Write something here."}],
        )


def ensure_no_open_report(waiting: bool) -> None:
    if waiting:
        raise RuleBroken(
            "Báo cáo khắc phục trước đang chờ kiểm chứng. Hãy bổ sung tệp vào báo cáo ấy, hoặc đợi kết quả.",
            en="An earlier report still waits to be verified. Add files to that one, or wait for its result.",
        )


def ensure_answered_first(waiting: bool) -> None:
    """What the unit reported is answered before the matter is ended."""
    if waiting:
        raise RuleBroken(
            "Đơn vị đang chờ kết quả kiểm chứng. Hãy kiểm chứng hoặc trả lại báo cáo ấy trước, rồi mới kết thúc kiến nghị.",
            en="The unit waits for its report to be verified. Accept or return it first, then close the recommendation.",
        )


def ensure_not_both_sides(answers_for_the_unit: bool) -> None:
    """Nobody decides for the inspecting side on what the unit owes that he answers for."""
    if answers_for_the_unit:
        raise NotAllowed(
            "Bạn cũng là người trả lời thay đơn vị này nên không quyết định thay bên kiểm tra. Hãy để người khác quyết định.",
            en="You also answer for this unit, so you do not decide for the inspecting side. Let somebody else decide.",
        )


def ensure_undecided(decided: bool) -> None:
    if decided:
        raise RuleBroken(
            "Báo cáo hoặc đề nghị này đã có quyết định. Hãy tải lại trang.",
            en="This report or request has been decided on. Reload the page.",
        )


def ensure_not_the_reporter(decider: int, reporter: int | None) -> None:
    """Nobody verifies what he reported himself."""
    if decider == reporter:
        raise NotAllowed(
            "Người báo cáo khắc phục không tự kiểm chứng. Hãy để người khác của bên kiểm tra kiểm chứng.",
            en="Who reported the remedy does not verify it. Let somebody else of the inspecting side do it.",
        )


def ensure_can_be_extended(*, due_on: date, today: date, waiting: bool) -> None:
    """An extension is asked for before the term is over, one at a time."""
    if waiting:
        raise RuleBroken(
            "Đề nghị gia hạn trước đang chờ trả lời.",
            en="An earlier request for an extension still waits for its answer.",
        )
    if today > due_on:
        raise RuleBroken(
            f"Hạn {due_on:%d/%m/%Y} đã qua nên không xin gia hạn được nữa. Hãy báo cáo phần đã khắc phục và nêu khó khăn.",
            en=f"The term ended on {due_on:%Y-%m-%d}; it cannot be extended any more. Report what is done, and the difficulties.",
        )


def ensure_asked_in_order(until: date, *, due_on: date, last: date) -> None:
    if not due_on < until <= last:
        raise BadInput(
            f"Hạn mới phải sau ngày {due_on:%d/%m/%Y} và không quá {last:%d/%m/%Y}.",
            en=f"The new term lies after {due_on:%Y-%m-%d} and not after {last:%Y-%m-%d}.",
            errors=[{"field": "until", "vi": "Hãy chọn ngày khác.", "en": "Choose another day."}],
        )


def ensure_within(day: date, *, first: date, today: date, field: str) -> None:
    """A day on which something happened: not before what it follows, not in the future."""
    if not first <= day <= today:
        raise BadInput(
            f"Ngày phải từ {first:%d/%m/%Y} đến {today:%d/%m/%Y}.",
            en=f"The day lies between {first:%Y-%m-%d} and {today:%Y-%m-%d}.",
            errors=[{"field": field, "vi": "Ngày chưa đúng.", "en": "Not a possible day."}],
        )


def ensure_owed(owed: bool) -> None:
    """Nobody is urged for what is in term, or waits for an answer of the side that inspected."""
    if not owed:
        raise RuleBroken(
            "Kiến nghị này chưa quá hạn, đã báo cáo hoặc đã kết thúc, nên không có công văn đôn đốc.",
            en="The recommendation is not overdue, was reported on, or is settled: there is nothing to urge.",
        )
