"""`./run webhooks list|send|remove`: destinations, seen, sent to and taken away at the machine. They are made on the page."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from kycuong.connect.actions import remove_webhook
from kycuong.connect.queries.webhooks import listening
from kycuong.connect.tasks import send_due
from kycuong.core.command import Command as Base
from kycuong.core.problems import BadInput
from kycuong.orgs.authority import at_the_machine


class Command(Base):
    help = "Nơi nhận tin tự động: liệt kê, gửi ngay, gỡ. / Destinations of webhooks: list, send now, remove."

    def add_arguments(self, parser: ArgumentParser) -> None:
        jobs = parser.add_subparsers(dest="job", required=True, metavar="list|send|remove")
        jobs.add_parser("list", help="Mỗi nơi nhận một dòng. / One line a destination.")
        jobs.add_parser("send", help="Gửi ngay những gì đến lượt. / Send now what is due.")
        remove = jobs.add_parser("remove", help="Gỡ một nơi nhận; chủ được báo. / Remove one; its owner is told.")
        remove.add_argument("uid", help="Mã ở cột đầu của list. / From the first column of list.")
        remove.add_argument("--reason", required=True, metavar="LÝ_DO", help="Lý do, chủ đọc được. / The reason.")

    def handle(self, *args: Any, **options: Any) -> None:
        with at_the_machine():
            getattr(self, f"do_{options['job']}")(options)

    def do_list(self, options: dict[str, Any]) -> None:
        for one in listening().select_related("owner"):
            waiting = one.deliveries.filter(done=False).count()
            told = [str(one.uid), one.owner.username, one.name, one.address, one.state, str(waiting), one.why]
            self.stdout.write("\t".join(told))

    def do_send(self, options: dict[str, Any]) -> None:
        count = send_due()
        self.say(f"Đã gửi {count} tin. / Sent: {count}.")

    def do_remove(self, options: dict[str, Any]) -> None:
        try:
            found = listening().select_related("owner").filter(uid=UUID(options["uid"])).first()
        except ValueError:
            found = None
        if found is None:
            raise BadInput(
                "Không có nơi nhận ấy; `./run webhooks list` liệt kê.",
                en="There is no such destination; `./run webhooks list` shows them.",
            )
        remove_webhook(found, by=None, reason=options["reason"])
        self.say(f"Đã gỡ “{found.name}” của {found.owner.username}. / Removed it.")
