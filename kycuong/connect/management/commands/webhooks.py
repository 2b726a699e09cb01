"""`./run webhooks list|send|remove`: destinations, seen, sent to and taken away at the machine. They are made on the page."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.conf import settings

from kycuong.connect.actions import remove_webhook
from kycuong.connect.queries.webhooks import is_held, listening
from kycuong.connect.tasks import send_due
from kycuong.core.command import Command as Base
from kycuong.core.problems import BadInput, RuleBroken
from kycuong.notices.queries import last_run_far_away
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
            why = one.why or (f"KYCUONG_WEBHOOK_HOSTS: không có {one.origin}" if is_held(one) else "")
            told = [str(one.uid), one.owner.username, one.name, one.origin, one.state, str(waiting), why]
            self.stdout.write("\t".join(told))

    def do_send(self, options: dict[str, Any]) -> None:
        if not settings.WEBHOOK_HOSTS:
            raise BadInput(
                "Lệnh này không thấy KYCUONG_WEBHOOK_HOSTS nên không gửi gì; hãy đặt như của máy chủ rồi chạy lại.",
                en="This command has no KYCUONG_WEBHOOK_HOSTS, so it sends nothing; set it as for the server and run it again.",
            )
        if last_run_far_away() is not None:
            raise RuleBroken(
                "Giờ máy chủ đáng ngờ nên chưa gửi gì: giờ sai thì sửa giờ máy; giờ đúng thì chạy ./run tick --hour-is-right một lần.",
                en="The hour is in doubt, so nothing is sent: mend the clock, or run ./run tick --hour-is-right once.",
            )
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
