"""`./run mail`: whether mail is set up; with --test, one mail that tries it out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from kycuong.core.command import Command as OurCommand
from kycuong.notices.tasks.delivery import ensure_set, try_out


class Command(OurCommand):
    help = "Máy chủ thư đã đặt chưa; --test ĐỊA_CHỈ gửi một thư thử. / Is mail set up; --test ADDRESS sends one mail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--test", metavar="ĐỊA_CHỈ", help="gửi một thư thử tới đây / send one test mail here")

    def handle(self, *args: Any, test: str | None = None, **options: Any) -> None:
        ensure_set()
        where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
        if test is None:
            self.stdout.write(f"{where}\t{settings.DEFAULT_FROM_EMAIL}\t{settings.BASE_URL}")
            return
        try_out(test)
        self.say(f"Máy chủ thư {where} đã nhận thư gửi {test}. / {where} has taken the mail to {test}.")
