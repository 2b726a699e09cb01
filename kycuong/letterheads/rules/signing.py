"""Who signs by which power, and what the names of units make of the head of their papers. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kycuong.core.problems import BadInput
from kycuong.orgs.rules import PEOPLES_COMMITTEES, Kind, formal_name

from .kinds import NAMED


class Capacity(TextChoices):
    """By which power somebody signs (NĐ 30/2020, Phụ lục I)."""

    HEAD = "head", _("Người đứng đầu ký")
    ACTING = "acting", _("Q. (quyền người đứng đầu)")
    DEPUTY = "deputy", _("KT. (cấp phó ký thay)")
    ORDER = "order", _("TL. (ký thừa lệnh)")
    DELEGATED = "delegated", _("TUQ. (ký thừa ủy quyền)")


LETTERS = {Capacity.ACTING: "Q.", Capacity.DEPUTY: "KT.", Capacity.ORDER: "TL.", Capacity.DELEGATED: "TUQ."}
BY_ANOTHER = (Capacity.DEPUTY, Capacity.ORDER, Capacity.DELEGATED)
"""Somebody else than the head signs, and says as what."""


class Head(NamedTuple):
    """What stands at the head of a unit's papers, and how it is abbreviated in their numbers."""

    superior: str
    issuer: str
    symbol: str
    place: str


class Signer(NamedTuple):
    """Who signs, and who receives."""

    collective: str
    head_title: str
    capacity: str
    signer_title: str = ""
    signer_name: str = ""
    recipients: str = ""


def power_of(signer: Signer) -> list[str]:
    """The lines above the signature: «TM. ỦY BAN NHÂN DÂN», «KT. CHỦ TỊCH», «PHÓ CHỦ TỊCH»."""
    own = signer.capacity not in (Capacity.ORDER, Capacity.DELEGATED)  # these sign for the head alone
    collective = [f"TM. {signer.collective}"] if signer.collective and own else []
    letters = LETTERS.get(Capacity(signer.capacity), "")
    head = f"{letters} {signer.head_title}".strip()
    other = [signer.signer_title] if signer.capacity in BY_ANOTHER and signer.signer_title else []
    return [line.upper() for line in (*collective, head, *other)]


def ensure_capacity(capacity: str, signer_title: str) -> None:
    """Whoever signs for the head says as what."""
    if capacity in BY_ANOTHER and not signer_title.strip():
        raise BadInput(
            "Ký thay, thừa lệnh hoặc thừa ủy quyền thì phải ghi chức vụ của người ký, ví dụ PHÓ GIÁM ĐỐC.",
            en="Whoever signs for the head needs a title of his own.",
            errors=[{"field": "signer_title", "vi": "Hãy ghi chức vụ người ký.", "en": "Write the signer's title."}],
        )


def ensure_from(valid_from: date, *, today: date) -> None:
    """Settings are for what is written from now on: what was signed is not rewritten."""
    if not today <= valid_from <= today.replace(year=today.year + 1, day=28):
        raise BadInput(
            "Ngày áp dụng phải từ hôm nay, trong vòng một năm: văn bản đã lập trước đó không đổi theo.",
            en="The day from which it holds is today or within a year: papers of earlier days are not rewritten.",
            errors=[{"field": "valid_from", "vi": "Từ hôm nay, trong một năm.", "en": "Today or within a year."}],
        )


def ensure_own_receivers(paper: str, recipients: str) -> None:
    """Each kind has receivers of its own: one list for minutes and plans alike would be wrong for most."""
    if recipients.strip() and not paper:
        raise BadInput(
            "Nơi nhận đặt riêng cho từng loại văn bản. Hãy để trống ở đây và ghi ở loại văn bản cần đặt.",
            en="Receivers are set for each kind of paper. Leave them empty here and write them at the kind.",
            errors=[{"field": "recipients", "vi": "Đặt ở từng loại văn bản.", "en": "Set them at each kind."}],
        )


HEADS = {
    Kind.PROVINCE: ("ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    Kind.DISTRICT_PC: ("ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    Kind.COMMUNE_PC: ("ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    Kind.PROVINCIAL_DEPARTMENT: ("", "GIÁM ĐỐC"),
    Kind.DIVISION: ("", "TRƯỞNG PHÒNG"),
    Kind.PUBLIC_SERVICE_UNIT: ("", "GIÁM ĐỐC"),
}
"""Kind of unit → for which collective its head signs, and the title of the head."""


BODIES = re.compile(r"(?:Sở|Ban|Cục|Chi cục|Trung tâm|Văn phòng|Ủy ban|Hội đồng)\b")
"""How names of bodies begin of which the second word may be small."""


def default_head(name: str, kind: str, above: Sequence[tuple[str, str]]) -> Head:
    """From the names alone. `above`: name and kind of each unit above, the nearest first."""
    committee = kind in PEOPLES_COMMITTEES
    superior = "" if committee or not above else spelt_out(formal_name(*above[0]))
    symbol = "UBND" if committee else initials(name)
    place = area(name) if committee else next((area(one) for one, its in above if its in PEOPLES_COMMITTEES), "")
    return Head(superior.upper(), spelt_out(formal_name(name, kind)).upper(), symbol, place)


def default_signer(kind: str) -> Signer:
    collective, title = HEADS.get(Kind(kind), ("", "THỦ TRƯỞNG"))
    return Signer(collective, title, Capacity.HEAD)


def spelt_out(name: str) -> str:
    """Names of bodies stand whole on papers."""
    return re.sub(r"^UBND\b", "Ủy ban nhân dân", name)


def in_sentence(title: str) -> str:
    """The title of an inspection behind the words «kiểm tra»: small, unless it begins with a name («UBND …», «Sở Nội vụ»)."""
    text = re.sub(r"^[Kk]iểm tra\s+", "", title.strip()) or "việc chấp hành kỷ luật, kỷ cương hành chính"
    first, _space, rest = text.partition(" ")
    if BODIES.match(text) or rest[:1].isupper() or not first[1:].islower():
        return text
    return f"{text[:1].lower()}{text[1:]}"


def area(name: str) -> str:
    """«Tỉnh Lạng Sơn» → «Lạng Sơn»."""
    return re.sub(r"^(tỉnh|thành phố|huyện|thị xã|xã|phường|thị trấn)\s+", "", name, flags=re.IGNORECASE)


def initials(name: str) -> str:
    """«Sở Khoa học và Công nghệ» → «SKHCN». A proposal: the office knows its own."""
    words = [word for word in re.findall(r"\w+", name) if word.lower() != "và"]
    return "".join(word[0] for word in words).upper()[:12]


def symbol_of(paper: str, head: Head) -> str:
    """«KH-SNV»; of a letter only the office's own."""
    letters = NAMED[paper].letters
    return f"{letters}-{head.symbol}" if letters else head.symbol


def lines(text: str) -> list[str]:
    """Lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def receivers(own: str, usual: Iterable[str]) -> list[str]:
    """The office's own list, or the usual one; the last line says what is kept."""
    found = [one for line in lines(own) if (one := line.lstrip("-–• ").rstrip(" ;.,"))] or list(usual)
    return found if any("lưu" in line.lower() for line in found) else [*found, "Lưu: VT"]
