"""`./run` without a name: prepare, then serve, in one process."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from kycuong.backups.copies.restoring import unfinished
from kycuong.core.command import Command as OurCommand
from kycuong.core.problems import RuleBroken
from kycuong.demo.accounts import ACCOUNTS, DEMO_PASSWORD, is_loaded
from kycuong.orgs.roles import ROLES
from kycuong.site.prepare import prepare
from kycuong.site.server import Server, ensure_port_is_free, process_count
from kycuong.upkeep.measuring import forget_processes


class Command(OurCommand):
    help = "Chuẩn bị rồi phục vụ trang (như ./run không tên lệnh). / Prepare and serve, as ./run without a name."

    def handle(self, *args: Any, **options: Any) -> None:
        ensure_port_is_free()
        ensure_restored_whole()
        workers = process_count()
        prepare(self.say)
        if settings.METRICS_TOKEN:
            forget_processes()
        greeting = self.greeting()
        Server(workers=workers, when_ready=lambda: self.say(greeting)).run()

    def greeting(self) -> str:
        """The address, and the accounts of the demonstration where it is loaded."""
        host = "127.0.0.1" if settings.ADDRESS in {"0.0.0.0", "[::]"} else settings.ADDRESS  # noqa: S104 - compared only
        lines = [""]
        if is_loaded():
            lines.append(f"Tài khoản minh họa / demo accounts (mật khẩu / password: {DEMO_PASSWORD})")
            lines += [f"  {account.username:<12} {ROLES[account.role].title}" for account in ACCOUNTS]
        lines.append(f"Sẵn sàng / ready: http://{host}:{settings.PORT}/   (Ctrl-C để dừng / to stop)")
        return "\n".join(lines)


def ensure_restored_whole() -> None:
    """Nobody works where a restoration broke off, or does not agree with its backup."""
    if unfinished().exists():
        raise RuleBroken(
            f"Lần phục hồi vào đây chưa xong hoặc không khớp với bản sao lưu nên không mở cho ai làm việc. Hãy phục hồi lại vào một thư mục mới; "
            f"chỉ khi biết chắc nơi này đúng mới xóa {unfinished().name} trong KYCUONG_HOME.",
            en=f"The restoration into this place broke off or does not agree with its backup, so nobody works here. Restore into a new folder; "
            f"remove {unfinished().name} in KYCUONG_HOME only when you know that this place is right.",
        )
