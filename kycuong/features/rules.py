"""What may be switched off for a unit and all below it, what is missing then, and which switch decides."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

from django.db import models
from django.utils import timezone, translation
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_noop as _

from kycuong.core.problems import BadInput, NotAllowed, RuleBroken, Stale
from kycuong.core.speaking import ENGLISH


class Says(Protocol):
    """Anything that says on, off, or as above."""

    @property
    def setting(self) -> str: ...


Held = TypeVar("Held", bound=Says)
LONGEST_REASON = 300


@dataclass(frozen=True)
class Feature:
    """An optional part: its title, what is missing while it is off, what goes on all the same."""

    titled: str
    missed: str
    kept: str

    @property
    def title(self) -> str:
        return gettext(self.titled)

    @property
    def missing(self) -> str:
        return gettext(self.missed)

    @property
    def staying(self) -> str:
        return gettext(self.kept)


FEATURES: dict[str, Feature] = {
    "selfchecks": Feature(
        _("Tự kiểm tra"),
        _("Cơ quan không soạn, không gửi đợt tự kiểm tra; đơn vị không nhận phiếu của đợt mới."),
        _("Phiếu đã gửi vẫn trả lời, nộp và đối chiếu được đến khi đợt kết thúc."),
    ),
    "citizen_reports": Feature(
        _("Phản ánh của người dân"),
        _("Trang sau mã vuông của đơn vị không nhận phản ánh mới mà chỉ cách phản ánh khác; không in được tờ dán bàn."),
        _("Phản ánh đã nhận vẫn được xử lý, người gửi vẫn theo dõi bằng mã."),
    ),
    "rounds": Feature(
        _("Báo cáo định kỳ"),
        _("Cơ quan không soạn, không gửi yêu cầu báo cáo định kỳ mới và không bị yêu cầu báo cáo."),
        _("Đợt đang mở vẫn nộp, nhận, tổng hợp và ký được."),
    ),
    "draws": Feature(
        _("Bốc thăm"),
        _("Cơ quan không cam kết lần bốc thăm mới; đơn vị và người vào đoàn được chọn mà không bốc thăm."),
        _("Lần đã cam kết vẫn bốc, công bố và kiểm chứng được."),
    ),
    "own_checklists": Feature(
        _("Nội dung kiểm tra bổ sung của cơ quan"),
        _(
            "Cơ quan không lập, không công bố phiên bản mới của nội dung kiểm tra bổ sung; phiếu chung của tỉnh vẫn dùng."
        ),
        _("Phiên bản đã công bố vẫn áp dụng, dự thảo vẫn sửa và xóa được."),
    ),
    "ranking": Feature(
        _("Xếp hạng đơn vị"),
        _(
            "Không có trang, tệp và API xếp hạng các đơn vị trong phạm vi của đơn vị này; "
            "bảng xếp hạng của cấp trên vẫn xếp cả các đơn vị ấy, muốn thôi thì tắt ở cấp trên."
        ),
        _("Mọi số liệu khác không đổi; bật lại thì xếp hạng có ngay, kể cả cho kỳ đã qua."),
    ),
}
"""Closed: a part is here only if no figure becomes wrong and no duty is left hanging while it is off. Plans, visits, findings,
recommendations, measures about people and the log are what the product is, and have no switch."""

FROM_ABOVE = frozenset({"citizen_reports"})
"""Parts that a unit does not switch for itself: whoever is complained about does not close the complaints."""


class Setting(models.TextChoices):
    """What a unit decides about a part."""

    ON = "on", gettext_lazy("Bật")
    OFF = "off", gettext_lazy("Tắt")
    ABOVE = "above", gettext_lazy("Theo đơn vị cấp trên")


def nearest(ladder: Iterable[int], held: Mapping[int, Held]) -> Held | None:
    """What the first unit on the way up says that says anything; None: nobody does, so that it is on."""
    return next((held[unit] for unit in ladder if unit in held), None)


def agreed(said: Iterable[Held | None]) -> Held | None:
    """What a unit begins with that was made of others: on or off, if every one of them said just that itself; else nothing."""
    all_ = list(said)
    first = all_[0] if all_ else None
    if first is None or first.setting == Setting.ABOVE:
        return None
    return first if all(one is not None and one.setting == first.setting for one in all_) else None


def with_heirs(own: Mapping[int, Held], made: Mapping[int, Collection[int]]) -> dict[int, Held]:
    """What units say, and what new ones begin with (`made`: unit → those it was made of), however often they were made anew.
    One that has said anything itself, also that it follows the unit above, is asked no further."""
    said, more = dict(own), True
    while more:
        begun = ((heir, agreed(said.get(part) for part in sorted(made[heir]))) for heir in made.keys() - said.keys())
        found = {heir: one for heir, one in begun if one is not None}
        said |= found
        more = bool(found)
    return {unit: one for unit, one in said.items() if one.setting != Setting.ABOVE}


def ensure_feature(name: str) -> Feature:
    """The part of that name."""
    if name in FEATURES:
        return FEATURES[name]
    known = ", ".join(FEATURES)
    raise _at(
        "feature",
        f"Không có tính năng «{name[:40]}»; hãy chọn một trong: {known}.",
        f"There is no feature “{name[:40]}”; choose one of: {known}.",
    )


def ensure_change(setting: str, *, before: str, reason: str) -> None:
    """One of the three, not the one that holds already, and with the reason that everybody will read."""
    if setting not in Setting.values:
        known = ", ".join(Setting.values)
        raise _at("setting", f"Hãy chọn một trong: {known}.", f"Choose one of: {known}.")
    if not reason:
        raise _at(
            "reason",
            "Hãy ghi lý do hoặc số văn bản; người bị từ chối sẽ đọc được.",
            "Say why, or by which document; whoever is refused will read it.",
        )
    if len(reason) > LONGEST_REASON:
        raise _at(
            "reason",
            f"Lý do dài {len(reason)} ký tự; hãy rút còn {LONGEST_REASON} ký tự trở xuống.",
            f"The reason has {len(reason)} characters; shorten it to {LONGEST_REASON} or fewer.",
        )
    if setting == before:
        raise _at(
            "setting",
            "Đơn vị này đang để như vậy rồi; hãy chọn cách khác hoặc quay lại.",
            "This is what the unit says already; choose another one or go back.",
        )


def ensure_goes_on(name: str, *, begins: date | None, goes_on: bool) -> None:
    """A unit that has ended decides nothing any more, and one that is to come nothing yet (`begins`: its first day, if that is ahead)."""
    if begins:
        day = f"{begins:%d/%m/%Y}"
        raise _at(
            "unit",
            f"{name} chỉ hoạt động từ ngày {day}; từ ngày đó hãy đặt, hoặc đặt ngay ở đơn vị cấp trên.",
            f"{name} begins on {day}; switch it from then on, or now at the unit above.",
        )
    if not goes_on:
        raise _at(
            "unit",
            f"{name} đã kết thúc hoạt động; hãy chọn đơn vị kế thừa.",
            f"{name} has ended; choose a unit that carries it on.",
        )


def opened_above(by: str, roles: tuple[str, str]) -> NotAllowed:
    """The refusal to whoever stands below the unit that switched it off: who may open it (roles in Vietnamese and English)."""
    return NotAllowed(
        f"Tính năng này tắt ở {by}, nên chỉ người có vai trò tại {by} hoặc cấp trên của đơn vị ấy bật lại được: {roles[0]}. "
        "Hãy đề nghị họ, kèm lý do.",
        en=f"This was switched off at {by}; only who holds one of these roles there or above may switch it on: {roles[1]}. "
        "Ask them, and say why.",
    )


def decided_above(by: str, roles: tuple[str, str]) -> NotAllowed:
    """The refusal to whoever stands below the unit whose people switched it off here: who may open it (roles in both languages)."""
    return NotAllowed(
        f"Người có vai trò tại {by} đã tắt tính năng này ở đây, nên chỉ người có vai trò tại {by} hoặc cấp trên của đơn vị ấy đặt lại "
        f"được: {roles[0]}. Hãy đề nghị họ, kèm lý do.",
        en=f"Somebody with a role at {by} switched this off here; only who holds one of these roles there or above may change that: {roles[1]}. "
        "Ask them, and say why.",
    )


def complained_about(name: str, roles: tuple[str, str]) -> NotAllowed:
    """The refusal to whoever would switch reports about their own unit: who may."""
    return NotAllowed(
        f"Phản ánh về {name} chỉ do đơn vị cấp trên bật, tắt: người bị phản ánh không tự đóng nơi nhận phản ánh. "
        f"Hãy đề nghị người có vai trò ở cấp trên: {roles[0]}.",
        en=f"Reports about {name} are switched by the units above it only: who is complained about does not close the complaints. "
        f"Ask who holds one of these roles above: {roles[1]}.",
    )


def ensure_as_read(read: int | None, now: int) -> None:
    """Nobody else has switched it since the page was opened."""
    if read is not None and read != now:
        raise Stale(
            "Tính năng này vừa được người khác bật, tắt. Những gì bạn nhập còn nguyên: hãy xem hiện trạng rồi làm lại.",
            en="Somebody else has just switched this. What you typed is kept: look at how it stands, then try again.",
        )


def switched_off(name: str, *, at: str, by: str, since: datetime, ask: tuple[str, str]) -> RuleBroken:
    """The refusal: which part, where, by which unit, since when, and whom to ask (roles in Vietnamese and English)."""
    feature = FEATURES[name]
    with translation.override(ENGLISH):
        english = gettext(feature.titled)
    day = f"{timezone.localtime(since):%d/%m/%Y}"
    return RuleBroken(
        f"Tính năng «{feature.titled}» đang tắt tại {at} (tắt ở {by} từ ngày {day}), nên chưa bắt đầu việc mới được. Hồ sơ đã có vẫn "
        f"xem được và làm tiếp đến xong. Cần bật lại thì đề nghị: {ask[0]}; lý do đọc ở trang «Tính năng» (/features/).",
        en=f"“{english}” is switched off at {at} (at {by}, since {day}), so nothing new can be begun. What there is stays "
        f"readable and can be finished. To have it on, ask: {ask[1]}. Why, says the page /features/.",
    )


def _at(field: str, vi: str, en: str) -> BadInput:
    return BadInput(vi, en=en, errors=[{"field": field, "vi": vi, "en": en}])
