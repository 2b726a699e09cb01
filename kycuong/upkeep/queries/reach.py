"""Who can reach this server, and as whom: addresses, Django's own checks, accounts that must not be there, whom to tell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core import checks
from django.db import DEFAULT_DB_ALIAS

from kycuong.audit.bulk import loaded_rows
from kycuong.core.clock import today
from kycuong.core.exposure import is_public
from kycuong.demo.accounts import ACCOUNTS, DEMO_PASSWORD
from kycuong.orgs.models import Assignment, Person
from kycuong.orgs.queries.lent import lent_without_end
from kycuong.upkeep.rules import Finding, fault, good, warning

CODE = Path(__file__).resolve().parents[3]
HISTORIES = (".git", ".svn", ".hg")


def address() -> Iterator[Finding]:
    """Passwords and minutes cross the network encrypted, and nothing tells how the program works inside."""
    before = len(found := list(_address_faults()))
    yield from found
    if not before:
        hosts = ", ".join(settings.ALLOWED_HOSTS)
        yield good("address", f"{hosts}{', HTTPS' if settings.HTTPS else ''}", hosts)


def _address_faults() -> Iterator[Finding]:
    if settings.DEBUG:
        yield fault(
            "address",
            "KYCUONG_DEBUG đang bật: trang lỗi lộ nội dung bên trong",
            "KYCUONG_DEBUG is on: error pages tell what is inside",
            "bỏ KYCUONG_DEBUG",
            "take KYCUONG_DEBUG away",
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield fault(
            "address",
            "KYCUONG_HOSTS nhận mọi tên máy",
            "KYCUONG_HOSTS takes any name",
            "viết đúng tên mà người dùng gõ",
            "write the names that people type",
        )
    if is_public() and not settings.HTTPS:
        yield fault(
            "address",
            "máy khác vào được mà không có HTTPS: mật khẩu đi qua mạng không mã hóa",
            "other machines reach this without HTTPS: passwords cross the network in plain",
            "đặt một máy chủ web có TLS phía trước và KYCUONG_HTTPS=1",
            "put a web server with TLS in front and set KYCUONG_HTTPS=1",
        )


def proxies() -> Iterator[Finding]:
    """Behind a proxy that is not named everybody has the proxy's address: one who guesses wrongly locks the others out."""
    if settings.HTTPS and not settings.PROXIES:
        yield warning(
            "proxies",
            "KYCUONG_PROXIES trống: mọi người mang cùng địa chỉ của proxy, một người gõ sai thì khóa cả người khác",
            "KYCUONG_PROXIES is empty: everybody has the proxy's address, and one who fails locks others out",
            "đặt KYCUONG_PROXIES=127.0.0.1 (địa chỉ của proxy) và dùng deploy/nginx.conf",
            "set KYCUONG_PROXIES=127.0.0.1 (the proxy's address) and use deploy/nginx.conf",
        )
    else:
        named = ", ".join(map(str, settings.PROXIES))
        yield good("proxies", named or "không có", named or "none")


def sources() -> Iterator[Finding]:
    """No page serves the folder of the sources; where others reach this server its history should not even lie there (ASVS 13.4.1)."""
    left = [name for name in HISTORIES if (CODE / name).exists()] if is_public() else []
    if left:
        yield warning(
            "sources",
            f"{', '.join(left)} nằm cạnh mã nguồn: tiến trình đọc được lịch sử của mã",
            f"{', '.join(left)} lies beside the sources, where the process can read it",
            "cài từ gói phát hành, hoặc xóa thư mục ấy khỏi máy chủ",
            "install from a release, or remove that folder from the server",
        )
    else:
        yield good("sources", "không kèm lịch sử mã nguồn", "without their history")


def django() -> Iterator[Finding]:
    """The framework's checks; those for a deployment where others reach this server."""
    found = [one for one in checks.run_checks(include_deployment_checks=is_public()) if not one.is_silenced()]
    for one in found[:5]:
        make = fault if one.is_serious() else warning
        yield make(
            "django", f"{one.id}: {one.msg}"[:300], f"{one.id}", str(one.hint or one.id), str(one.hint or one.id)
        )
    if not found:
        yield good("django", "không có gì", "nothing")


