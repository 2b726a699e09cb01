"""`./run` without a name: prepare, then serve, in one process."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from kycuong.core.command import Command as OurCommand
from kycuong.demo.accounts import ACCOUNTS, DEMO_PASSWORD, is_loaded
from kycuong.orgs.roles import ROLES
from kycuong.site.backed_up import ensure_upgrade_may_begin
from kycuong.site.opening import ensure_restored_whole
from kycuong.site.prepare import prepare
from kycuong.site.server import Server, ensure_port_is_free, process_count
from kycuong.upkeep.measuring import forget_processes


class Command(OurCommand):
    help = "Chuẩn bị rồi phục vụ trang (như ./run không tên lệnh). / Prepare and serve, as ./run without a name."
    opens_records = False  # it looks itself, in an order of its own

    def handle(self, *args: Any, **options: Any) -> None:
        ensure_port_is_free()
        ensure_restored_whole()
        workers = process_count()
        ensure_upgrade_may_begin()
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
