"""A backup put back into an empty place, and compared with what it said of itself. Nothing that is there is written over."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from pyrage.x25519 import Identity

from kycuong.audit.store import note_restored
from kycuong.backups.rules import Description, Difference, differences
from kycuong.backups.store import Folder, open_sealed, staging
from kycuong.core.clock import now
from kycuong.core.faults import no_room
from kycuong.core.problems import BadInput, RuleBroken
from kycuong.core.statistics import analyze
from kycuong.files.store import keep

from . import programs
from .members import KEYS, MEMBER, is_empty, put
from .snapshots import asked
from .taking import FORMAT

SHA256 = re.compile(r"[0-9a-f]{64}")
MARK = re.compile(r"[0-9a-f]{12}")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, how old it was, and what does not agree with it."""

    archive: str
    made_at: datetime
    description: Description
    files: int
    faults: tuple[Difference, ...]


def restore(folder: Folder, name: str, identity: Identity, *, progress: Progress) -> Restored:
    """Put an archive of the folder back into KYCUONG_HOME and the database of the settings, both empty; bring its tables to
    this version, and compare. RuleBroken when the place is not empty or something of the archive is missing."""
    archive = folder.archive(name)
    with staging() as place:
        ensure_empty()
        _unpack(archive, identity, place)
        about = _about(place / "about.json")
        _ensure_engine(about["engine"])
        unfinished().write_text(str(os.getpid()), encoding="ascii")  # until every number was compared nobody works here
        _bring_files(folder, about, identity, place, progress)
        _bring_home(place)
        _bring_database(place / "database")
    description = Description.from_json(about["description"])
    note_restored(now(), description.entries, description.entries)
    if connection.vendor == "postgresql":
        analyze()  # its archive brings no statistics along, as SQLite's file does, and figures would be compared by guesses
    faults = tuple(compare(description, date.fromisoformat(about["until"])))
    if not faults:
        unfinished().unlink()
    return Restored(archive.name, datetime.fromisoformat(about["made_at"]), description, len(about["files"]), faults)


def unfinished() -> Path:
    """There while a restoration was not compared with its backup, or does not agree: only commands that this process calls open it."""
    return Path(settings.HOME) / "restore-unfinished"


