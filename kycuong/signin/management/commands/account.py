"""`kycuong account create|grant|lend|take-back|password|lent|factors|link|list`: the first administrator of a new installation, and help at the door."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction

from kycuong.core.clock import today
from kycuong.core.command import Command as Base
from kycuong.core.command import iso_date
from kycuong.core.problems import BadInput
from kycuong.orgs.actions import (
    create_account,
    end_lent_passwords,
    grant_role,
    name_stand_in,
    set_temporary_password,
    take_back,
)
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.models import Person, StandIn
from kycuong.orgs.queries import resolve_unit
from kycuong.orgs.queries.lent import lent_without_end
from kycuong.orgs.roles import ROLES
from kycuong.orgs.rules import FOREVER, day_after
from kycuong.signin.actions.keys import link_identity_of
from kycuong.signin.actions.resetting import reset_factors
from kycuong.signin.proving.provider import Identity
from kycuong.ui.formats import vn_datetime


class Command(Base):
    help = (
        "Lập tài khoản, cấp vai trò, đặt lại mật khẩu, liệt kê. / Create accounts, grant roles, reset passwords, list."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        jobs = parser.add_subparsers(
            dest="job", required=True, metavar="create|grant|lend|take-back|password|lent|factors|link|list"
        )
        create = jobs.add_parser(
            "create", help="In mật khẩu tạm ra màn hình, một lần. / Prints a temporary password, once."
        )
        create.add_argument("username", help="Tên đăng nhập. / User name.")
        create.add_argument("--name", required=True, help="Họ và tên. / Full name.")
        create.add_argument("--position", default="", help="Chức vụ. / Position.")
        create.add_argument("--email", default="", help="Thư điện tử. / E-mail.")
        grant = jobs.add_parser("grant", help="Cấp vai trò cho tài khoản đã có. / Give a role to an account.")
        grant.add_argument("username", help="Tên đăng nhập. / User name.")
        for job in (create, grant):
            job.add_argument("--role", required=True, choices=list(ROLES), help="Vai trò. / Role.")
            job.add_argument("--unit", required=True, help="Địa chỉ đơn vị, uid hoặc mã@ngày. / Unit.")
            job.add_argument("--from", dest="first", type=iso_date, help="Từ ngày (hôm nay). / From (today).")
            job.add_argument("--to", dest="last", type=iso_date, help="Đến hết ngày. / Last day.")
        password = jobs.add_parser("password", help="Mật khẩu tạm mới, in một lần. / A new temporary password.")
        password.add_argument("username", help="Tên đăng nhập. / User name.")
        self.add_standing_in(jobs)
        self.add_lent(jobs)
        factors = jobs.add_parser(
            "factors", help="Bỏ lớp bảo vệ thứ hai của ai mất máy, kết thúc mọi phiên. / Reset the second factors."
        )
        factors.add_argument("username", help="Tên đăng nhập. / User name.")
        factors.add_argument("--reset", required=True, metavar="LÝ_DO", help="Lý do, người ấy đọc được. / The reason.")
        link = jobs.add_parser("link", help="Gắn danh tính ở cổng của tỉnh (sub). / Link an identity at the provider.")
        link.add_argument("username", help="Tên đăng nhập. / User name.")
        link.add_argument("subject", help="Định danh bất biến (sub) ở cổng. / The subject at the provider.")
        jobs.add_parser("list", help="Mỗi tài khoản một dòng, với vai trò hôm nay. / One line an account.")

    def add_standing_in(self, jobs: Any) -> None:
        lend = jobs.add_parser("lend", help="Giao người làm thay khi vắng mặt. / Name who stands in for somebody.")
        lend.add_argument("username", help="Người vắng mặt. / Who is away.")
        lend.add_argument("--by", dest="deputy", required=True, help="Người làm thay. / Who stands in.")
        lend.add_argument("--role", required=True, choices=list(ROLES), help="Vai trò. / Role.")
        lend.add_argument("--unit", required=True, help="Địa chỉ đơn vị, uid hoặc mã@ngày. / Unit.")
        lend.add_argument(
            "--from",
            dest="first",
            type=iso_date,
            help="Từ ngày (hôm nay), xa nhất một năm. / From (today), within a year.",
        )
        lend.add_argument("--to", dest="last", type=iso_date, required=True, help="Đến hết ngày. / Last day.")
        lend.add_argument("--reason", required=True, help="Lý do, cả hai đọc được. / The reason.")
        back = jobs.add_parser("take-back", help="Thu lại mọi việc làm thay của một người. / Take back what was lent.")
        back.add_argument("username", help="Người vắng mặt. / Who was away.")

    def add_lent(self, jobs: Any) -> None:
        lent = jobs.add_parser(
            "lent",
            help="Ai còn dùng mật khẩu do quản trị cấp, không có hạn. / Who still has a given password without an end.",
        )
        lent.add_argument(
            "--end", action="store_true", help="Từ nay chỉ dùng được 7 ngày nữa. / From now on good for 7 days only."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with at_the_machine(), transaction.atomic():
            getattr(self, f"do_{options['job'].replace('-', '_')}")(options)

    def do_create(self, options: dict[str, Any]) -> None:
        unit = resolve_unit(options["unit"])
        person, told = create_account(
            by=None,
            at=unit,
            username=options["username"],
            full_name=options["name"],
            position=options["position"],
            email=options["email"],
        )
        self.give(person, options)
        self.tell_password(person, told)

    def do_grant(self, options: dict[str, Any]) -> None:
        self.give(_person(options["username"]), options)

    def do_lend(self, options: dict[str, Any]) -> None:
        named = name_stand_in(
            _person(options["username"]),
            by=None,
            role=options["role"],
            unit=resolve_unit(options["unit"]),
            person=_person(options["deputy"]),
            valid_from=options["first"],
            valid_to=_day_after(options["last"]),
            reason=options["reason"],
        )
        who, whom = named.person.username, named.principal.username
        self.say(f"{who} làm thay {whom}. / {who} stands in for {whom}.")

    def do_take_back(self, options: dict[str, Any]) -> None:
        rows = list(StandIn.objects.open().filter(principal=_person(options["username"])))
        for one in rows:
            take_back(one, by=None)
        self.say(f"Đã thu lại {len(rows)}. / Took back {len(rows)}.")

    def do_password(self, options: dict[str, Any]) -> None:
        person = _person(options["username"])
        self.tell_password(person, set_temporary_password(person, by=None))

    def do_lent(self, options: dict[str, Any]) -> None:
        found = lent_without_end()
        for person in found:
            never = "" if person.last_login else "\tchưa đăng nhập lần nào/never signed in"
            self.stdout.write(f"{person.username}\t{person.full_name}{never}")
        if options["end"] and found:
            ends = end_lent_passwords(found, by=None)
            self.say(
                f"{len(found)} mật khẩu ấy dùng được đến {vn_datetime(ends)}; ai đăng nhập phải đặt mật khẩu riêng. "
                f"/ Those {len(found)} passwords open until {ends:%Y-%m-%d %H:%M %Z}; whoever signs in must set another one."
            )

    def do_factors(self, options: dict[str, Any]) -> None:
        person = _person(options["username"])
        count = reset_factors(person, by=None, reason=options["reset"])
        self.say(
            f"Đã bỏ {count} lớp và mã của {person.username}, mọi phiên đã kết thúc. "
            f"/ Removed {count} factors and codes of {person.username}; every session has ended."
        )

    def do_link(self, options: dict[str, Any]) -> None:
        person = _person(options["username"])
        issuer = settings.OIDC.issuer if settings.OIDC else ""
        link_identity_of(person, Identity(issuer, options["subject"]), by=None)
        self.say(
            f"Đã gắn {options['subject']} với {person.username}. / Linked {options['subject']} to {person.username}."
        )

    def do_list(self, options: dict[str, Any]) -> None:
        day = today()
        for person in Person.objects.order_by("username").prefetch_related("assignments__unit"):
            held = [row for row in person.assignments.all() if row.valid_from <= day < row.valid_to]
            roles = ", ".join(f"{row.role}@{row.unit.slug}" for row in held) or "-"
            state = "" if person.is_active else "\tngừng/closed"
            self.stdout.write(f"{person.username}\t{person.full_name}\t{roles}{state}")

    def give(self, person: Person, options: dict[str, Any]) -> None:
        unit = resolve_unit(options["unit"])
        grant_role(
            person,
            by=None,
            role=options["role"],
            unit=unit,
            valid_from=options["first"],
            valid_to=_day_after(options["last"]),
        )
        title = ROLES[options["role"]].title
        self.say(
            f"{person.username} có vai trò {title} tại {unit}. / {person.username}: {options['role']} at {unit.slug}."
        )

    def tell_password(self, person: Person, told: str) -> None:
        """The password alone on standard output, so that it can be piped to where it is kept."""
        self.stdout.write(told)
        self.say(
            f"Đó là mật khẩu tạm của {person.username}, chỉ hiện lần này, dùng được 7 ngày; khi đăng nhập phải đặt mật khẩu khác. "
            f"/ That is {person.username}'s temporary password, shown only now, good for 7 days; whoever signs in must set another one."
        )


def _day_after(last: date | None) -> date:
    """The first day without the role; people write the last day with it."""
    return FOREVER if last is None else day_after(last)


def _person(username: str) -> Person:
    person = Person.objects.filter(username=username.strip().lower()).first()
    if person is None:
        raise BadInput(
            f"Không có tài khoản “{username[:50]}”; `./run account list` liệt kê các tài khoản.",
            en=f"There is no account “{username[:50]}”; `./run account list` shows them.",
        )
    return person
