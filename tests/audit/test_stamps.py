"""Time-stamps of checkpoints, by a real authority on this machine: what proves a moment is kept and told, what does not is told in words."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.x509 import load_pem_x509_certificates
from cryptography.x509.oid import ExtendedKeyUsageOID
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError, transaction

from kycuong.audit import proving as words
from kycuong.audit import queries
from kycuong.audit.log import record_many
from kycuong.audit.models import CheckpointStamp, LogCheckpoint
from kycuong.audit.proving import BadStamp, believed, question, stamped
from kycuong.audit.queries import all_stamps, first_stamp
from kycuong.audit.signer import take_checkpoint
from kycuong.backups.copies.members import MEMBER, REMEMBERED
from kycuong.checkpoints import proving, tasks
from kycuong.checkpoints.tasks import stamp_checkpoint
from kycuong.core.clock import now, today
from kycuong.notices.rules import StepFailed
from kycuong.orgs.models import Unit
from kycuong.site.identity import authority_of_time
from tests.desk import Desk

from .authority import NAME, Authority, served

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def trusting(authority: Authority, settings: Any) -> Iterator[str]:
    with served(authority.stamp) as address:
        settings.TSA, settings.TSA_CERTIFICATE = address, str(authority.root)
        yield address


@pytest.fixture(autouse=True)
def kept(settings: Any, tmp_path: Path) -> Path:
    """Where the copy of the certificates goes."""
    settings.TSA_KEPT = tmp_path / "tsa-certificates.pem"
    return tmp_path / "tsa-certificates.pem"


def since(moment: datetime | None = None) -> datetime:
    return moment or now() - timedelta(minutes=1)


@pytest.fixture
def latest() -> LogCheckpoint:
    units = Unit.objects.bulk_create([Unit(slug=f"u-{number}") for number in range(3)])
    record_many("unit.create", units, by=None)
    made = take_checkpoint()
    assert made
    return made


def verify(capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit):
        call_command("audit", "verify")
    return capsys.readouterr().out


def test_a_checkpoint_is_stamped_once_and_the_stamp_holds(
    trusting: str, authority: Authority, latest: LogCheckpoint, capsys: pytest.CaptureFixture[str]
) -> None:
    before = now() - timedelta(seconds=2)
    assert "Đã nhận dấu thời gian" in stamp_checkpoint(today())
    assert stamp_checkpoint(today()) == ""
    kept = CheckpointStamp.objects.get()
    assert authority.agrees(latest.note, bytes(kept.reply)), "openssl believes it, too"
    found = first_stamp(latest.size, since())
    assert found
    assert (found[0], found[1].by) == (latest.size, NAME)
    assert before <= found[1].at <= now() + timedelta(seconds=2)
    call_command("audit", "verify")
    assert "1 dấu thời gian đúng" in capsys.readouterr().err


def test_nothing_is_asked_without_an_authority(latest: LogCheckpoint, settings: Any) -> None:
    assert settings.TSA == ""
    assert stamp_checkpoint(today()) == ""


def test_the_page_the_api_and_the_file_tell_the_moment(
    desk: Desk, trusting: str, as_person: Any, settings: Any
) -> None:
    made = take_checkpoint()
    assert made
    stamp_checkpoint(today())
    client = as_person(desk.people["auditor"])
    assert NAME in client.get("/checkpoints/").content.decode()
    item = client.get("/api/v1/checkpoints").json()["items"][0]
    assert item["stamped_by"] == NAME
    assert item["stamped_at"]
    file = client.get(f"/checkpoints/{made.size}.tsr")
    assert file["Content-Type"] == "application/timestamp-reply"
    assert stamped(file.content, made.note, believed()).by == NAME
    assert as_person(desk.people["team_member"]).get(f"/checkpoints/{made.size}.tsr").status_code == 404
    settings.TSA_CERTIFICATE = "/nowhere.pem"
    assert client.get("/api/v1/checkpoints").json()["items"][0]["stamped_by"] == NAME, "by the copy that was kept"
    settings.TSA_KEPT.unlink()
    settings.TSA = ""
    page = client.get("/checkpoints/").content.decode()
    assert "Không chứng minh được" in page, "what is there is shown, whether or not another is asked for"
    item = client.get("/api/v1/checkpoints").json()["items"][0]
    assert item["stamped_by"] is None
    assert "cannot be read" in item["stamp_fault"]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda _asked: b"", "không phải dấu thời gian"),
        (lambda _asked: b"<html>", "không phải dấu thời gian"),
        (lambda _asked: b"0" * 200_000, "dài bất thường"),
        (lambda _asked: 503, "lỗi HTTP 503"),
        (lambda _asked: "http://127.0.0.1:9/elsewhere", "lỗi HTTP 302"),
        (lambda _asked: "drip", "không trả lời trong"),
        (lambda _asked: "drip before", "không trả lời trong"),
    ],
    ids=["nothing", "a page", "huge", "an error", "elsewhere", "drips", "drips before"],
)
def test_bad_answers_are_told_and_the_tick_goes_on(
    answer: Callable[[bytes], Any],
    said: str,
    latest: LogCheckpoint,
    authority: Authority,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(proving, "SECONDS", 1)
    settings.TSA_CERTIFICATE = str(authority.root)
    with served(answer) as settings.TSA, pytest.raises(StepFailed, match=said):
        stamp_checkpoint(today())
    assert not CheckpointStamp.objects.exists()
    end = time.monotonic() + 4
    while fetching() and time.monotonic() < end:
        time.sleep(0.05)
    assert fetching() == [], "whoever left takes the line along"


def fetching() -> list[threading.Thread]:
    return [one for one in threading.enumerate() if one.name == "fetching"]


def test_an_authority_that_is_not_there_is_told(latest: LogCheckpoint, authority: Authority, settings: Any) -> None:
    settings.TSA, settings.TSA_CERTIFICATE = "http://127.0.0.1:9/", str(authority.root)
    with pytest.raises(StepFailed, match="không kết nối được"):
        stamp_checkpoint(today())
    settings.TSA_CERTIFICATE = "/nowhere.pem"
    with pytest.raises(StepFailed, match="không đọc được tệp chứng thư"):
        stamp_checkpoint(today())


def test_what_answers_something_else_proves_nothing(
    latest: LogCheckpoint, authority: Authority, settings: Any, tmp_path: Path
) -> None:
    settings.TSA_CERTIFICATE = str(authority.root)
    again = lambda _asked: authority.stamp(question(latest.note).as_bytes())  # noqa: E731 - the same checkpoint, another nonce
    other = lambda _asked: authority.stamp(question("mốc khác").as_bytes())  # noqa: E731
    for answer, said in ((again, "nonce"), (other, "nonce")):
        with served(answer) as settings.TSA, pytest.raises(StepFailed, match=said):
            stamp_checkpoint(today())
    reply = authority.stamp(question("mốc khác").as_bytes())
    with pytest.raises(BadStamp, match="mã băm"):
        stamped(reply, latest.note, believed())
    for number, wrong in enumerate(
        (
            Authority(tmp_path / "ended", ended=True),
            Authority(tmp_path / "purpose", purpose=ExtendedKeyUsageOID.SERVER_AUTH),
        )
    ):
        settings.TSA_CERTIFICATE = str(wrong.root)
        try:
            reply = wrong.stamp(question(latest.note).as_bytes())
        except Exception:  # openssl itself refuses a certificate of another purpose
            assert number == 1
            continue
        with pytest.raises(BadStamp, match="hiệu lực"):
            stamped(reply, latest.note, believed())
    stranger = Authority(tmp_path / "stranger")
    settings.TSA_CERTIFICATE = str(authority.root)
    with pytest.raises(BadStamp, match="chứng thư"):
        stamped(stranger.stamp(question(latest.note).as_bytes()), latest.note, believed())


def test_clocks_that_are_apart_are_told(
    trusting: str, desk: Desk, as_person: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What came proves its moment all the same: it is kept, and goes on being told; nobody is asked again."""
    latest = take_checkpoint()
    assert latest
    monkeypatch.setattr(tasks, "now", lambda: now() + 2 * words.APART)
    with pytest.raises(StepFailed, match="lệch quá 5 phút"):
        stamp_checkpoint(today())
    assert CheckpointStamp.objects.count() == 1
    assert stamp_checkpoint(today()) == ""
    call_command("audit", "verify")
    assert f"Dấu thời gian của mốc {latest.size}: đồng hồ máy chủ lệch" in capsys.readouterr().err
    client = as_person(desk.people["auditor"])
    assert "Đồng hồ máy chủ khi ấy lệch" in client.get("/checkpoints/").content.decode()
    assert client.get("/api/v1/checkpoints").json()["items"][0]["clocks_apart"] is True


