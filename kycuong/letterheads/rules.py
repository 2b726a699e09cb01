"""Kinds of papers, who signs by which power, and what is written where an office has said nothing of its own. Pure.

The default texts are proposals: a practitioner should read them over before an office signs by them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import TextChoices

from kycuong.core.problems import BadInput, Missing
from kycuong.orgs.rules import PEOPLES_COMMITTEES, Kind, formal_name


class Paper(TextChoices):
    """What leaves the system as a document."""

    PLAN = "plan", "Kế hoạch kiểm tra"
    DECISION = "decision", "Quyết định thành lập đoàn"
    NOTICE = "notice", "Thông báo, lịch kiểm tra"
    MINUTES = "minutes", "Biên bản kiểm tra"
    ADDENDUM = "addendum", "Biên bản bổ sung"
    REPORT = "report", "Báo cáo kết quả kiểm tra"
    CONCLUSION = "conclusion", "Thông báo kết luận kiểm tra"
    URGE = "urge", "Công văn đôn đốc"
    REMEDY = "remedy", "Báo cáo khắc phục"


class Named(NamedTuple):
    """The name of the kind on the paper, and its letters in the number; a letter (công văn) has neither."""

    name: str
    letters: str


NAMED: dict[str, Named] = {
    Paper.PLAN: Named("KẾ HOẠCH", "KH"),
    Paper.DECISION: Named("QUYẾT ĐỊNH", "QĐ"),
    Paper.NOTICE: Named("THÔNG BÁO", "TB"),
    Paper.MINUTES: Named("BIÊN BẢN", "BB"),
    Paper.ADDENDUM: Named("BIÊN BẢN", "BB"),
    Paper.REPORT: Named("BÁO CÁO", "BC"),
    Paper.CONCLUSION: Named("THÔNG BÁO", "TB"),
    Paper.URGE: Named("", ""),
    Paper.REMEDY: Named("BÁO CÁO", "BC"),
}
OF_THE_TEAM = (Paper.MINUTES, Paper.ADDENDUM, Paper.REPORT)
"""Headed by the team, signed by its people."""
FORMS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


class Capacity(TextChoices):
    """By which power somebody signs (NĐ 30/2020, Phụ lục I)."""

    HEAD = "head", "Người đứng đầu ký"
    ACTING = "acting", "Q. (quyền người đứng đầu)"
    DEPUTY = "deputy", "KT. (cấp phó ký thay)"
    ORDER = "order", "TL. (ký thừa lệnh)"
    DELEGATED = "delegated", "TUQ. (ký thừa ủy quyền)"


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


def ensure_form(form: str) -> None:
    if form not in FORMS:
        raise Missing(
            f"Không có tệp kiểu «{form[:20]}»; hãy chọn docx hoặc pdf.", en="No file of this type; docx or pdf."
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


class Part(NamedTuple):
    """A piece of text that an office may word as it wants."""

    label: str
    text: str


WORDINGS: dict[str, dict[str, Part]] = {
    Paper.PLAN: {
        "bases": Part("Căn cứ (mỗi dòng một căn cứ)", "Căn cứ chức năng, nhiệm vụ, quyền hạn của [cơ quan];"),
        "purpose": Part(
            "Mục đích",
            "Đánh giá việc chấp hành kỷ luật, kỷ cương hành chính của các cơ quan, đơn vị; kịp thời chấn chỉnh, khắc phục tồn tại, "
            "hạn chế; nâng cao trách nhiệm của người đứng đầu và của công chức, viên chức.",
        ),
        "demands": Part(
            "Yêu cầu",
            "Việc kiểm tra bảo đảm khách quan, chính xác, đúng quy định, không gây cản trở hoạt động bình thường của đơn vị được "
            "kiểm tra.",
        ),
        "organising": Part(
            "Tổ chức thực hiện",
            "[Cơ quan] tổ chức thực hiện Kế hoạch này.\nCác đơn vị được kiểm tra chuẩn bị hồ sơ, bố trí người làm việc với đoàn kiểm "
            "tra. Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các đơn vị phản ánh về [cơ quan] để xem xét, giải quyết.",
        ),
    },
    Paper.DECISION: {
        "bases": Part("Căn cứ (mỗi dòng một căn cứ)", "Căn cứ chức năng, nhiệm vụ, quyền hạn của [cơ quan];"),
        "tasks": Part(
            "Nhiệm vụ của đoàn",
            "Đoàn kiểm tra có nhiệm vụ kiểm tra việc chấp hành kỷ luật, kỷ cương hành chính theo nội dung tại Điều 2; lập biên bản, báo "
            "cáo kết quả với [cơ quan]. Đoàn kiểm tra tự giải thể sau khi hoàn thành nhiệm vụ.",
        ),
        "carrying_out": Part(
            "Điều khoản thi hành",
            "Quyết định này có hiệu lực kể từ ngày ký. Các cơ quan, đơn vị có liên quan và các ông, bà có tên tại Điều 1 chịu trách "
            "nhiệm thi hành Quyết định này.",
        ),
    },
    Paper.NOTICE: {
        "requests": Part(
            "Đề nghị với đơn vị được kiểm tra",
            "Các đơn vị chuẩn bị báo cáo, hồ sơ, tài liệu liên quan; bố trí địa điểm và cử người có trách nhiệm làm việc với đoàn kiểm "
            "tra. Nếu có thay đổi về thời gian, đoàn kiểm tra sẽ thông báo sau.",
        ),
    },
    Paper.MINUTES: {
        "closing": Part(
            "Câu kết thúc",
            "Biên bản đã được đọc lại cho những người có mặt cùng nghe và được lập thành 02 bản có giá trị như nhau, mỗi bên giữ 01 bản.",
        ),
    },
    Paper.CONCLUSION: {
        "closing": Part("Câu kết thúc", "[Cơ quan] thông báo để đơn vị biết và thực hiện."),
    },
    Paper.URGE: {
        "closing": Part(
            "Câu kết thúc",
            "[Cơ quan] đề nghị [đơn vị] khẩn trương thực hiện các kiến nghị nêu trên và báo cáo kết quả kèm minh chứng về [cơ quan].",
        ),
    },
    Paper.REMEDY: {
        "closing": Part("Câu kết thúc", "[Đơn vị] báo cáo [cơ quan] xem xét, xác nhận kết quả khắc phục."),
    },
}
"""Kind of paper → piece → its label and the text where an office has none of its own."""


def filled(text: str, names: Mapping[str, str]) -> str:
    """The wording with its names; `names` by «cơ quan» and «đơn vị»."""
    for word, name in names.items():
        capital = f"{name[:1].upper()}{name[1:]}"
        text = text.replace(f"[{word}]", name).replace(f"[{word[:1].upper()}{word[1:]}]", capital)
    return text


def lines(text: str) -> list[str]:
    """Lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def ensure_piece(paper: str, piece: str) -> None:
    if piece not in WORDINGS.get(paper, {}):
        raise Missing("Loại văn bản này không có đoạn văn ấy.", en="This kind of paper has no such piece of text.")


def receivers(own: str, usual: Iterable[str]) -> list[str]:
    """The office's own list, or the usual one; the last line says what is kept."""
    found = [line.lstrip("-–• ").rstrip(" ;.") for line in lines(own)] or list(usual)
    return found if any("lưu" in line.lower() for line in found) else [*found, "Lưu: VT"]
