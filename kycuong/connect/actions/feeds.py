"""The secret address of one's own calendar: made, made anew, taken back."""

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
from kycuong.signin.rules import factor_needed
from kycuong.signin.telling import tell_of

from ._withdrawing import revoked


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
    tell_of(person, "Đã tạo địa chỉ lịch cho tài khoản của bạn")
    return feed, token


@act
def revoke_feed(person: Person, *, by: Person | None) -> None:
    """The address opens nothing any more."""
    authorize(by, person)
    if not revoked(person, by):
        raise RuleBroken("Chưa có địa chỉ lịch nào.", en="There is no address of a calendar.")
    tell_of(person, "Đã thu hồi địa chỉ lịch của bạn")