def test_a_stamp_that_was_exchanged_is_a_fault(
    trusting: str, authority: Authority, latest: LogCheckpoint, capsys: pytest.CaptureFixture[str]
) -> None:
    CheckpointStamp.objects.create(size=latest.size, reply=authority.stamp(question("mốc khác").as_bytes()))
    CheckpointStamp.objects.create(size=latest.size + 7, reply=b"x")
    assert [fault.en for fault in all_stamps().faults] == [
        f"the time-stamp of checkpoint {latest.size}: it is of another checkpoint (wrong hash)",
        f"time-stamp {latest.size + 7} has lost its checkpoint",
    ]
    assert "wrong hash" in verify(capsys)
    assert first_stamp(latest.size, since()) is None


def test_what_somebody_planted_keeps_no_stamp_away(trusting: str, desk: Desk, as_person: Any) -> None:
    latest = take_checkpoint()
    assert latest
    CheckpointStamp.objects.create(size=latest.size, reply=b"x")
    assert all_stamps().faults
    assert "Đã nhận dấu thời gian" in stamp_checkpoint(today())
    assert stamp_checkpoint(today()) == ""
    assert (all_stamps().holding, all_stamps().faults) == (1, ())
    file = as_person(desk.people["auditor"]).get(f"/checkpoints/{latest.size}.tsr").content
    assert stamped(file, latest.note, believed()).by == NAME