def ensure_empty() -> None:
    """A database with tables, or kept files, is somebody's: it is not written over."""
    tables: list[str] = []
    if connection.vendor == "sqlite":
        path = Path(str(connection.settings_dict["NAME"]))
        beside = [path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal")]
        left = [one for one in (path, *beside) if one.exists() and one.stat().st_size]
        tables = [one.name for one in left]
        for one in (path, *beside):  # empty ones, as a look at the database leaves them
            if not tables:
                one.unlink(missing_ok=True)
    else:
        tables = connection.introspection.table_names()
    connection.close()
    if tables or not is_empty(Path(settings.HOME)):
        raise RuleBroken(
            "Nơi phục hồi đã có dữ liệu nên không ghi đè. Hãy đặt KYCUONG_HOME là một thư mục mới (và KYCUONG_DATABASE_URL là một cơ sở "
            "dữ liệu trống) rồi chạy lại.",
            en="There is data in this place, and nothing is written over. Set KYCUONG_HOME to a new folder (and KYCUONG_DATABASE_URL to an "
            "empty database) and run this again.",
        )


def _unpack(archive: Path, identity: Identity, place: Path) -> None:
    """Plain files under names that we know; whatever else an archive might hold is refused."""
    packed = place / "packed"
    with packed.open("wb") as target:
        open_sealed(archive, target, identity)
    try:
        with gzip.open(packed) as zipped, tarfile.open(fileobj=zipped, mode="r|") as tar:
            for member in tar:
                source = tar.extractfile(member) if member.isreg() else None
                if source is None or not MEMBER.fullmatch(member.name):
                    raise _no_backup(archive)
                path = place / member.name
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("wb") as file:
                    shutil.copyfileobj(source, file, 1 << 20)
    except (tarfile.TarError, gzip.BadGzipFile, EOFError) as error:
        raise _no_backup(archive) from error
    except OSError as error:
        raise no_room() from error
    packed.unlink()


def _no_backup(archive: Path) -> BadInput:
    return BadInput(
        f"{archive.name} không phải bản sao lưu của Kỷ Cương.", en=f"{archive.name} is no backup of this system."
    )


def _about(path: Path) -> dict[str, Any]:
    """What the backup says of itself, looked over whole before anything is put anywhere."""
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        Description.from_json(told["description"])
        date.fromisoformat(told["until"])
        datetime.fromisoformat(told["made_at"])
        named = [*map(SHA256.fullmatch, told["files"]), MARK.fullmatch(told["files_under"])]
        known = told["format"] == FORMAT and isinstance(told["engine"], str) and all(named)
    except (OSError, ValueError, KeyError, TypeError):
        known = False
    if not known:
        raise BadInput(
            "Bản sao lưu này do phiên bản khác làm ra và phiên bản này không đọc được. Hãy dùng phiên bản mới hơn.",
            en="This backup was made by another version that this one cannot read. Use a newer version.",
        )
    return told


def _ensure_engine(engine: str) -> None:
    if engine != connection.vendor:
        raise BadInput(
            f"Bản sao lưu này của {engine}, nơi phục hồi là {connection.vendor}. Hãy đặt KYCUONG_DATABASE_URL cho đúng loại.",
            en=f"This backup is of {engine}, and the place is {connection.vendor}. Set KYCUONG_DATABASE_URL to that kind.",
        )


def _bring_files(folder: Folder, about: dict[str, Any], identity: Identity, place: Path, progress: Progress) -> None:
    """Each kept file under its hash; that one is not there is told before anything is put anywhere."""
    names, mark = about["files"], about["files_under"]
    lost = [name for name in names if not folder.file(mark, name).is_file()]
    if lost:
        unfinished().unlink(missing_ok=True)
        raise RuleBroken(
            f"Thiếu {len(lost)} tệp trong thư mục sao lưu (ví dụ {lost[0][:12]}…). Hãy chép đủ thư mục `files` rồi chạy lại.",
            en=f"{len(lost)} files are missing in the folder of backups. Copy its whole `files` folder and run this again.",
        )
    for done, name in enumerate(names, start=1):
        plain = place / "plain"
        with plain.open("wb") as target:
            open_sealed(folder.file(mark, name), target, identity)
        if keep(plain.read_bytes()) != name:
            raise RuleBroken(
                f"Tệp {name[:12]}… trong thư mục sao lưu không đúng nội dung.",
                en=f"File {name[:12]}… holds other bytes.",
            )
        progress(done, len(names))


def _bring_home(place: Path) -> None:
    """The keys, for their owner alone, and what was under way. A key that was made here a moment ago stays beside it."""
    home = Path(settings.HOME)
    for name in KEYS:
        source, target = place / "keys" / name, home / name
        if source.is_file():
            if target.exists() and target.read_bytes() != source.read_bytes():
                target.replace(home / f"{name}.before-restore")
            put(source, target)
    for path in sorted((place / "home").rglob("*")):
        if path.is_file():
            put(path, home / path.relative_to(place / "home"))


def _bring_database(database: Path) -> None:
    """Last, and without sessions: one that was ended since must not live again."""
    if connection.vendor == "postgresql":
        programs.postgresql(
            "pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", str(database)
        )
    else:
        put(database, Path(str(connection.settings_dict["NAME"])))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_session")
    connection.close()


def compare(before: Description, until: date) -> Iterator[Difference]:
    """What is there now beside what the backup said: rows, log and seals as they came, figures after an upgrade of the tables."""
    here = {"KYCUONG_HOME": str(settings.HOME)}
    bare = asked(None, here)
    yield from differences(before, _with_figures_of(before, bare))
    for words in (("prepare", "--tables"), ("audit", "verify"), ("files", "verify")):
        done = programs.ourselves(*words, settings=here)
        if done.returncode:
            said = (done.stdout + done.stderr).strip()[-programs.SAID :]
            yield Difference(f"./run {' '.join(words)}: {said}", f"./run {' '.join(words)} failed")
    whole = asked(until, here)
    yield from differences(_with_figures_of(before, whole), whole)


def _with_figures_of(one: Description, other: Description) -> Description:
    """`other`, but with the figures of `one`: to compare all the rest."""
    told = other.to_json() | {"figures": one.figures, "figures_counted": one.figures_counted}
    return Description.from_json(told)
