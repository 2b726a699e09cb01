"""`./run worker`: run the tick again and again, without serving pages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from kycuong.core.command import Command as OurCommand
from kycuong.core.problems import BadInput
from kycuong.notices.tasks.background import forever


class Command(OurCommand):
    help = "Chạy việc nền mãi, không phục vụ trang. / Run the tick for ever, without serving pages."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.TICK_MINUTES:
            raise BadInput(
                "KYCUONG_TICK_MINUTES=0 tắt việc nền; hãy đặt một số phút.",
                en="KYCUONG_TICK_MINUTES=0 switches the tick off; set a number of minutes.",
            )
        self.say(
            f"Chạy việc nền {settings.TICK_MINUTES} phút một lần (Ctrl-C để dừng). / "
            f"The tick runs every {settings.TICK_MINUTES} minutes."
        )
        for path in settings.BESIDE:
            import_string(path)()
        forever()
