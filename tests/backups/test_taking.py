"""A backup is made while people write, survives its own death, is made by itself when due, and does not fill the disk."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest

from kycuong.backups.rules import archive_name, kept_archives, made_at_of
from tests.browser.served import PRODUCT, environment

from .conftest import FOLDERS, Backed, Run, put_by

pytestmark = pytest.mark.xdist_group("demonstration")


@FOLDERS
@pytest.mark.long
def test_only_new_files_are_written_again(backed: Backed) -> None:
    before = {path: path.stat().st_mtime_ns for path in backed.folder.glob("files/*/??/*")}
    put_by(backed.here.home, b"one more")
    time.sleep(1.1)  # an archive is named by its second
    done = backed.make()
    assert "(mới 1)" in done.stderr, done.stderr
    after = {path: path.stat().st_mtime_ns for path in backed.folder.glob("files/*/??/*")}
    assert before.items() <= after.items()
    assert len(after) == len(before) + 1
    assert backed.here.good("backup", "list", str(backed.folder)).splitlines()[-1] == backed.first


@pytest.mark.long
def test_what_is_written_meanwhile_is_whole_in_it_or_not_in_it(backed: Backed) -> None:
    """Acts go on beside the backup; whichever moment it caught, the drill finds rows, log and figures in agreement."""
    ended = threading.Event()
    wrote: list[int] = []

    def write() -> None:
        while not ended.is_set():
            wrote.append(backed.here.run("account", "password", "quantri").returncode)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        time.sleep(1.2)
        done = backed.make()
    finally:
        ended.set()
        writer.join()
    assert done.returncode == 0, done.stderr
    assert len(wrote) > 1
    assert set(wrote) == {0}
    before = {path.name for path in backed.here.home.iterdir()} | {"backups.json"}
    told = backed.here.good("backup", "drill", str(backed.folder), "--key", str(backed.key)).split("\t")
    assert told[0] == Path(done.stdout.strip()).name
    assert float(told[2]) > 0
    assert before == {path.name for path in backed.here.home.iterdir()}
    remembered = json.loads((backed.here.home / "backups.json").read_text(encoding="utf-8"))
    assert remembered["drill"]["fault"] == ""
    assert remembered["good"]["archive"] == told[0]


@FOLDERS
@pytest.mark.long
def test_a_backup_that_is_killed_leaves_no_plain_text_and_the_next_one_is_good(backed: Backed) -> None:
    seed = random.Random(7)
    for _turn in range(3):
        killed = subprocess.Popen(
            [*PRODUCT, "backup", "make", str(backed.folder)],
            env=environment(backed.here.home, KYCUONG_BACKUP_KEY=backed.public, **backed.here.settings),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(seed.uniform(0.8, 2.5))
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    time.sleep(1.1)
    done = backed.make()
    assert done.returncode == 0, done.stderr
    assert not list(backed.here.home.glob(".plain-*"))
    assert not list(backed.folder.rglob(".writing-*"))
    backed.here.good("backup", "verify", str(backed.folder))


@pytest.mark.long
def test_it_is_made_by_itself_when_due_and_a_failure_is_told(backed: Backed, tmp_path: Path) -> None:
    folder = tmp_path / "by itself"
    due = {"KYCUONG_BACKUP_FOLDER": str(folder), "KYCUONG_BACKUP_KEY": backed.public, "KYCUONG_BACKUP_HOURS": "24"}
    (backed.here.home / "backups.json").unlink()
    assert "ổ đĩa đã gắn chưa" in "".join(both(backed.here.run("tick", **due)))  # nobody has begun this folder
    folder.mkdir()
    (folder / ".kycuong").write_bytes((backed.folder / ".kycuong").read_bytes())
    assert "Đã sao lưu vào kycuong-" in backed.here.run("tick", **due).stdout
    made = sorted(folder.glob("*.age"))
    assert len(made) == 1
    backed.here.run("tick", **due)
    assert sorted(folder.glob("*.age")) == made  # not due again
    (backed.here.home / "backups.json").unlink()
    done = backed.here.run("tick", **{**due, "KYCUONG_BACKUP_KEY": "age1wrong"})
    assert "Khóa công khai của bản sao lưu không đúng" in done.stdout + done.stderr


def both(done: Run) -> tuple[str, str]:
    return done.stdout, done.stderr


@FOLDERS
def test_a_folder_of_another_installation_is_left_alone(backed: Backed, tmp_path: Path) -> None:
    (tmp_path / ".kycuong").write_text("another one\n")
    done = backed.here.run("backup", "make", str(tmp_path), KYCUONG_BACKUP_KEY=backed.public)
    assert done.returncode == 1
    assert "của một hệ thống khác" in done.stderr


@FOLDERS
def test_a_timer_begins_no_folder(backed: Backed, tmp_path: Path) -> None:
    """As where the disk is not mounted: nothing is written beside it."""
    done = backed.here.run("backup", "make", str(tmp_path / "kept"), "--not-first", KYCUONG_BACKUP_KEY=backed.public)
    assert (done.returncode, list(tmp_path.iterdir())) == (1, [])
    assert "ổ đĩa đã gắn chưa" in done.stderr


@FOLDERS
@pytest.mark.long
def test_keys_that_do_not_open_the_seals_make_no_backup(backed: Backed) -> None:
    """As from a shell that does not know the variable of the service."""
    done = backed.make(KYCUONG_SEALING_KEYS="kother:" + "A" * 43 + "=")
    assert done.returncode == 1
    assert "không có khóa ở đây để mở" in done.stderr


@FOLDERS
@pytest.mark.long
def test_after_a_change_of_keys_every_file_is_sealed_to_the_new_one(backed: Backed, tmp_path: Path) -> None:
    public = backed.here.good("backup", "key", str(tmp_path / "new")).strip()
    time.sleep(1.1)
    done = backed.here.run("backup", "make", str(backed.folder), KYCUONG_BACKUP_KEY=public)
    kept = len(list((backed.here.home / "files" / "kept").glob("??/*")))
    assert f"{kept} tệp (mới {kept})" in done.stderr


@FOLDERS
def test_a_file_of_which_nothing_is_written_down_is_told(backed: Backed) -> None:
    stray = backed.folder / "files" / "unknown.age"
    stray.write_bytes(b"?")
    done = backed.here.run("backup", "verify", str(backed.folder))
    stray.unlink()
    assert done.stdout == "unknown\tfiles/unknown.age\n"


@pytest.mark.parametrize(
    ("words", "more", "said"),
    [
        (("make",), {}, "Chưa biết sao lưu vào đâu"),
        (("make", "/nowhere"), {}, "Chưa có khóa công khai"),
        (("make", "/proc/nowhere"), {"KYCUONG_BACKUP_KEY": "GOOD"}, "Không ghi được vào thư mục sao lưu"),
        (("drill", "/nowhere", "--key", "/nowhere"), {}, "không phải tệp khóa"),
    ],
)
@pytest.mark.look
def test_what_is_missing_is_told_with_what_to_do(
    backed: Backed, words: tuple[str, ...], more: dict[str, str], said: str
) -> None:
    more = {name: value.replace("GOOD", backed.public) for name, value in more.items()}
    done = backed.here.run("backup", *words, **more)
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_the_newest_and_the_last_of_each_month_are_kept() -> None:
    names = [f"kycuong-2026{month:02}{day:02}T010000Z.age" for month in range(1, 12) for day in (1, 15, 28)]
    kept = kept_archives([*names, "kycuong.sqlite3", "kycuong-2026.age"], newest=4)
    assert sorted(kept)[-4:] == sorted(names)[-4:]
    assert {f"kycuong-2026{month:02}28T010000Z.age" for month in range(1, 12)} <= kept
    assert len(kept) == 14 + 6  # fourteen days, and the last of each month before them
    assert all(archive_name(made_at_of(name)) == name for name in names)
