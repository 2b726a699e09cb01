"""What is restored is what was there: every table, the log, every figure, files, keys; and nothing of it can be read without the key."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import tarfile
from pathlib import Path
from typing import Any

import pyrage
import pytest

from .conftest import FOLDERS, PHOTOS, Backed, empty

pytestmark = pytest.mark.xdist_group("demonstration")
FIGURES = ("figures", "--scope", "tinh-lang-son", "--from", "2019-01-01", "--to", "2019-04-30")
TABLES = ("summary", "--scope", "tinh-lang-son", "--from", "2019-01-01", "--to", "2019-12-31", "--table", "1")
KEYS = ("sealing-keys", "checkpoint-key")


def test_a_restored_place_is_the_place_that_was_backed_up(backed: Backed, tmp_path: Path) -> None:
    with empty(tmp_path / "new") as there:
        done = there.run("restore", str(backed.folder), "--key", str(backed.key), "--archive", backed.first)
        assert done.returncode == 0, (done.stdout, done.stderr)
        assert "tất cả khớp" in done.stderr
        assert there.good(*FIGURES) == backed.here.good(*FIGURES)
        assert there.good(*TABLES) == backed.here.good(*TABLES)
        for name in KEYS:
            assert (there.home / name).read_bytes() == (backed.here.home / name).read_bytes()
            assert (there.home / f"{name}.before-restore").exists()  # what a look at the empty place had made
            assert (there.home / name).stat().st_mode & 0o077 == 0
        kept = {path.read_bytes() for path in (there.home / "files" / "kept").glob("??/*")}
        assert kept == set(PHOTOS)
        assert (there.home / "files" / "field" / "0a" / "part").read_bytes() == b"half a photo"
        again = there.run("restore", str(backed.folder), "--key", str(backed.key))
        assert again.returncode == 1
        assert "đã có dữ liệu" in again.stderr


@pytest.mark.long
def test_what_does_not_agree_is_told_and_the_place_is_not_praised(backed: Backed, tmp_path: Path) -> None:
    """One row more, another root, other figures: as a backup would say of which something was lost on the way."""
    folder = tmp_path / "backups"
    shutil.copytree(backed.folder, folder)
    change(folder / backed.first, backed)
    with empty(tmp_path / "new") as there:
        done = there.run("restore", str(folder), "--key", str(backed.key), "--archive", backed.first)
        assert done.returncode == 1
        for words in ("bảng orgs_unit:", "nhật ký:", "số liệu không còn như cũ"):
            assert words in done.stdout, done.stdout
        assert "đừng dùng nơi này" in done.stderr
        served = there.run("serve", PORT="0")
        assert served.returncode == 3
        assert "Lần phục hồi vào đây chưa xong" in served.stderr
        ticked = there.run("tick")
        assert (ticked.returncode, ticked.stdout) == (3, "")
        assert "Lần phục hồi vào đây chưa xong" in ticked.stderr


def change(archive: Path, backed: Backed) -> None:
    identity = pyrage.x25519.Identity.from_str(backed.key.read_text(encoding="utf-8").splitlines()[-1])
    plain = io.BytesIO(gzip.decompress(pyrage.decrypt(archive.read_bytes(), [identity])))
    out = io.BytesIO()
    with tarfile.open(fileobj=plain) as source, tarfile.open(fileobj=out, mode="w") as target:
        for member in source:
            file = source.extractfile(member)
            assert file is not None
            data = file.read()
            if member.name == "about.json":
                about: dict[str, Any] = json.loads(data)
                about["description"]["tables"]["orgs_unit"] += 1
                about["description"]["root"] = "00" * 32
                about["description"]["figures"] = "00" * 32
                data = json.dumps(about).encode()
            member.size = len(data)
            target.addfile(member, io.BytesIO(data))
    archive.write_bytes(pyrage.encrypt(gzip.compress(out.getvalue(), 1), [identity.to_public()]))


@FOLDERS
def test_nothing_can_be_read_without_the_key(backed: Backed, tmp_path: Path) -> None:
    everything = b"".join(path.read_bytes() for path in backed.folder.rglob("*") if path.is_file())
    for words in ("Đồng Đăng", "lanhdao", "tệp thứ 1", "half a photo", "SQLite format 3", "PGDMP"):
        assert words.encode() not in everything
    backed.here.good("backup", "key", str(tmp_path / "other"))
    with empty(tmp_path / "new") as there:
        done = there.run("restore", str(backed.folder), "--key", str(tmp_path / "other"))
        assert done.returncode == 1
        assert "khóa không đúng" in done.stderr
        done = there.run("restore", str(backed.folder), "--key", str(backed.here.home / "secret-key"))
        assert done.returncode == 2
        assert "không phải tệp khóa" in done.stderr


@FOLDERS
def test_a_flipped_bit_and_a_missing_file_are_found_with_and_without_the_key(backed: Backed, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    shutil.copytree(backed.folder, folder)
    assert "còn nguyên" in backed.here.run("backup", "verify", str(folder)).stderr
    spoiled, *_rest, lost = sorted(folder.glob("files/*/??/*.age"))
    raw = bytearray(spoiled.read_bytes())
    raw[len(raw) // 2] ^= 1
    spoiled.write_bytes(raw)
    with empty(tmp_path / "new") as there:
        restoring = ("restore", str(folder), "--key", str(backed.key), "--archive", backed.first)
        assert "bị hỏng" in there.run(*restoring).stderr
        lost.unlink()
        assert "Thiếu 1 tệp" in there.run(*restoring).stderr
        assert not list((there.home / "files").glob("kept/*"))
    done = backed.here.run("backup", "verify", str(folder))
    assert done.returncode == 1
    assert f"changed\t{spoiled.relative_to(folder)}" in done.stdout
    assert f"missing\t{lost.relative_to(folder)}" in done.stdout


@FOLDERS
@pytest.mark.long
def test_an_archive_with_other_names_in_it_writes_nothing_outside(backed: Backed, tmp_path: Path) -> None:
    """Whoever has the public key can make an archive: one that climbs out of its place is none."""
    identity = pyrage.x25519.Identity.from_str(backed.key.read_text(encoding="utf-8").splitlines()[-1])
    for number, name in enumerate(
        (
            "home/../../climbed",
            "/climbed",
            "home/uploads/a b",
            "keys/../climbed",
            "home/static/.stamp",
            "home/uploads/../climbed",
        )
    ):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w") as tar:
            member = tarfile.TarInfo(name)
            member.size = 3
            tar.addfile(member, io.BytesIO(b"bad"))
        folder = tmp_path / str(number)
        folder.mkdir()
        sealed = pyrage.encrypt(gzip.compress(out.getvalue()), [identity.to_public()])
        (folder / "kycuong-20260101T000000Z.age").write_bytes(sealed)
        with empty(tmp_path / f"new{number}") as there:
            done = there.run("restore", str(folder), "--key", str(backed.key))
            assert done.returncode == 2, done.stderr
            assert "không phải bản sao lưu" in done.stderr
    assert not list(tmp_path.rglob("climbed"))
    assert not Path("/climbed").exists()


@pytest.mark.look
def test_restoring_needs_a_backup(backed: Backed, tmp_path: Path) -> None:
    with empty(tmp_path / "new") as there:
        done = there.run("restore", str(tmp_path), "--key", str(backed.key))
        assert "không có bản sao lưu" in done.stderr
        done = there.run("restore", str(backed.folder), "--key", str(backed.key), "--archive", "../etc")
        assert "không có bản sao lưu ../etc" in done.stderr