def test_a_restored_machine_without_the_certificate_opens(
    trusting: str, latest: LogCheckpoint, settings: Any, kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A certificate that is not there says nothing about the log; and backups bring a copy of it along."""
    stamp_checkpoint(today())
    settings.TSA, settings.TSA_CERTIFICATE = "", ""
    assert all_stamps().holding == 1
    assert MEMBER.fullmatch(f"home/{kept.name}")
    assert kept.name in REMEMBERED
    kept.unlink()
    call_command("audit", "verify")
    assert "1 dấu thời gian chưa kiểm được" in capsys.readouterr().err


def test_another_authority_in_its_place_makes_no_old_stamp_wrong(
    trusting: str, authority: Authority, latest: LogCheckpoint, settings: Any, kept: Path, tmp_path: Path
) -> None:
    """Whoever replaces the file, instead of adding to it, loses nothing: what was named before is believed from the copy, and stays in it."""
    stamp_checkpoint(today())
    settings.TSA_CERTIFICATE = str(Authority(tmp_path / "other").root)
    assert (all_stamps().holding, all_stamps().faults) == (1, ())
    words.keep_certificates()
    assert len(load_pem_x509_certificates(kept.read_bytes())) == 1 + len(
        load_pem_x509_certificates(authority.root.read_bytes())
    )


def test_stamps_of_years_are_read_in_portions(
    trusting: str, latest: LogCheckpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one certificate file read, however many there are."""
    stamp_checkpoint(today())
    record_many("unit.create", Unit.objects.bulk_create([Unit(slug="u-sau")]), by=None)
    assert take_checkpoint()
    stamp_checkpoint(today())
    read: list[int] = []
    plain = queries.believed
    monkeypatch.setattr(queries, "AT_ONCE", 1)
    monkeypatch.setattr(queries, "believed", lambda: read.append(1) or plain())
    assert all_stamps().holding == 2
    assert read == [1]


def test_an_old_stamp_under_a_new_checkpoint_proves_nothing(
    trusting: str, authority: Authority, latest: LogCheckpoint
) -> None:
    """Whoever writes into the tables may put an old note and its stamp under a greater size."""
    reply = authority.stamp(question(latest.note).as_bytes())
    later = latest.size + 1
    LogCheckpoint.objects.create(size=later, root=latest.root, note=latest.note, made_at=now())
    CheckpointStamp.objects.create(size=later, reply=reply)
    assert first_stamp(later, since()) is None
    assert "not signed by this log" in all_stamps().faults[0].en
    CheckpointStamp.objects.create(size=latest.size, reply=reply)
    assert first_stamp(latest.size, since())
    assert first_stamp(latest.size, since(now() + 2 * words.APART)) is None, "older than what it is said to cover"


def test_what_this_log_did_not_sign_is_never_sent(trusting: str, latest: LogCheckpoint) -> None:
    LogCheckpoint.objects.create(size=latest.size + 1, root=latest.root, note=latest.note, made_at=now())
    with pytest.raises(StepFailed, match="không mang chữ ký"):
        stamp_checkpoint(today())
    assert not CheckpointStamp.objects.exists()


def test_a_name_that_somebody_put_beside_the_signer_is_not_told(authority: Authority, latest: LogCheckpoint) -> None:
    """The certificates in an answer are under no signature: of two that differ none is believed."""
    reply, name = authority.stamp(question(latest.note).as_bytes()), NAME.encode()
    trusted = load_pem_x509_certificates(authority.root.read_bytes())
    assert stamped(reply, latest.note, trusted).by == NAME
    assert reply.count(name) > 1, "openssl writes the certificate twice"
    with pytest.raises(BadStamp, match="do ai ký"):
        stamped(reply.replace(name, b"Ban" + name[3:], 1), latest.note, trusted)


def test_an_answer_with_changes_is_no_question_of_certificates(authority: Authority, latest: LogCheckpoint) -> None:
    reply = authority.stamp(question(latest.note).as_bytes())
    trusted = load_pem_x509_certificates(authority.root.read_bytes())
    granted, changed = b"\x30\x03\x02\x01\x00", b"\x30\x03\x02\x01\x01"
    with pytest.raises(BadStamp, match="grantedWithMods"):
        stamped(reply.replace(granted, changed, 1), latest.note, trusted)
    assert "chứng thư" not in words._unproven("Unsupported hash algorithm").vi


def test_after_the_end_of_the_certificate_openssl_is_told_the_moment(
    authority: Authority, latest: LogCheckpoint
) -> None:
    """As the guide says: ours checks as of the stamp, and openssl as of today unless it is told."""
    reply = authority.stamp(question(latest.note).as_bytes())
    found = stamped(reply, latest.note, load_pem_x509_certificates(authority.root.read_bytes()))
    assert not authority.agrees(latest.note, reply, at=now() + timedelta(days=700))
    assert authority.agrees(latest.note, reply, at=found.at)
    assert "-attime" in (Path(__file__).parents[2] / "docs/guide/administrator.md").read_text(encoding="utf-8")


def test_the_walls_keep_stamps() -> None:
    CheckpointStamp.objects.create(size=5, reply=b"x")
    for harm in (lambda rows: rows.update(reply=b"y"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            harm(CheckpointStamp.objects.all())


@pytest.mark.parametrize(
    "address", ["http://tsa.example/", "ftp://tsa.example/", "https://u:p@tsa.example/", "tsa.example", "https://"]
)
def test_only_a_plain_https_address_is_taken(address: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        authority_of_time(address)


def test_sound_addresses_are_taken() -> None:
    for address in ("", "https://tsa.example/tsr", "http://127.0.0.1:8318/"):
        assert authority_of_time(address) == address


def test_a_key_that_broke_while_the_server_runs_is_told_in_words(desk: Desk, as_person: Any, settings: Any) -> None:
    settings.CHECKPOINT_KEY = "hỏng"
    client = as_person(desk.people["auditor"])
    for answer in (client.get("/checkpoints/"), client.post("/checkpoints/", {"note": "x"})):
        assert answer.status_code == 422
        assert "bị hỏng" in answer.content.decode()
    assert client.get("/api/v1/checkpoints").status_code == 422
    told = client.post("/api/v1/checkpoints/comparison", {"note": "x"}, content_type="application/json")
    assert told.status_code == 422
    assert "bị hỏng" in told.content.decode()
