"""The first hour of an installation: its steps in order, each read from the data and the settings, never ticked by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import Exists, F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.backups.store import Folder
from kycuong.backups.store import remembered as last_of
from kycuong.catalog.models import Checklist
from kycuong.core.clock import AHEAD, now, today
from kycuong.core.remembering import remembered
from kycuong.deadlines.models import YearConfirmation
from kycuong.inspections.models import Visit
from kycuong.inspections.rules import VisitState
from kycuong.notices.models import TickRun
from kycuong.notices.rules import ASLEEP
from kycuong.orgs.models import Assignment, Unit, UnitVersion
from kycuong.orgs.rules import Kind
from kycuong.plans.models import InspectionPlan
from kycuong.upkeep.rules import Finding, good


@dataclass(frozen=True, slots=True)
class Step:
    """One step: is it done, what to do, why it matters, who does it; and the page, or the command, that does it."""

    code: str
    done: bool
    title: str
    why: str
    who: str
    url: str = ""
    command: str = ""


_BEGUN: set[bool] = set()
"""True once every step was found done: then this process asks no more, and the menu costs nothing."""


def steps_done() -> dict[str, bool]:
    """Code → whether it is done, in order. One question to the database: the menu asks it on each page of who runs the system."""
    return remembered("steps of the first hour", _steps_done)


def _steps_done() -> dict[str, bool]:
    day = today()
    held = Assignment.objects.filter(valid_from__lte=day, valid_to__gt=day, person__is_active=True)
    asked = {
        "province": UnitVersion.objects.filter(kind=Kind.PROVINCE),
        "account": held.filter(role="system_admin"),
        "units": UnitVersion.objects.exclude(kind__in=[Kind.PROVINCE, Kind.NATION]),
        "people": held.exclude(role="system_admin"),
        "coordinators": held.filter(role="coordinator", person__last_login__isnull=False),
        "checklist": Checklist.objects.standard().filter(
            Q(valid_from=None) | Q(valid_from__lte=day), published_on__isnull=False
        ),
        "days_off": YearConfirmation.objects.filter(year=day.year),
        "last_year": Visit.objects.filter(state=VisitState.SIGNED, visited_on__lt=day.replace(month=1, day=1)),
        "tick": TickRun.objects.whole().filter(ended_at__range=(now() - ASLEEP, now() + AHEAD)),
        "plan": InspectionPlan.objects.filter(issued_on__isnull=False),
    }
    rows = Unit.objects.order_by().annotate(**{f"has_{code}": Exists(rows) for code, rows in asked.items()})
    found = rows.values(**{code: F(f"has_{code}") for code in asked}).first() or dict.fromkeys(asked, False)
    machine = {"backup": _is_backed_up(), "mail": bool(settings.EMAIL_HOST)}
    order = ["province", "account", "units", "people", "coordinators", "checklist", "days_off", "last_year"]
    return {code: bool((found | machine)[code]) for code in [*order, "backup", "tick", "mail", "plan"]}


def _is_backed_up() -> bool:
    """The newest backup that this system made still lies where backups are put."""
    last = last_of("good")
    return bool(
        settings.BACKUP_FOLDER and settings.BACKUP_KEY and last and last.is_in(Folder(Path(settings.BACKUP_FOLDER)))
    )


def is_begun() -> bool:
    """Every step is done, or was when this process last asked."""
    if not _BEGUN and all(steps_done().values()):
        _BEGUN.add(True)
    return bool(_BEGUN)


def told() -> Iterator[Finding]:
    """Where the first hour stands: no fault, whatever is missing; the page says what to do."""
    done = steps_done()
    count = f"{sum(done.values())}/{len(done)}"
    yield good("beginning", f"đã xong {count} bước; xem trang /start/", f"{count} steps are done; see the page /start/")


def steps() -> list[Step]:
    """The steps with their words, in order."""
    admin, adds_up = _("Quản trị hệ thống"), _("Cán bộ tổng hợp")
    words = _at_the_machine() | {
        "units": (_("Nhập các đơn vị của tỉnh"), _("Sở, xã, phường phải có trước khi có người và kế hoạch."), adds_up),
        "people": (_("Lập tài khoản và cấp vai trò"), _("Ai làm được gì là do vai trò tại đơn vị."), admin),
        "coordinators": (
            _("Mời cán bộ đầu mối: đưa mật khẩu tạm, họ đăng nhập"),
            _("Mật khẩu tạm hết hạn sau bảy ngày; xong khi đã có đầu mối đăng nhập."),
            admin,
        ),
        "checklist": (_("Có phiếu kiểm tra đang áp dụng"), _("Không có phiếu thì không ghi được lượt nào."), adds_up),
        "days_off": (_("Xác nhận lịch nghỉ năm nay"), _("Thời hạn tính theo ngày làm việc."), _("Người giữ lịch nghỉ")),
        "last_year": (
            _("Nhập các lượt của năm trước từ bảng tính"),
            _("Có năm trước mới so sánh được và thấy lỗi lặp lại."),
            adds_up,
        ),
        "plan": (_("Ban hành kế hoạch đầu tiên"), _("Con số đầu tiên mà lãnh đạo hỏi."), _("Cán bộ đầu mối")),
    }
    return [Step(code, done, *words[code], **_ways().get(code, {})) for code, done in steps_done().items()]


def _at_the_machine() -> dict[str, tuple[str, str, str]]:
    """The words of what only the server's command line does."""
    machine = _("Người giữ máy chủ")
    return {
        "province": (_("Lập tỉnh từ danh mục hành chính"), _("Mọi đơn vị, vai trò, con số đứng dưới tỉnh."), machine),
        "account": (
            _("Lập tài khoản đầu tiên: người quản trị hệ thống"),
            _("Lệnh in mật khẩu tạm một lần; người ấy đăng nhập rồi lập các tài khoản khác."),
            machine,
        ),
        "backup": (
            _("Tạo khóa sao lưu và đặt nơi sao lưu"),
            _("Không có bản sao thì hỏng ổ đĩa là mất hết; xong khi bản mới nhất nằm ở nơi sao lưu."),
            machine,
        ),
        "tick": (
            _("Việc chạy nền đang chạy"),
            _("Nhắc việc, thời hạn, mốc kiểm chứng nhờ nó; xong khi lần gần nhất chưa quá 26 giờ."),
            machine,
        ),
        "mail": (_("Đặt máy chủ thư"), _("Không có thư thì chỉ ai đăng nhập mới thấy nhắc việc."), machine),
    }


