"""`./run prepare`: everything that `./run` does, except serving."""

from __future__ import annotations

from typing import Any

from kycuong.core.command import Command as OurCommand
from kycuong.site.prepare import prepare


class Command(OurCommand):
    help = "Tạo cơ sở dữ liệu, tệp tĩnh, nạp dữ liệu minh họa; không phục vụ. / Prepare everything, do not serve."

    def handle(self, *args: Any, **options: Any) -> None:
        prepare(self.say)
        self.say("Đã sẵn sàng; `./run` để phục vụ. / Prepared; `./run` serves.")
