"""What the scheduler does for follow-up. Each step may be run twice, or late; one record that fails stops no other."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from django.db.models import Exists, OuterRef

from kycuong.deadlines.queries import term_of
from kycuong.followup.actions import accept_unread, carry_out_passing, erase_names, remind, tell_unread
from kycuong.followup.models import FollowupRule, PassingOn, Recommendation, RemedyReport, Reminder
from kycuong.followup.queries.retention import due_names
from kycuong.notices.rules import StepFailed
from kycuong.notices.tasks.running import in_pieces
from kycuong.notices.tasks.unhurried import unhurried
from kycuong.orgs.authority import at_the_machine

Row = TypeVar("Row")
Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class Went(Generic[Done]):
    """What the acts gave, and how many records a run had no time for."""

    done: list[Done]
    left: int

    @property
    def rest(self) -> str:
        return f" Còn {self.left} hồ sơ chờ lần chạy sau." if self.left else ""


def each(rows: Iterable[Row], act: Callable[[Row], Done]) -> Went[Done]:
    """The act on each record, each in a transaction of its own. What failed is logged and told at the end."""
    done, failed, waiting = [], 0, list(rows)
    with at_the_machine():
        for row in unhurried(waiting):
            try:
                done.append(act(row))
            except Exception:  # whatever it is, the others go on
                logging.getLogger(__name__).exception("tick: %r", row)
                failed += 1
    went = Went(done, len(waiting) - len(done) - failed)
    if failed:
        raise StepFailed(f"{failed} hồ sơ không xong, {len(done)} hồ sơ đã làm.{went.rest}")
    return went


@in_pieces
def accept_unread_reports(today: date) -> str:
    """Reports that nobody verified in time, where the setting says that silence accepts them."""
    late = RemedyReport.objects.alive().filter(check_until__lt=today).exclude(pk__in=RemedyReport.objects.rechecking())
    went = each(late.order_by("pk"), lambda one: accept_unread(one, by=None, today=today))
    accepted = sum(went.done)
    return f"Chấp nhận {accepted} báo cáo khắc phục đã hết hạn kiểm chứng.{went.rest}" if accepted or went.left else ""


@in_pieces
def remind_of_terms(today: date) -> str:
    """Reminders of terms that are near or over, step by step of the ladder."""
    longest = max([FollowupRule.on(today).ahead, *FollowupRule.objects.values_list("ahead", flat=True)])
    soon = term_of(today, longest).due_on if longest else today
    done = Reminder.objects.at_the_top().filter(recommendation=OuterRef("pk"))
    near = Recommendation.objects.owed().filter(~Exists(done), due_on__lte=soon)
    went = each(near.select_related("unit").order_by("pk"), lambda one: remind(one, by=None, today=today))
    taken = [step for some in went.done for step in some]
    return f"Nhắc {len(taken)} bước về kiến nghị đến hạn, quá hạn.{went.rest}" if taken or went.left else ""


@in_pieces
def tell_of_unread_reports(today: date) -> str:
    """Reports that wait beyond their time to be verified: the leader is told, once for each."""
    late = RemedyReport.objects.alive().filter(check_until__lt=today).exclude(pk__in=RemedyReport.objects.rechecking())
    went = each(late.order_by("pk"), lambda one: tell_unread(one, by=None))
    told = sum(went.done)
    return f"Báo lãnh đạo {told} lần về báo cáo khắc phục chưa được kiểm chứng.{went.rest}" if told or went.left else ""


@in_pieces
def pass_on_of_ended_units(today: date) -> str:
    """Recommendations of units whose end was recorded ahead and has come."""
    due = PassingOn.objects.filter(done_on=None, reorganisation__effective_on__lte=today).select_related(
        "reorganisation"
    )
    went = each(due.order_by("pk"), lambda wish: carry_out_passing(wish, by=None))
    passed = sum(len(some) for some in went.done)
    return f"Chuyển {passed} kiến nghị sang đơn vị kế thừa.{went.rest}" if passed or went.left else ""


@in_pieces
def erase_names_past_term(today: date) -> str:
    """Names of people whose term is over, but for records on hold."""
    free = [one for one in due_names(today) if one.hold is None]
    went = each(free, lambda one: erase_names(one.visit, by=None, today=today))
    erased = sum(went.done)
    return f"Xóa dữ liệu cá nhân hết thời hạn giữ ở {erased} chỗ.{went.rest}" if erased or went.left else ""
