"""Photos come in parts: resumed where they stopped, checked part by part and as a whole, never written over."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest

from kycuong.core.clock import now, today
from kycuong.field import store
from kycuong.field.actions import _checking as checking
from kycuong.field.models import FieldDevice, FieldMedia
from kycuong.field.tasks import finish_photos
from kycuong.inspections.rules import VisitState
from tests.desk import Desk
from tests.field.phone import API, Phone
from tests.field.test_record import answer_all, sign, snapshot_of
from tests.photos import jpeg as photo


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Path:
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture
def head(desk: Desk, home: Path) -> Phone:
    return Phone(desk.people["team_head"])


def told(reply: Any) -> tuple[int, str, str]:
    return reply.status_code, reply["Upload-Offset"], reply["Upload-Complete"]


def test_a_photo_goes_on_where_it_stopped(desk: Desk, head: Phone, django_capture_on_commit_callbacks: Any) -> None:
    visit, data = desk.visit(), photo()
    media, end = head.announce(visit, data), str(len(data))
    assert head.client.head(f"{API}media/{media}").status_code == 404
    head.sent()
    assert told(head.client.head(f"{API}media/{media}")) == (204, "0", "?0")
    assert told(head.put(media, data[:300], length=len(data))) == (204, "300", "?0")
    assert told(head.put(media, data[:300], length=len(data))) == (409, "300", "?0")  # the reply was lost
    assert head.put(media, data[300:400], offset=300, length=len(data), chunk_sha="0" * 64).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        assert told(head.put(media, data[300:], offset=300, length=len(data))) == (204, end, "?1")
    assert store.offset_of(media) == 0  # its bytes are with the files of the visit now
    assert told(head.put(media, data[:5], length=len(data))) == (204, end, "?1")
    assert told(head.client.head(f"{API}media/{media}")) == (204, end, "?1")
    assert head.get(f"visits/{visit.uid}/manifest?device={head.uid}").json()["media"] == 1


def test_a_whole_with_another_hash_starts_anew(desk: Desk, head: Phone) -> None:
    data = photo()
    media = head.announce(desk.visit(), data)
    head.sent()
    wrong = bytes(len(data))
    assert told(head.put(media, wrong, length=len(data))) == (422, "0", "?0")
    assert told(head.put(media, data, length=len(data))) == (204, str(len(data)), "?1")


def test_what_is_whole_and_whose_phone_is_gone_is_finished_by_the_tick(desk: Desk, head: Phone) -> None:
    visit, data = desk.visit(), photo()
    bad, media, part = (head.announce(visit, data) for _three in range(3))
    head.sent()
    store.append(bad, 0, bytes(len(data)))
    store.append(media, 0, data)
    store.append(part, 0, data[:50])
    FieldDevice.objects.filter(uid=head.uid).update(revoked_at=now(), revoked_by=desk.people["system_admin"])
    assert finish_photos(today())
    assert visit.files.get().attachment.uid == media
    assert store.offset_of(part) == 50
    assert not finish_photos(today())


def test_the_phone_has_its_answer_before_the_photo_is_looked_at(
    desk: Desk, head: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a server whose thread has not come to it, or never will: the bytes are safe, the minutes wait, the tick goes on."""
    visit, data, bad = desk.visit(), photo(), b"\xff\xd8\xff no photo"
    answer_all(head, visit)
    media, none = head.announce(visit, data), head.announce(visit, bad)
    head.sent()
    shot = snapshot_of(head, visit, media={str(media): head.said[-2]["value"]["sha256"]})
    head.sent([sign(head, visit, shot)])
    waiting: SimpleQueue[int] = SimpleQueue()
    monkeypatch.setattr(checking, "_waiting", waiting)
    assert told(head.put(media, data, length=len(data)))[2] == "?1"
    assert told(head.put(none, bad, length=len(bad)))[2] == "?1"
    assert (store.contents(media), store.contents(none)) == (data, bad)
    assert not visit.files.exists()
    pack = head.pack(visit)
    assert (pack["signature"]["waiting_media"], pack["media"][str(media)]["checked"]) == (1, False)
    page = head.client.get(f"/field/visits/{visit.uid}/").content.decode()
    assert page.count("đang kiểm tra") == 2
    assert [waiting.get(), waiting.get()] == list(FieldMedia.objects.values_list("pk", flat=True))
    assert finish_photos(today()) == "Kiểm tra 2 ảnh từ điện thoại."
    visit.refresh_from_db()
    assert (visit.state, visit.files.get().attachment.sha256) == (
        VisitState.SIGNED,
        FieldMedia.objects.get(uid=media).sha256,
    )
    assert store.contents(none) == bad, "what is no photo is kept"
    assert FieldMedia.objects.get(uid=none).fault_vi
    assert not finish_photos(today())


def test_what_is_no_photo_is_set_aside_and_told(desk: Desk, head: Phone) -> None:
    visit, bad = desk.visit(), b"\xff\xd8\xff no photo"
    media = head.announce(visit, bad)
    head.sent()
    assert told(head.put(media, bad, length=len(bad)))[2] == "?1"
    (one,) = head.pack(visit)["heads"][f"m/{media}"]
    assert (one["status"], one["problem"]["vi"]) == ("set_aside", FieldMedia.objects.get(uid=media).fault_vi)
    assert one["problem"]["vi"] in head.client.get(f"/field/visits/{visit.uid}/").content.decode()


def test_two_photos_with_the_same_bytes_are_two(desk: Desk, head: Phone) -> None:
    visit, data = desk.visit(), photo()
    both = [head.announce(visit, data), head.announce(visit, data)]
    head.sent()
    assert [told(head.put(media, data, length=len(data)))[2] for media in both] == ["?1", "?1"]


def test_what_is_whole_when_the_server_falls_over_is_finished_by_the_next_question(desk: Desk, head: Phone) -> None:
    data = photo()
    media = head.announce(desk.visit(), data)
    head.sent()
    store.append(media, 0, data)
    assert told(head.client.head(f"{API}media/{media}")) == (204, str(len(data)), "?1")
    assert FieldMedia.objects.get(uid=media).complete_at


def test_what_is_too_large_or_of_another_length_is_told_so(desk: Desk, head: Phone) -> None:
    data = photo()
    media = head.announce(desk.visit(), data)
    head.sent()
    assert head.put(media, b"x" * (2**20 + 1), length=len(data)).status_code == 413
    assert head.put(media, b"x", length=10**10).status_code == 413
    assert head.put(media, b"x", length=len(data) + 1).status_code == 422
    assert head.put(media, data + b"x", length=len(data)).status_code == 422


def test_a_phone_of_another_puts_nothing(desk: Desk, head: Phone) -> None:
    data = photo()
    media = head.announce(desk.visit(), data)
    head.sent()
    stranger = Phone(desk.outsider)
    assert stranger.put(media, data, length=len(data)).status_code == 404
    stranger.uid = head.uid
    assert stranger.put(media, data, length=len(data)).status_code == 404


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file of this process may grow beyond so many bytes: what a full disk does, without a right to mount one."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_is_told_and_loses_nothing(desk: Desk, head: Phone) -> None:
    data = bytes(400_000)
    media = head.announce(desk.visit(), data)
    head.sent()
    assert told(head.put(media, data[:100_000], length=len(data))) == (204, "100000", "?0")
    with room_for(200_000):
        full = head.put(media, data[100_000:350_000], offset=100_000, length=len(data))
    assert (full.status_code, full["KT-Protocol"]) == (507, "1")
    assert told(head.client.head(f"{API}media/{media}")) == (204, "100000", "?0")
