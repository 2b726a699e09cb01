"""Digests through real mail servers: once a day, marked after the server took them, and what goes wrong is said."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage as Letter
from django.core.management import call_command
from django.utils.timezone import get_default_timezone

from kycuong.core.clock import now, today
from kycuong.core.problems import RuleBroken
from kycuong.notices.models import DigestSent, MailWish, Notice, TickRun
from kycuong.notices.rules import digest_cut
from kycuong.notices.tasks.delivery import try_out
from kycuong.notices.tasks.digests import send_digests
from kycuong.notices.tasks.running import tick
from kycuong.notices.telling import tell
from kycuong.orgs.models import Person
from kycuong.site.post import mail_server
from tests.desk import Desk
from tests.notices import post

Readers = dict[str, Person]


@pytest.fixture
def readers(desk: Desk) -> Readers:
    """Three people with an address, each told two things the day before yesterday, one of them due."""
    found = {name: desk.people[name] for name in ("unit_head", "leader", "coordinator")}
    for name, person in found.items():
        person.email = f"{name}@langson.example"
        person.save()
    tell(found.values(), key="plain", subject="Có kết luận mới về xã Hoàng Đồng", url="/conclusions/", text="Chi tiết")
    tell(found.values(), key="due", subject="Hạn trả lời là ngày mai", url="/mine/", due=True)
    Notice.objects.update(told_at=now() - timedelta(days=2))
    return found


def test_one_calm_mail_a_day_in_vietnamese_with_links(readers: Readers, settings: Any) -> None:
    MailWish.objects.create(person=readers["leader"], wish="due")
    MailWish.objects.create(person=readers["coordinator"], wish="never")
    day, _cut = digest_cut(now(), settings.MAIL_HOUR)
    with post.served(post.Office(), settings) as office:
        assert send_digests(today()) == "Đã gửi 2 thư."
        tell(readers.values(), key="new", subject="Vừa mới", url="/mine/")
        Notice.objects.filter(key="new").update(told_at=now() - timedelta(days=1, hours=1))
        assert send_digests(today()) == "", "one a day"
    letters = {to: letter for [to], letter in office.letters}
    assert set(letters) == {"unit_head@langson.example", "leader@langson.example"}
    letter = letters["unit_head@langson.example"]
    assert letter["Subject"] == f"Kỷ Cương: 2 thông báo, {day:%d/%m/%Y}"
    assert letter["From"].addresses[0].display_name == "Kỷ Cương"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content_type() == "text/plain"
    body = letter.get_content().replace("\r\n", "\n")
    assert "- Hạn trả lời là ngày mai\n  https://kycuong.langson.example/mine/\n" in body
    assert body.index("Hạn trả lời") < body.index("Có kết luận"), "what is due stands first"
    assert "Chi tiết" not in body
    assert "Có kết luận" not in letters["leader@langson.example"].get_content()
    assert set(DigestSent.objects.values_list("person__username", "day", "notices")) == {
        (readers["unit_head"].username, day, 2), (readers["leader"].username, day, 1),
    }  # fmt: skip


def test_a_refused_address_stops_no_other_and_is_seen(
    readers: Readers, settings: Any, as_person: Any, desk: Desk
) -> None:
    office = post.Office()
    office.refused = {"leader@langson.example": "550 no such user", "coordinator@langson.example": "451 come again"}
    with post.served(office, settings):
        told = tick(today())
        assert told
        assert told.done == ["Đã gửi 1 thư; 2 địa chỉ bị máy chủ thư từ chối."]
        office.refused.clear()
        assert send_digests(today()) == "Đã gửi 1 thư.", (
            "a word about the moment: asked again; about the address: tomorrow"
        )
    assert [to for [to], _letter in office.letters] == ["unit_head@langson.example", "coordinator@langson.example"]
    assert Notice.objects.filter(person=readers["leader"], mailed_at=None).count() == 2
    assert "leader@langson.example" in as_person(desk.people["system_admin"]).get("/ticks/").content.decode()
    assert "leader@langson.example" not in as_person(desk.people["aggregator"]).get("/ticks/").content.decode()
    assert "đã từ chối địa chỉ" in as_person(readers["leader"]).get("/notices/settings/").content.decode()


def test_a_crash_after_the_server_took_it_repeats_the_same_mail(
    readers: Readers, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    Notice.objects.exclude(person=readers["leader"]).delete()
    sent = Letter.send

    def send_and_die(letter: Letter, fail_silently: bool = False) -> int:
        sent(letter, fail_silently)
        raise KeyboardInterrupt

    with post.served(post.Office(), settings) as office:
        with monkeypatch.context() as dying:
            dying.setattr(Letter, "send", send_and_die)
            with pytest.raises(KeyboardInterrupt):
                send_digests(today())
        assert send_digests(today()) == "Đã gửi 1 thư."
        assert send_digests(today()) == ""
    first, second = (letter["Message-ID"] for _to, letter in office.letters)
    assert first == second
    assert first.endswith("@langson.example>")


def test_a_server_that_hangs_or_is_gone_leaves_everything_for_later(readers: Readers, settings: Any) -> None:
    with post.silent(settings):
        settings.EMAIL_TIMEOUT = 0.05
        assert tick(today())
    assert tick(today())  # nobody listens there any more
    faults = TickRun.objects.exclude(step="").order_by("pk").values_list("fault", flat=True)
    assert ["không trả lời kịp" in faults[0], "Không nối được" in faults[1]] == [True, True]
    assert not Notice.objects.exclude(mailed_at=None).exists()
    with post.served(post.Office(), settings):
        assert send_digests(today()) == "Đã gửi 3 thư."


def test_names_and_addresses_put_nothing_into_headers(readers: Readers, settings: Any) -> None:
    Person.objects.filter(pk=readers["leader"].pk).update(full_name="An\r\nBcc: x@evil.example")
    Person.objects.filter(pk=readers["unit_head"].pk).update(email="a@b.example\nBcc: x@evil.example")
    with post.served(post.Office(), settings) as office:
        assert send_digests(today()) == "Đã gửi 2 thư; 1 địa chỉ bị máy chủ thư từ chối."
    assert sorted(to for tos, _letter in office.letters for to in tos) == [
        "coordinator@langson.example", "leader@langson.example",
    ]  # fmt: skip
    assert all(letter["Bcc"] is None for _to, letter in office.letters)


def test_without_a_server_nothing_is_sent_and_it_is_said(readers: Readers, as_person: Any, desk: Desk) -> None:
    said = StringIO()
    call_command("tick", stderr=said)
    assert "KYCUONG_SMTP" in said.getvalue()
    assert "KYCUONG_SMTP" in as_person(desk.people["aggregator"]).get("/ticks/").content.decode()
    with pytest.raises(RuleBroken, match="Chưa đặt KYCUONG_SMTP"):
        call_command("mail", "--test", "a@b.example")


def test_a_test_mail_goes_over_tls_with_a_login_or_says_why_not(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, trusted = post.certificate(tmp_path)
    given = {
        "tls_context": context,
        "require_starttls": True,
        "auth_required": True,
        "authenticator": post.asks_for_login,
    }
    with post.served(post.Office(), settings, **given) as office:
        settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER = True, "kycuong"
        settings.EMAIL_HOST_PASSWORD = "mat:khau@x"
        with pytest.raises(RuleBroken, match="chứng thư không tin được"):
            try_out("an@langson.example")
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        call_command("mail", "--test", "an@langson.example", stderr=StringIO())
        settings.EMAIL_HOST_PASSWORD = "nham"
        with pytest.raises(RuleBroken, match="từ chối tên hoặc mật khẩu"):
            try_out("an@langson.example")
        office.refused["x@langson.example"] = "550 relay denied"
        settings.EMAIL_HOST_PASSWORD = "mat:khau@x"
        with pytest.raises(RuleBroken, match="từ chối địa chỉ người nhận"):
            try_out("x@langson.example")
    assert [letter["Subject"] for _to, letter in office.letters] == ["Kỷ Cương: thư thử"]


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=get_default_timezone())


def test_a_run_at_any_hour_sends_once_for_each_day() -> None:
    early, late = (at(10, hour) for hour in (6, 8))
    assert digest_cut(early, 7) == (date(2026, 3, 9), at(9, 7))
    assert digest_cut(late, 7) == (date(2026, 3, 10), at(10, 7))


@pytest.mark.parametrize(
    ("url", "sender", "base", "words"),
    [
        ("smtp://a:b@thu.example:25", "a@b.example", "https://k.example", "mật khẩu mà không mã hóa"),
        ("http://thu.example", "a@b.example", "https://k.example", "chưa dùng được"),
        ("smtp://thu.example:no", "a@b.example", "https://k.example", "chưa dùng được"),
        ("smtps://a:m%E1%BA%ADt@thu.example", "a@b.example", "https://k.example", "chữ không dấu"),
        ("smtp://thu.example", "", "https://k.example", "cần KYCUONG_MAIL_FROM"),
        ("smtp://thu.example", "a@b.example\nBcc: c@d.example", "https://k.example", "cần KYCUONG_MAIL_FROM"),
        ("smtp://thu.example", "a@b.example", "k.example", "cần KYCUONG_BASE_URL"),
    ],
)
def test_a_mail_server_that_cannot_be_used_is_refused_in_words(url: str, sender: str, base: str, words: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=words) as refused:
        mail_server(url, sender=sender, base=base)
    assert "a:b@" not in str(refused.value)


def test_a_mail_server_is_read_from_its_address() -> None:
    read = mail_server("smtp://kyc%40x:m%3Ax@thu.example?starttls", sender="a@b.example", base="https://k.example/")
    assert (read.host, read.port, read.user, read.password, read.starttls) == ("thu.example", 587, "kyc@x", "m:x", True)
    assert (read.ssl, read.base) == (False, "https://k.example")
    assert mail_server("smtps://thu.example", sender="a@b.example", base="https://k.example").port == 465
