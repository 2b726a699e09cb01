"""Destinations: made, tried, gone on with, removed. Sending is no act of a person (tasks)."""

from __future__ import annotations

from collections.abc import Collection

from django.conf import settings

from kycuong.audit.log import act, record
from kycuong.connect.models import Delivery, Destination
from kycuong.connect.queries.webhooks import VERB
from kycuong.connect.rules import webhooks as rules
from kycuong.connect.rules.webhooks import State
from kycuong.core.checks import ensure_clean, refresh
from kycuong.core.problems import NotAllowed, RuleBroken
from kycuong.orgs.authority import authorize as authorize_at
from kycuong.orgs.authority import authorize_somewhere
from kycuong.orgs.models import Person
from kycuong.signin.queries import lacks_factor
from kycuong.signin.rules import factor_needed
from kycuong.signin.telling import tell_of

from ._pausing import become


def authorize(by: Person | None, owner: Person) -> None:
    """Its owner, who holds a role for it; or the machine."""
    if by is None:
        authorize_at(None, VERB, at=None)
        return
    authorize_somewhere(by, VERB)
    if by.pk != owner.pk:
        raise NotAllowed(
            "Mỗi người chỉ quản lý nơi nhận của chính mình.", en="Everybody manages only the own destinations."
        )


@act
def make_webhook(
    owner: Person, *, by: Person | None, name: str, address: str, kinds: Collection[str]
) -> tuple[Destination, str]:
    """A destination, and the secret by which it knows our signature: told here and never again."""
    authorize(by, owner)
    if lacks_factor(owner):
        raise factor_needed()
    rules.ensure_allowed(address, settings.WEBHOOK_HOSTS)
    if Destination.objects.filter(owner=owner).exclude(state=State.REMOVED).count() >= rules.MOST_DESTINATIONS:
        raise RuleBroken(
            f"Mỗi người có nhiều nhất {rules.MOST_DESTINATIONS} nơi nhận; hãy gỡ nơi không dùng.",
            en=f"Nobody has more than {rules.MOST_DESTINATIONS} destinations; remove one first.",
        )
    secret = rules.new_secret()
    made = Destination(owner=owner, name=" ".join(name.split()), address=address, kinds=rules.ensure_kinds(kinds))
    made.keep_secret(secret)
    ensure_clean(made)
    made.save(force_insert=True)
    record("webhook.make", made, by=by)
    tell_of(owner, f"Đã tạo nơi nhận “{made.name}” cho tài khoản của bạn")
    return made, secret


@act
def try_webhook(destination: Destination, *, by: Person | None) -> Delivery:
    """A message without a record; what waits to be tried again is tried now."""
    authorize(by, destination.owner)
    _ensure_active(destination)
    made = Delivery.objects.create(destination=destination, kind=rules.TRIAL)
    _wake(destination)
    record("webhook.try", destination, by=by, delivery=str(made.uid))
    return made


@act
def send_again(delivery: Delivery, *, by: Person | None) -> None:
    """The same thing under the same id, before all that waits."""
    authorize(by, delivery.destination.owner)
    _ensure_active(delivery.destination)
    Delivery.objects.filter(pk=delivery.pk).update(done=False, tries=0, next_at=None)
    _wake(delivery.destination)
    record("webhook.again", delivery.destination, by=by, delivery=str(delivery.uid))


@act
def resume_webhook(destination: Destination, *, by: Person | None) -> None:
    """Send on, from the first thing that was not taken."""
    authorize(by, destination.owner)
    refresh(destination)
    if destination.state != State.PAUSED:
        raise RuleBroken("Nơi nhận này không tạm dừng.", en="This destination is not paused.")
    rules.ensure_allowed(destination.address, settings.WEBHOOK_HOSTS)
    become(destination, State.ACTIVE, "")
    record("webhook.resume", destination, by=by)
    _wake(destination)


@act
def remove_webhook(destination: Destination, *, by: Person | None, reason: str = "") -> None:
    """Nothing goes there from here on, and what waited is dropped."""
    authorize(by, destination.owner)
    refresh(destination)
    if destination.state == State.REMOVED:
        raise RuleBroken("Nơi nhận này đã gỡ.", en="This destination was removed before.")
    Delivery.objects.filter(destination=destination).delete()
    why = " ".join(reason.split())[:300]
    become(destination, State.REMOVED, why)
    record("webhook.remove", destination, by=by)
    tell_of(destination.owner, f"Đã gỡ nơi nhận “{destination.name}”", why)


def _ensure_active(destination: Destination) -> None:
    refresh(destination)
    if destination.state != State.ACTIVE:
        raise RuleBroken(
            "Nơi nhận đang tạm dừng: “Gửi tiếp” thử lại từ việc chưa gửi được.",
            en="Sending is paused: “Gửi tiếp” goes on with what was not taken.",
        )


def _wake(destination: Destination) -> None:
    Delivery.objects.filter(destination=destination, done=False).update(tries=0, next_at=None)