def demonstration() -> Iterator[Finding]:
    """Accounts whose password stands in the README."""
    if loaded := loaded_rows(using=DEFAULT_DB_ALIAS):
        yield fault(
            "demonstration",
            f"cơ sở dữ liệu có {loaded} dòng tạo sinh (./run load national), không phải số liệu thật",
            f"the database holds {loaded} generated rows (./run load national): these are no real figures",
            "dùng cơ sở dữ liệu mới với KYCUONG_DEMO=0",
            "use a new database with KYCUONG_DEMO=0",
        )
    names = [one.username for one in ACCOUNTS] if is_public() else []  # a hash is slow to compare, on purpose
    kept = Person.objects.filter(username__in=names, is_active=True).values_list("password", flat=True)
    open_ones = [one for one in kept if check_password(DEMO_PASSWORD, one)]
    if open_ones:
        yield fault(
            "demonstration",
            f"{len(open_ones)} tài khoản minh họa vào được bằng mật khẩu ai cũng biết",
            f"{len(open_ones)} accounts of the demonstration open with a password that everybody knows",
            "dùng cơ sở dữ liệu mới với KYCUONG_DEMO=0",
            "use a new database with KYCUONG_DEMO=0",
        )
    else:
        yield good("demonstration", "không ai khác vào được", "nobody else gets in")


def administrators() -> Iterator[Finding]:
    """Somebody must be able to make accounts; two, so that one may fall ill."""
    now_held = Assignment.objects.filter(role="system_admin", valid_from__lte=today(), valid_to__gt=today())
    count = now_held.filter(person__is_active=True).values("person").distinct().count()
    how = ("./run account create … rồi ./run account grant …", "./run account create …, then ./run account grant …")
    if count == 0:
        yield fault("administrators", "không ai quản trị được tài khoản", "nobody can look after accounts", *how)
    elif count == 1:
        yield warning("administrators", "chỉ có một quản trị hệ thống", "there is one system administrator only", *how)
    else:
        yield good("administrators", f"{count} người", f"{count} people")


def passwords() -> Iterator[Finding]:
    """Passwords that an administrator gave before such passwords had an end: how many; whose they are, only lists of accounts tell."""
    shown = {one.username for one in ACCOUNTS}  # the line of the demonstration tells of these
    known = ("(minh họa)", "(tạo sinh)")
    lent = [one for one in lent_without_end() if one.username not in shown or not one.full_name.endswith(known)]
    never = sum(one.last_login is None for one in lent)
    if lent:
        yield warning(
            "passwords",
            f"{len(lent)} tài khoản vẫn vào được bằng mật khẩu do quản trị cấp từ trước, không có hạn ({never} chưa đăng nhập lần nào)",
            f"{len(lent)} accounts still open with a password given long ago that has no end ({never} never signed in)",
            "./run account lent --end cho các mật khẩu ấy 7 ngày; hoặc trang Tài khoản, đánh dấu “Mật khẩu tạm chưa đổi”, đặt lại từng người",
            "./run account lent --end gives them 7 days; or tick “Temporary password not changed yet” on the page of accounts and reset each",
        )
    else:
        yield good("passwords", "không cái nào thiếu hạn", "none without an end")


def token() -> Iterator[Finding]:
    """What opens the measurements is not guessed."""
    if 0 < len(settings.METRICS_TOKEN) < 20:
        yield warning(
            "contact",
            "KYCUONG_METRICS_TOKEN ngắn, dễ đoán",
            "KYCUONG_METRICS_TOKEN is short and easily guessed",
            "đặt một mã ngẫu nhiên từ 20 ký tự",
            "set a random one of 20 letters or more",
        )


def contact() -> Iterator[Finding]:
    """Whoever finds a weakness should know whom to tell (RFC 9116)."""
    yield from token()
    if settings.SECURITY_CONTACT:
        yield good("contact", settings.SECURITY_CONTACT, settings.SECURITY_CONTACT)
    else:
        yield warning(
            "contact",
            "chưa có địa chỉ để báo lỗ hổng (security.txt)",
            "there is no address for reports of weaknesses (security.txt)",
            "đặt KYCUONG_SECURITY_CONTACT, ví dụ mailto:antoan@langson.example",
            "set KYCUONG_SECURITY_CONTACT, such as mailto:security@langson.example",
        )
