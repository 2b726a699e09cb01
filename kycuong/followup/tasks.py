"""What the scheduler does for follow-up. Each step may be run twice, or late."""

from __future__ import annotations

from datetime import date

from kycuong.deadlines.queries import term_of
from kycuong.followup.actions import accept_unread, carry_out_passing, erase_names, remind, tell_unread
from kycuong.followup.models import FollowupRule, PassingOn, Recommendation, RemedyReport
from kycuong.followup.queries.retention import due_names
from kycuong.inspections.rules import VisitState
from kycuong.orgs.authority import at_the_machine


def accept_unread_reports(today: date) -> str:
    """Reports that nobody verified in time, where the setting says that silence accepts them."""
    late = RemedyReport.objects.waiting().filter(
        check_until__lt=today, recheck=None, recommendation__visit__state=VisitState.SIGNED
    )
    with at_the_machine():
        accepted = sum(accept_unread(one, by=None, today=today) for one in late.order_by("pk"))
    return f"Chấp nhận {accepted} báo cáo khắc phục đã hết hạn kiểm chứng." if accepted else ""


def remind_of_terms(today: date) -> str:
    """Reminders of terms that are near or over, step by step of the ladder."""
    longest = max([FollowupRule.on(today).ahead, *FollowupRule.objects.values_list("ahead", flat=True)])
    soon = term_of(today, longest).due_on if longest else today
    waiting = Recommendation.objects.waiting().values("pk")
    near = Recommendation.objects.open().exclude(pk__in=waiting).filter(due_on__lte=soon).select_related("unit")
    with at_the_machine():
        taken = [step for one in near.order_by("pk") for step in remind(one, by=None, today=today)]
    return f"Nhắc {len(taken)} bước về kiến nghị đến hạn, quá hạn." if taken else ""


def tell_of_unread_reports(today: date) -> str:
    """Reports that wait beyond their time to be verified: the leader is told, once for each."""
    late = RemedyReport.objects.waiting().filter(
        check_until__lt=today, recheck=None, recommendation__visit__state=VisitState.SIGNED
    )
    with at_the_machine():
        told = sum(tell_unread(one, by=None) for one in late.order_by("pk"))
    return f"Báo lãnh đạo {told} lần về báo cáo khắc phục chưa được kiểm chứng." if told else ""


def pass_on_of_ended_units(today: date) -> str:
    """Recommendations of units whose end was recorded ahead and has come."""
    due = PassingOn.objects.filter(done_on=None, reorganisation__effective_on__lte=today).select_related(
        "reorganisation"
    )
    with at_the_machine():
        passed = sum(len(carry_out_passing(wish, by=None)) for wish in due.order_by("pk"))
    return f"Chuyển {passed} kiến nghị sang đơn vị kế thừa." if passed else ""


def erase_names_past_term(today: date) -> str:
    """Names of people whose term is over, but for records on hold."""
    with at_the_machine():
        erased = sum(erase_names(one.visit, by=None, today=today) for one in due_names(today) if one.hold is None)
    return f"Xóa dữ liệu cá nhân hết thời hạn giữ ở {erased} chỗ." if erased else ""
