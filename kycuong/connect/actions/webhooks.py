"""Destinations: made, tried, gone on with, removed. Sending is no act of a person (tasks)."""

from __future__ import annotations

from collections.abc import Collection

from django.conf import settings
from django.urls import reverse

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
from kycuong.signin.authority import authorize as authorize_over
from kycuong.signin.queries import lacks_factor
from kycuong.signin.rules import ensure_reason, factor_needed
from kycuong.signin.telling import tell_of

from ._pausing import become


def authorize(by: Person | None, owner: Person, *, role: bool = True, over: bool = False) -> None:
    """Its owner, who holds a role for it (without `role`: or held one); or the machine. With `over`: who administers the owner's account."""
    if over:
        authorize_over(by, owner, over=True, own=own_webhook)
        return
    if by is None:
        authorize_at(None, VERB, at=None)
        return
    if role:
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
    origin = rules.place_of(address).origin
    if Destination.objects.filter(owner=owner).exclude(state=State.REMOVED).count() >= rules.MOST_DESTINATIONS:
        raise RuleBroken(
            f"Mỗi người có nhiều nhất {rules.MOST_DESTINATIONS} nơi nhận; hãy gỡ nơi không dùng.",
            en=f"Nobody has more than {rules.MOST_DESTINATIONS} destinations; remove one first.",
        )
    secret = rules.new_secret()
    made = Destination(owner=owner, name=" ".join(name.split()), address=address, origin=origin)
    made.kinds = rules.ensure_kinds(kinds)
    made.keep_secret(secret)
    ensure_clean(made)
    made.save(force_insert=True)
    record("webhook.make", made, by=by)
    told = (
        f"Từ nay {origin} được báo mỗi khi có việc mà bạn xem được. Nếu không phải bạn làm: gỡ nơi nhận này trước (đổi mật khẩu không "
        "gỡ nó), rồi kết thúc mọi phiên khác, đổi mật khẩu và báo quản trị hệ thống."
    )
    tell_of(owner, f"Đã tạo nơi nhận “{made.name}” cho tài khoản của bạn", told, url=made.get_absolute_url())
    return made, secret


@act
def try_webhook(destination: Destination, *, by: Person | None) -> Delivery:
    """A message without a record, one try, before all that waits. Once it is taken, what waits goes at once."""
    authorize(by, destination.owner)
    _ensure_active(destination)
    rules.ensure_allowed(destination.address, settings.WEBHOOK_HOSTS)
    trials = Delivery.objects.filter(destination=destination, kind=rules.TRIAL)
    if trials.filter(done=False).exists():
        raise RuleBroken(
            "Một tin thử đang chờ gửi; hãy xem kết quả của nó trước.",
            en="A trial is waiting already; see what comes of it first.",
        )
    kept = trials.order_by("-pk").values_list("pk", flat=True)[: rules.KEPT_TRIALS - 1]
    trials.exclude(pk__in=list(kept)).delete()
    made = Delivery.objects.create(destination=destination, kind=rules.TRIAL)
    record("webhook.try", destination, by=by, delivery=str(made.uid))
    return made


@act
def send_again(delivery: Delivery, *, by: Person | None) -> None:
    """The same thing under the same id: what was taken once more, before all that waits and without holding it up; what waits now."""
    authorize(by, delivery.destination.owner)
    _ensure_active(delivery.destination)
    again = {"done": False, "tries": 0, "next_at": None, "outcome": rules.Outcome.TAKEN}
    Delivery.objects.filter(pk=delivery.pk, done=False).update(next_at=None)
    Delivery.objects.filter(pk=delivery.pk, done=True).update(**again)
    record("webhook.again", delivery.destination, by=by, delivery=str(delivery.uid))


@act
def resume_webhook(destination: Destination, *, by: Person | None) -> None:
    """Send on, from the first thing that was not taken."""
    authorize(by, destination.owner)
    refresh(destination)
    if destination.state != State.PAUSED:
        raise RuleBroken("Nơi nhận này không tạm dừng.", en="This destination is not paused.")
    if lacks_factor(destination.owner):
        raise factor_needed()
    rules.ensure_allowed(destination.address, settings.WEBHOOK_HOSTS)
    become(destination, State.ACTIVE, "")
    record("webhook.resume", destination, by=by)
    Delivery.objects.filter(destination=destination, done=False).update(tries=0, next_at=None)


@act
def remove_webhook(destination: Destination, *, by: Person | None, reason: str = "") -> None:
    """Nothing goes there from here on, what waited is dropped, and the secret and the path of the address are forgotten. Its owner
    may, with or without a role."""
    authorize(by, destination.owner, role=False)
    _remove(destination, by, reason)


@act
def remove_webhook_of(destination: Destination, *, by: Person | None, reason: str) -> Destination:
    """A destination of somebody in one's care: it is not theirs, or its owner is gone."""
    authorize(by, destination.owner, over=True)
    _remove(destination, by, ensure_reason(reason))
    return destination


def own_webhook() -> RuleBroken:
    return RuleBroken(
        "Đây là nơi nhận của chính bạn: hãy gỡ ở trang của nơi nhận ấy.",
        en="This is a destination of your own: remove it on its page.",
    )


def _remove(destination: Destination, by: Person | None, reason: str) -> None:
    refresh(destination)
    if destination.state == State.REMOVED:
        raise RuleBroken("Nơi nhận này đã gỡ.", en="This destination was removed before.")
    Delivery.objects.filter(destination=destination).delete()
    why = " ".join(reason.split())[:300]
    Destination.objects.filter(pk=destination.pk).update(sealed="", address="")
    become(destination, State.REMOVED, why)
    record("webhook.remove", destination, by=by)
    tell_of(destination.owner, f"Đã gỡ nơi nhận “{destination.name}”", why, url=reverse("connect:webhooks"))


def _ensure_active(destination: Destination) -> None:
    refresh(destination)
    if destination.state != State.ACTIVE:
        raise RuleBroken(
            "Nơi nhận đang tạm dừng: “Gửi tiếp” thử lại từ việc chưa gửi được.",
            en="Sending is paused: “Gửi tiếp” goes on with what was not taken.",
        )
