"""A backup put back into an empty place, and compared with what it said of itself. Nothing that is there is written over."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from pyrage.x25519 import Identity

from kycuong.backups.rules import Description, Difference, differences
from kycuong.backups.store import Folder, open_sealed
from kycuong.core.problems import BadInput, RuleBroken
from kycuong.files.store import keep

from . import programs
from .snapshots import asked
from .taking import FORMAT, KEYS

MEMBER = re.compile(r"(about\.json|database|keys/[a-z-]+|home/[\w.-]+(/[\w.-]+)*)", re.ASCII)
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
    ensure_empty()
    archive = folder.archive(name)
    with _staging() as staging:
        _unpack(archive, identity, staging)
        about = _about(staging / "about.json")
        _ensure_engine(about["engine"])
        _bring_files(folder, about["files"], identity, staging, progress)
        _bring_home(staging)
        _bring_database(staging / "database")
    description = Description.from_json(about["description"])
    faults = tuple(compare(description, date.fromisoformat(about["until"])))
    return Restored(archive.name, datetime.fromisoformat(about["made_at"]), description, len(about["files"]), faults)


def ensure_empty() -> None:
    """A database with tables, or kept files, is somebody's: it is not written over."""
    path = Path(str(connection.settings_dict["NAME"]))
    empty = connection.vendor == "sqlite" and not path.exists()
    tables = [] if empty else connection.introspection.table_names()
    connection.close()
    if not empty and not tables and connection.vendor == "sqlite":
        path.unlink()  # an empty file, as a look at it leaves it
    if tables or any((Path(settings.HOME) / "files" / "kept").glob("??/*")):
        raise RuleBroken(
            "Nơi phục hồi đã có dữ liệu nên không ghi đè. Hãy đặt KYCUONG_HOME là một thư mục mới (và KYCUONG_DATABASE_URL là một cơ sở "
            "dữ liệu trống) rồi chạy lại.",
            en="There is data in this place, and nothing is written over. Set KYCUONG_HOME to a new folder (and KYCUONG_DATABASE_URL to an "
            "empty database) and run this again.",
        )


@contextmanager
def _staging() -> Iterator[Path]:
    home = Path(settings.HOME)
    for left in home.glob(".restoring-*"):  # of a run that was killed
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=home, prefix=".restoring-") as place:
        yield Path(place)


def _unpack(archive: Path, identity: Identity, staging: Path) -> None:
    """Plain files under names that we know; whatever else an archive might hold is refused."""
    packed = staging / "packed"
    with packed.open("wb") as target:
        open_sealed(archive, target, identity)
    try:
        with gzip.open(packed) as zipped, tarfile.open(fileobj=zipped, mode="r|") as tar:
            for member in tar:
                source = tar.extractfile(member) if member.isreg() else None
                if source is None or not MEMBER.fullmatch(member.name) or ".." in member.name.split("/"):
                    raise _no_backup(archive)
                target_path = staging / member.name
                target_path.parent.mkdir(parents=True, exist_ok=True)
                with target_path.open("wb") as file:
                    shutil.copyfileobj(source, file, 1 << 20)
    except (tarfile.TarError, OSError, EOFError) as error:
        raise _no_backup(archive) from error
    packed.unlink()


def _no_backup(archive: Path) -> BadInput:
    return BadInput(
        f"{archive.name} không phải bản sao lưu của Kỷ Cương.", en=f"{archive.name} is no backup of this system."
    )


def _about(path: Path) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        Description.from_json(told["description"])
        known = told["format"] == FORMAT
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


def _bring_files(folder: Folder, names: list[str], identity: Identity, staging: Path, progress: Progress) -> None:
    """Each kept file under its hash; one that is not what its name says is told, and nothing else is done."""
    lost = [name for name in names if not folder.file(name).is_file()]
    if lost:
        raise RuleBroken(
            f"Thiếu {len(lost)} tệp trong thư mục sao lưu (ví dụ {lost[0][:12]}…). Hãy chép đủ thư mục `files` rồi chạy lại.",
            en=f"{len(lost)} files are missing in the folder of backups. Copy its whole `files` folder and run this again.",
        )
    for done, name in enumerate(names, start=1):
        plain = staging / "plain"
        with plain.open("wb") as target:
            open_sealed(folder.file(name), target, identity)
        if keep(plain.read_bytes()) != name:
            raise RuleBroken(
                f"Tệp {name[:12]}… trong thư mục sao lưu không đúng nội dung.",
                en=f"File {name[:12]}… holds other bytes.",
            )
        progress(done, len(names))


def _bring_home(staging: Path) -> None:
    """The keys, for their owner alone, and what was under way. A key that was made here a moment ago stays beside it."""
    home = Path(settings.HOME)
    for name in KEYS:
        source, target = staging / "keys" / name, home / name
        if source.is_file():
            if target.exists() and target.read_bytes() != source.read_bytes():
                target.replace(home / f"{name}.before-restore")
            source.chmod(0o600)
            os.replace(source, target)
    for path in sorted((staging / "home").rglob("*")):
        target = home / path.relative_to(staging / "home")
        if path.is_file():
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.chmod(0o600)
            os.replace(path, target)


def _bring_database(database: Path) -> None:
    if connection.vendor == "postgresql":
        programs.postgresql(
            "pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", str(database)
        )
        return
    target = Path(str(connection.settings_dict["NAME"]))
    database.chmod(0o600)
    with database.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(database, target)


def compare(before: Description, until: date) -> Iterator[Difference]:
    """What is there now beside what the backup said: rows and log as they came, figures after an upgrade of the tables."""
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
    _end_sessions()


def _with_figures_of(one: Description, other: Description) -> Description:
    """`other`, but with the figures of `one`: to compare all the rest."""
    told = other.to_json() | {"figures": one.figures, "figures_counted": one.figures_counted}
    return Description.from_json(told)


def _end_sessions() -> None:
    """Who was signed in then signs in again now: a session that was ended since must not live again."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_session")
    connection.close()
