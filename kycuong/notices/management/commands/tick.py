"""`./run tick`: do now whatever is due, once, for a timer of the machine."""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from kycuong.core.clock import today
from kycuong.core.command import Command as OurCommand
from kycuong.notices.tasks.running import tick


class Command(OurCommand):
    help = "Làm các việc nền đã tới hạn (nhắc việc, gửi thư tóm tắt). / Do what is due by itself (reminders, digests)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--hour-is-right",
            action="store_true",
            help="giờ máy đã được xem và đúng, dù cách lần chạy trước nhiều ngày / the clock was looked at and is right, though days away from the last run",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        told = tick(today(), hour_is_right=options["hour_is_right"])
        if told is None:
            self.say("Một lần chạy khác đang làm; không làm hai lần. / Another run is at work; nothing is done twice.")
            return
        for line in told.done:
            self.stdout.write(line)
        if not settings.EMAIL_HOST:
            self.say("Chưa đặt KYCUONG_SMTP: không gửi thư. / KYCUONG_SMTP is not set: no mail is sent.")
        if told.faults:
            for line in told.faults:
                self.stderr.write(line)
            sys.exit(1)
        if not told.done:
            self.say("Không có việc nào tới hạn. / Nothing was due.")