def _ways() -> dict[str, dict[str, str]]:
    """Code → the page that does it, or the exact command at the machine."""
    return {
        "province": {
            "command": "./run template units --of 'TỈNH' -o don-vi.xlsx && ./run import units don-vi.xlsx --on 2025-07-01"
        },
        "account": {
            "command": "./run account create quantri --name 'HỌ VÀ TÊN' --role system_admin --unit tinh-lang-son"
        },
        "units": {"url": reverse("orgs:import")},
        "people": {"url": reverse("orgs:people")},
        "coordinators": {"url": reverse("orgs:new_person")},
        "checklist": {"url": reverse("catalog:checklists")},
        "days_off": {"url": reverse("deadlines:days_off")},
        "last_year": {"url": reverse("inspections:import")},
        "backup": {"command": "./run backup key TỆP; KYCUONG_BACKUP_KEY=… KYCUONG_BACKUP_FOLDER=…; ./run backup make"},
        "tick": {"command": "KYCUONG_TICK_MINUTES=15; ./run tick"},
        "mail": {"command": "KYCUONG_SMTP=… KYCUONG_MAIL_FROM=… KYCUONG_BASE_URL=…; ./run mail --test ĐỊA_CHỈ"},
        "plan": {"url": reverse("plans:plans")},
    }
