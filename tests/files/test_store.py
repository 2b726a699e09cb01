"""Bytes on the disk: under their hash, read-only, never written over; sent in parts; hashed anew by a command."""

from __future__ import annotations

import hashlib
import io
import os
import random
import stat
from pathlib import Path

import pytest
from django.core.management import call_command

from kycuong.core.ids import uuid7
from kycuong.core.problems import BadInput, Missing, RuleBroken, Stale
from kycuong.files import store
from kycuong.files.actions import keep_attachment
from kycuong.files.models import Attachment
from kycuong.files.store import CHUNK, Upload
from tests.desk import Desk
from tests.photos import examined


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: pytest.FixtureRequest) -> Path:
    settings.HOME = tmp_path  # type: ignore[attr-defined]
    return tmp_path


def place(home: Path, sha256: str) -> Path:
    return home / "files" / "kept" / sha256[:2] / sha256


def flip(path: Path) -> None:
    os.chmod(path, 0o600)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_bytes_are_written_once_and_read_only(home: Path) -> None:
    sha256 = store.keep(b"mot")
    path = place(home, sha256)
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert store.keep(b"mot") == sha256
    assert store.contents(sha256) == b"mot"
    assert [one.name for one in path.parent.iterdir()] == [sha256]  # nothing half-written is left


def test_changed_bytes_are_told_and_not_served(home: Path) -> None:
    sha256 = store.keep(b"mot hai ba")
    flip(place(home, sha256))
    with pytest.raises(RuleBroken, match="đã bị thay đổi"):
        store.contents(sha256)
    with pytest.raises(RuleBroken, match="files verify"):
        store.keep(b"mot hai ba")
    place(home, sha256).unlink()
    with pytest.raises(RuleBroken, match="không còn trên máy chủ"):
        store.contents(sha256)


@pytest.mark.parametrize("name", ["../../secret-key", "A" * 64, "", "0" * 63 + "/"])
def test_only_hashes_become_paths(name: str) -> None:
    with pytest.raises(ValueError, match="no hash"):
        store.contents(name)


def test_the_command_tells_of_every_flipped_bit_and_missing_file(desk: Desk, home: Path) -> None:
    head = desk.people["team_head"]
    colours = ("teal", "teal", "olive")
    kept = [keep_attachment(examined(colour), by=head, authorize=lambda: None) for colour in colours]
    out, err = io.StringIO(), io.StringIO()
    call_command("files", "verify", stdout=out, stderr=err)
    assert out.getvalue() == ""
    assert "3 ảnh, tệp còn nguyên" in err.getvalue()
    store.keep(b"khong ai biet")
    flip(place(home, kept[0].sha256))
    place(home, kept[2].thumbnail_sha256).unlink()
    with pytest.raises(SystemExit) as stopped:
        call_command("files", "verify", stdout=out, stderr=err)
    assert stopped.value.code == 1
    assert out.getvalue().splitlines() == [
        f"changed\t{kept[0].sha256}\t{kept[0].uid}",
        f"changed\t{kept[0].sha256}\t{kept[1].uid}",
        f"missing\t{kept[2].thumbnail_sha256}\t{kept[2].uid}",
    ]
    assert "1 tệp không hồ sơ nào dùng" in err.getvalue()
    assert Attachment.objects.count() == 3


def begun(data: bytes, **changed: object) -> Upload:
    given = {"owner": 1, "size": len(data), "sha256": hashlib.sha256(data).hexdigest(), "name": "a.jpg", "about": {}}
    return store.begin(changed.pop("uid", None) or uuid7(), **{**given, **changed})  # type: ignore[arg-type]


def parts_of(data: bytes) -> list[tuple[int, bytes]]:
    return [(start // CHUNK, data[start : start + CHUNK]) for start in range(0, len(data), CHUNK)]


def test_parts_come_in_any_order_and_more_than_once() -> None:
    data = random.Random(1).randbytes(3 * CHUNK + 7)
    upload = begun(data)
    parts = parts_of(data)
    for number, part in [parts[3], parts[0], parts[3]]:
        store.put_chunk(upload, number, part)
    again = begun(data, uid=upload.uid)
    assert again.received == [0, 3]
    assert again.chunks == 4
    with pytest.raises(BadInput, match="Còn thiếu 2/4"):
        store.whole(again)
    for number, part in parts:
        store.put_chunk(again, number, part)
    assert store.whole(store.find_upload(upload.uid, owner=1)) == data
    store.forget(upload)
    with pytest.raises(Missing):
        store.find_upload(upload.uid, owner=1)


def test_parts_that_do_not_fit_are_refused() -> None:
    data = b"x" * (CHUNK + 5)
    upload = begun(data)
    for number, part in [(0, b"x"), (1, b"x" * 6), (2, b"x"), (-1, b"x" * CHUNK)]:
        with pytest.raises(BadInput):
            store.put_chunk(upload, number, part)
    store.put_chunk(upload, 1, b"x" * 5)
    with pytest.raises(Stale):
        store.put_chunk(upload, 1, b"y" * 5)
    with pytest.raises(Stale):
        begun(b"y" * (CHUNK + 5), uid=upload.uid)


def test_what_does_not_have_the_announced_hash_begins_anew() -> None:
    upload = begun(b"mot", sha256="0" * 64)
    store.put_chunk(upload, 0, b"mot")
    with pytest.raises(BadInput, match="SHA-256"):
        store.whole(upload)
    with pytest.raises(Missing):
        store.find_upload(upload.uid, owner=1)
    for wrong in ({"sha256": "x" * 64}, {"size": 0}, {"size": 10**9}):
        with pytest.raises(BadInput):
            begun(b"mot", **wrong)


def test_an_upload_is_its_owners_and_the_oldest_gives_way() -> None:
    upload = begun(b"mot")
    with pytest.raises(Missing):
        store.find_upload(upload.uid, owner=2)
    os.utime(upload.folder, (1, 1))
    begun(b"hai")
    with pytest.raises(Missing):
        store.find_upload(upload.uid, owner=1)


def test_an_announcement_that_broke_off_or_came_twice_at_once_is_made_good(home: Path) -> None:
    uid, given = uuid7(), {"owner": 7, "size": 9, "sha256": "0" * 64, "name": "a.jpg", "about": {}}
    (home / "files" / "parts" / "7" / str(uid)).mkdir(parents=True)
    assert store.begin(uid, **given).received == []
    assert store.find_upload(uid, owner=7).size == 9
