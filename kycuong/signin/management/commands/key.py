"""`kycuong key list|revoke`: keys of programs, seen and taken back at the machine. Made they are by their person only, on the page."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.utils.timezone import localtime

from kycuong.core.clock import today
from kycuong.core.command import Command as Base
from kycuong.core.problems import BadInput
from kycuong.orgs.authority import at_the_machine
from kycuong.signin.actions.resetting import revoke_key_of
from kycuong.signin.models import AccessKey


class Command(Base):
    help = "Liệt kê, thu hồi khóa API của các chương trình. / List and revoke access keys of programs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        jobs = parser.add_subparsers(dest="job", required=True, metavar="list|revoke")
        listed = jobs.add_parser("list", help="Mỗi khóa còn dùng được một dòng. / One line a key that still opens.")
        listed.add_argument("username", nargs="?", default="", help="Chỉ của tài khoản này. / Of this account only.")
        revoke = jobs.add_parser(
            "revoke", help="Thu hồi một khóa; chủ khóa được báo. / Revoke a key; its owner is told."
        )
        revoke.add_argument("key", help="Khóa bị lộ, hoặc kc_ và 16 chữ đầu. / The key that leaked, or its first part.")
        revoke.add_argument("--reason", required=True, metavar="LÝ_DO", help="Lý do, chủ khóa đọc được. / The reason.")

    def handle(self, *args: Any, **options: Any) -> None:
        with at_the_machine():
            getattr(self, f"do_{options['job']}")(options)

    def do_list(self, options: dict[str, Any]) -> None:
        found = (
            AccessKey.objects.filter(revoked_at__isnull=True, expires_on__gte=today(), person__is_active=True)
            .select_related("person")
            .order_by("person__username", "pk")
        )
        if options["username"]:
            found = found.filter(person__username=options["username"].strip().lower())
        for key in found:
            used = f"{localtime(key.last_used_at):%Y-%m-%d}" if key.last_used_at else "-"
            told = [f"kc_{key.token_id}", key.person.username, key.name, key.scope, f"{key.expires_on:%Y-%m-%d}", used]
            self.stdout.write("\t".join(told))

    def do_revoke(self, options: dict[str, Any]) -> None:
        token_id = options["key"].removeprefix("kc_").split("_")[0]
        key = AccessKey.objects.select_related("person").filter(token_id=token_id).first()
        if key is None:
            raise BadInput(
                "Không có khóa ấy; `./run key list` liệt kê các khóa.",
                en="There is no such key; `./run key list` shows them.",
            )
        revoke_key_of(key, by=None, reason=options["reason"])
        self.say(f"Đã thu hồi khóa “{key.name}” của {key.person.username}. / Revoked a key of {key.person.username}.")
