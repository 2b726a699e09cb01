"""`kycuong calendar list|revoke`: addresses of calendars, seen and taken back at the machine. Made they are by their person only."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from kycuong.connect.actions import revoke_feed_of
from kycuong.connect.queries import all_feeds
from kycuong.core.command import Command as Base
from kycuong.core.problems import BadInput
from kycuong.orgs.authority import at_the_machine


class Command(Base):
    help = "Liệt kê, thu hồi địa chỉ lịch của các tài khoản. / List and revoke addresses of people's calendars."

    def add_arguments(self, parser: ArgumentParser) -> None:
        jobs = parser.add_subparsers(dest="job", required=True, metavar="list|revoke")
        listed = jobs.add_parser(
            "list", help="Mỗi địa chỉ một dòng: tài khoản, tạo ngày, đọc lần cuối. / Account, made, last read."
        )
        listed.add_argument("username", nargs="?", default="", help="Chỉ của tài khoản này. / Of this account only.")
        revoke = jobs.add_parser(
            "revoke", help="Thu hồi địa chỉ của một tài khoản; người ấy được báo. / Revoke one; its person is told."
        )
        revoke.add_argument("username", help="Tên đăng nhập. / User name.")
        revoke.add_argument("--reason", required=True, metavar="LÝ_DO", help="Lý do, người ấy đọc được. / The reason.")

    def handle(self, *args: Any, **options: Any) -> None:
        with at_the_machine():
            getattr(self, f"do_{options['job']}")(options)

    def do_list(self, options: dict[str, Any]) -> None:
        found = all_feeds()
        if options["username"]:
            found = found.filter(person__username=options["username"].strip().lower())
        for feed in found:
            self.stdout.write("\t".join([feed.person.username, _day(feed.made_at), _day(feed.last_used_at)]))

    def do_revoke(self, options: dict[str, Any]) -> None:
        name = options["username"].strip().lower()
        feed = all_feeds().filter(person__username=name).first()
        if feed is None:
            raise BadInput(
                f"Tài khoản “{name[:50]}” không có địa chỉ lịch; `./run calendar list` liệt kê các địa chỉ.",
                en=f"The account “{name[:50]}” has no address of a calendar; `./run calendar list` shows them.",
            )
        revoke_feed_of(feed.person, by=None, reason=options["reason"])
        self.say(f"Đã thu hồi địa chỉ lịch của {name}. / Revoked the calendar address of {name}.")


def _day(moment: datetime | None) -> str:
    return f"{localtime(moment):%Y-%m-%d}" if moment else "-"
