"""Sending to a destination stops by itself: nobody takes it, or its owner may not have it any more. Whoever can act is told."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from kycuong.audit.log import record
from kycuong.connect.models import Destination
from kycuong.connect.queries.webhooks import VERB
from kycuong.connect.rules.webhooks import State
from kycuong.core.clock import now, today
from kycuong.notices.telling import tell
from kycuong.orgs.models import Person
from kycuong.orgs.roles import roles_with

KEPT = "Những gì xảy ra từ đó được giữ 30 ngày"


@dataclass(frozen=True, slots=True)
class Cause:
    """Why, and what to do then."""

    why: str
    then: str


SHAKEN = Cause(
    "Tài khoản của chủ nơi nhận đã đóng hoặc được đặt lại.",
    f"{KEPT}. Chủ đăng nhập lại, thấy đúng là nơi nhận của mình thì bấm “Gửi tiếp”; không thì quản trị gỡ ở trang tài khoản ấy.",
)
NO_ROLE = Cause(
    "Chủ nơi nhận không còn vai trò cần có.",
    "Chủ chỉ còn gỡ được nơi nhận này. Người đang giữ vai trò ấy thêm nơi nhận của mình, với khóa ký mới đưa cho bên nhận.",
)
NOT_ENOUGH = Cause(
    "Tài khoản của chủ nơi nhận phải đổi mật khẩu hoặc thêm lớp bảo vệ thứ hai.",
    f"{KEPT}. Chủ làm xong việc ấy thì bấm “Gửi tiếp”.",
)
NO_SECRET = Cause(
    "Không mở được khóa ký; hãy gỡ và thêm lại.",
    "Khóa niêm phong của máy chủ đã đổi nên không ký được tin: gỡ nơi nhận rồi thêm lại, đưa khóa ký mới cho bên nhận.",
)
CHANGED = Cause(
    "Địa chỉ không còn là địa chỉ mà chủ đã ghi; hãy gỡ và thêm lại.",
    "Có người sửa thẳng cơ sở dữ liệu: báo quản trị máy chủ.",
)


def not_taken(why: str) -> Cause:
    return Cause(why, f"{KEPT}; bên nhận sửa xong thì bấm “Gửi tiếp”.")


def pause(destination: Destination, cause: Cause) -> bool:
    """By the program, inside an act: whether it was active until now. The owner is told, and those who can put it right."""
    if not Destination.objects.filter(pk=destination.pk, state=State.ACTIVE).exists():
        return False
    become(destination, State.PAUSED, cause.why)
    record("webhook.pause", destination, by=None)
    tell_all(destination, "pause", f"Tạm dừng gửi tới nơi nhận “{destination.name}”", f"{cause.why} {cause.then}")
    return True


def tell_all(destination: Destination, what: str, subject: str, text: str) -> None:
    """Its owner; and, where the page of the owner is not theirs to see, who keeps destinations and who runs the system."""
    key, owner = f"webhook:{what}:{destination.uid}:{now():%Y%m%d%H%M%S}", destination.owner
    tell([owner], key=key, subject=subject, text=text, url=destination.get_absolute_url())
    text = f"Chủ nơi nhận: {owner.full_name}. {text}"
    for verb, url in ((VERB, reverse("connect:webhooks")), ("tick.see", reverse("notices:ticks"))):
        tell([one for one in _holders(verb) if one != owner], key=key, subject=subject, text=text, url=url)


def _holders(verb: str) -> list[Person]:
    day = today()
    held = Q(assignments__role__in=roles_with(verb), assignments__valid_from__lte=day, assignments__valid_to__gt=day)
    return list(Person.objects.filter(held, is_active=True).distinct())


def become(destination: Destination, state: State, why: str) -> None:
    Destination.objects.filter(pk=destination.pk).update(state=state, why=why)
    destination.refresh_from_db()
