"""The secret address of a calendar: made, made anew, taken back by its person; taken back by an administrator."""

from __future__ import annotations

import secrets

from kycuong.audit.log import act, record
from kycuong.connect.models import CalendarFeed
from kycuong.connect.queries import digest_of
from kycuong.core.clock import now
from kycuong.core.problems import RuleBroken
from kycuong.orgs.models import Person
from kycuong.signin.authority import authorize
from kycuong.signin.queries import lacks_factor
from kycuong.signin.rules import ensure_reason, factor_needed
from kycuong.signin.telling import tell_of

from ._withdrawing import revoked

PLACE = "/calendar/subscription/"
"""Where its person sees that there is one, and takes it back."""


@act
def make_feed(person: Person, *, by: Person | None) -> tuple[CalendarFeed, str]:
    """The address, told here and never again; the one before opens nothing any more."""
    authorize(by, person)
    if lacks_factor(person):
        raise factor_needed()
    token = secrets.token_urlsafe(32)
    told = {"digest": digest_of(token), "made_at": now(), "last_used_at": None}
    feed, _made = CalendarFeed.objects.update_or_create(person=person, defaults=told)
    record("feed.make", feed, by=by)
    tell_of(person, "Đã tạo địa chỉ lịch cho tài khoản của bạn", url=PLACE)
    return feed, token


@act
def revoke_feed(person: Person, *, by: Person | None) -> None:
    """The address opens nothing any more."""
    authorize(by, person)
    if not revoked(person, by):
        raise no_feed()
    tell_of(person, "Đã thu hồi địa chỉ lịch của bạn", url=PLACE)


@act
def revoke_feed_of(person: Person, *, by: Person | None, reason: str) -> Person:
    """The address of somebody in one's care opens nothing any more: it was seen where it should not be, or a phone is lost."""
    authorize(by, person, over=True, own=own_feed)
    why = ensure_reason(reason)
    if not revoked(person, by, reason=why):
        raise no_feed()
    tell_of(person, "Quản trị hệ thống đã thu hồi địa chỉ lịch của bạn", f"Lý do: {why}.", url=PLACE)
    return person


def no_feed() -> RuleBroken:
    return RuleBroken("Chưa có địa chỉ lịch nào.", en="There is no address of a calendar.")


def own_feed() -> RuleBroken:
    return RuleBroken(
        "Đây là địa chỉ lịch của chính bạn: hãy thu hồi ở trang Lịch trên điện thoại, máy tính.",
        en="This is the address of your own calendar: take it back on the page of calendar programs.",
    )
